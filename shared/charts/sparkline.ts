/** Sparkline: one number since the last visit, without axes; its figures stand beside it in words. Pure: data in, SVG out. */
import type { ChartInk } from './chart-ink.ts'
import { svg, tenth } from './svg.ts'

/** `values`: oldest first, the last one is now; null is a gap. `visit`: index of the last visit, or null. */
export type SparklineInput = {
  readonly values: readonly (number | null)[]
  readonly visit: number | null
  readonly label: string
}

const WIDTH = 72
const HEIGHT = 20

/** @returns path, dot and tick of a sparkline in a box of 72 by 20, for the page; `dot` null: the last value is a gap. */
export function sparklineShapes({ values, visit }: Pick<SparklineInput, 'values' | 'visit'>): {
  readonly path: string
  readonly dot: { readonly x: number; readonly y: number } | null
  readonly tick: number | null
} {
  const known = values.filter((value) => value !== null)
  const low = Math.min(...known)
  const high = Math.max(...known, low + 1)
  const x = (i: number) => tenth(2 + (i * (WIDTH - 6)) / Math.max(1, values.length - 1))
  const y = (value: number) => tenth(HEIGHT - 3 - ((value - low) * (HEIGHT - 6)) / (high - low))
  const line = values.map((value, i) => {
    if (value === null) return ''
    const isJoined = i > 0 && values[i - 1] !== null
    return `${isJoined ? 'L' : 'M'}${x(i)} ${y(value)}`
  })
  const last = values.at(-1) ?? null
  return {
    path: line.join(''),
    dot: last === null ? null : { x: x(values.length - 1), y: y(last) },
    tick: visit === null ? null : x(visit),
  }
}

/** @returns one SVG element of 72 by 20 units; a gap is drawn as a gap, never joined over. */
export function sparkline({ values, visit, label }: SparklineInput, ink: ChartInk): string {
  const shapes = sparklineShapes({ values, visit })
  const tick =
    shapes.tick === null ? '' : `<path d="M${shapes.tick} 1V${HEIGHT - 1}" stroke="${ink.track}" stroke-width="1.5"/>`
  const dot = shapes.dot === null ? '' : `<circle cx="${shapes.dot.x}" cy="${shapes.dot.y}" r="2.2" fill="${ink.ink}"/>`
  const path = `<path d="${shapes.path}" fill="none" stroke="${ink.series}" stroke-width="1.4" stroke-linejoin="round" stroke-linecap="round"/>`
  return svg('spark', WIDTH, HEIGHT, label, `${tick}${path}${dot}`)
}
