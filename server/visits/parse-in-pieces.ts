/**
 * JSON of one large object, parsed member by member and element by element with pauses: agents must not wait for their acknowledgements
 * while the snapshot of two hundred machines is read (visit-report.md, Speed). Not pure: yields to the event loop.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Longest work between two pauses. An element is never divided: one machine takes a tenth of it. */
export const SLICE_MS = 4

/** Yields when a slice of work is over. One per piece of work. */
export class Breather {
  #since = performance.now()

  /** Resolves at once, or after a turn of the loop. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#since < SLICE_MS) return
    await nextTurn()
    this.#since = performance.now()
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/** @param json without white space between its tokens, as JSON.stringify writes it. @returns what JSON.parse returns. @throws SyntaxError. */
export async function parseInPieces(json: Buffer): Promise<unknown> {
  if (json[0] !== OPEN_OBJECT || json[1] === CLOSE_OBJECT) return JSON.parse(json.toString('utf8'))
  const breather = new Breather()
  const members: [string, unknown][] = []
  let at = 0
  while (json[at] === (members.length === 0 ? OPEN_OBJECT : COMMA)) {
    const keyEnd = endOfString(json, at + 1)
    const key = String(parse(json, at + 1, keyEnd))
    if (json[keyEnd] !== COLON) break
    const value = await parseMember(json, keyEnd + 1, breather)
    members.push([key, value.value])
    at = value.end
  }
  if (json[at] !== CLOSE_OBJECT || at + 1 !== json.length) throw new SyntaxError(`not JSON in one line, at byte ${at}`)
  // Not by assignment: a member named __proto__ is a member.
  return Object.fromEntries(members)
}

type Parsed = { readonly value: unknown; readonly end: number }

async function parseMember(json: Buffer, from: number, breather: Breather): Promise<Parsed> {
  if (json[from] !== OPEN_ARRAY || json[from + 1] === CLOSE_ARRAY) {
    const end = endOfValue(json, from)
    return { value: parse(json, from, end), end }
  }
  const value: unknown[] = []
  let at = from
  while (json[at] === (value.length === 0 ? OPEN_ARRAY : COMMA)) {
    const end = endOfValue(json, at + 1)
    value.push(parse(json, at + 1, end))
    at = end
    await breather.breathe()
  }
  if (json[at] !== CLOSE_ARRAY) throw new SyntaxError(`not JSON in one line, at byte ${at}`)
  return { value, end: at + 1 }
}

function parse(json: Buffer, from: number, end: number): unknown {
  return JSON.parse(json.toString('utf8', from, end))
}

/** @returns the index after a value; the end of the text when it is not closed. */
function endOfValue(json: Buffer, from: number): number {
  let depth = 0
  for (let at = from; at < json.length; at += 1) {
    const byte = json[at]
    if (byte === QUOTE) at = endOfString(json, at) - 1
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (depth === 0) return at
      depth -= 1
      if (depth === 0) return at + 1
    } else if (byte === COMMA && depth === 0) return at
  }
  return json.length
}

/** @param from of the opening quote. @returns the index after the closing one. */
function endOfString(json: Buffer, from: number): number {
  let at = from + 1
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1
  return at + 1
}
