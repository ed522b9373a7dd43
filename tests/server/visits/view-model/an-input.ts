/** Input of a visit report for tests: a visit over judged machines, with what a test changes. */
import { OFFICE_HOURS } from '../../../../server/facts/working-hours.ts'
import type { MachineState } from '../../../../server/fleet/machine-state.ts'
import type { SinceVisit } from '../../../../server/visits/since-visit.ts'
import type { ReportInput } from '../../../../server/visits/view-model/report-input.ts'
import type { Acceptance, Visit } from '../../../../server/visits/visit.ts'
import { DAY_MS, HOUR_MS } from '../../../../shared/units.ts'
import { aVisit } from '../../../support/visit-samples.ts'
import { NOW } from '../../assess/sections.ts'

export const VISIT: Visit = aVisit({
  id: 'v2',
  date: '2026-11-24',
  state: 'closing',
  openedAt: NOW,
  closedAt: NOW + 4 * HOUR_MS,
  minutes: 'Two disks were **swapped**.',
})

export const QUIET: SinceVisit = {
  from: NOW - 63 * DAY_MS,
  to: NOW,
  opened: [],
  worse: [],
  better: [],
  solved: [],
  passing: [],
  appeared: [],
  vanished: [],
  moved: [],
  slipped: [],
  promised: [],
  silent: [],
}

export function anInput(machines: readonly MachineState[], change: Partial<ReportInput> = {}): ReportInput {
  return {
    operator: { name: 'Hélène Marchand', role: 'part-time head of IT', contact: null, logo: null, color: null },
    client: { name: 'Menuiserie Aubertin', timeZone: 'Europe/Paris', language: 'en' },
    sites: [{ id: 's1', name: 'Workshop', slug: 'workshop' }],
    visit: VISIT,
    revision: 1,
    createdAt: NOW + 5 * HOUR_MS,
    machines,
    frozenAt: NOW,
    snapshotHash: 'ab'.repeat(32),
    attestations: machines.map(({ id }) => ({
      machineId: id,
      publicKey: new Uint8Array(32),
      agentId: new Uint8Array(16),
      attestation: null,
    })),
    previous: null,
    since: QUIET,
    actions: [],
    recommendations: [],
    restoreTests: [],
    acceptances: machines.flatMap(({ acceptances }) => acceptances),
    deferred: [],
    nextVisitAt: null,
    calendar: OFFICE_HOURS,
    serverVersion: '0.2.0',
    ...change,
  }
}

export function anAcceptance(machineId: string, change: Partial<Acceptance> = {}): Acceptance {
  return {
    id: `a-${machineId}`,
    machineId,
    rule: 'disk/space-low',
    item: '/',
    severity: 'warning',
    by: 'Luc Aubertin',
    reason: 'Replaced in spring',
    at: NOW - DAY_MS,
    until: NOW + 90 * DAY_MS,
    visitId: null,
    revokedAt: null,
    ...change,
  }
}
