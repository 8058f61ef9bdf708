import { createWords } from '@fengsi/words'
import { createApp } from 'vue'
import App from './App.vue'
import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/el-dialog.css'
import 'element-plus/theme-chalk/el-input.css'
import 'element-plus/theme-chalk/el-option.css'
import 'element-plus/theme-chalk/el-overlay.css'
import 'element-plus/theme-chalk/el-popper.css'
import 'element-plus/theme-chalk/el-scrollbar.css'
import 'element-plus/theme-chalk/el-select.css'
import 'element-plus/theme-chalk/el-tag.css'
import './look/tokens.css'
import '@fengsi/parts/ground.css'
import './look/elements.css'
import './look/print.css'
import { setLanguageWith } from './language'
import { followPreferences } from './preferences'
import { router } from './routes'
import { client, needSite, session } from './session'

followPreferences()
const words = await createWords({
  zh: () =>
    Promise.all([
      import('@fengsi/words/zh'),
      import('@fengsi/words/zh.desk'),
      import('@fengsi/words/zh.registers'),
      import('@fengsi/words/zh.talk'),
      import('@fengsi/words/zh.talk-desk'),
      import('@fengsi/words/zh.month-table'),
      import('@fengsi/words/zh.calendar'),
    ]),
  en: () =>
    Promise.all([
      import('@fengsi/words/en'),
      import('@fengsi/words/en.desk'),
      import('@fengsi/words/en.registers'),
      import('@fengsi/words/en.talk'),
      import('@fengsi/words/en.talk-desk'),
      import('@fengsi/words/en.month-table'),
      import('@fengsi/words/en.calendar'),
    ]),
})
setLanguageWith(words.setLocale)
await Promise.all([session.load(client), needSite().catch(() => undefined)])
createApp(App).use(words.i18n).use(router).mount('#app')
