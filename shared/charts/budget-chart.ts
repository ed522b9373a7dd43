/** Budget by year: bar expected, whisker low to high, dashes the smoothed yearly sum; values under the axis, never on it. Pure. */
import type { ChartInk } from './chart-ink.ts'
import { escapeXml, svg, tenth } from './svg.ts'

/** Amounts in whole units of money; `money` words one. `smoothed`: yearly average and its words; null: not enough years. */
export type BudgetInput = {
  readonly years: readonly {
    readonly year: string
    readonly low: number
    readonly expected: number
    readonly high: number
  }[]
  readonly smoothed: { readonly amount: number; readonly text: string } | null
  readonly money: (amount: number) => string
  readonly label: string
}

const WIDTH = 640
const HEIGHT = 190
const LEFT = 54
const RIGHT = 10
const TOP = 20
const BOTTOM = 44
/** Most grid lines above zero (ui.md 4: at most four ticks). */
const TICKS = 3

/** @returns the distance of the grid lines: 1, 2 or 5 times a power of ten, at most three of them below `most`. */
function gridStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most / TICKS)))
  return [1, 2, 5, 10].map((n) => n * power).find((step) => most / step <= TICKS + 1) ?? 10 * power
}

/** @returns one SVG element of 640 by 190 units. */
export function budgetChart({ years, smoothed, money, label }: BudgetInput, ink: ChartInk): string {
  const most = Math.max(1, smoothed?.amount ?? 0, ...years.map(({ high }) => high))
  const y = (amount: number) => tenth(HEIGHT - BOTTOM - (amount * (HEIGHT - TOP - BOTTOM)) / most)
  const step = gridStep(most)
  const lines = Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step)
  const grid = lines.map(
    (amount) =>
      `<path d="M${LEFT} ${y(amount)}H${WIDTH - RIGHT}" stroke="${ink.grid}"/><text x="${LEFT - 8}" y="${tenth(y(amount) + 4)}" text-anchor="end" font-size="11" fill="${ink.ink3}">${escapeXml(money(amount))}</text>`,
  )
  const share = (WIDTH - LEFT - RIGHT) / Math.max(1, years.length)
  const bars = years.map((year, i) => bar({ ...year, words: money(year.expected), i, share }, y, ink))
  const axis = `<path d="M${LEFT} ${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" stroke="${ink.ink3}"/>`
  const dashes =
    smoothed === null
      ? ''
      : `<path d="M${LEFT} ${y(smoothed.amount)}H${WIDTH - RIGHT}" stroke="${ink.ink}" stroke-dasharray="5 4" stroke-width="1.2"/><text x="${tenth(LEFT + share)}" y="${tenth(y(smoothed.amount) - 6)}" font-size="11" font-weight="600" fill="${ink.ink}">${escapeXml(smoothed.text)}</text>`
  const content = `<g font-family="${escapeXml(ink.font)}">${grid.join('')}${bars.join('')}${axis}${dashes}</g>`
  return svg('budget', WIDTH, HEIGHT, label, content)
}

type Bar = BudgetInput['years'][number] & { readonly words: string; readonly i: number; readonly share: number }

function bar({ year, low, expected, high, words, i, share }: Bar, y: (amount: number) => number, ink: ChartInk) {
  const center = tenth(LEFT + share * (i + 0.5))
  const width = Math.min(54, share * 0.42)
  const fill = i === 0 ? ink.series : ink.seriesPale
  return (
    `<rect x="${tenth(center - width / 2)}" y="${y(expected)}" width="${tenth(width)}" height="${tenth(HEIGHT - BOTTOM - y(expected))}" fill="${fill}"/>` +
    `<path d="M${center} ${y(low)}V${y(high)}M${tenth(center - 6)} ${y(high)}H${tenth(center + 6)}M${tenth(center - 6)} ${y(low)}H${tenth(center + 6)}" stroke="${ink.ink}" stroke-width="1.3"/>` +
    `<text x="${center}" y="${HEIGHT - 26}" text-anchor="middle" font-size="12" fill="${ink.ink3}">${escapeXml(year)}</text>` +
    `<text x="${center}" y="${HEIGHT - 9}" text-anchor="middle" font-size="13" font-weight="600" fill="${ink.ink}">${escapeXml(words)}</text>`
  )
}
