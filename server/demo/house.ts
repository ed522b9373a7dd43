/**
 * The simulated machines in front of a real store and fleet: enrolls them, and brings their records through ingest's own acceptance.
 * Only the socket and the frame's MAC are left out.
 */
import { verifyAttestation } from '../../shared/protocol/attestation.ts'
import { validateAgentMessage } from '../../shared/protocol/compiled.ts'
import { sha256 } from '../../shared/protocol/crypto.ts'
import type { WireRecord } from '../../shared/protocol/record.ts'
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { type Accepted, Intake } from '../ingest/accept.ts'
import type { AskedAttestation } from '../ingest/attestation-waits.ts'
import { slugOf } from '../ingest/machine-name.ts'
import { codePurpose } from '../keys/enrollment.ts'
import type { ServerKeys } from '../keys/server-keys.ts'
import type { Store } from '../store/store.ts'
import { VERSION } from '../version.ts'
import { isCutOff, stretchAt } from './life/presence.ts'
import { SimAgent } from './life/sim-agent.ts'
import type { DemoMachine, World } from './scenario/world.ts'

/** What simulated machines report to. */
export type HousePorts = { readonly store: Store; readonly fleet: Fleet; readonly keys: ServerKeys }

/** A record or an attestation that ingest accepted. */
export type NewRecord = Extract<Accepted, { readonly kind: 'new' }>

/** What a page or a visit asks of a simulated machine: what ingest remembers of a real one's link. */
export type DemoLinks = {
  newestRecord(machineId: string): string | null
  attest(machineId: string, waitMs: number): Promise<AskedAttestation | null>
}

/** A machine with its agent and the receiving end of its stream. */
export type Tenant = { readonly machine: DemoMachine; readonly agent: SimAgent; readonly intake: Intake }

/** One per simulation. */
export class DemoHouse {
  readonly world: World
  readonly #ports: HousePorts
  readonly #tenants = new Map<string, Tenant>()
  readonly #newest = new Map<string, WireRecord>()

  constructor(world: World, ports: HousePorts) {
    this.world = world
    this.#ports = ports
  }

  /** All machines of the world, enrolled or not. */
  get machines(): readonly DemoMachine[] {
    return this.world.clients.flatMap(({ machines }) => machines)
  }

  /** The machine as it was taken up; null: not yet. */
  tenant(machineId: string): Tenant | null {
    return this.#tenants.get(machineId) ?? null
  }

  /** Takes up every machine that the fleet knows, where its stream stands. */
  async resume(): Promise<void> {
    for (const machine of this.machines) {
      const kept = this.#ports.fleet.kept(machine.id)
      if (kept === null) continue
      const [newest] = await this.#ports.store.client(machine.clientId).attestations(machine.id, 1)
      this.#take(machine, kept.upTo, newest?.hash ?? null)
    }
  }

