/** One client with one machine in a real store, and findings that come and go as judgements would write them. */
import type { Finding, Transition } from '../../server/findings/finding.ts'
import type { Store } from '../../server/store/store.ts'
import type { Severity } from '../../shared/severity.ts'

/** The client, its site and its machine. */
export const TOLD = { clientId: 'c1', siteId: 's1', machineId: 'm1' } as const

/** Makes them; twice is harmless. */
export async function furnishTold(store: Store, now: number, name = 'SRV-01'): Promise<void> {
  const client = {
    id: TOLD.clientId,
    slug: 'bakery',
    name: 'Bakery',
    timeZone: 'UTC',
    language: 'en',
    createdAt: now,
  } as const
  await store.hub.addClient(client, new Uint8Array(61))
  const file = store.client(TOLD.clientId)
  await file.addSite({ id: TOLD.siteId, name: 'Main', slug: 'main' })
  const machine = {
    id: TOLD.machineId,
    siteId: TOLD.siteId,
    slug: 'srv',
    name,
    role: 'server',
    enrolledAt: now,
  } as const
  await file.addMachine(machine)
}

/** A finding about the volume `item` whose alert fired at `at`. */
export function aFired(item: string, at: number, severity: Severity = 'critical'): Finding {
  return {
    id: `m1.disk-inodes-low.${item}`,
    number: 0,
    machineId: TOLD.machineId,
    rule: 'disk/inodes-low',
    item,
    severity,
    values: { volume: item, freePercent: 2, inodesFree: 12 },
    openedAt: at,
    changedAt: at,
    resolvedAt: null,
    clearingSince: null,
    blind: null,
    alert: { state: 'firing', since: at, firedAt: at },
  }
}

/** The same finding, over. */
export function over(finding: Finding, at: number): Finding {
  return { ...finding, changedAt: at, resolvedAt: at, alert: { state: 'resolved', at, fired: true } }
}

/** Writes a judgement that says so, in one transaction. @returns the findings with their numbers. */
export async function judgeSo(
  store: Store,
  kind: Transition['kind'],
  findings: readonly Finding[],
  at: number,
): Promise<readonly Finding[]> {
  const file = store.client(TOLD.clientId)
  const known = await file.loadMachine(TOLD.machineId)
  if (known === null) throw new Error('the machine is not there')
  const transitions = findings.map(({ id, machineId, rule, item, severity, values }) => ({
    ...{ findingId: id, machineId, rule, item, kind, at, values },
    from: severity,
    to: severity,
  }))
  const saved = await file.saveAssessment({
    ...{ machineId: TOLD.machineId, version: known.row.version, assessedAt: at, assessedQ: 0, dueAt: at + 60_000 },
    ...{ memory: null, outcomes: null, findings, transitions },
  })
  if (saved.state === 'stale') throw new Error('a stale judgement in a test')
  return saved.findings
}
