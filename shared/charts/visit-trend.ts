/** Trend over the last visits: one bar a visit, its number above, its date below; y from zero. Pure: data in, SVG out. */
import type { ChartInk } from './chart-ink.ts'
import { escapeXml, svg, tenth } from './svg.ts'

/** `points`: oldest first, this visit last; values are counts, from zero. */
export type VisitTrendInput = {
  readonly points: readonly { readonly label: string; readonly value: number }[]
  readonly label: string
}

const STEP = 96
const HEIGHT = 96
const TOP = 18
const BOTTOM = 22
const BAR = 34

/** @returns one SVG element, 96 units wide for each visit. */
export function visitTrend({ points, label }: VisitTrendInput, ink: ChartInk): string {
  const most = Math.max(1, ...points.map(({ value }) => value))
  const y = (value: number) => tenth(HEIGHT - BOTTOM - (value * (HEIGHT - TOP - BOTTOM)) / most)
  const bars = points.map(({ label: below, value }, i) => {
    const center = tenth(STEP * (i + 0.5))
    const fill = i === points.length - 1 ? ink.series : ink.seriesPale
    const height = tenth(HEIGHT - BOTTOM - y(value))
    return (
      `<rect x="${tenth(center - BAR / 2)}" y="${y(value)}" width="${BAR}" height="${height}" fill="${fill}"/>` +
      `<text x="${center}" y="${tenth(y(value) - 5)}" text-anchor="middle" font-size="13" font-weight="600" fill="${ink.ink}">${tenth(value)}</text>` +
      `<text x="${center}" y="${HEIGHT - 6}" text-anchor="middle" font-size="11" fill="${ink.ink3}">${escapeXml(below)}</text>`
    )
  })
  const width = STEP * Math.max(1, points.length)
  const base = `<path d="M0 ${HEIGHT - BOTTOM}H${width}" stroke="${ink.ink3}"/>`
  return svg('trend', width, HEIGHT, label, `<g font-family="${escapeXml(ink.font)}">${bars.join('')}${base}</g>`)
}
