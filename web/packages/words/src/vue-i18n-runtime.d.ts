// The build without the message compiler has no declarations of its own.
declare module 'vue-i18n/dist/vue-i18n.runtime.mjs' {
  export * from 'vue-i18n'
}
