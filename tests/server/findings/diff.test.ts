/** The diff of open findings with outcomes, where the timelines of tests/server/alerts do not reach. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffFindings } from '../../../server/findings/diff.ts'
import type { Finding } from '../../../server/findings/finding.ts'
import { findingId } from '../../../server/findings/finding-id.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import { HOUR_MS } from '../../../shared/units.ts'
import { NOW } from '../assess/sections.ts'

const OPTIONS = { machineId: 'm1', now: NOW, after: NOW - HOUR_MS, keepsVanished: () => false, clearMs: () => 0 }
const space = (item: string, change: Partial<Extract<Outcome<'disk/space-low'>, { state: 'fail' }>> = {}): Outcome => ({
  state: 'fail',
  rule: 'disk/space-low',
  item,
  severity: 'warning',
  values: { volume: item, usedPercent: 90, availableBytes: 1, totalBytes: 10 },
  ...change,
})
const late = (ageMs: number, lastSuccessAt: number): Outcome => ({
  state: 'fail',
  rule: 'backup/too-old',
  item: 'j',
  severity: 'warning',
  values: { job: 'j', ageMs, lastSuccessAt, everyMs: 1 },
})
const dated = (outcome: Outcome, since = NOW) => ({ outcome, since })
const opened = (...outcomes: Outcome[]): readonly Finding[] =>
  diffFindings(
    [],
    outcomes.map((outcome) => dated(outcome)),
    OPTIONS,
  ).findings

describe('diffFindings', () => {
  it('opens a finding without a number: the store gives it', () => {
    const { findings, transitions } = diffFindings([], [dated(space('/'))], OPTIONS)
    expect(findings).toMatchObject([
      { number: 0, severity: 'warning', openedAt: NOW, alert: { state: 'pending' }, blind: null },
    ])
    expect(transitions).toMatchObject([{ kind: 'opened', from: null, to: 'warning', findingId: findings[0]?.id }])
  })

  it('dates an opening between the previous assessment and now', () => {
    const at = (since: number) => diffFindings([], [dated(space('/'), since)], OPTIONS).findings[0]?.openedAt
    expect([at(NOW - 2 * HOUR_MS), at(NOW - 5), at(NOW + 5)]).toEqual([NOW - HOUR_MS, NOW - 5, NOW])
  })

  it('does not touch a finding because time passed', () => {
    const [finding] = opened(late(1_000, 7))
    const { findings, transitions } = diffFindings(finding ? [finding] : [], [dated(late(2_000, 7))], OPTIONS)
    expect(findings[0]).toBe(finding)
    expect(transitions).toEqual([])
  })

  it('follows the values that say something new, without a transition', () => {
    const known = opened(late(1_000, 7))
    const { findings, transitions } = diffFindings(known, [dated(late(900, 107))], OPTIONS)
    expect(findings[0]?.values).toMatchObject({ lastSuccessAt: 107, ageMs: 900 })
    expect(transitions).toEqual([])
  })

  it('passes over resolved findings: the next failure is another one', () => {
    const [finding] = opened(space('/'))
    if (finding === undefined) throw new Error('nothing was opened')
    const over: Finding = { ...finding, resolvedAt: NOW - 5 }
    const { findings } = diffFindings([over], [dated(space('/'))], OPTIONS)
    expect(findings).toHaveLength(1)
    expect(findings[0]).not.toBe(over)
  })

  it('keeps each item apart', () => {
    const known = opened(space('/'), space('/srv'))
    const { findings } = diffFindings(known, [dated(space('/'))], OPTIONS)
    expect(findings.map(({ item, resolvedAt }) => [item, resolvedAt === null])).toEqual([
      ['/', true],
      ['/srv', false],
    ])
  })

  it('leaves the finding of a rule alone that this version does not have', () => {
    const [finding] = opened(space('/'))
    if (finding === undefined) throw new Error('nothing was opened')
    expect(diffFindings([finding], [], OPTIONS).findings).toEqual([finding])
  })
})

describe('findingId', () => {
  it('holds nothing of a hostile item', () => {
    expect(findingId('m1', 'disk/space-low', '/<script>\n', NOW)).toMatch(/^m1\.disk-space-low\.[0-9a-z]+\.[0-9a-z]+$/)
  })
  it('tells items apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const same = findingId('m', 'disk/worn', a, 1) === findingId('m', 'disk/worn', b, 1)
        expect(same).toBe(a === b)
      }),
      { numRuns: 2_000 },
    )
  })
})
