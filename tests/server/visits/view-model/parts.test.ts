/** The parts of the report: what each says for what was found, decided, promised and done. */
import { describe, expect, it, test } from 'vitest'
import { layCoverDecisions } from '../../../../server/visits/report/lay-tables.ts'
import { visitReportOf } from '../../../../server/visits/view-model/visit-report-of.ts'
import { failed, read } from '../../../../shared/reading.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/units.ts'
import { anAction, aRecommendation, aRestoreTest } from '../../../support/visit-samples.ts'
import { aFinding } from '../../assess/a-finding.ts'
import { aMachine } from '../../assess/a-machine.ts'
import { aJob, NOW } from '../../assess/sections.ts'
import { judged } from '../../views/a-client.ts'
import { anAcceptance, anInput, QUIET } from './an-input.ts'

const good = (id: string) => judged(aMachine(), id)
const bad = (id: string, severity: 'critical' | 'warning' = 'critical') => ({
  ...good(id),
  findings: [aFinding({ machineId: id, severity })],
})
const FR = { name: 'Aubertin', timeZone: 'Europe/Paris', language: 'fr' } as const

describe('the headline', () => {
  test.each([
    ['no machine', [], 'not-proven', 'No machine reports yet: nothing is proven.'],
    ['all good', [good('a')], 'good', 'What we check on 1 machine could be read, and is as it should be.'],
    ['one urgent', [bad('a'), good('b')], 'urgent', 'Disks: to be dealt with at once on PC a.'],
    [
      'four urgent',
      ['a', 'b', 'c', 'd'].map((id) => bad(id)),
      'urgent',
      'Disks: to be dealt with at once on 4 of 4 machines.',
    ],
    [
      'one warning',
      [bad('a', 'warning'), good('b')],
      'attention',
      'Nothing is urgent. Disks: to be dealt with on PC a.',
    ],
  ] as const)('%s', (_name, machines, state, sentence) => {
    const { verdict } = visitReportOf(anInput(machines)).cover
    expect([verdict.state, verdict.sentence]).toEqual([state, sentence])
  })

  it('is never well over an accepted risk, and names its end', () => {
    const machine = { ...bad('a', 'warning'), acceptances: [anAcceptance('a')] }
    const { verdict } = visitReportOf(anInput([machine, good('b')])).cover
    expect(verdict.state).toBe('attention')
    expect(verdict.sentence).toBe('Nothing else is wrong than the risks that you accepted, on 1 of 2 machines.')
    expect(verdict.text).toContain('One risk is accepted, until')
  })

  it('is said in French with its spaces', () => {
    const { sentence } = visitReportOf(anInput([bad('a')], { client: FR })).cover.verdict
    expect(sentence).toBe('Disques\u00a0: à traiter sans attendre sur PC a.')
  })
})

