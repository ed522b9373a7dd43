/** From the newest sections to one record: what changed since the previous one, or everything. Pure. */
import { CHECK_NAMES, type CheckName } from '../../shared/checks/names.ts'
import type { SampleValues } from '../../shared/checks/samples.ts'
import type { WireRecord } from '../../shared/protocol/record.ts'
import type { EpochMs } from '../../shared/units.ts'
import { type BuiltSection, buildSection, type Collected } from './section.ts'

/** What the previous record left the server with, by check. */
export type Baseline = { readonly [C in CheckName]?: { readonly h: string; readonly values: SampleValues } }

/** Everything that one record depends on. */
export type AssembleInput = {
  readonly q: number
  readonly at: EpochMs
  /** Monotonic ms. */
  readonly up: number
  readonly collected: readonly Collected[]
  /** Checks of which something was collected since the previous record. */
  readonly fresh: ReadonlySet<CheckName>
  readonly baseline: Baseline
  /** The record stands alone: all six hashes, all samples. */
  readonly full: boolean
  /** The server has nothing to build on (start, gap): bodies of all checks. */
  readonly bodies: boolean
  /** Checks whose bodies the server asked for. */
  readonly wanted: ReadonlySet<CheckName>
}

/** One record, and what follows from it. */
export type Assembled = {
  readonly record: WireRecord
  /** The baseline of the next record, once this one is on disk. */
  readonly next: Baseline
  /** Checks that were wanted but did not fit into this record. */
  readonly leftOut: ReadonlySet<CheckName>
  readonly sections: { readonly [C in CheckName]: BuiltSection }
  readonly cuts: readonly string[]
}

/** Bodies in one record, bytes before deflate: a frame holds 256 KiB, and what is left out is asked for by `want`. */
const MAX_BODIES_BYTES = 200_000
/** Parts collected within this time of the newest one share its age. */
const SAME_MOMENT_MS = 2_000

/** Makes one record. The same input gives the same record. */
export function assemble(input: AssembleInput): Assembled {
  const sections = buildSections(input.collected)
  const s: { [C in CheckName]?: { h: string; b?: { readonly [key: string]: unknown } } } = {}
  const v: { [C in CheckName]?: (number | null)[] } = {}
  const leftOut = new Set<CheckName>()
  let room = MAX_BODIES_BYTES
  for (const check of CHECK_NAMES) {
    const section = sections[check]
    const known = input.baseline[check]
    const isChanged = section.h !== known?.h
    const wantsBody = isChanged || input.bodies || input.wanted.has(check)
    const bytes = wantsBody ? Buffer.byteLength(JSON.stringify(section.body)) : 0
    const hasBody = wantsBody && bytes <= room
    if (hasBody) room -= bytes
    else if (wantsBody) leftOut.add(check)
    if (hasBody) s[check] = { h: section.h, b: section.body }
    else if (isChanged || input.full || input.wanted.has(check)) s[check] = { h: section.h }
    const pairs = pairsOf(section, input.full || wantsBody ? null : (known?.values ?? null), input.fresh.has(check))
    if (pairs.length > 0) v[check] = pairs
  }
  const c = agesOf(sections, input)
  const record: WireRecord = {
    q: input.q,
    at: input.at,
    up: input.up,
    ...(input.full ? { f: 1 as const } : {}),
    ...(Object.keys(c).length > 0 ? { c } : {}),
    ...(Object.keys(s).length > 0 ? { s } : {}),
    ...(Object.keys(v).length > 0 ? { v } : {}),
  }
  return {
    record,
    next: baselineOf(sections),
    leftOut,
    sections,
    cuts: CHECK_NAMES.flatMap((check) => sections[check].cuts),
  }
}

/** All six sections; a check that nobody collected yet is empty, every part `never`. */
export function buildSections(collected: readonly Collected[]): { readonly [C in CheckName]: BuiltSection } {
  const of = (check: CheckName) =>
    buildSection(
      check,
      collected.filter((one) => one.check === check),
    )
  return {
    antivirus: of('antivirus'),
    backup: of('backup'),
    disk: of('disk'),
    patch: of('patch'),
    posture: of('posture'),
    system: of('system'),
  }
}

/** @param known values of the previous record; null: send all of them. */
function pairsOf(section: BuiltSection, known: SampleValues | null, isFresh: boolean): (number | null)[] {
  if (known !== null && !isFresh) return []
  return section.keys.flatMap((key, index) => {
    const value = section.values[key] ?? null
    return known !== null && known[key] === value ? [] : [index, value]
  })
}

/** Ages of what this record brings; parts that are older than the newest one of their check bear their own. */
function agesOf(
  sections: Assembled['sections'],
  { at, fresh, full, wanted }: AssembleInput,
): { readonly [key: string]: number } {
  const ages: { [key: string]: number } = {}
  for (const check of CHECK_NAMES) {
    const { newestAt, collectedAt } = sections[check]
    if (newestAt === null || !(full || fresh.has(check) || wanted.has(check))) continue
    ages[check] = Math.max(0, at - newestAt)
    for (const [part, partAt] of Object.entries(collectedAt)) {
      if (newestAt - partAt >= SAME_MOMENT_MS) ages[`${check}#${part}`] = Math.max(0, at - partAt)
    }
  }
  return ages
}

function baselineOf(sections: Assembled['sections']): Baseline {
  return Object.fromEntries(
    CHECK_NAMES.map((check) => [check, { h: sections[check].h, values: sections[check].values }]),
  )
}
