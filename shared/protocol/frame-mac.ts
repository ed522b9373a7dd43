/** The MAC of frames: HMAC-SHA256 of one key over many small messages, cut to 16 bytes. Pure; synchronous use only. */
import { hmacSha256, sha256Latin1 } from './crypto.ts'

/** Length of a frame's MAC, bytes. */
export const MAC_BYTES = 16

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32
const MAX_SCRATCH_BYTES = 4_096

// One scratch for every key of the process: a call writes and reads it without ever yielding, and 10,000 links share it.
const inner = Buffer.alloc(BLOCK_BYTES + MAX_SCRATCH_BYTES)
const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES)

/**
 * RFC 2104 on top of the one-shot `hash`: 0.8 µs for 127 bytes against 1.9 to 2.9 µs of `createHmac` (Node 26.10.0,
 * measured 2026-11). Messages longer than the scratch go through `createHmac`; tests hold both equal.
 */
export class FrameMac {
  readonly #key: Uint8Array
  readonly #innerPad = Buffer.alloc(BLOCK_BYTES, 0x36)
  readonly #outerPad = Buffer.alloc(BLOCK_BYTES, 0x5c)

  /** @param key 32 bytes; a key above one block (64) would have to be hashed first and is a bug. */
  constructor(key: Uint8Array) {
    if (key.length > BLOCK_BYTES) throw new RangeError(`MAC key of ${key.length} bytes`)
    this.#key = Uint8Array.from(key)
    key.forEach((byte, i) => {
      this.#innerPad[i] = byte ^ 0x36
      this.#outerPad[i] = byte ^ 0x5c
    })
  }

  /** Writes the MAC of `head | payload` into `out` at `at`, 16 bytes. */
  write(head: Uint8Array, payload: Uint8Array, out: Buffer, at: number): void {
    const size = head.length + payload.length
    if (size > MAX_SCRATCH_BYTES) {
      out.set(hmacSha256(this.#key, head, payload).subarray(0, MAC_BYTES), at)
      return
    }
    inner.set(this.#innerPad)
    inner.set(head, BLOCK_BYTES)
    inner.set(payload, BLOCK_BYTES + head.length)
    outer.set(this.#outerPad)
    outer.write(sha256Latin1(inner.subarray(0, BLOCK_BYTES + size)), BLOCK_BYTES, 'latin1')
    out.write(sha256Latin1(outer), at, MAC_BYTES, 'latin1')
  }
}