describe('decisions', () => {
  it('show five at most, with cost range and answer; unknown cost is to be quoted', () => {
    const many = Array.from({ length: 7 }, (_, rank) =>
      aRecommendation({ id: `r${rank}`, rank: 7 - rank, decision: null, what: `q${rank}` }),
    )
    const part = visitReportOf(anInput([good('a')], { recommendations: many })).parts.decisions
    expect(part?.items.map(({ what }) => what)).toEqual(['q6', 'q5', 'q4', 'q3', 'q2'])
    const answered = { answer: 'do', until: null, reason: '', by: 'Luc Aubertin', at: NOW } as const
    const last = many.map((one) => (one.rank === 7 ? { ...one, decision: answered } : one))
    const report = visitReportOf(anInput([good('a')], { recommendations: last }))
    expect(report.parts.decisions?.items.map(({ what }) => what)).toEqual(['q6', 'q5', 'q4', 'q3', 'q2', 'q0'])
    expect(report.parts.decisions?.items.at(-1)?.answer).toMatchObject({
      text: expect.stringMatching(/Luc Aubertin.*2026/),
    })
    // Page 1 keeps to what is asked most.
    if (report.parts.decisions === null) throw new Error('there were some')
    expect(layCoverDecisions(report.parts.decisions).rows).toHaveLength(5)
    const one = (change: Parameters<typeof aRecommendation>[0]) =>
      visitReportOf(anInput([good('a')], { recommendations: [aRecommendation(change)] })).parts.decisions?.items[0]
    expect(one({ costLow: null, costHigh: null })?.cost).toBe('to be quoted')
    expect(one({ costLow: 3_200, costHigh: 4_800 })?.cost).toBe('3,200 to 4,800 €')
    const decision = {
      answer: 'accept',
      until: NOW + 90 * DAY_MS,
      reason: 'Moves in spring',
      by: 'Luc',
      at: NOW,
    } as const
    expect(one({ decision })?.answer).toMatchObject({
      kind: 'decided',
      state: 'accepted',
      choice: 'Accept the risk',
      short: 'Accept the risk, decided',
    })
    const stateOf = (answer: 'do' | 'defer') => one({ decision: { ...decision, answer } })?.answer
    expect(stateOf('do')).toMatchObject({ state: 'good' })
    expect(stateOf('defer')).toMatchObject({ state: null })
    expect(one({ decision: null })?.answer.kind).toBe('open')
  })
})

describe('since the last visit', () => {
  it('lists every solved, new and worse point, and what was promised with its evidence', () => {
    const finding = aFinding({ machineId: 'a' })
    const since = {
      ...QUIET,
      solved: [{ finding, solvedAt: NOW - DAY_MS, provenAt: NOW }],
      opened: [{ finding, before: null }],
      worse: [{ finding, before: 'info' as const }],
      vanished: [{ machineId: 'z', name: 'PC-OLD' }],
      promised: [
        { action: anAction({ text: 'Swap it' }), evidence: 'proven' as const, provenAt: NOW },
        { action: anAction({ text: 'Ask them' }), evidence: 'refuted' as const, provenAt: null },
      ],
    }
    const part = visitReportOf(anInput([good('a')], { since })).parts.changes
    const heads = part?.groups.map(({ heading }) => heading)
    expect(heads).toEqual([
      'Solved, 1',
      'New, 1',
      'Worse, 1',
      'Promised and done, 1',
      'Promised, not shown, 1',
      'Machines',
    ])
    expect(part?.groups.flatMap(({ items }) => items.map(({ text }) => text))).toEqual([
      'PC a: Free space',
      expect.stringContaining('PC a: '),
      expect.stringContaining('PC a: '),
      'Swap it',
      'Ask them',
      'PC-OLD is no longer there',
    ])
  })

  it('counts what an outage of a server cost in working hours', () => {
    const from = Date.parse('2026-09-22T10:00+02:00')
    const silent = aFinding({
      machineId: 'a',
      rule: 'agent/silent',
      item: '',
      values: { forMs: HOUR_MS, lastReportAt: from },
      openedAt: from,
      resolvedAt: from + 5 * HOUR_MS,
    })
    const server = judged(aMachine({ role: 'server' }), 'a')
    const since = { ...QUIET, silent: [silent] }
    const say = (role: 'server' | 'laptop') =>
      visitReportOf(anInput([{ ...server, role }], { since })).parts.changes?.outages?.text
    expect(say('server')).toContain('4 working hours of work without it')
    expect(say('laptop')).toBe('No server was out of reach.')
  })
})

