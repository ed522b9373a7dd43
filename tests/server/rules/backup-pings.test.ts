/** Tables of the rules about jobs that report to an address of the server. NOW is a Wednesday. */
import { describe, expect, it } from 'vitest'
import { assess } from '../../../server/assess.ts'
import type { Ping } from '../../../server/facts/ping.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { aPing } from '../../support/a-ping.ts'
import { aMachine, type Changes, saved } from '../assess/a-machine.ts'
import { aJob, NOW } from '../assess/sections.ts'
import { outcomesOf, type Row, ruleTable } from './rule-table.ts'

const ITEM = 'ping:NAS to cloud'
const ping = (over: Partial<Ping>, changes: Changes = {}): Row[1] => ({
  ...changes,
  pings: [aPing({ createdAt: NOW - 90 * DAY_MS, ...over })],
})
const good = (hours: number, over: Partial<Ping> = {}, changes: Changes = {}) =>
  ping({ succeededAt: NOW - hours * HOUR_MS, ...over }, changes)
const made = (hours: number, over: Partial<Ping> = {}) => ping({ createdAt: NOW - hours * HOUR_MS, ...over })
const denied = { parts: { backup: { jobs: failed('backup/jobs', { code: 'access-denied', detail: '' } as const) } } }

ruleTable('backup/ping-late', [
  ['no ping', {}, 'not-applicable'],
  ['an hour ago', good(1), 'pass'],
  ['at the end of its grace', good(26), 'pass'],
  ['later than period and grace', good(26.1), 'warning'],
  ['one more period later', good(50.1), 'critical'],
  ['a workstation has no other clock', good(26.1, {}, { role: 'laptop' }), 'warning'],
  ['every hour, five minutes of grace', good(1.1, { everyMs: HOUR_MS, graceMs: 5 * MINUTE_MS }), 'warning'],
  ['never called, just made', made(1), 'unknown empty'],
  ['never called, at the end of its grace', made(26), 'unknown empty'],
  ['never called, later', made(26.1), 'warning'],
  ['never called, one more period later', made(50.1), 'critical'],
  ['only starts: no life', made(26.1, { startedAt: NOW - MINUTE_MS }), 'warning'],
  ['only failures: no success', made(26.1, { failedAt: NOW - MINUTE_MS, failedInRow: 2 }), 'warning'],
  ['the agent cannot read its own jobs', good(26.1, {}, denied), 'warning'],
  ['the agent has been silent for a week', good(1, {}, { agent: { lastReportAt: NOW - 7 * DAY_MS } }), 'pass'],
])

describe('the other rules about jobs', () => {
  const say = (rule: Parameters<typeof outcomesOf>[0], changes: Row[1]) => outcomesOf(rule, aMachine(changes))
  const failedOnce = good(5, { failedAt: NOW - HOUR_MS, failedInRow: 1 })

  it('how the last run ended is said; three in a row are critical', () => {
    expect(say('backup/last-run-failed', good(1))).toMatchObject({ [ITEM]: 'pass' })
    expect(say('backup/last-run-failed', failedOnce)).toEqual({ 'restic:nightly': 'pass', [ITEM]: 'warning' })
    const third = good(90, { failedAt: NOW - HOUR_MS, failedInRow: 3 })
    expect(say('backup/last-run-failed', third)[ITEM]).toBe('critical')
    expect(say('backup/last-run-failed', made(1))[ITEM]).toBe('unknown empty')
  })

  it('its age is judged by one rule only', () => {
    expect(say('backup/too-old', good(26.1))).toEqual({ 'restic:nightly': 'pass' })
    expect(say('backup/never-succeeded', made(80))).toEqual({ 'restic:nightly': 'pass' })
  })

  it('a run that began and does not end is found', () => {
    expect(say('backup/running-long', good(10, { startedAt: NOW - 7 * HOUR_MS }))[ITEM]).toBe('warning')
    expect(say('backup/running-long', good(1, { startedAt: NOW - 7 * HOUR_MS }))[ITEM]).toBe('not-applicable')
  })

  it('its place is not told: no proof of another disk or another place', () => {
    const local = aJob({ destination: { ...aJob().destination, offsite: false } })
    const here = { parts: { backup: { jobs: read('backup/jobs', [local]) } } }
    expect(say('backup/not-offsite', good(1, {}, here))).toEqual({ '': 'unknown empty' })
    expect(say('backup/same-disk', good(1, {}, denied))).toEqual({
      '': 'unknown access-denied',
      [ITEM]: 'unknown empty',
    })
  })

  it('jobs that the agent cannot read stay unknown, and their findings open, whatever a ping says', () => {
    expect(say('backup/last-run-failed', good(1, {}, denied))).toEqual({ '': 'unknown access-denied', [ITEM]: 'pass' })
    const status = read('backup/x', { lastResult: 'failed', copies: 3, tooSmall: null } as const)
    const bad = aMachine(good(1, {}, { parts: { backup: { jobs: read('backup/jobs', [aJob({ status })]) } } }))
    const before = saved(bad, assess(bad, NOW))
    const blinded = { ...before, checks: aMachine(denied).checks }
    const { open } = assess(blinded, NOW + MINUTE_MS)
    expect(open.find(({ rule }) => rule === 'backup/last-run-failed')).toMatchObject({
      item: 'restic:nightly',
      blind: { code: 'access-denied' },
    })
  })

  it('the clock alone brings the next judgement when a ping falls due', () => {
    const state = aMachine(good(25))
    expect(assess(state, NOW).dueAt).toBeLessThanOrEqual(NOW + HOUR_MS + 1)
    expect(assess(state, NOW + HOUR_MS + 1).open.some(({ rule }) => rule === 'backup/ping-late')).toBe(true)
  })

  it('a removed ping takes its finding along', () => {
    const late = aMachine(good(30))
    const after = { ...saved(late, assess(late, NOW)), pings: [] }
    const { open, transitions } = assess(after, NOW + MINUTE_MS)
    expect(open.filter(({ rule }) => rule === 'backup/ping-late')).toEqual([])
    expect(transitions).toContainEqual(expect.objectContaining({ rule: 'backup/ping-late', kind: 'resolved' }))
  })
})
