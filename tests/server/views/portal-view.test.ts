/** What the manager of a client sees, of records that are odd. */
import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { portalView } from '../../../server/views/portal-view.ts'
import { PortalView } from '../../../shared/api/visits.ts'
import type { RuleId } from '../../../shared/rules.ts'
import { aFinding } from '../assess/a-finding.ts'
import { aMachine } from '../assess/a-machine.ts'
import { NOW } from '../assess/sections.ts'
import { aClientEntry, judged } from './a-client.ts'

const portal = (machines: readonly MachineState[]) =>
  portalView({
    ...{ entry: aClientEntry('c1'), machines, before: null, visits: [], recommendations: [], isOpen: () => false },
    ...{ actions: [], reports: [], people: [], language: 'fr', mayDecide: false, now: NOW },
  })

it('is there all the same when a finding is of a rule that this version no longer has', () => {
  // An update may take a rule out; what it found stays in the store (alert-options.ts).
  const gone = aFinding({ rule: 'disk/taken-out' as RuleId, severity: 'critical' })
  const view = portal([{ ...judged(aMachine(), 'm1'), findings: [gone, aFinding()] }])
  expect(Value.Check(PortalView, view)).toBe(true)
  expect(view.handled).toHaveLength(1)
  // Nothing is said of it, and nothing is better for it.
  expect(view.dials.find(({ dial }) => dial === 'disk')).toMatchObject({ standing: 'urgent', tally: { bad: 1 } })
})
