/**
 * One machine in memory. Records and judgements change it in place; `state` is what everybody else reads: an object that is made
 * when asked for, kept until something changes, and never changed itself.
 */
import { CHECK_NAMES, type CheckName, type Role } from '../../shared/checks/names.ts'
import { DAY_MS, type EpochMs, HOUR_MS } from '../../shared/units.ts'
import type { AgentFacts, Memory, Trend } from '../facts/facts.ts'
import type { Ping } from '../facts/ping.ts'
import { PART_CADENCES } from '../facts/rhythms.ts'
import type { Finding } from '../findings/finding.ts'
import type { KnownSection } from '../ingest/accept.ts'
import type { PolicyLayers } from '../policy/policy.ts'
import { type Policy, resolvePolicy } from '../policy/resolve.ts'
import type { AcceptedRecord, MachineRecord, Traffic } from '../store/store.ts'
import type { Acceptance } from '../visits/visit.ts'
import { makeSlots } from './check-slot.ts'
import { machineRole } from './machine-role.ts'
import type { MachineState } from './machine-state.ts'
import { NO_PINGS } from './ping-board.ts'

/** What the server knows of itself, the same for all machines. */
export type ServerFacts = { readonly listeningSince: EpochMs; readonly currentBuild: string | null }

/** A lead of an agent's time over its receipt is remembered this long, so that one good report does not hide it. */
const FUTURE_KEPT_MS = HOUR_MS
const GAP_KEPT_MS = 30 * DAY_MS

function slowest(check: CheckName, { values }: Policy): number {
  return Math.max(...Object.values(PART_CADENCES[check]).map((cadence) => Number(values[cadence])))
}

/** Lives as long as the machine is enrolled. */
export class KeptMachine {
  readonly id: string
  readonly clientId: string
  readonly slot: number
  readonly #server: ServerFacts
  readonly #slots = makeSlots()
  #row: MachineRecord['row']
  #policy: PolicyLayers
  #connected = false
  #skewMs: number | null = null
  #future: { readonly ms: number; readonly at: EpochMs } = { ms: 0, at: 0 }
  #stream: Uint8Array | null
  #upTo: number
  #lastReportAt: EpochMs | null
  #build: string | null
  #gap: AgentFacts['gap']
  #traffic: Traffic
  #trends: ReadonlyMap<string, Trend>
  #memory: Memory
  #findings: readonly Finding[]
  #acceptances: readonly Acceptance[] = []
  #pings = NO_PINGS
  #judged: Pick<MachineState, 'outcomes' | 'assessedAt' | 'assessedQ' | 'dueAt' | 'version'>
  #state: MachineState | null = null

  constructor(clientId: string, slot: number, record: MachineRecord, policy: PolicyLayers, server: ServerFacts) {
    const { row } = record
    this.id = row.id
    this.clientId = clientId
    this.slot = slot
    this.#server = server
    this.#row = row
    this.#policy = policy
    this.#stream = row.stream
    this.#upTo = row.upTo
    this.#lastReportAt = row.lastReportAt
    this.#build = row.build
    this.#gap = record.gap
    this.#traffic = record.traffic
    this.#trends = record.trends
    this.#memory = row.memory
    this.#findings = record.findings
    this.#judged = row
    for (const { check, hash, body } of record.sections) this.#slots[check].setSection(hash, body)
    for (const { check, key, value } of record.samples) this.#slots[check].setSample(key, value)
    this.#noteCollected(record.collectedAt)
  }

  /** The machine at this moment. */
  get state(): MachineState {
    this.#state ??= this.#makeState()
    return this.#state
  }

  get upTo(): number {
    return this.#upTo
  }

  get lastReportAt(): EpochMs | null {
    return this.#lastReportAt
  }

  /** Largest lead of an agent time over its receipt within the last hour of reports, ms. */
  get futureMs(): number {
    return this.#future.ms
  }

  get traffic(): Traffic {
    return this.#traffic
  }

  get siteId(): string {
    return this.#row.siteId
  }

  /** Mark of a stream, or null when only the store knows it. */
  markOf(stream: Uint8Array): number | null {
    return this.#stream !== null && Buffer.compare(this.#stream, stream) === 0 ? this.#upTo : null
  }

  /** The sections that ingest goes on from. */
  knownSections(): { readonly [C in CheckName]?: KnownSection } {
    const known: { [C in CheckName]?: KnownSection } = {}
    for (const check of CHECK_NAMES) {
      const section = this.#slots[check].known
      if (section !== null) known[check] = section
    }
    return known
  }

  /** A committed record. @returns false: it was applied before. */
  applyRecord(record: AcceptedRecord, leadMs: number): boolean {
    const mark = this.markOf(record.stream)
    if (mark !== null && record.q <= mark) return false
    if (mark === null) {
      this.#stream = record.stream
      this.#judged = { ...this.#judged, assessedQ: 0 }
    }
    this.#upTo = record.q
    this.#lastReportAt = record.receivedAt
    if (leadMs > this.#future.ms || record.receivedAt - this.#future.at > FUTURE_KEPT_MS) {
      this.#future = { ms: leadMs, at: record.receivedAt }
    }
    if (record.gap !== null) this.#gap = { from: record.gap.from, to: record.q, why: record.gap.why, at: record.at }
    for (const { check, hash, body } of record.sections) this.#slots[check].setSection(hash, body)
    for (const { check, key, value } of record.samples) this.#slots[check].setSample(key, value)
    this.#noteCollected(record.collectedAt)
    this.#noteTraffic(record)
    this.#state = null
    return true
  }

