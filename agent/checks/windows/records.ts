/**
 * What Windows tells, as records: the JSON of the agent's own script, JSON of any PowerShell (5.1 and 7 differ), and the text of WMI
 * dumps and Format-List. Numbers, flags and dates are read in every form in which these write them. Pure and total.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { decode } from '../decode.ts'
import { isRecord } from '../json.ts'
import { windowsInstant } from './instant.ts'

/** One object. What is absent, empty or of another kind reads as null. Keys are asked for in any case. */
export type WindowsRecord = {
  text(key: string, maxLength?: number): string | null
  number(key: string): number | null
  /** A safe integer from 0. */
  count(key: string): number | null
  flag(key: string): boolean | null
  /** `{2,5}`, `[2,5]`, `2` and "2 5" are all lists. */
  numbers(key: string): readonly number[]
  texts(key: string): readonly string[]
  /** ISO 8601, `/Date(ms)/` and CIM datetimes; a year before 1990 reads as never. Dates in the manner of a country are not told. */
  instant(key: string): EpochMs | null
  records(key: string): readonly WindowsRecord[]
  has(key: string): boolean
}

/** Records of one query at most; more is no answer that any rule needs. */
const MAX_RECORDS = 2_000
/** The 512 bytes of a SMART sector are the longest list that any query tells. */
const MAX_PARTS = 1_024
/** 2,000 records of some dozen lines each. */
const MAX_LINES = 60_000
/** The widest class of WMI has some 200 properties. */
const MAX_KEYS = 500
/** All blocks of a rhythm, 2,000 records each with some nested lists; a megabyte of brackets would cost the parser half a second. */
const MAX_BRACKETS = 80_000
/** Text of one value that is looked at. */
const MAX_VALUE = 4_096

/**
 * The records of one query. @param block its name in the agent's script, whose whole document may be given instead of the answer.
 * Errors: what the script met (`access-denied`, `unsupported`, `timeout`…), `empty`, `parse`. An answer without any object is an empty list.
 */