  #take(machine: DemoMachine, have: number, prev: Uint8Array | null): Tenant {
    const agent = new SimAgent(machine, { q: have, prev })
    const sections = this.#ports.fleet.kept(machine.id)?.knownSections() ?? {}
    const intake = new Intake({ machineId: machine.id, stream: agent.stream, have, skewMs: 0, sections })
    const tenant = { machine, agent, intake }
    this.#tenants.set(machine.id, tenant)
    return tenant
  }

  /** Spends a code and makes the machine, as an agent's first connection does. */
  async enroll(machine: DemoMachine, now: EpochMs): Promise<Tenant> {
    const { store, fleet, keys } = this.#ports
    const { id, clientId, siteId, spec, seed } = machine
    const codeId = sha256(Buffer.from(`rounds demo ${seed} ${id} code`)).slice(0, 8)
    const agent = new SimAgent(machine, { q: 0, prev: null })
    await store.hub.addCode({
      codeId,
      clientId,
      siteId,
      role: spec.role,
      machineName: spec.name,
      wrappedKey: keys.wrap(sha256(codeId), codePurpose(codeId)),
      usesLeft: 1,
      expiresAt: now + DAY_MS,
      createdBy: 'demo',
      createdAt: now,
    })
    const lease = sha256(agent.agentId).slice(0, 16)
    const key = {
      publicKey: agent.key.pub,
      agentId: agent.agentId,
      clientId,
      machineId: id,
      state: 'active',
      lease,
      leaseN: 1,
    } as const
    await store.hub.enroll(codeId, key, now)
    const file = store.client(clientId)
    await file.addMachine({ id, siteId, slug: slugOf(spec.name), name: spec.name, role: spec.role, enrolledAt: now })
    await file.placeMachine(id, spec.place, spec.person)
    await file.saveBuild(id, VERSION)
    if (machine.isDeclaredNone) await this.#declareNone(machine, now)
    const record = await file.loadMachine(id)
    if (record === null) throw new Error('demo: a machine that was just made cannot be read')
    fleet.put(clientId, record)
    return this.#take(machine, 0, null)
  }

  async #declareNone({ id, clientId }: DemoMachine, now: EpochMs): Promise<void> {
    const { store, fleet } = this.#ports
    const key = 'backup.declaredNone'
    const reason = 'The person who uses it says that nothing copies it.'
    const setting = { key, value: true, reason, setBy: 'Claire Aubry', setAt: now }
    await store.client(clientId).savePolicy(`machine:${id}`, key, setting)
    await fleet.reloadPolicy(store, clientId)
  }

  /** The machine's agent is heard, or its link ended: its clock is right, its build is this server's. */
  connect(machineId: string, isOn: boolean): void {
    this.#ports.fleet.setConnected(machineId, isOn, isOn ? 0 : null, isOn ? VERSION : null)
  }

  /** @throws when ingest refuses what the simulation says: then the simulation is wrong. */
  accept({ intake, machine }: Tenant, record: WireRecord, receivedAt: EpochMs): NewRecord {
    const message = { t: 'report', r: [record] }
    const checked = validateAgentMessage(message)
    if (!checked.ok) throw new Error(`demo: ${machine.spec.name}: ${checked.error.detail}`)
    this.#newest.set(machine.id, record)
    return this.#accepted(machine, intake.accept(record, JSON.stringify(record).length, receivedAt))
  }

  /** Signs, checks and accepts an attestation of what was said last. @param nonce of the server; absent: unasked. */
  attest({ agent, intake, machine }: Tenant, at: EpochMs, nonce?: Uint8Array): NewRecord {
    const message = agent.attest(at, nonce)
    const fits = validateAgentMessage(message)
    const checked = verifyAttestation(message, {
      agentPub: agent.key.pub,
      agentId: agent.agentId,
      stream: agent.stream,
    })
    if (!fits.ok || !checked.ok) throw new Error(`demo: ${machine.spec.name}: an attestation that nobody believes`)
    const body = JSON.stringify(message)
    const evidence = { hash: checked.value.nextPrev, prev: checked.value.attested.prev, body }
    return this.#accepted(machine, intake.acceptAttestation(message, evidence, body.length, at))
  }

  /** The links of machines that are on. @param now the simulation's clock. Everything before must be in the store. */
  links(now: () => EpochMs): DemoLinks {
    return {
      newestRecord: (machineId) => {
        const record = this.#newest.get(machineId)
        return record === undefined ? null : JSON.stringify(record)
      },
      attest: (machineId) => this.#attestNow(machineId, now()),
    }
  }

  async #attestNow(machineId: string, at: EpochMs): Promise<AskedAttestation | null> {
    const tenant = this.#tenants.get(machineId)
    if (tenant === undefined || !this.#newest.has(machineId)) return null
    if (stretchAt(tenant.machine, at) === null || isCutOff(tenant.machine, at)) return null
    const nonce = sha256(Buffer.from(`rounds demo ${this.world.seed} ${machineId} ${at}`)).slice(0, 16)
    const { record, leadMs } = this.attest(tenant, at, nonce)
    await this.#ports.store.client(tenant.machine.clientId).saveRecords([record])
    this.#ports.fleet.applyRecord(record, leadMs)
    const { attestation, stream, q } = record
    if (attestation === undefined) return null
    return { stream, q, at: record.at, hash: attestation.hash, body: attestation.body }
  }

  #accepted(machine: DemoMachine, accepted: ReturnType<Intake['accept']>): NewRecord {
    if (!accepted.ok) throw new Error(`demo: ${machine.spec.name}: ${accepted.error.detail}`)
    if (accepted.value.kind !== 'new') throw new Error(`demo: ${machine.spec.name}: a record twice`)
    return accepted.value
  }
}
