import './come-back'
import { createApp } from 'vue'
import { createWords } from '@fengsi/words'
import App from './App.vue'
import { router } from './router'
import { loadSite } from './site'
import { keepWords, wordSource } from './words'
import './tokens.css'
import '@fengsi/parts/ground.css'
import '@fengsi/parts/page.css'
import './page.css'
import './large-type'

// Pages do without the site's name until it is there.
loadSite().catch(() => undefined)
void createWords(wordSource).then((words) => {
  keepWords(words)
  createApp(App).use(words.i18n).use(router).mount('#app')
})
