/**
 * A simulated agent: says what its machine would tell as records of the wire, delta by delta, and signs attestations with a key of
 * its own. Deterministic: equal moments in equal order give equal bytes.
 */
import { CHECK_NAMES, type CheckName } from '../../../shared/checks/names.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { FIRST_PREV, samplesHash, signAttestation } from '../../../shared/protocol/attestation.ts'
import { toB64 } from '../../../shared/protocol/bytes.ts'
import { type SigningKey, sha256, signingKey } from '../../../shared/protocol/crypto.ts'
import type { Attestation } from '../../../shared/protocol/messages.ts'
import type { WireRecord } from '../../../shared/protocol/record.ts'
import { sectionHash } from '../../../shared/protocol/section-hash.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import type { DemoMachine } from '../scenario/world.ts'
import { stretchAt } from './presence.ts'
import { tellMachine } from './tell-system.ts'
import type { Told } from './told.ts'

type Sent = {
  readonly parts: unknown
  readonly text: string
  readonly hash: Uint8Array
  readonly keys: readonly string[]
  readonly values: SampleValues
  readonly readAt: EpochMs
}

/** Where an agent goes on: its highest record number and the hash of its newest attestation. */
export type AgentMark = { readonly q: number; readonly prev: Uint8Array | null }

const PARTS_OF_SECONDS_MS = 30 * SECOND_MS
const EMPTY_NONCE = new Uint8Array(0)

function seedBytes({ seed, id }: DemoMachine, what: string): Uint8Array {
  return sha256(Buffer.from(`rounds demo ${seed} ${id} ${what}`))
}

/** One per machine; lives as long as the simulation. */
export class SimAgent {
  readonly machine: DemoMachine
  readonly key: SigningKey
  readonly agentId: Uint8Array
  readonly stream: Uint8Array
  readonly #sent = new Map<CheckName, Sent>()
  #q: number
  #prev: Uint8Array
  #startedAt: EpochMs | null = null
  #attestedDay = 0

  constructor(machine: DemoMachine, mark: AgentMark) {
    this.machine = machine
    this.key = signingKey(seedBytes(machine, 'key'))
    this.agentId = seedBytes(machine, 'agent').slice(0, 16)
    this.stream = seedBytes(machine, 'stream').slice(0, 16)
    this.#q = mark.q
    this.#prev = mark.prev ?? FIRST_PREV
  }

  /** The record of a moment at which the machine is on; null: it is off. The first one after a start stands alone. */
  record(at: EpochMs): WireRecord | null {
    const stretch = stretchAt(this.machine, at)
    if (stretch === null) return null
    const startedAt = Math.max(stretch.from, this.machine.enrolledAfter)
    const isFirst = startedAt !== this.#startedAt
    this.#startedAt = startedAt
    const told = tellMachine(this.machine, { at, startedAt, bootedAt: stretch.from - PARTS_OF_SECONDS_MS })
    const c: { [key: string]: number } = {}
    const s: NonNullable<WireRecord['s']> = {}
    const v: NonNullable<WireRecord['v']> = {}
    for (const check of CHECK_NAMES) this.#tell(check, told[check], { at, isFirst, c, s, v })
    this.#q += 1
    return {
      q: this.#q,
      at,
      up: at - stretch.from,
      ...(isFirst ? { f: 1 as const } : {}),
      ...(Object.keys(c).length > 0 ? { c } : {}),
      ...(Object.keys(s).length > 0 ? { s } : {}),
      ...(Object.keys(v).length > 0 ? { v } : {}),
    }
  }

  #tell<C extends CheckName>(
    check: C,
    told: Told<C>,
    { at, isFirst, c, s, v }: { at: EpochMs; isFirst: boolean } & Required<Pick<WireRecord, 'c' | 's' | 'v'>>,
  ): void {
    const known = this.#sent.get(check)
    // Read again since the record before, or for the first time.
    if (!isFirst && known !== undefined && told.readAt <= known.readAt) return
    const { keys, text, hash, body } = sectionOf(check, told, known)
    const isSame = known?.text === text
    if (isFirst || !isSame) Object.assign(s, { [check]: { h: toB64(hash), b: body } })
    const before = isFirst || !isSame ? null : known.values
    const pairs = keys.flatMap((key, index) => {
      const value = told.samples[key] ?? null
      return before !== null && before[key] === value ? [] : [index, value]
    })
    if (pairs.length > 0) v[check] = pairs
    const ages: { [key: string]: number } = { [check]: at - told.readAt }
    for (const [part, partAt] of Object.entries(told.partReadAt)) {
      if (partAt < told.readAt) ages[`${check}#${part}`] = at - partAt
    }
    Object.assign(c, ages)
    this.#sent.set(check, { parts: told.parts, text, hash, keys, values: told.samples, readAt: told.readAt })
  }

  /** True once a day, after a record. @param day UTC day of the moment. */
  isAttestationDue(day: number): boolean {
    if (day === this.#attestedDay) return false
    this.#attestedDay = day
    return true
  }

  /** Signs what the newest record said. @param nonce of the server, or empty. */
  attest(at: EpochMs, nonce: Uint8Array = EMPTY_NONCE): Attestation {
    const sections: { [C in CheckName]?: { h: Uint8Array; collectedAt: EpochMs } } = {}
    const samples: { [C in CheckName]?: readonly (number | null)[] } = {}
    for (const [check, { hash, keys, values, readAt }] of this.#sent) {
      sections[check] = { h: hash, collectedAt: readAt }
      if (keys.length > 0) samples[check] = keys.flatMap((key, index) => [index, values[key] ?? null])
    }
    const hashed = samplesHash(samples)
    if (!hashed.ok) throw new Error(`demo: samples without canonical form: ${hashed.error.detail}`)
    this.#q += 1
    const attested = { q: this.#q, at, prev: this.#prev, nonce, sections, samples: hashed.value }
    const { message, nextPrev } = signAttestation(this.key, { agentId: this.agentId, stream: this.stream }, attested)
    this.#prev = nextPrev
    return message
  }
}

/** The section with its hash; what is known of it already is not worked out again. */
function sectionOf<C extends CheckName>(check: C, { parts, samples }: Told<C>, known: Sent | undefined) {
  const names = Object.keys(samples)
  const isKnown = known !== undefined && known.parts === parts && names.length === known.keys.length
  if (isKnown && known.keys.every((key) => key in samples)) {
    return { keys: known.keys, text: known.text, hash: known.hash, body: { samples: known.keys, ...parts } }
  }
  const keys = names.sort()
  const body = { samples: keys, ...parts }
  const text = JSON.stringify(body)
  return { keys, text, hash: known?.text === text ? known.hash : hashOf(check, body), body }
}

function hashOf(check: CheckName, body: object): Uint8Array {
  const hash = sectionHash(check, body)
  if (!hash.ok) throw new Error(`demo: section ${check} without canonical form: ${hash.error.detail}`)
  return hash.value
}
