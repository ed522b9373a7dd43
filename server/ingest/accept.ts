/**
 * Turns the records of one link into accepted records: order checked, indexes resolved to keys against the current sections,
 * times moved to the server's clock. One `Intake` lives as long as its link and knows what was received, committed or not.
 * Pure: no I/O, no clock.
 */
import { SECTION_SCHEMAS } from '../../shared/checks/index.ts'
import { CHECK_NAMES, type CheckName } from '../../shared/checks/names.ts'
import type { WireRecord } from '../../shared/protocol/record.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import type { AcceptedAttestation, AcceptedRecord } from '../store/store.ts'
import { checkSection } from './section-check.ts'

/** What is known of a check's section: base64url of its hash, and its sample keys (null: the body is missing). */
export type KnownSection = { readonly h: string; readonly keys: readonly string[] | null }

/** Where the link starts from. `have`: highest durable q of this stream. */
export type IntakeStart = {
  readonly machineId: string
  readonly stream: Uint8Array
  readonly have: number
  readonly skewMs: number
  readonly sections: { readonly [C in CheckName]?: KnownSection }
}

/** A record that is new, with the lead of its time over its receipt; or one that is durable or on its way already. */
export type Accepted =
  | { readonly kind: 'new'; readonly record: AcceptedRecord; readonly leadMs: number }
  | { readonly kind: 'known' }

/** Why a record was refused; `detail` is constant text. */
export type AcceptError = { readonly close: 4400; readonly detail: string }

/** Below this the measured skew is the noise of the network (notes/security-reliability.md 5.7). */
const SKEW_NOISE_MS = 2_000
/** Bound of the spool: nothing honest is older. */
const OLDEST_MS = 31 * DAY_MS

const refused = (detail: string) => err<AcceptError>({ close: 4400, detail })

/**
 * `check` and `check#part`, for every part that a section has, by check. Other names are passed over, so that a map by name
 * cannot grow without end.
 */
const CHECK_OF: ReadonlyMap<string, CheckName> = new Map(
  CHECK_NAMES.flatMap((check) => [
    [check, check] as const,
    ...Object.keys(SECTION_SCHEMAS[check].properties).map((part) => [`${check}#${part}`, check] as const),
  ]),
)

type Sample = AcceptedRecord['samples'][number]
type Section = AcceptedRecord['sections'][number]
const NO_SECTIONS: readonly Section[] = []
const NO_SAMPLES: readonly Sample[] = []
const NOTHING_COLLECTED = {}

/** The receiving end of one stream over one link. */
export class Intake {
  readonly #start: IntakeStart
  readonly #skewMs: number
  readonly #known = new Map<string, KnownSection>()
  readonly #asked = new Set<CheckName>()
  #next: number
  #lacksBodies: boolean

  constructor(start: IntakeStart) {
    this.#start = start
    this.#skewMs = Math.abs(start.skewMs) > SKEW_NOISE_MS ? start.skewMs : 0
    this.#next = start.have + 1
    for (const check of CHECK_NAMES) {
      const known = start.sections[check]
      if (known !== undefined) this.#known.set(check, known)
    }
    this.#lacksBodies = CHECK_NAMES.some((check) => this.#lacks(check))
  }

  /** Checks whose body is missing and was not asked for yet on this link; asking is noted. */
  takeWants(): readonly CheckName[] {
    const wants = CHECK_NAMES.filter((check) => this.#lacks(check) && !this.#asked.has(check))
    for (const check of wants) this.#asked.add(check)
    return wants
  }

  /** Whether any body is missing: the quick question before `takeWants`. */
  get lacksBodies(): boolean {
    return this.#lacksBodies
  }

  #lacks(check: CheckName): boolean {
    const known = this.#known.get(check)
    return known === undefined || known.keys === null
  }

