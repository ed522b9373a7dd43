/** History: at most 1,500 measured points, and every silence is a gap. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { historyView } from '../../../server/views/history-view.ts'

const EVERY = 60_000
const ask = (points: readonly (readonly [at: number, value: number | null])[], now: number, from = 0) =>
  historyView(
    points.map(([at, value]) => ({ at, value })) as Parameters<typeof historyView>[0],
    { check: 'system', key: 'cpu:busyPermille', from, everyMs: EVERY },
    now,
  )
const minutes = (n: number) => n * EVERY

describe('gaps', () => {
  test.each<[string, readonly (readonly [number, number | null])[], number, readonly (readonly [number, number])[]]>([
    ['no points: nothing was promised', [], 90, []],
    [
      'a steady rhythm',
      [
        [0, 1],
        [1, 1],
        [2, 1],
      ],
      3,
      [],
    ],
    [
      'three rhythms are none',
      [
        [0, 1],
        [3, 1],
      ],
      4,
      [],
    ],
    [
      'more than three are',
      [
        [0, 1],
        [4, 1],
      ],
      5,
      [[0, 4]],
    ],
    ['the end counts up to now', [[0, 1]], 9, [[0, 9]]],
    [
      'a value that failed is no value',
      [
        [0, 1],
        [2, null],
        [3, null],
        [4, 1],
      ],
      5,
      [[0, 4]],
    ],
    ['the time before the first value is none', [[50, 1]], 51, []],
    [
      'two gaps',
      [
        [0, 1],
        [5, 1],
        [6, 1],
        [11, 1],
      ],
      12,
      [
        [0, 5],
        [6, 11],
      ],
    ],
  ])('%s', (_name, points, now, gaps) => {
    const found = ask(
      points.map(([at, value]) => [minutes(at), value]),
      minutes(now),
    ).gaps
    expect(found.map(({ from, to }) => [from / EVERY, to / EVERY])).toEqual(gaps)
  })
})

describe('points', () => {
  const anyPoints = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.option(fc.integer({ min: -5, max: 5 }))), { maxLength: 3_000 })
    .map((steps) => {
      let at = 0
      return steps.map(([step, value]) => {
        at += step
        return [at, value] as const
      })
    })

  it('are measured ones, in order, at most about 1,500, the newest among them', () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const now = (points.at(-1)?.[0] ?? 0) + 1
        const { points: shown } = ask(points, now)
        expect(shown.length).toBeLessThanOrEqual(1_501)
        const known = new Map(points)
        let last = -1
        for (const { at, value } of shown) {
          expect(known.get(at)).toBe(value)
          expect(at).toBeGreaterThan(last)
          last = at
        }
        expect(shown.at(-1)?.at).toBe(points.at(-1)?.[0])
        if (points.length <= 1_500) expect(shown).toHaveLength(points.length)
      }),
      { numRuns: 15 },
    )
  })
})

it('says what it was asked', () => {
  expect(ask([], 9, 3)).toEqual({ now: 9, check: 'system', key: 'cpu:busyPermille', from: 3, points: [], gaps: [] })
})
