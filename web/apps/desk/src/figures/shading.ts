export interface Shade {
  color: string
  from: number
  to: number
}

const STEPS = 5
const LIGHT = ['#edf5f4', '#d3e8e5', '#b3d7d2', '#8fc4bd', '#6cb0a8']
const DARK = ['#1c2b29', '#1e3a36', '#204a44', '#225b54', '#246d64']

/** Equal steps from nothing to the largest value; the legend shows the same steps. */
export function shades(values: (number | null)[], dark: boolean): Shade[] {
  const step = Math.max(1, Math.ceil(Math.max(0, ...values.map((value) => value ?? 0)) / STEPS))
  return (dark ? DARK : LIGHT).map((color, index) => ({
    color,
    from: index * step + (index ? 1 : 0),
    to: (index + 1) * step,
  }))
}

/** A hidden count has no shade. */
export const shadeOf = (value: number | null, steps: Shade[]): string =>
  value === null ? 'transparent' : (steps.find((shade) => value <= shade.to) ?? steps[steps.length - 1])!.color
