/**
 * One check of one machine in memory: cheap to change for every record, turned into facts only when somebody asks. Facts handed
 * out are never changed afterwards.
 */
import { emptySection, type PartName, type Section, type Sections, wholeSection } from '../../shared/checks/index.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import { toB64 } from '../../shared/protocol/bytes.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { CheckFacts, SampleFact } from '../facts/facts.ts'
import type { KnownSection } from '../ingest/accept.ts'

/** Which part of the disk check a sample is measured with; in the other checks all samples come with the check itself. */
const DISK_PARTS: { readonly [kind: string]: string } = {
  drive: 'drives',
  array: 'arrays',
  volume: 'volumes',
  pool: 'pools',
  controller: 'controllers',
}

function partOfSample(check: CheckName, key: string): string | null {
  return check === 'disk' ? (DISK_PARTS[key.slice(0, key.indexOf(':'))] ?? null) : null
}

/** Section, sample values and collection times of one check. */
export class CheckSlot<C extends CheckName> {
  readonly #check: C
  #section: Sections[C]
  #h: string | null = null
  readonly #values = new Map<string, number | null>()
  #lastAt: EpochMs | null = null
  readonly #partAt = new Map<string, EpochMs>()
  #facts: CheckFacts<C> | null = null

  constructor(check: C) {
    this.#check = check
    this.#section = emptySection(check)
  }

  /** What ingest needs to go on from here; null: no section was ever kept. */
  get known(): KnownSection | null {
    return this.#h === null ? null : { h: this.#h, keys: this.#section.samples }
  }

  /** @param body JSON that was checked against the check's schema when it was accepted. */
  setSection(hash: Uint8Array, body: string): void {
    this.#h = toB64(hash)
    this.#section = wholeSection(this.#check, JSON.parse(body)) as Section<C>
    const keys = new Set<string>(this.#section.samples)
    for (const key of this.#values.keys()) {
      if (!keys.has(key)) this.#values.delete(key)
    }
    this.#facts = null
  }

  setSample(key: string, value: number | null): void {
    this.#values.set(key, value)
    this.#facts = null
  }

  /** The check was collected: parts that are not named afterwards are as new as the check. */
  setCollected(at: EpochMs): void {
    this.#lastAt = at
    if (this.#partAt.size > 0) this.#partAt.clear()
    this.#facts = null
  }

  setPartCollected(part: string, at: EpochMs): void {
    this.#partAt.set(part, at)
    this.#facts = null
  }

  /** The facts of this moment; the same object until something changes. */
  get facts(): CheckFacts<C> {
    this.#facts ??= this.#makeFacts()
    return this.#facts
  }

  #makeFacts(): CheckFacts<C> {
    const lastAt = this.#lastAt
    const collectedAt: { [part: string]: EpochMs } = {}
    const samples = new Map<string, SampleFact>()
    if (lastAt !== null) {
      for (const [part, reading] of Object.entries(this.#section)) {
        if (part !== 'samples' && !isNever(reading)) collectedAt[part] = this.#partAt.get(part) ?? lastAt
      }
      for (const key of this.#section.samples) {
        const value = this.#values.get(key)
        if (value === undefined) continue
        const part = partOfSample(this.#check, key)
        samples.set(key, { value, at: (part === null ? undefined : this.#partAt.get(part)) ?? lastAt })
      }
    }
    // Keys of the section are the parts of this check: the schema has said so.
    return { section: this.#section, collectedAt: collectedAt as { [P in PartName<C>]?: EpochMs }, lastAt, samples }
  }
}

function isNever(reading: unknown): boolean {
  return typeof reading === 'object' && reading !== null && 'state' in reading && reading.state === 'never'
}

/** One slot for each check. */
export type Slots = { readonly [C in CheckName]: CheckSlot<C> }

/** Slots in which nothing was read yet. */
export function makeSlots(): Slots {
  return {
    antivirus: new CheckSlot('antivirus'),
    backup: new CheckSlot('backup'),
    disk: new CheckSlot('disk'),
    patch: new CheckSlot('patch'),
    posture: new CheckSlot('posture'),
    system: new CheckSlot('system'),
  }
}