  /** @param bytes the record's share of its frame. After an error the link is over: nothing later may be accepted. */
  accept(record: WireRecord, bytes: number, receivedAt: EpochMs): Result<Accepted, AcceptError> {
    if (record.q < this.#next) return ok({ kind: 'known' })
    if (record.q > this.#next && (record.gap === undefined || record.gap.from > this.#next)) {
      return refused('record beyond the one that is due')
    }
    const sections = record.s === undefined ? ok(NO_SECTIONS) : this.#sections(record.s)
    if (!sections.ok) return sections
    const samples = record.v === undefined ? ok(NO_SAMPLES) : this.#samples(record.v)
    if (!samples.ok) return samples
    if (record.f === 1) this.#asked.clear()
    this.#next = record.q + 1
    const { at, leadMs } = this.#time(record.at, receivedAt)
    const collectedAt = record.c === undefined ? NOTHING_COLLECTED : this.#collected(record.c, at)
    const { gap } = record
    return ok({
      kind: 'new',
      leadMs,
      record: {
        machineId: this.#start.machineId,
        stream: this.#start.stream,
        q: record.q,
        at,
        receivedAt,
        bytes,
        sections: sections.value,
        collectedAt,
        samples: samples.value,
        gap: gap === undefined ? null : { from: gap.from, why: gap.why },
      },
    })
  }

  /** An attestation takes its place in the order like a record. Its signature has been checked. */
  acceptAttestation(
    { q, at: wallAt }: { readonly q: number; readonly at: EpochMs },
    attestation: AcceptedAttestation,
    bytes: number,
    receivedAt: EpochMs,
  ): Result<Accepted, AcceptError> {
    if (q < this.#next) return ok({ kind: 'known' })
    if (q > this.#next) return refused('attestation beyond the one that is due')
    this.#next = q + 1
    const { at, leadMs } = this.#time(wallAt, receivedAt)
    const { machineId, stream } = this.#start
    const empty = { sections: NO_SECTIONS, samples: NO_SAMPLES, collectedAt: NOTHING_COLLECTED, gap: null }
    return ok({ kind: 'new', leadMs, record: { machineId, stream, q, at, receivedAt, bytes, ...empty, attestation } })
  }

  /** Event time: the agent's clock corrected, never after receipt, never before the spool's bound. */
  #time(wallAt: EpochMs, receivedAt: EpochMs): { readonly at: EpochMs; readonly leadMs: number } {
    const corrected = wallAt + this.#skewMs
    if (corrected > receivedAt) return { at: receivedAt, leadMs: corrected - receivedAt }
    return { at: Math.max(corrected, receivedAt - OLDEST_MS), leadMs: 0 }
  }

  #sections(entries: NonNullable<WireRecord['s']>): Result<readonly Section[], AcceptError> {
    const changed: Section[] = []
    for (const check of CHECK_NAMES) {
      const entry = entries[check]
      if (entry === undefined) continue
      const known = this.#known.get(check)
      if (known?.h === entry.h && known.keys !== null) continue
      if (entry.b === undefined) {
        this.#known.set(check, { h: entry.h, keys: null })
        continue
      }
      const section = checkSection(check, entry.h, entry.b)
      if (!section.ok) return refused(section.error)
      this.#known.set(check, { h: entry.h, keys: section.value.keys })
      changed.push({ check, hash: section.value.hash, body: section.value.body })
    }
    this.#lacksBodies = CHECK_NAMES.some((check) => this.#lacks(check))
    return ok(changed)
  }

  #samples(pairsByCheck: NonNullable<WireRecord['v']>): Result<readonly Sample[], AcceptError> {
    const samples: Sample[] = []
    for (const name in pairsByCheck) {
      // The schema allows the six checks only.
      const check = name as CheckName
      const pairs = pairsByCheck[check]
      const keys = this.#known.get(check)?.keys ?? null
      // Without the body nobody knows what the indexes mean; the wanted body brings all values again.
      if (pairs === undefined || keys === null) continue
      for (let i = 0; i + 1 < pairs.length; i += 2) {
        const key = keys[pairs[i] ?? -1]
        if (key === undefined) return refused('sample index beyond the keys of its section')
        samples.push({ check, key, value: pairs[i + 1] ?? null })
      }
    }
    return ok(samples)
  }

  /** Times of collection. A check whose body is missing is not known to be fresh: its time waits for the body. */
  #collected(ages: { readonly [key: string]: number }, at: EpochMs): AcceptedRecord['collectedAt'] {
    const collected: { [key: string]: EpochMs } = {}
    for (const key in ages) {
      const check = CHECK_OF.get(key)
      if (check !== undefined && !this.#lacks(check)) collected[key] = Math.max(0, at - (ages[key] ?? 0))
    }
    return collected
  }
}
