/**
 * `w32tm /query /status [/verbose]` → whether Windows keeps its clock. The text is translated and its numbers too, so fields are read by
 * their order: 9 of them, 16 with /verbose; long ones are wrapped within their parentheses. Pure.
 */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { isKeptClose } from './clock-offset.ts'
import { noAnswer } from './contribute.ts'

type Time = Extract<PostureSection['time'], { state: 'value' }>['value']
/** What the time service says. `offsetMicroseconds` absolute; null: not told. */
export type W32Time = { readonly time: Time; readonly offsetMicroseconds: number | null }

const SHORT = 9
const VERBOSE = 16
/** ReferenceId "LOCL": its own clock. */
const LOCAL_CLOCK = 0x4c4f434c
/** ERROR_SERVICE_NOT_ACTIVE as an HRESULT. */
const NOT_STARTED = /0x80070426/i
const MAX_LINES = 200
/** The clock of the host, through Hyper-V: a source without an address, of the same name in every language. */
const HOST_CLOCK = /^VM IC Time Synchronization Provider/i
const HOUR_SECONDS = 3_600
/** Flag SpecialInterval of a peer (`time.windows.com,0x9`): it is asked every 9 hours, or every 7 days before Windows 10. */
const SPECIAL = 0x1

/** Errors: `access-denied` (0x80070005), `exit`, `empty`, `parse` (another number of fields: cut short). A stopped service is an answer. */
export function parseW32tm(text: string, stderr: string, exitCode: number | null): Result<W32Time, Failure> {
  const all = `${text.slice(0, 8_192)}\n${stderr}`
  if (NOT_STARTED.test(all))
    return ok({ time: { synchronized: false, tool: null, enabled: false }, offsetMicroseconds: null })
  if (/0x80070005/.test(all)) return err({ code: 'access-denied', detail: 'w32tm answers administrators only' })
  const fields = fieldsOf(text)
  if (exitCode !== 0 || (fields.length !== SHORT && fields.length !== VERBOSE))
    return noAnswer('w32tm', text, stderr, exitCode)
  const [leapText = '', stratumText = '', precision = '', , , referenceText = '', , source = ''] = fields
  const leap = /^([0-3])\s{0,4}\(/.exec(leapText)?.[1]
  const stratum = /^(\d{1,3})\s{0,4}\(/.exec(stratumText)?.[1]
  const reference = /^(0x[0-9a-f]{8})\b/i.exec(referenceText)?.[1]
  const verbose = fields.length === VERBOSE ? verboseOf(fields) : { isGood: true, offsetMicroseconds: null }
  if (
    leap === undefined ||
    stratum === undefined ||
    !/^-?\d{1,3}\s{0,4}\(/.test(precision) ||
    reference === undefined ||
    verbose === null
  )
    return err({ code: 'parse', detail: 'w32tm: fields of another form or in another order' })
  const isKept = leap !== '3' && Number(stratum) > 0 && Number(stratum) < 16
  const isRemote = HOST_CLOCK.test(source) || (Number(reference) !== 0 && Number(reference) !== LOCAL_CLOCK)
  const synchronized = isKept && isRemote && verbose.isGood && isKeptClose(verbose.offsetMicroseconds)
  return ok({ time: { synchronized, tool: 'w32time', enabled: true }, offsetMicroseconds: verbose.offsetMicroseconds })
}

/** Values behind the first colon. French puts a narrow no-break space before it. A line within open parentheses goes on with the next. */
function fieldsOf(text: string): readonly string[] {
  const fields: string[] = []
  let open = 0
  for (const raw of text.split('\n', MAX_LINES)) {
    const line = raw
      .slice(0, 400)
      .replace(/[\u202f\u00a0]/g, ' ')
      .trim()
    if (line === '') continue
    const isNext = open > 0 || !line.includes(':')
    const last = fields.length - 1
    if (isNext && last >= 0) fields[last] = `${fields[last]} ${line}`.slice(0, 800)
    else fields.push(line.slice(line.indexOf(':') + 1).trim())
    open = depthOf(fields.at(-1) ?? '')
  }
  return fields
}

function depthOf(text: string): number {
  let depth = 0
  for (const sign of text) depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
  return Math.max(0, depth)
}

/** Phase offset, error of the last attempt, age of the last good one: the 10th, 15th and 16th field. */
function verboseOf(
  fields: readonly string[],
): { readonly isGood: boolean; readonly offsetMicroseconds: number | null } | null {
  const error = /^(\d{1,10}|0x[0-9a-f]{1,8})\s{0,4}\(/i.exec(fields[14] ?? '')?.[1]
  const age = seconds(fields[15])
  if (error === undefined || age === null) return null
  const offset = seconds(fields[9])
  const micro = offset === null ? null : Math.round(Math.abs(offset) * 1e6)
  const isFresh = age <= mostSecondsOf(fields[7] ?? '', fields[8] ?? '')
  return { isGood: Number(error) === 0 && isFresh, offsetMicroseconds: Number.isSafeInteger(micro) ? micro : null }
}

/** After how long without a good answer the clock is no longer kept: eight times what it waits between two questions, 8 hours at least. */
function mostSecondsOf(source: string, poll: string): number {
  const flags = /,0x([0-9a-f]{1,4})\b/i.exec(source)?.[1]
  if (flags !== undefined && (Number.parseInt(flags, 16) & SPECIAL) !== 0) return 8 * 24 * HOUR_SECONDS
  const wait = /\((\d{1,6})s\)/.exec(poll)?.[1]
  return Math.max(8 * HOUR_SECONDS, 8 * Number(wait ?? 0))
}

/** `0.0000039s`, `-0,0000039s`. */
function seconds(text = ''): number | null {
  const digits = /^([+-]?\d{1,12}(?:[.,]\d{1,9})?)\s?s\b/.exec(text)?.[1]
  return digits === undefined ? null : Number(digits.replace(',', '.'))
}

/** Errors as `parseW32tm`. */
export const w32tmSource: Source<'posture'> = {
  id: 'posture/w32tm',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) => {
    const state = parseW32tm(decode(stdout), stderr, exitCode)
    if (!state.ok) return state
    const { time, offsetMicroseconds } = state.value
    const samples = offsetMicroseconds === null ? {} : { 'time:offsetMicroseconds': offsetMicroseconds }
    return ok({ parts: { time: read('posture/w32tm', time) }, samples })
  },
}
