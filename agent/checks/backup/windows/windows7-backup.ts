/**
 * "Backup and Restore (Windows 7)" by its provider "Windows Backup" in the Application log. Which of its numbers mean success is not
 * publicly documented, so only an error, whatever its number, is believed; it is never green by this source. Pure.
 */
import type { Source } from '../../collector.ts'
import { jobsPart, UNKNOWN_PLACE } from '../run-facts.ts'
import { type EventVerdict, jobOfEvents } from './event-runs.ts'
import { readEventLog, type WindowsEvent } from './events.ts'

const SOURCE = 'backup/windows7-backup'

/** Block `windows7-backup`. No event of the provider: no job is known. Errors: as `readEventLog`. */
export const windows7BackupSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: (input) => {
    const log = readEventLog(input, 'windows7-backup')
    if (!log.ok) return log
    const events = log.value.events.filter(({ provider }) => provider === null || /^Windows Backup$/i.test(provider))
    if (events.length === 0) return jobsPart(SOURCE, [])
    const name = {
      tool: 'windows-backup',
      name: 'Backup and Restore (Windows 7)',
      destination: UNKNOWN_PLACE,
      everyMs: null,
    } as const
    return jobsPart(SOURCE, [jobOfEvents({ source: SOURCE, name, now: input.now }, events, verdictOf)])
  },
}

function verdictOf({ level }: WindowsEvent): EventVerdict {
  if (level !== null && level <= 2) return 'failed'
  return level === 3 ? 'partial' : 'unknown'
}
