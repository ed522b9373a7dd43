/** What a report says of moments and lengths: as of its own moment, whole, and each thing once. */
import { describe, expect, it } from 'vitest'
import { supportOf } from '../../../../server/facts/end-of-support.ts'
import { sceneOf } from '../../../../server/visits/view-model/report-input.ts'
import { visitReportOf } from '../../../../server/visits/view-model/visit-report-of.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/units.ts'
import { anAction, aRecommendation, aRestoreTest } from '../../../support/visit-samples.ts'
import { aFinding } from '../../assess/a-finding.ts'
import { aMachine } from '../../assess/a-machine.ts'
import { NOW } from '../../assess/sections.ts'
import { judged } from '../../views/a-client.ts'
import { anInput, QUIET, VISIT } from './an-input.ts'

const good = (id: string) => judged(aMachine(), id)
const silent = (id: string, daysAgo: number, opened: number) =>
  aFinding({
    ...{ machineId: id, rule: 'agent/silent', item: '', openedAt: NOW - opened * DAY_MS },
    values: { lastReportAt: NOW - daysAgo * DAY_MS, forMs: (daysAgo - opened) * DAY_MS } as never,
  })

describe('ages in sentences', () => {
  it('are those of the moment that was frozen, not of the finding’s first day', () => {
    const opened = [{ finding: silent('a', 9, 4), before: null }]
    const report = visitReportOf(anInput([good('a')], { since: { ...QUIET, opened } }))
    expect(report.parts.changes?.groups[0]?.items[0]?.text).toBe('PC a: This machine has not reported for 9 days.')
  })

  it('are those of its end, for what is over', () => {
    const finding = { ...silent('a', 30, 25), resolvedAt: NOW - 10 * DAY_MS }
    const solved = [{ finding, solvedAt: finding.resolvedAt, provenAt: NOW }]
    const report = visitReportOf(anInput([good('a')], { since: { ...QUIET, solved } }))
    expect(report.parts.changes?.groups[0]?.items[0]?.detail).toContain('has not reported for 20 days')
  })
})

describe('since the last visit', () => {
  it('tells what came and went, from its first day to its last', () => {
    const passing = [{ ...silent('a', 9, 8), resolvedAt: NOW - 3 * DAY_MS }]
    const report = visitReportOf(anInput([good('a')], { since: { ...QUIET, passing } }))
    expect(report.parts.changes?.groups.map(({ heading }) => heading)).toEqual(['Came and went, 1'])
    expect(report.parts.changes?.groups[0]?.items[0]).toMatchObject({
      state: 'good',
      text: 'PC a: This machine has not reported for 6 days.',
      detail: 'from 8 September 2026 to 13 September 2026',
    })
  })

  it('counts an outage of a server from its last word', () => {
    const state = { ...good('a'), role: 'server' as const }
    const finding = aFinding({
      ...{ machineId: 'a', rule: 'agent/silent', item: '', openedAt: NOW - 170 * MINUTE_MS },
      resolvedAt: NOW,
      values: { lastReportAt: NOW - 180 * MINUTE_MS, forMs: 10 * MINUTE_MS } as never,
    })
    const report = visitReportOf(anInput([state], { since: { ...QUIET, silent: [finding] } }))
    expect(report.parts.changes?.outages?.text).toContain('did not answer for 3\u00a0h on')
  })
})

describe('what happens next', () => {
  const decision = { answer: 'do', until: null, reason: '', by: 'Luc', at: NOW } as const
  const rows = (change: Parameters<typeof anInput>[1]) =>
    visitReportOf(anInput([good('a')], change)).parts.next?.actions.rows.map(({ what }) => what)

  it('says once what was decided, and not what the evidence shows done', () => {
    const recommendations = [aRecommendation({ id: 'r1', what: 'Swap the disk', decision })]
    const action = anAction({ id: 'r1.a', text: 'Swap the disk' })
    expect(rows({ recommendations, actions: [action] })).toEqual(['Swap the disk'])
    expect(rows({ recommendations, actions: [] })).toEqual(['Swap the disk'])
    const promised = [{ action, evidence: 'proven', provenAt: NOW } as const]
    expect(rows({ actions: [action], since: { ...QUIET, promised } })).toEqual([])
  })

  it('keeps the date of what was put off at an earlier visit', () => {
    const put = { ...decision, answer: 'defer', until: NOW + 40 * DAY_MS } as const
    const deferred = [aRecommendation({ id: 'r0', what: 'Replace the PC', decision: put })]
    const report = visitReportOf(anInput([good('a')], { deferred }))
    expect(report.parts.next?.dates?.rows.map(({ what }) => what)).toContain('To be decided again: Replace the PC')
  })
})

describe('backups', () => {
  it.each([
    [20_000, '1\u00a0min', '1 minute'],
    [MINUTE_MS + 40_000, '1\u00a0min', '1 minute'],
    [14 * MINUTE_MS, '14\u00a0min', '14 minutes'],
  ])('say the same of a restore of %i ms in part 4, in part 10 and on the cover', (durationMs, short, long) => {
    const job = { ...good('a'), role: 'server' as const }
    const restoreTests = [aRestoreTest({ machineId: 'a', visitId: VISIT.id, durationMs })]
    const { parts, cover } = visitReportOf(anInput([job], { restoreTests }))
    expect(parts.backup?.rows[0]?.restoreTest).toContain(`usable after ${long}`)
    expect(parts.next?.done?.rows.map(({ duration }) => duration)).toEqual([short])
    expect(cover.cost).toContain(short)
  })

  it('call the first of a month premier in French', () => {
    const at = Date.UTC(2027, 0, 1, 9)
    const client = { name: 'A', timeZone: 'Europe/Paris', language: 'fr' as const }
    const scene = sceneOf(anInput([good('a')], { client }))
    expect([scene.day(at), scene.clock(at)]).toEqual(['1er janvier 2027', '1er janvier 2027 à 10:00'])
    expect(scene.day(at + 10 * DAY_MS)).toBe('11 janvier 2027')
    expect(sceneOf(anInput([good('a')])).day(at)).toBe('1 January 2027')
  })

  it('tell the whole length of a restore', () => {
    const job = { ...good('a'), role: 'server' as const }
    const restoreTests = [aRestoreTest({ machineId: 'a', durationMs: HOUR_MS + 35 * MINUTE_MS })]
    const { backup } = visitReportOf(anInput([job], { restoreTests })).parts
    expect(backup?.rows[0]?.restoreTest).toContain('usable after 1\u00a0h\u00a035')
  })
})

it('an end of support lies on the day that its maker named, in every zone of Europe', () => {
  const os = { family: 'windows', id: 'windows', name: 'Windows 11 Pro', version: '25H2', kernel: null } as const
  const endsAt = supportOf({ ...os, build: '10.0.26200.1', edition: 'pro' })?.endsAt ?? 0
  for (const timeZone of ['Atlantic/Azores', 'UTC', 'Europe/Brussels', 'Europe/Helsinki', 'Pacific/Auckland']) {
    const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(endsAt)
    expect([timeZone, day]).toEqual([timeZone, timeZone === 'Pacific/Auckland' ? '2027-10-13' : '2027-10-12'])
  }
})
