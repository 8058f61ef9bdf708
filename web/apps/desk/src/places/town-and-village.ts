import { readArea, readAreas, type Area } from '@fengsi/api-client'
import { computed, ref, shallowRef, watch } from 'vue'
import { client, myArea, site } from '../session'

/** From the person's own area down: county, town, village, each list asked for when the one above is chosen. */
export function useTownAndVillage(onChoose: (area: Area | undefined) => void) {
  const chain = shallowRef<{ level: string; options: Area[] }[]>([])
  const chosen = ref<string[]>([])
  const failed = ref(false)

  const area = computed(() => {
    const last = chosen.value.findLastIndex(Boolean)
    return last < 0 ? undefined : chain.value[last]?.options.find((one) => one.code === chosen.value[last])
  })

  async function open(level: number, parent: string): Promise<void> {
    try {
      const options = (await readAreas(client, parent)).filter((one) => one.level !== 'grid')
      chain.value = chain.value.slice(0, level)
      chosen.value = chosen.value.slice(0, level)
      if (options[0]) chain.value = [...chain.value, { level: options[0].level, options }]
      failed.value = false
    } catch {
      failed.value = true
    }
  }

  async function choose(level: number, code: string): Promise<void> {
    chosen.value = [...chosen.value.slice(0, level), code]
    chain.value = chain.value.slice(0, level + 1)
    if (code) await open(level + 1, code)
  }

  /** The lists stand open at the area, as if it had been chosen by hand. */
  async function showAt(code: string): Promise<void> {
    const found = await readArea(client, code).catch(() => undefined)
    if (!found) return
    const path = [...found.ancestors, found].filter((one) => one.level !== 'city' && one.level !== 'grid')
    await open(0, site.value?.region ?? path[0]?.parent ?? code)
    for (const [level, one] of path.entries()) await choose(level, one.code)
  }

  async function begin(start?: string): Promise<void> {
    await showAt(start ?? myArea())
    if (chain.value.length === 0) await open(0, site.value?.region ?? myArea())
  }

  watch(area, onChoose)
  return { chain, chosen, area, failed, begin, choose, showAt }
}
