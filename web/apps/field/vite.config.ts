import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { appBuild } from '../../app-build.ts'

const common = appBuild('/field/')
const PHOTOS_KEPT = 400

export default defineConfig({
  ...common,
  plugins: [
    ...(common.plugins ?? []),
    vue(),
    VitePWA({
      registerType: 'autoUpdate',
      injectRegister: null,
      manifest: {
        name: '逢四网格',
        short_name: '逢四网格',
        description: '看任务、记事情、核查，没有网也能做',
        lang: 'zh-CN',
        start_url: '/field/',
        scope: '/field/',
        display: 'standalone',
        background_color: '#ffffff',
        theme_color: '#0b5c55',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,mjs,css,html,svg,png}'],
        maximumFileSizeToCacheInBytes: 3_000_000,
        navigateFallback: '/field/index.html',
        navigateFallbackAllowlist: [/^\/field\//],
        cleanupOutdatedCaches: true,
        runtimeCaching: [
          {
            urlPattern: /\/api\/v1\/photos\/[^/]+\?size=thumb/,
            handler: 'CacheFirst',
            options: {
              cacheName: 'photos',
              expiration: { maxEntries: PHOTOS_KEPT },
              cacheableResponse: { statuses: [200] },
            },
          },
        ],
      },
    }),
  ],
})
