import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { appBuild } from '../../app-build'

export default defineConfig({ ...appBuild('/'), plugins: [vue()] })
