/** Bytes: strict base64url, hex, and the length-prefixed parts of a transcript (wire.md). Pure. */
import { err, ok, type Result } from '../result.ts'

/** Why a text is not the bytes it should be. */
export type BytesError = { readonly code: 'not-canonical' | 'wrong-length'; readonly detail: string }

/** A Node Buffer over the same memory; nothing is copied. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Base64url without padding. */
export function toB64(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('base64url')
}

/**
 * Strict base64url: the text must be exactly what `toB64` makes of the bytes, so each value has one spelling.
 * Node 26 decodes leniently (padding, `+/`, stray characters), hence decode, encode again, compare.
 * @param length bytes wanted; without it any length.
 */
export function fromB64(text: string, length?: number): Result<Uint8Array, BytesError> {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) {
    return err({ code: 'not-canonical', detail: 'not canonical base64url without padding' })
  }
  if (length !== undefined && bytes.length !== length) {
    return err({ code: 'wrong-length', detail: `${bytes.length} bytes where ${length} are due` })
  }
  return ok(bytes)
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('hex')
}

/** Strict lower-case hexadecimal. */
export function fromHex(text: string): Result<Uint8Array, BytesError> {
  const bytes = Buffer.from(text, 'hex')
  if (bytes.toString('hex') !== text) return err({ code: 'not-canonical', detail: 'not lower-case hexadecimal' })
  return ok(bytes)
}

/** All parts in one new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts)
}

/** `LP(x)`: u32 big-endian length, then the bytes; a text is UTF-8. */
export function lp(part: Uint8Array | string): Uint8Array {
  const size = typeof part === 'string' ? Buffer.byteLength(part) : part.length
  const out = Buffer.allocUnsafe(4 + size)
  out.writeUInt32BE(size, 0)
  if (typeof part === 'string') out.write(part, 4)
  else out.set(part, 4)
  return out
}

/**
 * `U64(n)`: 8 bytes big-endian.
 * @throws RangeError when `n` is not a safe integer from 0: callers pass values that a schema has checked.
 */
export function u64(n: number): Uint8Array {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`u64 of ${n}`)
  const out = Buffer.allocUnsafe(8)
  out.writeBigUInt64BE(BigInt(n), 0)
  return out
}

/** Whether every byte is zero (an absent id, lease or shared secret). */
export function isAllZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0)
}
