import { createRouter, createWebHistory } from 'vue-router'
import SignInPage from './pages/SignInPage.vue'
import TasksPage from './pages/TasksPage.vue'
import { session } from './site'

export const router = createRouter({
  history: createWebHistory('/field/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', redirect: '/tasks' },
    { path: '/sign-in', component: SignInPage },
    { path: '/tasks', component: TasksPage },
    { path: '/report', component: () => import('./pages/ReportPage.vue') },
    { path: '/matters', component: () => import('./pages/MattersPage.vue') },
    { path: '/matters/:id', component: () => import('./pages/MatterPage.vue'), props: true },
    { path: '/talk', component: () => import('./pages/TalkDaysPage.vue') },
    { path: '/talk/:id', component: () => import('./pages/TalkDayPage.vue'), props: true },
    { path: '/mediations', component: () => import('./pages/MediationsPage.vue') },
    { path: '/mediations/:id', component: () => import('./pages/MediationPage.vue'), props: true },
    { path: '/sync', component: () => import('./pages/SyncPage.vue') },
    { path: '/me', component: () => import('./pages/MePage.vue') },
    { path: '/:missing(.*)*', component: () => import('./pages/MissingPage.vue') },
  ],
})

router.beforeEach((to) => {
  const inside = session.state.value === 'signed_in' || session.state.value === 'offline'
  if (!inside && to.path !== '/sign-in') return { path: '/sign-in', query: { to: to.fullPath } }
  if (inside && to.path === '/sign-in') return '/tasks'
  return true
})
