/** Part 3 where a plain reading of the lists would say too little or too much. */
import { describe, expect, it } from 'vitest'
import { visitReportOf } from '../../../../server/visits/view-model/visit-report-of.ts'
import { HOUR_MS } from '../../../../shared/units.ts'
import { aFinding } from '../../assess/a-finding.ts'
import { aMachine } from '../../assess/a-machine.ts'
import { NOW } from '../../assess/sections.ts'
import { judged } from '../../views/a-client.ts'
import { anAcceptance, anInput, QUIET } from './an-input.ts'

describe('an accepted risk', () => {
  const told = (severity: 'critical' | 'warning') => {
    const finding = aFinding({ machineId: 'a', severity })
    // Accepted an hour after the snapshot was frozen, at the visit.
    const acceptances = [anAcceptance('a', { at: NOW + HOUR_MS, severity: 'warning' })]
    const since = { ...QUIET, worse: [{ finding, before: 'warning' as const }] }
    return visitReportOf(anInput([judged(aMachine(), 'a')], { acceptances, since })).parts.changes?.groups[0]?.items[0]
  }

  it('is said to be accepted while it is no worse than what was accepted', () => {
    expect(told('warning')).toMatchObject({ state: 'accepted', detail: expect.stringContaining('accepted by Luc') })
  })

  it('is what it is again when it is worse than what was accepted', () => {
    expect(told('critical')).toMatchObject({ state: 'urgent', detail: expect.stringContaining('since ') })
  })
})

describe('outages of a server', () => {
  const from = Date.parse('2026-09-10T10:00+02:00')
  const aSilence = (over: Parameters<typeof aFinding>[0]) => {
    const values = { forMs: HOUR_MS, lastReportAt: from }
    return aFinding({ machineId: 'a', rule: 'agent/silent', item: '', values, openedAt: from + HOUR_MS, ...over })
  }
  const say = (silent: ReturnType<typeof aSilence>, language: 'en' | 'fr' = 'en') => {
    const client = { name: 'Aubertin', timeZone: 'Europe/Paris', language }
    const machines = [judged(aMachine({ role: 'server' }), 'a')]
    return visitReportOf(anInput(machines, { client, since: { ...QUIET, silent: [silent] } })).parts.changes?.outages
      ?.text
  }

  it('name both days of one that lasted over night', () => {
    const over = aSilence({ resolvedAt: Date.parse('2026-09-12T10:00+02:00') })
    expect(say(over)).toBe(
      'PC a did not answer for 48\u00a0h from 10 September 2026 to 12 September 2026: 2 working days of work without it.',
    )
    expect(say(over, 'fr')).toContain('pendant 48\u00a0h du 10 septembre 2026 au 12 septembre 2026')
  })

  it('tell one that still goes on', () => {
    expect(say(aSilence({}))).toMatch(/^PC a has not answered since 10 September 2026, for .+ of work without it\.$/)
    expect(say(aSilence({}), 'fr')).toMatch(/^PC a ne répond plus depuis le 10 septembre 2026, soit .+ sans lui\.$/)
  })
})
