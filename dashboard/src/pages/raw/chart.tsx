/** History of one sample: a step line, gaps drawn as gaps, at the width of its container. The table below carries the numbers. */
import { useEffect, useRef } from 'preact/hooks'
import type uPlot from 'uplot'
import type { HistoryView } from '../../../../shared/api/views.ts'
import { makeVisible } from '../../components/given.tsx'
import { clock, format, t } from '../../state/session.ts'
import { useView } from '../../state/use-view.ts'

const DAYS_SHOWN = 30
const DAY_MS = 86_400_000
const HEIGHT = 190

/** Colours come from the tokens, so that the chart follows light and dark. */
const ink = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim() || 'currentColor'

/** `light-dark()` is resolved by asking an element that uses the token. */
function resolve(element: HTMLElement, name: string): string {
  element.style.color = `var(${name})`
  const colour = getComputedStyle(element).color
  element.style.color = ''
  return colour || ink(name)
}

/** Points with an explicit null in each gap, so that no line is drawn over a silence. Pure. */
export function withGaps(view: Pick<HistoryView, 'points' | 'gaps'>): [number[], (number | null)[]] {
  const rows = [
    ...view.points.map(({ at, value }) => [at, value] as const),
    ...view.gaps.map(({ from }) => [from + 1, null] as const),
  ]
  rows.sort(([a], [b]) => a - b)
  return [rows.map(([at]) => at / 1_000), rows.map(([, value]) => value)]
}

function draw(Plot: typeof uPlot, element: HTMLElement, view: HistoryView): uPlot {
  const stroke = resolve(element, '--series')
  const axis = {
    stroke: resolve(element, '--ink-3'),
    grid: { stroke: resolve(element, '--grid') },
    ticks: { show: false },
    font: '11px Inter Variable, sans-serif',
  }
  const f = format.value
  return new Plot(
    {
      width: element.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: (_plot, _min, max) => [0, max <= 0 ? 1 : max * 1.08] } },
      axes: [
        { ...axis, values: (_plot, seconds) => seconds.map((s) => f.moment(s * 1_000)), space: 110 },
        { ...axis, values: (_plot, values) => values.map((v) => (v >= 1e6 ? f.bytes(v) : f.count(v))), size: 72 },
      ],
      series: [
        {},
        {
          stroke,
          width: 1.6,
          spanGaps: false,
          ...(Plot.paths.stepped ? { paths: Plot.paths.stepped({ align: 1 }) } : {}),
          points: { show: false },
        },
      ],
    },
    withGaps(view),
    element,
  )
}

/** Draws once the library is there (loaded for this page only) and follows the width of its frame. @returns how to stop. */
function follow(element: HTMLElement, view: HistoryView): () => void {
  let plot: uPlot | null = null
  let alive = true
  const watch = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height: HEIGHT }))
  import('uplot').then(({ default: Plot }) => {
    if (!alive) return
    plot = draw(Plot, element, view)
    watch.observe(element)
  })
  return () => {
    alive = false
    watch.disconnect()
    plot?.destroy()
  }
}

export function Chart({ base, check, sample }: { base: string; check: string; sample: string }) {
  // Rounded to the hour so that the address, and with it the page's data, stays the same while it is read.
  const from = Math.floor((clock.peek() - DAYS_SHOWN * DAY_MS) / 3_600_000) * 3_600_000
  const { view } = useView<HistoryView>(`${base}/history?check=${check}&key=${encodeURIComponent(sample)}&from=${from}`)
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = frame.current
    if (element && view && view.points.length >= 2) return follow(element, view)
  }, [view])
  if (!view) return null
  if (view.points.length < 2) return <p class="meta">{t.value.chartEmpty}</p>
  return (
    <figure class="chart">
      <div
        ref={frame}
        role="img"
        aria-label={t.value.chartLabel(makeVisible(sample), view.points.length, format.value)}
      />
      {view.gaps.length > 0 && <figcaption class="meta">{t.value.chartGap}</figcaption>}
    </figure>
  )
}
