/** Which transitions make a notice, and that each is written once, in the transaction of its judgement. */
import { describe, expect, it } from 'vitest'
import type { Finding, Transition } from '../../../server/findings/finding.ts'
import { noticesOf } from '../../../server/outbox/notice.ts'
import { aFired, over } from '../../support/told-world.ts'

const AT = 1_800_000_000_000
const fired = aFired('/srv', AT)
const pending: Finding = { ...fired, alert: { state: 'pending', since: AT } }
const solvedUntold: Finding = { ...over(fired, AT + 5), alert: { state: 'resolved', at: AT + 5, fired: false } }

const transition = (kind: Transition['kind'], finding: Finding, at = AT): Transition => ({
  ...{ findingId: finding.id, machineId: finding.machineId, rule: finding.rule, item: finding.item, kind, at },
  ...{ from: finding.severity, to: finding.severity, values: finding.values },
})
const kindsOf = (findings: readonly Finding[], ...transitions: readonly Transition[]) =>
  noticesOf(findings, transitions).map(({ kind }) => kind)

describe('noticesOf', () => {
  it.each<[string, Finding, Transition['kind'], readonly string[]]>([
    ['an alert that fires', fired, 'fired', ['fired']],
    ['a firing alert that gets worse', fired, 'worsened', ['worsened']],
    ['the end of what fired', over(fired, AT), 'resolved', ['resolved']],
    ['the end of what never fired', solvedUntold, 'resolved', []],
    ['a pending alert that gets worse', pending, 'worsened', []],
    ['a finding that opens', pending, 'opened', []],
    ['one that gets better', fired, 'improved', []],
    ['one that cannot be seen', fired, 'blinded', []],
    ['one that can be seen again', fired, 'unblinded', []],
  ])('%s', (_, finding, kind, expected) => {
    expect(kindsOf([finding], transition(kind, finding))).toEqual(expected)
  })

  it('says what got worse and fires in one moment once, with the severity that it has now', () => {
    const both = [transition('worsened', fired), transition('fired', fired)]
    expect(noticesOf([fired], both)).toEqual([{ findingId: fired.id, kind: 'fired', severity: 'critical', at: AT }])
  })

  it('says what fires and ends in one moment as both, so that routing can drop the pair', () => {
    const ended = over(fired, AT + 1)
    expect(kindsOf([ended], transition('fired', ended), transition('resolved', ended))).toEqual(['fired', 'resolved'])
  })

  it('passes over a transition whose finding is not in the judgement', () => {
    expect(kindsOf([], transition('fired', fired))).toEqual([])
  })
})
