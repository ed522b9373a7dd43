/** Canonical JSON: RFC 8785 on a subset that every language can repeat (wire.md, section hash). Pure. */
import { err, ok, type Result } from '../result.ts'
import { MAX_JSON_DEPTH } from './json.ts'

/** Most bytes of the canonical text. */
export const MAX_CANONICAL_BYTES = 131_072
/** Most UTF-8 bytes of one string. */
export const MAX_STRING_BYTES = 1_024
/** Most items of one array. */
export const MAX_ARRAY_ITEMS = 512

/** What has no canonical form here; `detail` never quotes the value. */
export type CanonicalError = {
  readonly code: 'key' | 'number' | 'string' | 'array' | 'type' | 'depth' | 'size'
  readonly detail: string
}

/**
 * How `canonicalize` reads numbers and arrays. `numbers`: `safe-integers` (sections: fractions travel in a smaller unit) or `finite` (samples of an attestation, where
 * RFC 8785 prints what `JSON.stringify` prints).
 */
export type CanonicalOptions = {
  readonly numbers?: 'safe-integers' | 'finite'
  /** Most items of one array; default MAX_ARRAY_ITEMS. */
  readonly maxItems?: number
}

/** Unwinds the recursion; never leaves this file. */
class Refusal extends Error {
  readonly refusal: CanonicalError
  constructor(code: CanonicalError['code'], detail: string) {
    super(detail)
    this.refusal = { code, detail }
  }
}

const ASCII_KEY = /^[\x20-\x7e]*$/

function writeString(value: string): string {
  if (Buffer.byteLength(value) > MAX_STRING_BYTES) throw new Refusal('string', `string above ${MAX_STRING_BYTES} bytes`)
  // A lone surrogate has no UTF-8; RFC 8785 3.2.2.2 demands an error.
  if (!value.isWellFormed()) throw new Refusal('string', 'string with a lone surrogate')
  return JSON.stringify(value)
}

function writeNumber(value: number, { numbers }: CanonicalOptions): string {
  const isAllowed = numbers === 'finite' ? Number.isFinite(value) : Number.isSafeInteger(value)
  if (!isAllowed) throw new Refusal('number', `not a ${numbers === 'finite' ? 'finite number' : 'safe integer'}`)
  return JSON.stringify(value)
}

function writeArray(value: readonly unknown[], options: CanonicalOptions, depth: number): string {
  const { maxItems = MAX_ARRAY_ITEMS } = options
  if (value.length > maxItems) throw new Refusal('array', `array above ${maxItems} items`)
  return `[${Array.from(value, (item) => write(item, options, depth)).join(',')}]`
}

function writeObject(value: object, options: CanonicalOptions, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new Refusal('type', 'not a plain object')
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  const written = members.map(([key, child]) => {
    if (!ASCII_KEY.test(key)) throw new Refusal('key', 'key outside printable ASCII')
    return `${writeString(key)}:${write(child, options, depth)}`
  })
  return `{${written.join(',')}}`
}

function write(value: unknown, options: CanonicalOptions, depth: number): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return writeString(value)
  if (typeof value === 'number') return writeNumber(value, options)
  if (typeof value !== 'object') throw new Refusal('type', `no JSON for ${typeof value}`)
  if (depth >= MAX_JSON_DEPTH) throw new Refusal('depth', `nested deeper than ${MAX_JSON_DEPTH}`)
  return Array.isArray(value) ? writeArray(value, options, depth + 1) : writeObject(value, options, depth + 1)
}

/** The canonical text of a JSON value, or why it has none. `undefined` anywhere is refused, not dropped. */
export function canonicalize(value: unknown, options: CanonicalOptions = {}): Result<string, CanonicalError> {
  try {
    const text = write(value, options, 0)
    if (Buffer.byteLength(text) > MAX_CANONICAL_BYTES) {
      return err({ code: 'size', detail: `canonical text above ${MAX_CANONICAL_BYTES} bytes` })
    }
    return ok(text)
  } catch (cause) {
    if (cause instanceof Refusal) return err(cause.refusal)
    throw cause
  }
}
