import { ref } from 'vue'

/** How many matters this person's role owes; the navigation shows it, the queue and the changes keep it. */
export const owedCount = ref<number>()
