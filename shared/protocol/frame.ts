/**
 * Frames after the keys: `kind u8 | n u64 BE | mac 16 | payload` (wire.md). Pure, but each class counts its frames.
 *
 * A sealer and an opener live as long as one connection and serve one direction.
 */
import { err, ok, type Result } from '../result.ts'
import { asBuffer } from './bytes.ts'
import { equalBytes } from './crypto.ts'
import { FrameMac, MAC_BYTES } from './frame-mac.ts'
import { MAX_JSON_DEPTH, parseUntrusted } from './json.ts'
import { deflate, inflate } from './zlib.ts'

/** Who sends: `A` the agent (key a2s), `S` the server (key s2a). */
export type FrameDirection = 'A' | 'S'

/** Largest sizes that an opener accepts; bytes. */
export type FrameLimits = {
  readonly maxFrameBytes: number
  readonly maxInflatedBytes: number
  readonly maxDepth: number
}
/** The limits of wire.md. */
export const FRAME_LIMITS: FrameLimits = {
  maxFrameBytes: 262_144,
  maxInflatedBytes: 1_048_576,
  maxDepth: MAX_JSON_DEPTH,
}

/** Bytes before the payload. */
export const FRAME_HEAD_BYTES = 25
/** JSON above this many bytes travels deflated. */
export const DEFLATE_ABOVE_BYTES = 1_024

const KIND_JSON = 0
const KIND_DEFLATE = 1
const MAC_AT = 9

/** Why a frame was refused, and the code to close with. `detail` is constant text without content of the frame. */
export type FrameError = { readonly close: 4400 | 4413; readonly detail: string }

/** What may come out of a deflated payload of this size, bytes: 20 times, at least 64 KiB, at most the limit. */
function maxInflatedOf(payloadBytes: number, limits: FrameLimits): number {
  return Math.min(limits.maxInflatedBytes, Math.max(65_536, 20 * payloadBytes))
}

/** Writes `n` as u64 BE; two halves, because BigInt costs more than the MAC's copy. */
function writeCounter(out: Buffer, n: number, at: number): void {
  out.writeUInt32BE(Math.floor(n / 0x1_0000_0000), at)
  out.writeUInt32BE(n % 0x1_0000_0000, at + 4)
}

/** The MAC's input before the payload, `D | kind | n`, in memory that is used again for every frame. */
class MacHead {
  readonly bytes = Buffer.alloc(10)
  constructor(direction: FrameDirection) {
    this.bytes.write(direction, 0, 'latin1')
  }
  set(kind: number, n: number): Buffer {
    this.bytes[1] = kind
    writeCounter(this.bytes, n, 2)
    return this.bytes
  }
}

/** Seals messages of one direction. n starts at 0 and has no gaps. */
export class FrameSealer {
  readonly #mac: FrameMac
  readonly #head: MacHead
  readonly #limits: FrameLimits
  #n = 0

  /** @param key 32 bytes, a2s for `A` and s2a for `S`. */
  constructor(key: Uint8Array, direction: FrameDirection, limits: FrameLimits = FRAME_LIMITS) {
    this.#mac = new FrameMac(key)
    this.#head = new MacHead(direction)
    this.#limits = limits
  }

  /** Number of the next frame; the count of frames sealed. */
  get next(): number {
    return this.#n
  }

