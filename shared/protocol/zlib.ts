/** Raw deflate (RFC 1951) and CRC-32. The only file of shared/ that imports node:zlib. Pure: same bytes in, same bytes out. */
import { deflateRawSync, inflateRawSync, crc32 as zlibCrc32 } from 'node:zlib'
import { err, ok, type Result } from '../result.ts'

/** `too-large`: more than the limit comes out; `corrupt`: not one whole deflate stream. */
export type InflateError = { readonly code: 'too-large' | 'corrupt'; readonly detail: string }

/** Raw deflate at zlib's default level. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes)
}

/**
 * Inflates one raw deflate stream that fills `bytes` exactly, and stops once `maxBytes` came out.
 * Node 26 ignores bytes after the end of a raw stream; they are refused here.
 */
export function inflate(bytes: Uint8Array, maxBytes: number): Result<Uint8Array, InflateError> {
  try {
    // @types/node 26.6.6 does not know that `info: true` changes what is returned.
    const out: unknown = inflateRawSync(bytes, { maxOutputLength: maxBytes, info: true })
    const { buffer, engine } = out as { buffer: Uint8Array; engine: { bytesWritten: number } }
    if (engine.bytesWritten !== bytes.length) return err({ code: 'corrupt', detail: 'bytes after the deflate stream' })
    return ok(buffer)
  } catch (cause) {
    if (cause instanceof RangeError)
      return err({ code: 'too-large', detail: `inflates to more than ${maxBytes} bytes` })
    return err({ code: 'corrupt', detail: 'not a deflate stream' })
  }
}

/** CRC-32 (ISO-HDLC, as in zip and PNG), unsigned. */
export function crc32(bytes: Uint8Array): number {
  return zlibCrc32(bytes)
}
