import { createRouter, createWebHistory } from 'vue-router'
import QueuePage from './queue/QueuePage.vue'
import { mayOpen } from './session'

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    {
      path: '/',
      name: 'home',
      redirect: () => ({ name: mayOpen('queue') ? 'queue' : mayOpen('matters') ? 'matters' : 'figures' }),
    },
    { path: '/queue', name: 'queue', component: QueuePage },
    { path: '/done', name: 'done', component: () => import('./matters/MattersPage.vue'), props: { mine: true } },
    { path: '/matters', name: 'matters', component: () => import('./matters/MattersPage.vue'), props: { mine: false } },
    { path: '/matters/:id', name: 'matter', component: () => import('./matter/MatterPage.vue'), props: true },
    { path: '/record', name: 'record', component: () => import('./record/RecordPage.vue') },
    { path: '/talk', name: 'talk', component: () => import('./talk/TalkDaysPage.vue') },
    { path: '/talk/habits', name: 'talk-habits', component: () => import('./talk/TalkHabitsPage.vue') },
    { path: '/talk/days/:id', name: 'talk-day', component: () => import('./talk/TalkDayPage.vue'), props: true },
    { path: '/map', name: 'map', component: () => import('./map/MapPage.vue') },
    {
      path: '/mediation/:register(mediators|committees|studios|methods)?',
      name: 'mediation',
      component: () => import('./registers/RegistersPage.vue'),
      props: (route) => ({ register: route.params.register || 'mediators' }),
    },
    { path: '/calendar', name: 'calendar', component: () => import('./calendar/CalendarPage.vue') },
    { path: '/figures/month', name: 'month-table', component: () => import('./month-table/MonthTablePage.vue') },
    { path: '/figures', name: 'figures', component: () => import('./figures/FiguresPage.vue') },
    { path: '/:rest(.*)*', name: 'lost', component: () => import('./shell/LostPage.vue') },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? undefined,
})
