/** What the pages of a client read from its file: the page itself, its findings, one finding, and what stands beside Today. */
import type { AroundView, ClientBody, ClientFindingsView, ClientView, FindingView } from '../../../shared/api/client.ts'
import { ok } from '../../../shared/result.ts'
import { type EpochMs, SECOND_MS } from '../../../shared/units.ts'
import type { Caller } from '../../auth/access.ts'
import { OFFICE_HOURS } from '../../facts/working-hours.ts'
import { machinesOf, visibleClients } from '../../http/visible.ts'
import type { Client } from '../../store/store.ts'
import { type AroundClient, aroundFrom, aroundView, WEEK_MS } from '../../views/around-view.ts'
import { LOOK_BACK_MS } from '../../views/client-changes.ts'
import { clientFindingsView, SOLVED_SHOWN_MS } from '../../views/client-findings-view.ts'
import { type ClientInput, clientView } from '../../views/client-view.ts'
import { findingView } from '../../views/finding-view.ts'
import type { ClientEntry } from '../../views/machine-entry.ts'
import type { Visit } from '../../visits/visit.ts'
import type { Services } from '../services.ts'
import { addClient } from './clients.ts'
import { listDeliveries } from './mail-server.ts'
import { type Operation, refuse } from './operation.ts'

const MOST_FINDINGS = 5_000
const MOST_TRANSITIONS = 5_000
const MOST_TOLD = 100

/**
 * Visits as the caller may see them: those who look after the client, all of it; its own people, what was sent (route-policy.ts), and not
 * that it is being corrected.
 */
function visitsFor(caller: Caller, visits: readonly Visit[]): readonly Visit[] {
  if (isKeeper(caller)) return visits
  return visits.flatMap((visit) => (visit.sentAt === null ? [] : { ...visit, state: 'sent' as const }))
}

const isKeeper = ({ grant }: Caller) => grant.role === 'owner' || grant.role === 'operator'

/** @returns the page of a client. */
export async function readClientPage(services: Services, caller: Caller, entry: ClientEntry): Operation<ClientView> {
  const store = services.store.client(entry.client.id)
  const now = services.clock.now()
  const visits = await store.visits()
  const previous = await previousOf(services, entry, visits)
  const from = previous?.at ?? now - LOOK_BACK_MS
  const input: ClientInput = {
    entry,
    machines: machinesOf(entry, services),
    visits: visitsFor(caller, visits),
    previous,
    findings: await store.findings({ since: from, limit: MOST_FINDINGS }),
    transitions: previous === null ? await store.transitions({ since: from, limit: MOST_TRANSITIONS }) : [],
    restoreTests: await store.restoreTests(),
    calendar: OFFICE_HOURS,
    isKeeper: isKeeper(caller),
    now,
  }
  return ok(clientView(input))
}

/** The last sent visit as it was frozen; null: none was sent. */
async function previousOf(
  { snapshots }: Services,
  { client }: ClientEntry,
  visits: readonly Visit[],
): Promise<ClientInput['previous']> {
  const last = visits.find(({ sentAt }) => sentAt !== null)
  const frozen = last === undefined ? null : await snapshots.of(client.id, last.id)
  return frozen === null ? null : { at: frozen.snapshot.at, machines: frozen.machines }
}

/** @returns open, accepted and solved findings of a client. */
export async function readClientFindings(services: Services, entry: ClientEntry): Operation<ClientFindingsView> {
  const now = services.clock.now()
  const store = services.store.client(entry.client.id)
  const findings = await store.findings({ since: now - SOLVED_SHOWN_MS, open: false, limit: MOST_FINDINGS })
  return ok(clientFindingsView(entry, machinesOf(entry, services), findings, now))
}

/** @param number as people say it on the phone. Who was told is for those who keep the channels. */
export async function readFinding(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  number: number,
): Operation<FindingView> {
  const store = services.store.client(entry.client.id)
  const [stored] = await store.findings({ number, limit: 1 })
  if (stored === undefined) return refuse('absent', `There is no finding ${number}.`)
  const machine = machinesOf(entry, services).find(({ state }) => state.id === stored.machineId) ?? null
  // The fleet is as new as the last judgement; the file may be a moment behind.
  const finding = machine?.state.findings.find(({ id }) => id === stored.id) ?? stored
  const transitions = await store.transitions({ findingId: stored.id, limit: MOST_TRANSITIONS })
  const told = isKeeper(caller) ? await toldOf(services, caller, entry, stored.id) : null
  const { client } = entry
  return ok(findingView({ client, machine, finding, transitions, told, now: services.clock.now() }))
}

async function toldOf(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  findingId: string,
): Promise<FindingView['told']> {
  const listed = await listDeliveries(services, caller, entry, { findingId, limit: MOST_TOLD })
  if (!listed.ok) return []
  return listed.value.deliveries.map(({ channel, recipient, kind, state, createdAt, endedAt, failure }) => ({
    channel: channel?.name ?? '',
    ...{ recipient, kind, state, createdAt, endedAt, failure },
  }))
}

/** Reading every client's file at each look of everybody would cost more than it tells. */
const AROUND_FRESH_MS = 20 * SECOND_MS
type Read = { readonly at: EpochMs; readonly one: AroundClient }
const remembered = new WeakMap<Services['store'], Map<string, Read>>()

/** @returns what stands beside Today, at most 20 seconds old. */
export async function readAround(services: Services, caller: Caller): Operation<AroundView> {
  const now = services.clock.now()
  const known = remembered.get(services.store) ?? new Map<string, Read>()
  remembered.set(services.store, known)
  const all: AroundClient[] = []
  for (const { client } of visibleClients(caller, services)) {
    const last = known.get(client.id)
    const isFresh = last !== undefined && now - last.at < AROUND_FRESH_MS && now >= last.at
    const one = isFresh ? { ...last.one, client } : await readOne(services, client, now)
    if (!isFresh) known.set(client.id, { at: now, one })
    all.push({ ...one, visits: visitsFor(caller, one.visits) })
  }
  const view = aroundView(all, now)
  return ok(isKeeper(caller) ? view : { ...view, visits: null })
}

async function readOne(services: Services, client: Client, now: EpochMs): Promise<AroundClient> {
  const store = services.store.client(client.id)
  const visits = await store.visits()
  const since = Math.min(aroundFrom(visits, now), now - WEEK_MS)
  const findings = await store.findings({ since, limit: MOST_FINDINGS })
  const deliveries = await store.deliveries({ since: now - WEEK_MS, limit: MOST_FINDINGS })
  return {
    client,
    visits,
    findings,
    sent: deliveries.filter(({ kind, state }) => kind === 'alert' && state === 'sent').length,
  }
}

/** Makes a client; an operator sees it from then on. */
export async function openClient(services: Services, caller: Caller, body: ClientBody): Operation<Client> {
  const made = await addClient(services, caller, { ...body, slug: null })
  if (!made.ok || caller.kind !== 'session' || caller.grant.clientIds === null) return made
  const { hub } = services.store
  const self = (await hub.people()).find(({ id }) => id === caller.personId)
  if (self !== undefined) await hub.savePerson({ ...self, clientIds: [...self.clientIds, made.value.id] })
  services.sessions.changeRights(caller.personId)
  return made
}
