import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { appBuild } from '../../app-build'

const common = appBuild('/desk/')

// Offices keep their browsers newer than handed-down phones.
export default defineConfig({ ...common, build: { ...common.build, target: 'es2022' }, plugins: [vue()] })