describe('backups', () => {
  const row = (change: Parameters<typeof aMachine>[0]) =>
    visitReportOf(anInput([judged(aMachine(change), 'a')])).parts.backup?.rows[0]

  it('say how much work would be lost, in working time', () => {
    const job = aJob()
    const samples = { backup: { [`job:${job.id}:lastSuccessAt`]: NOW - 10 * MINUTE_MS } }
    const parts = { backup: { jobs: read('backup/restic', [job]) } }
    expect(row({ samples, parts })?.workLost).toMatch(/nothing|less than/)
    const old = { backup: { [`job:${job.id}:lastSuccessAt`]: NOW - 14 * DAY_MS } }
    expect(row({ samples: old, parts })?.workLost).toBe('10 working days')
    expect(row({ samples: { backup: { [`job:${job.id}:lastSuccessAt`]: null } }, parts })?.workLost).toBe('not proven')
  })

  it('tell no known tool, a stated none and what could not be read apart', () => {
    const nothing = { jobs: read('backup/jobs', []), tools: read('backup/tools', []) }
    const unread = { jobs: failed('backup/jobs', { code: 'access-denied', detail: '' }) }
    expect(row({ parts: { backup: nothing } })).toMatchObject({ state: 'not-proven', workLost: 'not proven' })
    expect(
      row({ parts: { backup: nothing }, policy: { 'backup.declaredNone': true }, enrolledAt: NOW - 60 * DAY_MS }),
    ).toMatchObject({
      state: 'urgent',
      workLost: 'everything',
      note: 'None, as stated by a person',
    })
    expect(row({ parts: { backup: unread } })?.note).toContain('Could not be read')
  })

  it('never promise a copy after a disaster that no source proves', () => {
    const disasters = visitReportOf(anInput([judged(aMachine({ role: 'server' }), 'a')])).parts.backup?.disasters
    expect(disasters?.[0]?.rows.map(({ event }) => event)).toEqual([
      'it burns tonight',
      'everything is encrypted',
      'it is stolen',
    ])
    expect(disasters?.[0]?.rows[1]?.restoredFrom).toEqual({ state: 'not-proven', text: 'not proven' })
  })

  it('carry the newest restore test', () => {
    const tests = [
      aRestoreTest({ machineId: 'a', at: NOW - DAY_MS, durationMs: 14 * MINUTE_MS, isUsable: true }),
      aRestoreTest({ id: 't0', machineId: 'a', at: NOW - 200 * DAY_MS, isUsable: false }),
    ]
    const report = visitReportOf(anInput([good('a')], { restoreTests: tests }))
    expect(report.parts.backup?.rows[0]?.restoreTest).toContain('usable after 14 minutes')
  })
})

describe('what happens next', () => {
  it('lists open actions and what was decided, and what was done with its minutes', () => {
    const actions = [
      anAction({ id: 'x', text: 'Later' }),
      anAction({ id: 'y', text: 'Swapped', state: 'done', doneIn: 'v2', doneAt: NOW, minutes: 45 }),
      anAction({ id: 'z', text: 'Long ago', state: 'done', doneIn: 'v1', doneAt: NOW, minutes: 5 }),
    ]
    const decision = { answer: 'do', until: null, reason: '', by: 'Luc', at: NOW } as const
    const recommendations = [aRecommendation({ what: 'Buy disks', about: [], decision })]
    const { parts, cover } = visitReportOf(anInput([good('a')], { actions, recommendations }))
    expect(parts.next?.actions.rows.map(({ what }) => what).sort()).toEqual(['Buy disks', 'Later'])
    expect(parts.next?.done?.rows).toEqual([{ what: 'Swapped', duration: '45\u00a0min' }])
    expect(cover.cost).toBe('Recorded on this visit: 45\u00a0min of work on 1 point.')
  })

  it('lists the ends of support of twelve months', () => {
    const { parts } = visitReportOf(anInput([good('a')]))
    expect(parts.unseen?.coverage.rows[0]).toEqual({ measured: 'Machines in scope', amount: '1' })
  })
})

describe('what could not be seen', () => {
  it('groups one cause over machines with its reason', () => {
    const blind = (id: string) =>
      judged(aMachine({ parts: { posture: { sshd: failed('x', { code: 'timeout', detail: '' }) } } }), id)
    const items = visitReportOf(anInput([blind('a'), blind('b'), good('c')])).parts.unseen?.items
    expect(items?.[0]?.text).toContain('not proven on 2 machines')
    expect(items?.[0]?.detail).toContain('PC a and PC b: ')
  })
})
