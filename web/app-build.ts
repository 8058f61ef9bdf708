import type { UserConfig } from 'vite'

const SERVER = 'http://127.0.0.1:41424'

/** What every app's build has in common. */
export function appBuild(base: string): Pick<UserConfig, 'base' | 'define' | 'build' | 'server' | 'preview'> {
  const proxy = { '/api': process.env.FENGSI_SERVER ?? SERVER }
  return {
    base,
    define: {
      __VUE_OPTIONS_API__: false,
      __VUE_PROD_DEVTOOLS__: false,
      __VUE_I18N_FULL_INSTALL__: false,
      __VUE_I18N_LEGACY_API__: false,
      __INTLIFY_PROD_DEVTOOLS__: false,
      __INTLIFY_DROP_MESSAGE_COMPILER__: true,
    },
    build: {
      // Phones that are handed down run old browsers for years.
      target: ['chrome87', 'safari14', 'firefox91'],
      assetsDir: 'assets',
      // Inlined files would be data: addresses, which the server's content policy does not allow for scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      manifest: 'build-manifest.json',
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1_200,
    },
    server: { proxy },
    preview: { proxy },
  }
}
