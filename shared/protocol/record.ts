/** Record: one entry of the spool, frozen when made (wire.md, Records). Pure. */
import { type Static, Type } from 'typebox'
import { CHECK_NAMES, type CheckName } from '../checks/names.ts'
import { count, oneOf, strict } from '../reading.ts'
import { b64Of, instant, monotonicMs, sequence } from './wire-fields.ts'

/** Most records in one report. */
export const MAX_RECORDS = 100
/** Most samples of one check in one record: as many as a section may name (checks/samples.ts). */
export const MAX_SAMPLES = 512

/** Why records are missing: the spool was full, one record was larger than a frame, the disk lost them. */
export const GAP_REASONS = ['evicted', 'too-large', 'damaged'] as const
/** One of the reasons. */
export type GapReason = (typeof GAP_REASONS)[number]

/** `disk`, or `disk#<part>` where one part was collected at another time (a sleeping disk); the part is hostile text. */
const AGE_KEY = `^(${CHECK_NAMES.join('|')})(#[^\\u0000-\\u001f\\u007f]{1,128})?$`

const SectionEntry = strict({
  /** Section hash, 32 bytes. */
  h: b64Of(32),
  /** The section itself, when it differs from the previous record or was wanted; its schema is SECTION_SCHEMAS[check]. */
  b: Type.Optional(Type.Unsafe<{ readonly [key: string]: unknown }>({ type: 'object' })),
})

/** Flat pairs index, number; null: measured and failed. That they pair up is `hasPairedSamples`' business. */
const SamplePairs = Type.Array(Type.Union([Type.Number(), Type.Null()]), { maxItems: 2 * MAX_SAMPLES })

/** An object with any of the six checks as keys. */
const perCheck = <S extends Parameters<typeof Type.Optional>[0]>(schema: S) =>
  strict({
    antivirus: Type.Optional(schema),
    backup: Type.Optional(schema),
    disk: Type.Optional(schema),
    patch: Type.Optional(schema),
    posture: Type.Optional(schema),
    system: Type.Optional(schema),
  })

/** One record. */
export const WireRecord = strict({
  /** Number in the stream, from 1, shared with attestations. */
  q: sequence(1),
  /** Wall clock of the machine when it was made, epoch ms; the server corrects and clamps it. */
  at: instant(),
  /** Monotonic ms of the machine when it was made. */
  up: monotonicMs(),
  /** 1: stands alone, with all six hashes and all samples. */
  f: Type.Optional(Type.Literal(1)),
  /** Check (or `check#part`) → age in ms before `at` at which it was collected. */
  c: Type.Optional(
    Type.Unsafe<{ readonly [key: string]: number }>(
      Type.Record(Type.String({ pattern: AGE_KEY }), count(), { additionalProperties: false, maxProperties: 128 }),
    ),
  ),
  /** Check → section hash, with the body when it changed. Absent: unchanged. */
  s: Type.Optional(perCheck(SectionEntry)),
  /** Check → sample pairs. Absent: same values as before. */
  v: Type.Optional(perCheck(SamplePairs)),
  /** This record stands for `from` to `q`, which are lost. */
  gap: Type.Optional(strict({ from: sequence(1), why: oneOf(GAP_REASONS) })),
})
export type WireRecord = Static<typeof WireRecord>
/** What a record says of one section: its hash, and its body when that changed. */
export type SectionEntry = Static<typeof SectionEntry>

function isPaired(pairs: readonly (number | null)[]): boolean {
  if (pairs.length % 2 !== 0) return false
  for (let i = 0; i < pairs.length; i += 2) {
    const index = pairs[i]
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= MAX_SAMPLES) return false
  }
  return true
}

/** What the schema cannot say: samples come as pairs of an index and a number, a gap begins at or before its record. */
export function isSoundRecord({ q, v, gap }: WireRecord): boolean {
  if (gap !== undefined && gap.from > q) return false
  if (v === undefined) return true
  for (const check in v) {
    const pairs = v[check as CheckName]
    if (pairs !== undefined && !isPaired(pairs)) return false
  }
  return true
}
