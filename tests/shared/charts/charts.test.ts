/** The drawings: each state of a dial has a form of its own, gaps stay gaps, labels are literal. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgetChart } from '../../../shared/charts/budget-chart.ts'
import { PRINT_INK, SCREEN_INK } from '../../../shared/charts/chart-ink.ts'
import { type DialState, dial } from '../../../shared/charts/dial.ts'
import { sparkline } from '../../../shared/charts/sparkline.ts'
import { visitTrend } from '../../../shared/charts/visit-trend.ts'

const STATES: readonly DialState[] = ['good', 'attention', 'urgent', 'not-proven']
const colorless = (svg: string) => svg.replace(/(?:stroke|fill)="[^"]*"/g, '')

describe('dial', () => {
  it('tells every state without its colour', () => {
    const shapes = STATES.map((state) => colorless(dial({ state, before: null, label: 'x' }, PRINT_INK)))
    expect(new Set(shapes).size).toBe(STATES.length)
  })

  it('points left when good, up at attention, right when urgent, and nowhere when not proven', () => {
    const tip = (state: DialState) =>
      /M52 52L([\d.]+) [\d.]+/.exec(dial({ state, before: null, label: 'x' }, PRINT_INK))?.[1]
    expect(Number(tip('good'))).toBeLessThan(40)
    expect(Number(tip('attention'))).toBe(52)
    expect(Number(tip('urgent'))).toBeGreaterThan(64)
    expect(tip('not-proven')).toBeUndefined()
  })

  it('shows where it stood only when that is known and moved', () => {
    const rings = (before: DialState | null) =>
      dial({ state: 'urgent', before, label: 'x' }, PRINT_INK).split('r="2.6"').length - 1
    expect([rings('good'), rings('urgent'), rings('not-proven'), rings(null)]).toEqual([1, 0, 0, 0])
  })

  it('names no colour on screen', () => {
    for (const state of STATES)
      expect(dial({ state, before: 'good', label: 'x' }, SCREEN_INK)).not.toMatch(/#[0-9a-f]{3}/i)
  })
})

it('draws a gap of a sparkline as a gap', () => {
  const path = (values: readonly (number | null)[]) =>
    /<path d="(M[^"]*)" fill/.exec(sparkline({ values, visit: null, label: 'x' }, PRINT_INK))?.[1] ?? ''
  expect(path([1, 2, null, 3, 4]).match(/M/g)).toHaveLength(2)
  expect(path([1, 2, 3]).match(/M/g)).toHaveLength(1)
})

it('writes the values of a trend, a bar of zero without height, this visit darkest', () => {
  const points = [
    { label: 'Mar', value: 4 },
    { label: 'Jun', value: 0 },
  ]
  const svg = visitTrend({ points, label: 'x' }, PRINT_INK)
  expect(svg).toContain('>4</text>')
  expect(svg).toMatch(/<rect[^>]*height="0" fill="#3b4147"/)
})

it('keeps every bar and whisker of a budget inside its frame, with at most four grid lines', () => {
  const year = fc
    .tuple(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6))
    .map((amounts) => amounts.toSorted((a, b) => a - b))
    .map(([low = 0, expected = 0, high = 0]) => ({ year: '2027', low, expected, high }))
  fc.assert(
    fc.property(fc.array(year, { maxLength: 6 }), (years) => {
      const svg = budgetChart({ years, smoothed: null, money: String, label: 'x' }, PRINT_INK)
      const heights = [...svg.matchAll(/ y="(-?[\d.]+)"/g)].map(([, y]) => Number(y))
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...heights)).toBeLessThanOrEqual(190)
      expect(svg.split(PRINT_INK.grid).length - 1).toBeLessThanOrEqual(5)
    }),
  )
})

it('is well-formed and literal for any label', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (label) => {
      const svgs = [
        dial({ state: 'good', before: null, label }, PRINT_INK),
        visitTrend({ points: [{ label, value: 1 }], label }, PRINT_INK),
      ]
      for (const svg of svgs) {
        expect(svg.replace(/<\/?(?:svg|g|path|circle|rect|text)(?: [a-zA-Z:-]+="[^"<>]*")*\/?>/g, '')).not.toMatch(
          /[<>]/,
        )
        expect(svg).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/)
      }
    }),
  )
})
