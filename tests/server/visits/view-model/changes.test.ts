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
