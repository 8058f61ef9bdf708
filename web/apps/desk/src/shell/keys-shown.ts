import { ref } from 'vue'

export const keysShown = ref(false)
