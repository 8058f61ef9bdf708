import type { ComponentPublicInstance } from 'vue'

/** The library's list scrolls inside a box that the keyboard cannot reach; once it is open, it can. */
export function makeListReachable(select: ComponentPublicInstance | null, open: boolean): void {
  if (!open) return
  const root = select?.$el as HTMLElement | undefined
  root?.querySelector('.el-select-dropdown__wrap')?.setAttribute('tabindex', '0')
}
