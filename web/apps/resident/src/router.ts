import { createRouter, createWebHistory } from 'vue-router'
import HomePage from './pages/HomePage.vue'

export const router = createRouter({
  history: createWebHistory('/'),
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
  routes: [
    { path: '/', name: 'home', component: HomePage },
    { path: '/report', name: 'report', component: () => import('./pages/ReportPage.vue') },
    { path: '/report/check', name: 'check', component: () => import('./pages/CheckPage.vue') },
    { path: '/receipt', name: 'receipt', component: () => import('./pages/ReceiptPage.vue') },
    { path: '/follow', name: 'find', component: () => import('./pages/FindPage.vue') },
    { path: '/follow/:code', name: 'follow', component: () => import('./pages/FollowPage.vue'), props: true },
    { path: '/party/:code?', name: 'party', component: () => import('./pages/PartyPage.vue'), props: true },
    { path: '/talk', name: 'talk-days', component: () => import('./pages/TalkDaysPage.vue') },
    { path: '/talk/:area', name: 'talk-days-of', component: () => import('./pages/TalkDaysPage.vue'), props: true },
    { path: '/:missing(.*)*', name: 'missing', component: () => import('./pages/MissingPage.vue') },
  ],
})