export function readWindowsRecords(bytes: Uint8Array, block: string): Result<readonly WindowsRecord[], Failure> {
  const text = decode(bytes).trim()
  if (text === '') return err({ code: 'empty', detail: 'no output' })
  if (!/^[[{"]/.test(text)) return ofText(text)
  if (countOf(text, '[') + countOf(text, '{') > MAX_BRACKETS)
    return err({ code: 'parse', detail: 'JSON with more lists and objects than any answer has' })
  try {
    return ofJson(JSON.parse(text), block)
  } catch {
    return err({ code: 'parse', detail: 'the output of PowerShell is not JSON' })
  }
}

/** How often a character stands in a text, as far as it matters. */
function countOf(text: string, character: string): number {
  let count = 0
  for (let at = text.indexOf(character); at !== -1 && count <= MAX_BRACKETS; at = text.indexOf(character, at + 1))
    count++
  return count
}

function ofJson(value: unknown, block: string): Result<readonly WindowsRecord[], Failure> {
  if (typeof value !== 'object' || value === null) return err({ code: 'parse', detail: 'a single value, no object' })
  if (!isRecord(value) || !isRecord(value['blocks'])) return ok(listOf(value))
  const answer = value['blocks'][block]
  if (answer === undefined) return err({ code: 'empty', detail: `the script answered nothing for ${block}` })
  return ofAnswer(answer, block)
}

/** `{"ok":…}` or `{"error":HRESULT,"message":…}`, as the script writes each block. */
function ofAnswer(answer: unknown, block: string): Result<readonly WindowsRecord[], Failure> {
  if (!isRecord(answer)) return err({ code: 'parse', detail: `${block}: neither an answer nor an error` })
  if ('ok' in answer) return ok(listOf(answer['ok']))
  const hresult = typeof answer['error'] === 'number' ? answer['error'] >>> 0 : 0
  const message = typeof answer['message'] === 'string' ? answer['message'].slice(0, 200) : ''
  const detail = `${block}: 0x${hresult.toString(16).padStart(8, '0')} ${message}`.trim()
  return err({ code: codeOf(hresult), detail })
}

/** HRESULTs by what they mean for us; source: winerror.h and wbemcli.h of the Windows SDK. */
const CODES: ReadonlyMap<number, Failure['code']> = new Map([
  [0x80070005, 'access-denied'],
  [0x80041003, 'access-denied'],
  [0x80131501, 'exit'],
  [0x8004100c, 'unsupported'],
  [0x8004100e, 'unsupported'],
  [0x80041010, 'unsupported'],
  [0x80041002, 'empty'],
  [0x80070002, 'empty'],
  [0x80070422, 'disabled'],
  [0x80070426, 'disabled'],
  [0x800106ba, 'disabled'],
  [0x800705b4, 'timeout'],
  [0x80041069, 'timeout'],
])

function codeOf(hresult: number): Failure['code'] {
  return CODES.get(hresult) ?? 'exit'
}

function listOf(value: unknown): readonly WindowsRecord[] {
  // PowerShell 5.1 wraps a list that a function returned: {"value":[…],"Count":n}.
  const inner = isRecord(value) && Array.isArray(value['value']) && 'Count' in value ? value['value'] : value
  const list = Array.isArray(inner) ? inner : inner === null || inner === undefined ? [] : [inner]
  return list.filter(isRecord).slice(0, MAX_RECORDS).map(windowsRecord)
}

/** `Key=Value` of WMI dumps and `Key : Value` of Format-List; empty lines, or a key that comes again, begin the next object. */
function ofText(text: string): Result<readonly WindowsRecord[], Failure> {
  const found: ReadonlyMap<string, string>[] = []
  let current = new Map<string, string>()
  let last = ''
  const close = () => {
    if (current.size === 0) return
    found.push(current)
    current = new Map()
    last = ''
  }
  for (const line of text.split('\n', MAX_LINES)) {
    if (found.length >= MAX_RECORDS) break
    const [, key, value = ''] = NAMED.exec(line) ?? []
    if (key === undefined) {
      const known = current.get(last) ?? ''
      if (line.trim() === '') close()
      else if (last !== '' && known.length < MAX_VALUE && /^\s/.test(line))
        current.set(last, `${known} ${line.slice(0, MAX_VALUE).trim()}`.slice(0, MAX_VALUE))
      continue
    }
    if (current.has(key)) close()
    if (current.size >= MAX_KEYS) return err({ code: 'parse', detail: 'more names in one object than any class has' })
    last = key
    current.set(key, value.trim())
  }
  close()
  if (found.length === 0) return err({ code: 'parse', detail: 'neither JSON nor a list of names and values' })
  return ok(found.map((one) => windowsRecord(Object.fromEntries(one))))
}

const NAMED = /^([A-Za-z_][\w.-]{0,79})[ \t]{0,80}[=:][ \t]?(.*)$/

/** @returns the readers over any object. */
export function windowsRecord(value: { readonly [key: string]: unknown }): WindowsRecord {
  const byName = new Map<string, unknown>()
  for (const key of Object.keys(value).slice(0, MAX_KEYS)) byName.set(key.toLowerCase(), value[key])
  const find = (key: string) => byName.get(key.toLowerCase())
  const number = (key: string) => numberOf(find(key))
  return {
    text: (key, maxLength = 256) => textOf(find(key), maxLength),
    number,
    count: (key) => {
      const found = number(key)
      return found !== null && Number.isSafeInteger(found) && found >= 0 ? found : null
    },
    flag: (key) => flagOf(find(key)),
    numbers: (key) => partsOf(find(key)).flatMap((part) => numberOf(part) ?? []),
    texts: (key) => partsOf(find(key)).flatMap((part) => textOf(part, 256) ?? []),
    instant: (key) => windowsInstant(find(key)),
    records: (key) => listOf(find(key)),
    has: (key) => textOf(find(key), 16) !== null || (find(key) ?? '') !== '',
  }
}

function textOf(value: unknown, maxLength: number): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return null
  const cut = value.slice(0, maxLength).toWellFormed().trim()
  return cut === '' ? null : cut
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (/^0x[0-9a-f]{1,13}$/i.test(text)) return Number.parseInt(text, 16)
  return /^-?\d{1,16}(?:\.\d{1,9})?$/.test(text) ? Number(text) : null
}

/** GpoBoolean and registry values are numbers: 1 and 0; every other number, 2 ("not configured") included, is not told. */
function flagOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (value === 1 || value === 0) return value === 1
  if (typeof value !== 'string') return null
  const text = value.trim().toLowerCase()
  if (text === 'true' || text === '1') return true
  return text === 'false' || text === '0' ? false : null
}

function partsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.slice(0, MAX_PARTS)
  if (typeof value !== 'string') return value === null || value === undefined ? [] : [value]
  const inner = value
    .slice(0, 8 * MAX_VALUE)
    .trim()
    .replace(/^\{|\}$/g, '')
  return inner === '' ? [] : inner.split(/[,\s]+/, MAX_PARTS).map((part) => part.replace(/^"|"$/g, ''))
}
