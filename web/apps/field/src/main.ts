import { createApp } from 'vue'
import { registerSW } from 'virtual:pwa-register'
import { createWords } from '@fengsi/words'
import App from './App.vue'
import { router } from './router'
import { client, loadSite, session } from './site'
import { keepWords, wordSource } from './words'
import './tokens.css'
import '@fengsi/parts/ground.css'
import '@fengsi/parts/page.css'
import './page.css'
import './large-type'

registerSW({ immediate: true })
// Both are known from last time when there is no network.
void loadSite().catch(() => undefined)
void Promise.all([createWords(wordSource), session.load(client)]).then(([words]) => {
  keepWords(words)
  createApp(App).use(words.i18n).use(router).mount('#app')
})
