/** Typed peeking into JSON that nobody promises anything about. Pure and total: a wrong type reads as "not told". */
import type { Failure } from '../../shared/reading.ts'
import { err, ok, type Result } from '../../shared/result.ts'

/**
 * A place in a JSON document. Paths are own keys joined by dots (`smart_status.passed`); a key that holds a dot is
 * reached with `at`. Whatever is absent, null or of another type is null (or an empty list).
 */
export type Peek = {
  /** A string, trimmed and cut to `maxLength` (default 256); null when it is empty. */
  text(path: string, maxLength?: number): string | null
  /** A finite number, fractions included. */
  number(path: string): number | null
  /** A safe integer from 0: what counters, sizes and instants are. */
  count(path: string): number | null
  flag(path: string): boolean | null
  /** Elements of an array, at most `max` (default 1,000). */
  list(path: string, max?: number): readonly Peek[]
  at(path: string): Peek
  /** Something other than null stands there. */
  has(path: string): boolean
  /** Own keys of the object there, at most 1,000. */
  keys(path?: string): readonly string[]
  /** The place itself as a string, a number …: the same readers with an empty path. */
  readonly value: unknown
}

const MAX_KEYS = 1_000
/** No tool nests like that; a megabyte of brackets costs the parser half a second. */
const MAX_DEPTH = 500
const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Parses a document. Errors: `empty` (nothing but white space), `parse` with where it stopped. */
export function parseJson(text: string): Result<Peek, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  if (isTooDeep(text)) return err({ code: 'parse', detail: 'not JSON: nested too deep' })
  try {
    return ok(peek(JSON.parse(text)))
  } catch (cause) {
    const where = cause instanceof Error ? cause.message.slice(0, 120) : ''
    return err({ code: 'parse', detail: `not JSON: ${where}` })
  }
}

/** Counts what is open outside of strings; what is no JSON at all may be counted wrong and is refused either way. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) inString = !inString
    else if (inString) at += code === BACKSLASH ? 1 : 0
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1
      if (depth > MAX_DEPTH) return true
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1
  }
  return false
}

/** @returns a place for any value that `JSON.parse` can give. */
export function peek(value: unknown): Peek {
  return {
    value,
    text: (path, maxLength = 256) => textOf(find(value, path), maxLength),
    number: (path) => numberOf(find(value, path)),
    count: (path) => {
      const found = numberOf(find(value, path))
      return found !== null && Number.isSafeInteger(found) && found >= 0 ? found : null
    },
    flag: (path) => {
      const found = find(value, path)
      return typeof found === 'boolean' ? found : null
    },
    list: (path, max = 1_000) => {
      const found = find(value, path)
      return Array.isArray(found) ? found.slice(0, max).map(peek) : []
    },
    at: (path) => peek(find(value, path)),
    has: (path) => (find(value, path) ?? null) !== null,
    keys: (path = '') => {
      const found = find(value, path)
      return isRecord(found) ? Object.keys(found).slice(0, MAX_KEYS) : []
    },
  }
}

function find(value: unknown, path: string): unknown {
  if (path === '') return value
  let here = value
  for (const key of path.split('.')) {
    // Own keys only: `constructor` and `__proto__` of a hostile document lead nowhere.
    if (!isRecord(here) || !Object.hasOwn(here, key)) return undefined
    here = here[key]
  }
  return here
}

/** An object with keys of its own: neither null nor a list. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown, maxLength: number): string | null {
  if (typeof value !== 'string') return null
  const cut = value.slice(0, maxLength).toWellFormed().trim()
  return cut === '' ? null : cut
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