  /**
   * Seals a JSON value, or a string that is JSON already. The bytes are fresh memory and may be kept.
   * `too-large`: no frame within the limits can hold it; nothing was counted, the sender must split.
   */
  seal(message: object | string): Result<Uint8Array, 'too-large'> {
    const text = typeof message === 'string' ? message : JSON.stringify(message)
    const size = Buffer.byteLength(text)
    if (size > DEFLATE_ABOVE_BYTES) {
      const packed = deflate(Buffer.from(text))
      // What shrinks more than 20 times would be taken for a bomb: it goes as it is.
      if (size <= maxInflatedOf(packed.length, this.#limits)) return this.#finish(KIND_DEFLATE, packed.length, packed)
    }
    return this.#finish(KIND_JSON, size, text)
  }

  #finish(kind: number, size: number, payload: string | Uint8Array): Result<Uint8Array, 'too-large'> {
    if (size + FRAME_HEAD_BYTES > this.#limits.maxFrameBytes) return err('too-large')
    const out = Buffer.allocUnsafe(FRAME_HEAD_BYTES + size)
    out[0] = kind
    writeCounter(out, this.#n, 1)
    if (typeof payload === 'string') out.write(payload, FRAME_HEAD_BYTES)
    else out.set(payload, FRAME_HEAD_BYTES)
    this.#mac.write(this.#head.set(kind, this.#n), out.subarray(FRAME_HEAD_BYTES), out, MAC_AT)
    this.#n += 1
    return ok(out)
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Opens frames of one direction in order. After one refusal every later frame is refused alike: the link is over. */
export class FrameOpener {
  readonly #mac: FrameMac
  readonly #head: MacHead
  readonly #limits: FrameLimits
  readonly #due = Buffer.alloc(MAC_BYTES)
  #n = 0
  #refusal: FrameError | null = null

  /** @param key 32 bytes; @param direction of the sender. */
  constructor(key: Uint8Array, direction: FrameDirection, limits: FrameLimits = FRAME_LIMITS) {
    this.#mac = new FrameMac(key)
    this.#head = new MacHead(direction)
    this.#limits = limits
  }

  /** Number of the frame due next; the count of frames opened. */
  get next(): number {
    return this.#n
  }

  /** Checks size, kind, n and MAC in this order, only then inflates and parses. Any bytes give a Result. */
  open(bytes: Uint8Array): Result<unknown, FrameError> {
    if (this.#refusal !== null) return err(this.#refusal)
    const opened = this.#open(asBuffer(bytes))
    if (opened.ok) this.#n += 1
    else this.#refusal = opened.error
    return opened
  }

  #open(frame: Buffer): Result<unknown, FrameError> {
    if (frame.length > this.#limits.maxFrameBytes) return err({ close: 4413, detail: 'frame larger than the limit' })
    if (frame.length < FRAME_HEAD_BYTES) return err({ close: 4400, detail: 'frame shorter than its head' })
    const kind = frame[0]
    if (kind !== KIND_JSON && kind !== KIND_DEFLATE) return err({ close: 4400, detail: 'unknown frame kind' })
    if (frame.readUInt32BE(1) * 0x1_0000_0000 + frame.readUInt32BE(5) !== this.#n) {
      return err({ close: 4400, detail: 'frame out of order' })
    }
    const payload = frame.subarray(FRAME_HEAD_BYTES)
    this.#mac.write(this.#head.set(kind, this.#n), payload, this.#due, 0)
    if (!equalBytes(this.#due, frame.subarray(MAC_AT, FRAME_HEAD_BYTES))) {
      return err({ close: 4400, detail: 'frame with a wrong MAC' })
    }
    return this.#parse(kind, payload)
  }

  #parse(kind: number, payload: Buffer): Result<unknown, FrameError> {
    let plain: Uint8Array = payload
    if (kind === KIND_DEFLATE) {
      const inflated = inflate(payload, maxInflatedOf(payload.length, this.#limits))
      if (!inflated.ok) {
        return err({
          close: inflated.error.code === 'too-large' ? 4413 : 4400,
          detail: `payload: ${inflated.error.code}`,
        })
      }
      plain = inflated.value
    }
    let text: string
    try {
      text = UTF8.decode(plain)
    } catch {
      return err({ close: 4400, detail: 'payload is not UTF-8' })
    }
    const parsed = parseUntrusted(text, { maxDepth: this.#limits.maxDepth })
    return parsed.ok ? parsed : err({ close: 4400, detail: `payload: ${parsed.error.code}` })
  }
}
