import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { appBuild } from '../../app-build.ts'

const common = appBuild('/')

export default defineConfig({ ...common, plugins: [...(common.plugins ?? []), vue()] })
