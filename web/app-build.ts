import type { Plugin, UserConfig } from 'vite'

const SERVER = 'http://127.0.0.1:41424'

/**
 * vue-i18n looks one function of Vue up by a computed name, which keeps all of Vue in the bundle. Naming it lets the
 * bundler drop what is not used: almost a fifth of what a phone fetches first.
 */
function nameVueFunction(): Plugin {
  const computedLookup = /return Vue\[key\];/
  return {
    name: 'name-vue-function',
    enforce: 'pre',
    transform: {
      filter: { id: /vue-i18n\.runtime\.mjs/ },
      handler(code) {
        if (!computedLookup.test(code)) this.error('vue-i18n has changed: look whether all of Vue is still kept')
        return code.replace(computedLookup, 'return Vue.getCurrentInstance();')
      },
    },
  }
}

/** What every app's build has in common. */
export function appBuild(base: string): Pick<UserConfig, 'base' | 'plugins' | 'define' | 'build' | 'server' | 'preview'> {
  const proxy = { '/api': process.env.FENGSI_SERVER ?? SERVER }
  return {
    base,
    plugins: [nameVueFunction()],
    define: {
      __VUE_OPTIONS_API__: false,
      __VUE_PROD_DEVTOOLS__: false,
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
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