  #noteCollected(collectedAt: AcceptedRecord['collectedAt']): void {
    for (const check of CHECK_NAMES) {
      const at = collectedAt[check]
      if (at !== undefined) this.#slots[check].setCollected(at)
    }
    for (const key in collectedAt) {
      const mark = key.indexOf('#')
      const at = collectedAt[key]
      const check = mark < 0 ? undefined : CHECK_NAMES.find((name) => key.startsWith(`${name}#`))
      if (check !== undefined && at !== undefined) this.#slots[check].setPartCollected(key.slice(mark + 1), at)
    }
  }

  #noteTraffic({ receivedAt, bytes }: AcceptedRecord): void {
    const day = receivedAt - (receivedAt % DAY_MS)
    const isSameDay = day === this.#traffic.day
    this.#traffic = {
      lastBytes: bytes,
      day,
      dayBytes: bytes + (isSameDay ? this.#traffic.dayBytes : 0),
      dayRecords: 1 + (isSameDay ? this.#traffic.dayRecords : 0),
    }
  }

  setConnected(isConnected: boolean, skewMs: number | null, build: string | null): void {
    this.#connected = isConnected
    this.#skewMs = skewMs ?? this.#skewMs
    this.#build = build ?? this.#build
    this.#state = null
  }

  setPolicy(policy: PolicyLayers): void {
    this.#policy = policy
    this.#state = null
  }

  setAcceptances(acceptances: readonly Acceptance[]): void {
    this.#acceptances = acceptances
    this.#state = null
  }

  setPings(pings: readonly Ping[]): void {
    this.#pings = pings
    this.#state = null
  }

  get acceptances(): readonly Acceptance[] {
    return this.#acceptances
  }

  setTrends(trends: ReadonlyMap<string, Trend>): void {
    this.#trends = trends
    this.#state = null
  }

  /** Name, role, site as a person changed them. */
  setRow(row: MachineRecord['row']): void {
    this.#row = row
    this.#state = null
  }

  /** The result of a judgement. `findings`: those still open, and those resolved by it. */
  setJudged(
    judged: Pick<MachineState, 'outcomes' | 'assessedAt' | 'assessedQ' | 'dueAt' | 'version' | 'memory' | 'findings'>,
  ): void {
    const { memory, findings, ...rest } = judged
    this.#memory = memory
    this.#findings = findings
    this.#judged = rest
    this.#state = null
  }

  /** The row's version moved with a save that changed nothing else. */
  setVersion(version: number): void {
    this.#judged = { ...this.#judged, version }
    this.#state = null
  }

  /** What the machine's policy says of the agent's rhythms. */
  get policy(): Policy {
    return resolvePolicy(this.#policy, this.role)
  }

  /** What a person or the enrollment code said; null: nobody did, the chassis decides. */
  get statedRole(): Role | null {
    return this.#row.role
  }

  get role(): Role {
    return machineRole(this.#row.role, this.#slots.system.facts.section)
  }

  #agent(policy: Policy): AgentFacts {
    const gap = this.#gap !== null && (this.#lastReportAt ?? 0) - this.#gap.at > GAP_KEPT_MS ? null : this.#gap
    const { listeningSince, currentBuild } = this.#server
    return {
      lastReportAt: this.#lastReportAt,
      connected: this.#connected,
      skewMs: this.#skewMs,
      futureMs: this.#future.ms,
      reportEveryMs: Number(policy.values['cadence.vitalsMs']),
      checkEveryMs: {
        antivirus: slowest('antivirus', policy),
        backup: slowest('backup', policy),
        disk: slowest('disk', policy),
        patch: slowest('patch', policy),
        posture: slowest('posture', policy),
        system: slowest('system', policy),
      },
      build: this.#build,
      gap,
      listeningSince,
      ...(currentBuild === null ? {} : { currentBuild }),
    }
  }

  #makeState(): MachineState {
    const { id, clientId } = this
    const { siteId, slug, name, place, person, enrolledAt } = this.#row
    const slots = this.#slots
    const { outcomes, assessedAt, assessedQ, dueAt, version } = this.#judged
    return {
      id,
      clientId,
      siteId,
      slug,
      name,
      role: this.role,
      place,
      person,
      enrolledAt,
      agent: this.#agent(this.policy),
      checks: {
        antivirus: slots.antivirus.facts,
        backup: slots.backup.facts,
        disk: slots.disk.facts,
        patch: slots.patch.facts,
        posture: slots.posture.facts,
        system: slots.system.facts,
      },
      memory: this.#memory,
      trends: this.#trends,
      policy: this.#policy,
      findings: this.#findings,
      acceptances: this.#acceptances,
      pings: this.#pings,
      outcomes,
      assessedAt,
      dueAt,
      version,
      assessedQ,
      upTo: this.#upTo,
    }
  }
}
