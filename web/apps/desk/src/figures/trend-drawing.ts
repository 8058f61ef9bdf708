import { LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([LineChart, GridComponent, TooltipComponent, SVGRenderer])

export interface TrendLine {
  name: string
  /** A hidden count leaves a gap. */
  values: (number | null)[]
  strong: boolean
}
export interface TrendDrawing {
  show(trend: { months: string[]; lines: TrendLine[] }): void
  destroy(): void
}

/** Lines that carry their own names; colours and type come from the page's tokens. */
export function drawTrend(frame: HTMLElement): TrendDrawing {
  const chart = init(frame, undefined, { renderer: 'svg' })
  const watching = new ResizeObserver(() => chart.resize())
  watching.observe(frame)

  return {
    show({ months, lines }) {
      const style = getComputedStyle(frame)
      const token = (name: string): string => style.getPropertyValue(name).trim()
      const type = { fontSize: parseFloat(style.fontSize) * 0.85, color: token('--ink-2') }
      chart.setOption(
        {
          textStyle: { fontFamily: style.fontFamily },
          animation: false,
          grid: { left: 8, right: 64, top: 16, bottom: 4, containLabel: true },
          tooltip: {
            trigger: 'axis',
            backgroundColor: token('--card'),
            borderColor: token('--line'),
            textStyle: { color: token('--ink'), fontSize: type.fontSize },
          },
          xAxis: {
            type: 'category',
            data: months,
            boundaryGap: false,
            axisTick: { show: false },
            axisLine: { lineStyle: { color: token('--line') } },
            axisLabel: type,
          },
          yAxis: {
            type: 'value',
            splitNumber: 3,
            axisLabel: type,
            splitLine: { lineStyle: { color: token('--line') } },
          },
          series: lines.map((line) => ({
            type: 'line',
            name: line.name,
            data: line.values,
            symbol: 'circle',
            symbolSize: 5,
            showSymbol: false,
            itemStyle: { color: token(line.strong ? '--accent' : '--ink-3') },
            lineStyle: {
              width: line.strong ? 2.5 : 2,
              type: line.strong ? 'solid' : [4, 4],
              color: token(line.strong ? '--accent' : '--ink-3'),
            },
            endLabel: {
              show: true,
              formatter: '{a}',
              fontSize: type.fontSize,
              color: token(line.strong ? '--accent-ink' : '--ink-2'),
              offset: [0, line.strong ? -8 : 8],
            },
          })),
        },
        true,
      )
    },
    destroy() {
      watching.disconnect()
      chart.dispose()
    },
  }
}
