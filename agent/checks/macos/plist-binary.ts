/** The binary form of a property list (`bplist00`): trailer, table of offsets, objects. Pure; bounded in depth and in number of values. */
import { err, ok, type Result } from '../../../shared/result.ts'
import { PLIST_LIMITS, type PlistValue } from './plist.ts'

/** Seconds between 1970 and 2001, the epoch of Apple's dates. */
const APPLE_EPOCH_S = 978_307_200
const TRAILER_BYTES = 32

/** Error: what was met. Offsets that lead nowhere, rings and lists that are too deep or too large are refused, never followed. */
export function readBinaryPlist(bytes: Uint8Array): Result<PlistValue, string> {
  if (bytes.length < 8 + TRAILER_BYTES) return err('it is cut')
  try {
    return ok(new BinaryReader(bytes).root())
  } catch (cause) {
    if (cause instanceof PlistError) return err(cause.message)
    throw cause
  }
}

/** Thrown and caught inside this file only: the depth of the walk makes a Result at each step unreadable. */
class PlistError extends Error {}

class BinaryReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #offsetSize: number
  readonly #refSize: number
  readonly #objects: number
  readonly #top: number
  readonly #table: number
  #values = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const trailer = bytes.length - TRAILER_BYTES
    this.#offsetSize = this.#uint(trailer + 6, 1)
    this.#refSize = this.#uint(trailer + 7, 1)
    this.#objects = this.#uint(trailer + 8, 8)
    this.#top = this.#uint(trailer + 16, 8)
    this.#table = this.#uint(trailer + 24, 8)
    if (![1, 2, 4, 8].includes(this.#offsetSize) || ![1, 2, 4, 8].includes(this.#refSize))
      throw new PlistError('sizes of its table are wrong')
    if (this.#table + this.#objects * this.#offsetSize > trailer) throw new PlistError('its table is cut')
  }

  root(): PlistValue {
    return this.#object(this.#top, 0)
  }

  /** Big-endian; larger than a safe integer is refused. */
  #uint(at: number, size: number): number {
    if (at < 0 || at + size > this.#bytes.length) throw new PlistError('it is cut')
    let value = 0
    for (let index = 0; index < size; index += 1) value = value * 256 + this.#view.getUint8(at + index)
    if (!Number.isSafeInteger(value)) throw new PlistError('a number is too large')
    return value
  }

  #object(ref: number, depth: number): PlistValue {
    this.#values += 1
    if (depth > PLIST_LIMITS.depth || this.#values > PLIST_LIMITS.values) throw new PlistError('it is too large')
    if (ref >= this.#objects) throw new PlistError('a reference leads nowhere')
    const at = this.#uint(this.#table + ref * this.#offsetSize, this.#offsetSize)
    const marker = this.#uint(at, 1)
    const kind = marker >> 4
    const low = marker & 0xf
    if (kind === 0) return low === 8 ? false : low === 9 ? true : null
    if (kind === 1) return this.#integer(at + 1, 2 ** low)
    if (kind === 2) return this.#real(at + 1, 2 ** low)
    if (kind === 3) return this.#date(at + 1)
    if (kind === 8) return this.#uint(at + 1, Math.min(8, low + 1))
    const { count, start } = this.#sized(at, low)
    if (kind === 4) return Buffer.from(this.#slice(start, count)).toString('base64')
    if (kind === 5) return Buffer.from(this.#slice(start, count)).toString('latin1')
    if (kind === 6) return new TextDecoder('utf-16be').decode(this.#slice(start, count * 2))
    if (kind === 0xa || kind === 0xc) return this.#refs(start, count).map((one) => this.#object(one, depth + 1))
    if (kind === 0xd) return this.#dict(start, count, depth)
    throw new PlistError('an object of an unknown kind')
  }

  #dict(start: number, count: number, depth: number): PlistValue {
    const keys = this.#refs(start, count)
    const values = this.#refs(start + count * this.#refSize, count)
    const entries = keys.flatMap((key, index): [string, PlistValue][] => {
      const name = this.#object(key, depth + 1)
      const value = values[index]
      return typeof name === 'string' && value !== undefined ? [[name, this.#object(value, depth + 1)]] : []
    })
    return Object.fromEntries(entries)
  }

  /** A length of 15 is told by an integer that follows the marker. */
  #sized(at: number, low: number): { readonly count: number; readonly start: number } {
    if (low !== 0xf) return { count: low, start: at + 1 }
    const size = 2 ** (this.#uint(at + 1, 1) & 0xf)
    return { count: this.#uint(at + 2, Math.min(8, size)), start: at + 2 + size }
  }

  #refs(start: number, count: number): readonly number[] {
    if (start + count * this.#refSize > this.#bytes.length) throw new PlistError('it is cut')
    return Array.from({ length: count }, (_, index) => this.#uint(start + index * this.#refSize, this.#refSize))
  }

  #slice(start: number, length: number): Uint8Array {
    if (start + length > this.#bytes.length) throw new PlistError('it is cut')
    return this.#bytes.subarray(start, start + length)
  }

  /** Eight bytes are signed; sixteen are signed too, and what they hold fits in the last eight. */
  #integer(at: number, size: number): number | null {
    if (size < 8) return this.#uint(at, size)
    const last = at + size - 8
    if (at + size > this.#bytes.length) throw new PlistError('it is cut')
    const value = Number(this.#view.getBigInt64(last))
    return Number.isSafeInteger(value) ? value : null
  }

  #real(at: number, size: number): number | null {
    if (at + size > this.#bytes.length || (size !== 4 && size !== 8)) throw new PlistError('it is cut')
    const value = size === 4 ? this.#view.getFloat32(at) : this.#view.getFloat64(at)
    return Number.isFinite(value) ? value : null
  }

  #date(at: number): string | null {
    const seconds = this.#real(at, 8)
    const instant = seconds === null ? Number.NaN : (seconds + APPLE_EPOCH_S) * 1000
    return Math.abs(instant) <= 8.64e15 ? new Date(Math.round(instant)).toISOString() : null
  }
}
