/** Rows that store tests start from: a client, a site, a machine, records of it. Every value can be overridden. */
import type { AcceptedRecord, AgentKey, AssessmentRow, Client, ClientStore, Code } from '../../server/store/store.ts'

/** Any fixed instant: 2026-01-15 09:00 UTC. */
export const NOON = Date.UTC(2026, 0, 15, 9)

/** 32 (or `size`) bytes of one value. */
export const bytesOf = (value: number, size = 32): Uint8Array => new Uint8Array(size).fill(value)

/** A client of the hub. */
export function aClient(over: Partial<Client> = {}): Client {
  return { id: 'c1', slug: 'acme', name: 'Acme', timeZone: 'Europe/Brussels', language: 'en', createdAt: NOON, ...over }
}

/** A single-use code that expires in an hour. */
export function aCode(over: Partial<Code> = {}): Code {
  return {
    codeId: bytesOf(1, 8),
    clientId: 'c1',
    siteId: 's1',
    role: null,
    machineName: null,
    wrappedKey: bytesOf(2, 61),
    usesLeft: 1,
    expiresAt: NOON + 3_600_000,
    createdBy: 'p1',
    createdAt: NOON,
    ...over,
  }
}

/** An agent's key; `n` makes it another agent. */
export function aKey(n: number, over: Partial<AgentKey> = {}): AgentKey {
  return {
    publicKey: bytesOf(n),
    agentId: bytesOf(n, 16),
    clientId: 'c1',
    machineId: `m${n}`,
    state: 'active',
    lease: bytesOf(0, 16),
    leaseN: 0,
    ...over,
  }
}

/** Adds site s1 and machines m1 … m<count>. */
export async function addMachines(store: ClientStore, count: number): Promise<void> {
  await store.addSite({ id: 's1', name: 'Office', slug: 'office' })
  for (let n = 1; n <= count; n += 1) {
    await store.addMachine({
      id: `m${n}`,
      siteId: 's1',
      slug: `pc-${n}`,
      name: `PC-${n}`,
      role: null,
      enrolledAt: NOON,
    })
  }
}

/** A record of machine m1 in stream 7…7 that holds one sample, its own number. */
export function aRecord(q: number, over: Partial<AcceptedRecord> = {}): AcceptedRecord {
  const at = NOON + q * 1_000
  return {
    machineId: 'm1',
    stream: bytesOf(7, 16),
    q,
    at,
    receivedAt: at + 5,
    bytes: 142,
    sections: [],
    collectedAt: { system: at },
    samples: [{ check: 'system', key: 'memory:usedBytes', value: q }],
    gap: null,
    ...over,
  }
}

/** An assessment of m1 at version 0 that found nothing. */
export function anAssessment(over: Partial<AssessmentRow> = {}): AssessmentRow {
  return {
    machineId: 'm1',
    version: 0,
    assessedAt: NOON,
    assessedQ: 0,
    dueAt: NOON + 60_000,
    memory: null,
    outcomes: null,
    findings: [],
    transitions: [],
    ...over,
  }
}
