/**
 * `tmutil latestbackup` and `tmutil listbackups`: paths whose last part is a local time, on HFS+ and on APFS. An interrupted backup is
 * none. "Unable to locate machine directory" is a look-up that failed, not a machine that never was backed up. Pure.
 */
import { err } from '../../../../shared/result.ts'
import type { Source } from '../../collector.ts'
import { decode } from '../../decode.ts'
import { firstLine } from '../../parts.ts'
import { type JobName, jobsPart, NOTHING_TOLD, readJob, UNKNOWN_PLACE } from '../run-facts.ts'
import { textLines } from '../text-lines.ts'
import { clockOf, newestInstant, parseWallTime, type WallTime } from '../wall-time.ts'
import { refusalIn } from './time-machine-denied.ts'

const SOURCE = 'backup/time-machine-latest'
/** Hourly, daily and weekly ones of many years are fewer. */
const MAX_BACKUPS = 5_000

/** Errors: `access-denied`, `empty` (nothing printed, or the look-up failed), `parse`, `exit`. */
export const timeMachineLatestSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout)
    const refusal = refusalIn(text, input.stderr)
    if (refusal !== null) return err(refusal)
    const said = `${text.slice(0, 2_000)}\n${input.stderr}`
    if (/Unable to locate|No machine directory|Failed to (?:mount|locate)/i.test(said)) {
      return err({ code: 'empty', detail: 'tmutil could not find the backups of this Mac: is their disk connected?' })
    }
    if (input.exitCode !== 0 && input.exitCode !== null) {
      return err({ code: 'exit', detail: `tmutil ended with ${input.exitCode}: ${firstLine(input.stderr || text)}` })
    }
    const all = textLines(text)
    if (!all.ok) return all
    const lines = all.value.filter((line) => line.trim() !== '')
    if (lines.length === 0) return err({ code: 'empty', detail: 'tmutil names no backup' })
    if (lines.length > MAX_BACKUPS)
      return err({ code: 'parse', detail: `${lines.length} lines are no list of backups` })
    const stamps = lines.map(stampOf)
    if (stamps.some((stamp) => stamp === null))
      return err({ code: 'parse', detail: 'a line that is no path of a backup' })
    const times = stamps.flatMap((stamp) => (stamp === null || stamp.time === null ? [] : [stamp.time]))
    const name: JobName = { tool: 'time-machine', name: 'Time Machine', destination: UNKNOWN_PLACE, everyMs: null }
    const lastSuccessAt = newestInstant(times, clockOf(input))
    const copies = times.length > 1 ? times.length : null
    return jobsPart(SOURCE, [readJob(SOURCE, name, { ...NOTHING_TOLD, lastSuccessAt, copies })])
  },
}

/** `…/2024-08-17-001115.backup/2024-08-17-001115.backup`. time null: interrupted. null: no path of a backup. */
function stampOf(line: string): { readonly time: WallTime | null } | null {
  const last =
    line
      .trim()
      .split('/')
      .findLast((part) => part !== '') ?? ''
  const found = /^(\d{4}-\d\d-\d\d)-(\d\d)(\d\d)(\d\d)((?:\.[A-Za-z]{1,16}){0,3})$/.exec(last)
  if (found === null) return null
  const [, date, hour, minute, second, ending = ''] = found
  if (/\.(?:interrupted|inProgress)/i.test(ending)) return { time: null }
  const time = parseWallTime(`${date} ${hour}:${minute}:${second}`)
  return time === null ? null : { time }
}
