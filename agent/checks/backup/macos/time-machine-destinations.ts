/**
 * `tmutil destinationinfo`, text and -X: where Time Machine is set up to copy to. It tells neither copies nor ends of runs.
 * "No destinations configured." comes with exit code 0 (r-darwish/topgrade#969). Pure.
 */
import type { Destination } from '../../../../shared/checks/backup.ts'
import type { Failure } from '../../../../shared/reading.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { Source } from '../../collector.ts'
import { decode } from '../../decode.ts'
import { parsePlist } from '../../macos/plist.ts'
import { firstLine } from '../../parts.ts'
import type { CollectedJob } from '../collected-job.ts'
import { placeOf } from '../place-of.ts'
import { failJob, type JobName, jobsPart, NOTHING_TOLD, readJob, UNKNOWN_PLACE } from '../run-facts.ts'
import { textLines } from '../text-lines.ts'
import { refusalIn } from './time-machine-denied.ts'
import { timeMachineId } from './time-machine-id.ts'

const SOURCE = 'backup/time-machine-destinations'

/** One destination; null: not told. */
export type TimeMachineDestination = {
  readonly id: string | null
  readonly name: string | null
  /** `Local` or `Network`. */
  readonly kind: string | null
  readonly url: string | null
}

/** Errors: `access-denied`, `empty`, `parse`, `exit`. No destination configured: an empty list of jobs. */
export const timeMachineDestinationsSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: (input) => {
    const found = readDestinations(input)
    return found.ok ? jobsPart(SOURCE, found.value.map(asJob)) : found
  },
}

/** 32 destinations of a handful of lines each. */
const MAX_LINES = 2_000

/** The destinations of the output. Errors: as the source. */
export function readDestinations({
  stdout,
  stderr,
  exitCode,
}: {
  readonly stdout: Uint8Array
  readonly stderr: string
  readonly exitCode: number | null
}): Result<readonly TimeMachineDestination[], Failure> {
  const text = decode(stdout)
  const refusal = refusalIn(text, stderr)
  if (refusal !== null) return err(refusal)
  if (/No destinations configured/i.test(`${text.slice(0, 2_000)}\n${stderr}`)) return ok([])
  if (exitCode !== 0 && exitCode !== null) {
    return err({ code: 'exit', detail: `tmutil ended with ${exitCode}: ${firstLine(stderr || text)}` })
  }
  return text.trimStart().startsWith('<') || text.startsWith('bplist') ? ofPlist(stdout) : ofText(text)
}

function ofPlist(stdout: Uint8Array): Result<readonly TimeMachineDestination[], Failure> {
  const plist = parsePlist(stdout)
  if (!plist.ok) return plist
  if (!Array.isArray(plist.value.at('Destinations').value)) {
    return err({ code: 'parse', detail: 'tmutil destinationinfo -X: no Destinations' })
  }
  const found = plist.value.list('Destinations', 32).map((one) => ({
    id: one.text('ID'),
    name: one.text('Name', 100),
    kind: one.text('Kind', 32),
    url: one.text('URL', 512),
  }))
  return found.some(({ id, name }) => id === null && name === null)
    ? err({ code: 'parse', detail: 'a destination without name and ID' })
    : ok(found)
}

/** Blocks of `Name : value` behind lines of `=`; the newest destination is marked with `>`. */
function ofText(text: string): Result<readonly TimeMachineDestination[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'tmutil printed nothing' })
  const lines = textLines(text, MAX_LINES)
  if (!lines.ok) return lines
  const blocks = text.split(/^[> ]{0,4}={8,}[ \t]*$/m).filter((block) => block.trim() !== '')
  const found = blocks.map((block) => {
    const fields = new Map<string, string>()
    for (const line of block.split('\n')) {
      const [, key, value = ''] = /^[> ]{0,4}([A-Z][A-Za-z ]{1,20}?)\s{0,20}: ?(.*)$/.exec(line) ?? []
      if (key !== undefined) fields.set(key, value.trim())
    }
    const field = (key: string) => fields.get(key)?.slice(0, 512) || null
    return { id: field('ID'), name: field('Name'), kind: field('Kind'), url: field('URL') }
  })
  const isForeign = found.length === 0 || found.some(({ id, name }) => id === null && name === null)
  return isForeign ? err({ code: 'parse', detail: 'not a list of destinations' }) : ok(found.slice(0, 32))
}

function asJob(found: TimeMachineDestination): CollectedJob {
  return withName(readJob(SOURCE, jobName(found), NOTHING_TOLD), found)
}

/** The job of a destination whose state could not be read. */
export function failedDestination(found: TimeMachineDestination, failure: Failure): CollectedJob {
  return withName(failJob(SOURCE, jobName(found), failure), found)
}

function jobName(found: TimeMachineDestination): JobName {
  return {
    tool: 'time-machine',
    name: timeMachineId(found.id, found.name),
    destination: placeOfFound(found),
    everyMs: null,
  }
}

function withName({ job, samples }: CollectedJob, { name }: TimeMachineDestination): CollectedJob {
  return { job: { ...job, name: (name ?? job.name).slice(0, 100) }, samples }
}

function placeOfFound({ kind, url, name }: TimeMachineDestination): Destination {
  if (url !== null) {
    const place = placeOf(url.replace(/^afp:/i, 'smb:'))
    return { ...place, kind: /^afp:/i.test(url) ? 'nas' : place.kind }
  }
  if (kind === 'Network') return { ...UNKNOWN_PLACE, kind: 'nas', label: name, sameDisk: false }
  return kind === 'Local' ? { ...UNKNOWN_PLACE, kind: 'local', label: name } : { ...UNKNOWN_PLACE, label: name }
}
