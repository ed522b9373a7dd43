/** From what the tasks of one check said to its section: merged, capped loudly, hashed. Pure. */

import { Check } from 'typebox/schema'
import { emptySection, SECTION_SCHEMAS } from '../../shared/checks/index.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import type { SampleValues } from '../../shared/checks/samples.ts'
import { toB64 } from '../../shared/protocol/bytes.ts'
import { canonicalize } from '../../shared/protocol/canonical.ts'
import { MAX_SAMPLES } from '../../shared/protocol/record.ts'
import { sectionHash } from '../../shared/protocol/section-hash.ts'
import { failed } from '../../shared/reading.ts'
import type { EpochMs } from '../../shared/units.ts'

/** What one task said last. */
export type Collected = {
  readonly check: CheckName
  /** Which parts it answers for, named even when it said nothing of them. */
  readonly parts: { readonly [part: string]: unknown }
  readonly samples: SampleValues
  readonly collectedAt: EpochMs
}

/** A section ready to be sent. */
export type BuiltSection = {
  readonly body: { readonly [key: string]: unknown }
  /** base64url of the section hash. */
  readonly h: string
  /** Sorted sample keys, as in the body. */
  readonly keys: readonly string[]
  readonly values: SampleValues
  /** When the newest task of this check ran; null: none yet. Tasks that bring samples only count too. */
  readonly newestAt: EpochMs | null
  /** When each part was collected; parts that nobody asked for are absent. */
  readonly collectedAt: { readonly [part: string]: EpochMs }
  /** Sentences about what did not fit and was cut. */
  readonly cuts: readonly string[]
}

/** Canonical bytes of one section (wire.md), with room for the braces around the parts. */
const MAX_SECTION_BYTES = 131_000

/** @returns the section of a check. Parts that nobody asked yet are `never`; a newer task wins where two answer for one part. */
export function buildSection(check: CheckName, collected: readonly Collected[]): BuiltSection {
  const parts: { [part: string]: unknown } = { ...emptySection(check) }
  delete parts['samples']
  const collectedAt: { [part: string]: EpochMs } = {}
  const samples = new Map<string, number | null>()
  const cuts: string[] = []
  for (const one of collected.toSorted((a, b) => a.collectedAt - b.collectedAt)) {
    for (const [part, reading] of Object.entries(one.parts)) {
      if (!Object.hasOwn(parts, part)) continue
      parts[part] = fitPart(check, part, reading, cuts)
      collectedAt[part] = one.collectedAt
    }
    for (const [key, value] of Object.entries(one.samples)) samples.set(key, cleanNumber(value))
  }
  const keys = fitKeys([...samples.keys()].sort(), cuts)
  fitSize(check, parts, keys, cuts)
  const body = { samples: keys, ...parts }
  const hash = sectionHash(check, body)
  if (!hash.ok) throw new Error(`section ${check} has no canonical form: ${hash.error.detail}`)
  const values = Object.fromEntries(keys.map((key) => [key, samples.get(key) ?? null]))
  const newestAt = collected.length === 0 ? null : Math.max(...collected.map((one) => one.collectedAt))
  return { body, h: toB64(hash.value), keys, values, newestAt, collectedAt, cuts }
}

/**
 * A part that breaks the limits of its schema becomes a failed reading that says so: information is never dropped silently. Its code
 * is `parse`, which no rule takes for "does not exist here".
 */
function fitPart(check: CheckName, part: string, reading: unknown, cuts: string[]): unknown {
  const schema = Object.entries(SECTION_SCHEMAS[check].properties).find(([name]) => name === part)?.[1]
  if (schema !== undefined && Check(schema, reading) && canonicalize(reading).ok) return reading
  const longest = findLongest(reading)
  const detail =
    longest > 0 && canonicalize(withoutLists(reading)).ok
      ? `${part}: ${longest} entries or a text longer than a report may carry`
      : `${part}: what was read does not fit the form of a report`
  cuts.push(detail)
  return failed(`${check}/report`, { code: 'parse', detail })
}

function fitKeys(keys: readonly string[], cuts: string[]): string[] {
  const sound = keys.filter((key) => key.length <= 512 && canonicalize(key).ok)
  if (sound.length < keys.length) cuts.push(`${keys.length - sound.length} samples with names that no report may carry`)
  if (sound.length > MAX_SAMPLES) cuts.push(`${sound.length} samples, at most ${MAX_SAMPLES} are sent`)
  return sound.slice(0, MAX_SAMPLES)
}

/** Turns the largest parts into failed readings until the section fits. */
function fitSize(check: CheckName, parts: { [part: string]: unknown }, keys: readonly string[], cuts: string[]): void {
  const sizes = Object.entries(parts).map(([part, reading]) => ({ part, bytes: sizeOf(reading) }))
  let total = sizeOf(keys) + sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { part, bytes } of sizes.toSorted((a, b) => b.bytes - a.bytes)) {
    if (total <= MAX_SECTION_BYTES) return
    const detail = `${part}: ${bytes} bytes, more than a report may carry`
    cuts.push(detail)
    parts[part] = failed(`${check}/report`, { code: 'parse', detail })
    total -= bytes - 200
  }
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

/** Numbers that are not finite have no JSON; they were measured and failed. */
function cleanNumber(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}

function findLongest(value: unknown): number {
  if (Array.isArray(value)) return Math.max(value.length, ...value.map(findLongest))
  return typeof value === 'object' && value !== null ? Math.max(0, ...Object.values(value).map(findLongest)) : 0
}

function withoutLists(value: unknown): unknown {
  if (Array.isArray(value)) return []
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withoutLists(child)]))
}
