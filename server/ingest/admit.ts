/**
 * From a proven handshake to a machine of the fleet: a code is spent and the machine made, or the known machine is taken up.
 * The hub commits first; the client's row is made idempotently, so that a crash in between heals at the next connect.
 */
import { randomUUID } from 'node:crypto'
import { asBuffer } from '../../shared/protocol/bytes.ts'
import { equalBytes, randomBytes } from '../../shared/protocol/crypto.ts'
import type { WireErrorCode } from '../../shared/protocol/errors.ts'
import type { Accepted, HandshakePorts } from '../../shared/protocol/handshake-server.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Fleet } from '../fleet/fleet.ts'
import type { KeptMachine } from '../fleet/kept-machine.ts'
import { codePurpose } from '../keys/enrollment.ts'
import type { ServerKeys } from '../keys/server-keys.ts'
import { type AgentKey, type Code, type Store, StoreError } from '../store/store.ts'
import { machineName, slugOf } from './machine-name.ts'

/** An enrollment code with its unwrapped key. */
export type CodeWithKey = { readonly key: Uint8Array; readonly code: Code }
/** The agent that the handshake let in. */
export type AcceptedParty = Accepted<AgentKey, CodeWithKey>

/** Who came in: the key as the hub holds it, and the machine in memory. */
export type Admitted = { readonly key: AgentKey; readonly machine: KeptMachine; readonly isNew: boolean }

/** Answered with a MAC: the agent has proven its code. */
export type AdmitError = Extract<WireErrorCode, 'code-used' | 'code-expired' | 'refused'>

/** How the handshake finds agents and codes in the hub. */
export function handshakePorts({ hub }: Store, keys: ServerKeys): HandshakePorts<AgentKey, CodeWithKey> {
  return {
    async lookupAgent(pub, agentId) {
      const key = await hub.agentByKey(pub)
      return key !== null && equalBytes(key.agentId, agentId) ? key : null
    },
    async lookupCode(codeId) {
      const code = await hub.code(codeId)
      const key = code === null ? null : keys.unwrap(code.wrappedKey, codePurpose(codeId))
      return code === null || key === null || !key.ok ? null : { key: key.value, code }
    },
  }
}

/** Makes the client's row where it is absent, and takes the machine into the fleet. */
async function takeUp(
  store: Store,
  fleet: Fleet,
  key: AgentKey,
  party: AcceptedParty,
  now: EpochMs,
): Promise<KeptMachine> {
  const known = fleet.kept(key.machineId)
  if (known !== null) return known
  const file = store.client(key.clientId)
  const code = party.kind === 'enroll' ? party.code.code : null
  // Without a code at hand (the client's file is older than the hub's): the first site; a person can move the machine.
  const siteId = code?.siteId ?? (await file.sites())[0]?.id
  if (siteId === undefined) throw new StoreError('other', 'ingest: the client has no site for a machine')
  const name = machineName(code?.machineName ?? party.info.hostname)
  await file.addMachine({
    id: key.machineId,
    siteId,
    slug: slugOf(name),
    name,
    role: code?.role ?? party.info.class ?? null,
    enrolledAt: now,
  })
  const record = await file.loadMachine(key.machineId)
  if (record === null) throw new StoreError('other', 'ingest: the machine that was just made cannot be read')
  return fleet.put(key.clientId, record)
}

async function enroll(
  { hub }: Store,
  party: Extract<AcceptedParty, { kind: 'enroll' }>,
  now: EpochMs,
): Promise<Result<{ readonly key: AgentKey; readonly isNew: boolean }, AdmitError>> {
  const answer = await hub.enroll(
    party.codeId,
    {
      publicKey: asBuffer(party.pub),
      agentId: randomBytes(16),
      clientId: party.code.code.clientId,
      machineId: randomUUID(),
      state: 'active',
      lease: randomBytes(16),
      leaseN: 1,
    },
    now,
  )
  switch (answer.state) {
    case 'enrolled':
    case 'again':
      return ok({ key: answer.key, isNew: answer.state === 'enrolled' })
    case 'used':
      return err('code-used')
    case 'expired':
      return err('code-expired')
    case 'absent':
      return err('refused')
  }
}

/** @throws StoreError: then nothing is promised to the agent. */
export async function admit(
  store: Store,
  fleet: Fleet,
  party: AcceptedParty,
  now: EpochMs,
): Promise<Result<Admitted, AdmitError>> {
  const found = party.kind === 'auth' ? ok({ key: party.agent, isNew: false }) : await enroll(store, party, now)
  if (!found.ok) return found
  const { key, isNew } = found.value
  const machine = await takeUp(store, fleet, key, party, now)
  const { build } = party.info
  if (machine.state.agent.build !== build) await store.client(key.clientId).saveBuild(key.machineId, build)
  return ok({ key, machine, isNew })
}
