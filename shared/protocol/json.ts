/** Parses JSON that a stranger wrote: bounded depth, no prototype keys, never a throw. Pure. */
import { err, ok, type Result } from '../result.ts'

/** Deepest nesting of objects and arrays that the wire allows (`[]` is 1). */
export const MAX_JSON_DEPTH = 12

/** `syntax`: not JSON; `too-deep`; `forbidden-key`: `__proto__`, or `prototype` inside `constructor`. */
export type JsonError = { readonly code: 'syntax' | 'too-deep' | 'forbidden-key'; readonly detail: string }

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Index of the quote that ends the string opened at `open`, or the end of the text when none does. */
function endOfString(text: string, open: number): number {
  let end = text.indexOf('"', open + 1)
  while (end !== -1) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1
    if (slashes % 2 === 0) return end
    end = text.indexOf('"', end + 1)
  }
  return text.length
}

/** Whether brackets nest deeper than `maxDepth`; exact for valid JSON, and what is not JSON fails in the parser. */
function isTooDeep(text: string, maxDepth: number): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charCodeAt(i)
    if (char === QUOTE) i = endOfString(text, i)
    else if (char === 0x7b || char === 0x5b) {
      depth += 1
      if (depth > maxDepth) return true
    } else if (char === 0x7d || char === 0x5d) depth -= 1
  }
  return false
}

function hasForbiddenKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(hasForbiddenKey)
  return Object.entries(value).some(([key, child]) => {
    if (key === '__proto__') return true
    if (key === 'constructor' && typeof child === 'object' && child !== null && Object.hasOwn(child, 'prototype')) {
      return true
    }
    return hasForbiddenKey(child)
  })
}

/**
 * `JSON.parse` for hostile text. Depth is counted before parsing. The walk for forbidden keys happens only when the text
 * holds their names or an escape that could spell them: rare in reports, so a steady frame pays three searches.
 */
export function parseUntrusted(
  text: string,
  { maxDepth = MAX_JSON_DEPTH }: { readonly maxDepth?: number } = {},
): Result<unknown, JsonError> {
  if (isTooDeep(text, maxDepth)) return err({ code: 'too-deep', detail: `JSON nested deeper than ${maxDepth}` })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err({ code: 'syntax', detail: 'not valid JSON' })
  }
  const isRisky = text.includes('__proto__') || text.includes('constructor') || text.includes('\\u')
  if (isRisky && hasForbiddenKey(value))
    return err({ code: 'forbidden-key', detail: 'JSON key that could reach a prototype' })
  return ok(value)
}
