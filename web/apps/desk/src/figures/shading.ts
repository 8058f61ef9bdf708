export interface Shade {
  color: string
  from: number
  to: number
}

const STEPS = 5
const LIGHT = ['#e1efed', '#bcdcd7', '#8ec3bc', '#5aa59c', '#2c857b']
const DARK = ['#1d322f', '#21483f', '#276459', '#2c8074', '#39a294']

/** Equal steps from nothing to the largest value; the legend shows the same steps. */
export function shades(values: number[], dark: boolean): Shade[] {
  const step = Math.max(1, Math.ceil(Math.max(0, ...values) / STEPS))
  return (dark ? DARK : LIGHT).map((color, index) => ({ color, from: index * step + (index ? 1 : 0), to: (index + 1) * step }))
}

export const shadeOf = (value: number, steps: Shade[]): string =>
  (steps.find((shade) => value <= shade.to) ?? steps[steps.length - 1])!.color
