/**
 * One entry of a spool segment as bytes: `length u32 | crc32 u32 | q u64 | at u64 | flags u8 | body`, big-endian.
 * The CRC (zlib's CRC-32, as in zip) covers everything after itself, so a torn or damaged entry is never taken. Pure.
 */
import { crc32 } from '../../shared/protocol/zlib.ts'
import type { EpochMs } from '../../shared/units.ts'

/** `report` is one record of a report, `attestation` a whole message, `gap` a record that stands for lost ones (made when read, never stored). */
export type SpoolEntry = {
  readonly kind: 'report' | 'attestation' | 'gap'
  readonly q: number
  /** Wall clock when it was appended; decides its age. */
  readonly at: EpochMs
  /** Stands alone (record `f`): reading may begin here after a gap. */
  readonly full: boolean
  /** Frozen JSON bytes, as they leave. */
  readonly bytes: Uint8Array
}

/** Bytes before the body. */
export const ENTRY_HEAD_BYTES = 25
/** Longer lengths are damage, not data: records are capped far below (one frame, 256 KiB). */
export const MAX_ENTRY_BYTES = 1_048_576
const FULL = 1
const ATTESTATION = 2

/** @returns the bytes of one entry. */
export function encodeEntry(entry: SpoolEntry): Uint8Array {
  const out = Buffer.alloc(ENTRY_HEAD_BYTES + entry.bytes.length)
  out.writeUInt32BE(entry.bytes.length, 0)
  out.writeBigUInt64BE(BigInt(entry.q), 8)
  out.writeBigUInt64BE(BigInt(entry.at), 16)
  out[24] = (entry.full ? FULL : 0) | (entry.kind === 'attestation' ? ATTESTATION : 0)
  out.set(entry.bytes, ENTRY_HEAD_BYTES)
  out.writeUInt32BE(crc32(out.subarray(8)), 4)
  return out
}

/** @returns the entry at `offset` and where the next one begins, or null when no whole and sound entry stands there. */
export function decodeEntry(
  bytes: Buffer,
  offset: number,
): { readonly entry: SpoolEntry; readonly end: number } | null {
  if (offset + ENTRY_HEAD_BYTES > bytes.length) return null
  const length = bytes.readUInt32BE(offset)
  const end = offset + ENTRY_HEAD_BYTES + length
  if (length > MAX_ENTRY_BYTES || end > bytes.length) return null
  if (crc32(bytes.subarray(offset + 8, end)) !== bytes.readUInt32BE(offset + 4)) return null
  const flags = bytes[offset + 24] ?? 0
  const entry: SpoolEntry = {
    kind: (flags & ATTESTATION) === 0 ? 'report' : 'attestation',
    q: Number(bytes.readBigUInt64BE(offset + 8)),
    at: Number(bytes.readBigUInt64BE(offset + 16)),
    full: (flags & FULL) !== 0,
    bytes: Uint8Array.from(bytes.subarray(offset + ENTRY_HEAD_BYTES, end)),
  }
  return { entry, end }
}
