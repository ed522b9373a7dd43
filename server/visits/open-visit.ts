/** Opening a visit: every connected agent is asked for signed evidence, then everything is frozen in one transaction. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Result } from '../../shared/result.ts'
import { createFormatter } from '../../shared/text/create-formatter.ts'
import type { LinkPort, Services } from '../control/services.ts'
import type { AgentKey } from '../store/store.ts'
import type { ClientEntry } from '../views/machine-entry.ts'
import { type LifeError, stepVisit } from './life.ts'
import { packSnapshot } from './pack-snapshot.ts'
import { proposeRecommendations } from './propose.ts'
import { freezeSnapshot } from './snapshot.ts'
import type { Snapshot, SnapshotAttestation, Visit, VisitChange } from './visit.ts'
import { findingsSince, previousVisit } from './visit-desk.ts'

/** How long agents have to answer. */
const ATTEST_WAIT_MS = 5_000
const MOST_TRANSITIONS = 100_000

/** What opening needs. */
export type OpenPorts = Pick<Services, 'store' | 'fleet' | 'links' | 'snapshots' | 'clock'>

/**
 * @returns the change to save: the visit on site, its snapshot with the evidence, and recommendations proposed from what was found, when
 * it has none yet. Agents that are away or do not answer in 5 seconds stand in it without evidence.
 */
export async function openVisit(
  ports: OpenPorts,
  entry: ClientEntry,
  visit: Visit,
  newId: () => string,
): Promise<Result<VisitChange, LifeError>> {
  const allowed = stepVisit(visit, { step: 'open', at: ports.clock.now() })
  if (!allowed.ok) return allowed
  const attestations = await askAttestations(ports, entry.client.id)
  const at = ports.clock.now()
  const opened = stepVisit(visit, { step: 'open', at })
  if (!opened.ok) return opened
  const snapshot = await freezeNow(ports, entry, visit, at)
  const known = await ports.store.client(entry.client.id).recommendations()
  await nextTurn()
  const { language, timeZone } = entry.client
  const recommendations = known.some(({ visitId }) => visitId === visit.id)
    ? []
    : proposeRecommendations({
        ...{ visitId: visit.id, machines: [...ports.fleet.states(entry.client.id)], known, owner: visit.author },
        ...{ now: at, f: createFormatter({ language, timeZone, now: at }), newId },
      })
  await nextTurn()
  const packed = await packSnapshot(snapshot)
  return {
    ok: true,
    value: { visit: opened.value, version: visit.version, recommendations, snapshot: { packed, attestations } },
  }
}

async function askAttestations(
  { store, fleet, links }: OpenPorts,
  clientId: string,
): Promise<readonly SnapshotAttestation[]> {
  const keys = new Map<string, AgentKey>()
  for (const key of await store.hub.agents(clientId)) if (key.state === 'active') keys.set(key.machineId, key)
  const asked = [...fleet.states(clientId)].flatMap(({ id, agent }) => {
    const key = keys.get(id)
    return key === undefined ? [] : [attestationOf(links, key, agent.connected)]
  })
  return Promise.all(asked)
}

async function attestationOf(
  links: LinkPort,
  { machineId, publicKey, agentId }: AgentKey,
  isConnected: boolean,
): Promise<SnapshotAttestation> {
  return {
    machineId,
    publicKey,
    agentId,
    attestation: isConnected ? await links.attest(machineId, ATTEST_WAIT_MS) : null,
  }
}

/** Reads what the snapshot holds beside the machines; the machines themselves are those of the last moment. */
async function freezeNow(
  ports: OpenPorts,
  { client, sites }: ClientEntry,
  visit: Visit,
  at: number,
): Promise<Snapshot> {
  const store = ports.store.client(client.id)
  const before = previousVisit(await store.visits(), visit)
  const since = before === null ? null : ((await ports.snapshots.of(client.id, before.id))?.snapshot.at ?? null)
  const findings = await findingsSince(ports, client.id, since)
  const window = since === null ? {} : { since }
  const transitions = await store.transitions({ ...window, limit: MOST_TRANSITIONS })
  await nextTurn()
  const restoreTests = (await store.restoreTests()).filter(({ visitId }) => visitId !== visit.id)
  const acceptances = (await store.acceptances()).filter(({ revokedAt }) => revokedAt === null)
  const machines = [...ports.fleet.states(client.id)]
  return freezeSnapshot({
    visitId: visit.id,
    at,
    client,
    sites,
    machines,
    acceptances,
    findings,
    transitions,
    restoreTests,
  })
}
