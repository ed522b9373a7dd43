/** What is due, by table: slots of one cadence shifted by the machine's phase. */

import nodeCron from 'node-cron'
import { describe, expect, test } from 'vitest'
import { CADENCES } from '../../../agent/checks/collector.ts'
import { cadenceMsOf, DEFAULT_CADENCE_MS } from '../../../agent/report/cadence.ts'
import { cronOf, findDue, type LastRun, phaseMsOf, type ScheduleState } from '../../../agent/report/schedule.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'

const SLOT = 1_790_000_040_000 - (1_790_000_040_000 % MINUTE_MS)
const task = { id: 'system/vitals', cadence: 'vitals' } as const

function state(lastRun: LastRun | null, now: number, change: Partial<ScheduleState> = {}): ScheduleState {
  return {
    now,
    seed: 7,
    cadenceMs: () => MINUTE_MS,
    lastRuns: new Map(lastRun === null ? [] : [[task.id, lastRun]]),
    wakeStamps: new Map(),
    ...change,
  }
}
const ran = (startedAt: number, wakeStamp: string | null = null): LastRun => ({ startedAt, wakeStamp })

describe('due', () => {
  const PHASE = 7 * SECOND_MS
  test.each([
    ['never ran', null, SLOT, true],
    ['ran in this slot', ran(SLOT + PHASE), SLOT + PHASE + 59_999, false],
    ['the slot is over', ran(SLOT + PHASE), SLOT + PHASE + MINUTE_MS, true],
    ['ran right before the slot ended', ran(SLOT + PHASE - 1), SLOT + PHASE, true],
    ['many slots were slept through', ran(SLOT), SLOT + DAY_MS, true],
    ['the clock was set back', ran(SLOT + DAY_MS), SLOT, true],
  ])('%s', (_name, last, now, due) => {
    expect(findDue([task], state(last, now)).length === 1).toBe(due)
  })

  test('a wake file that changed makes it due early, the same one does not', () => {
    const at = (stamp: string) =>
      state(ran(SLOT + PHASE, 'a'), SLOT + PHASE + 1, { wakeStamps: new Map([[task.id, stamp]]) })
    expect(findDue([task], at('a'))).toHaveLength(0)
    expect(findDue([task], at('b'))).toHaveLength(1)
  })

  test('quick tasks come first', () => {
    const tasks = [
      { id: 'patch/apt', cadence: 'patch' },
      { id: 'disk/volumes', cadence: 'capacity' },
      { id: 'system/vitals', cadence: 'vitals' },
    ] as const
    expect(findDue(tasks, state(null, SLOT)).map(({ id }) => id)).toEqual([
      'system/vitals',
      'disk/volumes',
      'patch/apt',
    ])
  })
})

describe('cadence', () => {
  test('defaults, bounds, whole seconds', () => {
    expect(cadenceMsOf('vitals', {})).toBe(MINUTE_MS)
    expect(cadenceMsOf('vitals', { cadenceMs: { vitals: 2_000 } })).toBe(2_000)
    expect(cadenceMsOf('vitals', { cadenceMs: { vitals: 1 } })).toBe(SECOND_MS)
    expect(cadenceMsOf('smart', { cadenceMs: { smart: 9 * DAY_MS } })).toBe(DAY_MS)
    expect(cadenceMsOf('raid', { cadenceMs: { raid: 1_600 } })).toBe(2_000)
    expect(Object.keys(DEFAULT_CADENCE_MS).sort()).toEqual([...CADENCES].sort())
  })
})

describe('cron', () => {
  const WANTED = [
    SECOND_MS,
    2_000,
    7_000,
    15_000,
    MINUTE_MS,
    5 * MINUTE_MS,
    15 * MINUTE_MS,
    45 * MINUTE_MS,
    HOUR_MS,
    6 * HOUR_MS,
    7 * HOUR_MS,
    DAY_MS,
  ]

  test.each(WANTED)('every %i ms: a valid expression whose moments begin slots, whatever the seed', (cadenceMs) => {
    for (const seed of [0, 1, 59, 61, 3_601, 86_399, 4_294_967_295]) {
      const phaseMs = phaseMsOf(seed, cadenceMs)
      const expression = cronOf(cadenceMs, phaseMs)
      expect(nodeCron.validate(expression), expression).toBe(true)
      const ticks = nodeCron
        .createTask(expression, () => {}, { timezone: 'UTC' })
        .getNextRuns(cadenceMs === 7 * HOUR_MS ? 421 : 60)
        .map((date) => date.getTime())
      // Every slot begins within one step of a tick: looking is never later than a minute (a second below a minute).
      const stepMs = cadenceMs < MINUTE_MS ? SECOND_MS : MINUTE_MS
      const hits = ticks.filter((at) => (at - phaseMs) % cadenceMs < stepMs)
      expect(hits.length, expression).toBeGreaterThan(0)
    }
  })

  test('cadences that divide each other share their moments, so that one report carries all', () => {
    const seed = 123_456_789
    expect(phaseMsOf(seed, 15 * MINUTE_MS) % MINUTE_MS).toBe(phaseMsOf(seed, MINUTE_MS))
    expect(phaseMsOf(seed, DAY_MS) % (6 * HOUR_MS)).toBe(phaseMsOf(seed, 6 * HOUR_MS))
  })

  test('500 machines spread over the minute', () => {
    const seconds = new Set(Array.from({ length: 500 }, (_, i) => phaseMsOf(i * 2_654_435_761, MINUTE_MS)))
    expect(seconds.size).toBeGreaterThan(50)
  })
})
