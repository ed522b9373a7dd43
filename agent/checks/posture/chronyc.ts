/** `chronyc tracking`, with `-c` or as text → whether chrony keeps the clock, and how far it is off. Pure. Recorded with 4.3. */
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { isKeptClose } from './clock-offset.ts'

/** What chrony says. `offsetMicroseconds` absolute; null: not told. */
export type ChronyState = { readonly synchronized: boolean; readonly offsetMicroseconds: number | null }

const FIELDS = 14
/** Reference ids that mean "no source": none, and 127.127.1.x, the machine's own clock (`local stratum`). */
const NO_SOURCE = /^(?:00000000|7F7F01[0-9A-F]{2}|0\.0\.0\.0|127\.127\.1\.\d{1,3})$/i
/** Before 3.0 the id was written as an address; versions before 1.27 tell no leap status, and not synchronized is 0.0.0.0. */
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/
const GOOD = new Set(['Normal', 'Insert second', 'Delete second'])

/** Errors: `empty`, `exit` (chronyd does not answer: 506), `parse`. */
export function parseChronyc(text: string, exitCode: number | null): Result<ChronyState, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'chronyc printed nothing' })
  if (exitCode !== 0)
    return err({ code: 'exit', detail: `chronyc ended with ${exitCode ?? 'a signal'}: ${firstLine(text)}` })
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const fields = lines.length === 1 ? (lines[0] ?? '').split(',') : []
  if (fields.length === FIELDS) return judge(fields[0], fields[2], fields[4], fields[13])
  const labelled = (label: string) => lines.find((line) => line.startsWith(label))?.replace(/^[^:]*: */, '')
  const reference = labelled('Reference ID')?.split(' ', 1)[0]
  const leap = labelled('Leap status') ?? (ADDRESS.test(reference ?? '') ? 'Normal' : undefined)
  return judge(reference, labelled('Stratum'), labelled('System time')?.split(' ', 1)[0], leap)
}

function judge(reference = '', stratum = '', offset = '', leap = ''): Result<ChronyState, Failure> {
  const level = Number(stratum)
  const seconds = Number(offset)
  const isKnown = GOOD.has(leap.trim()) || leap.trim() === 'Not synchronised'
  const isReference = /^[0-9A-F]{8}$/i.test(reference) || ADDRESS.test(reference)
  if (!isReference || !/^\d+$/.test(stratum.trim()) || !isKnown) {
    return err({ code: 'parse', detail: 'chronyc tracking: fields are missing or of another form' })
  }
  const synchronized = GOOD.has(leap.trim()) && level > 0 && level < 16 && !NO_SOURCE.test(reference)
  const isOffset = offset !== '' && Number.isFinite(seconds) && Math.abs(seconds) < 1e9
  const offsetMicroseconds = isOffset ? Math.round(Math.abs(seconds) * 1e6) : null
  return ok({ synchronized: synchronized && isKeptClose(offsetMicroseconds), offsetMicroseconds })
}

/** Errors as `parseChronyc`. */
export const chronycSource: Source<'posture'> = {
  id: 'posture/chronyc',
  check: 'posture',
  parse: ({ stdout, exitCode }) => {
    const state = parseChronyc(decode(stdout), exitCode)
    if (!state.ok) return state
    const { synchronized, offsetMicroseconds } = state.value
    return ok({
      parts: { time: read('posture/chronyc', { synchronized, tool: 'chrony', enabled: true }) },
      samples: { 'time:offsetMicroseconds': offsetMicroseconds },
    })
  },
}
