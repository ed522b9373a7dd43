/**
 * Windows Server Backup and wbadmin by the log Microsoft-Windows-Backup. Event 4 is the only success (mickem/nscp#330); 14 is written
 * after success and after failure and proves nothing; every other id is judged by its level and HRESULT, because the lists differ
 * between builds. Pure.
 */
import { ok } from '../../../../shared/result.ts'
import type { Source } from '../../collector.ts'
import { jobsPart, UNKNOWN_PLACE } from '../run-facts.ts'
import { type EventVerdict, jobOfEvents } from './event-runs.ts'
import { readEventLog, type WindowsEvent } from './events.ts'
import { windowsPlace } from './windows-place.ts'

const SOURCE = 'backup/windows-backup-events'
const SUCCESS = 4
/** Start, and "has completed" of whatever end: without a level they say nothing. */
const SILENT: ReadonlySet<number> = new Set([1, 14])

/** Block `windows-backup-events`. No log, or no event in it: no job is known. Errors: as `readEventLog`. */
export const windowsBackupEventsSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: (input) => {
    const log = readEventLog(input, 'windows-backup-events')
    if (!log.ok) return log
    const events = log.value.events.filter(isOfBackup)
    if (events.length === 0) return jobsPart(SOURCE, [])
    const target = events.findLast((event) => event.value('BackupTarget') !== null)?.value('BackupTarget') ?? null
    const destination = target === null ? UNKNOWN_PLACE : windowsPlace(target)
    const name = { tool: 'windows-backup', name: 'Windows Server Backup', destination, everyMs: null } as const
    const job = jobOfEvents({ source: SOURCE, name, now: input.now }, events, verdictOf)
    const part = jobsPart(SOURCE, [job])
    return part.ok ? ok(part.value) : part
  },
}

/** Events of other providers with the same numbers, from a whole Application log, say nothing of this product. */
function isOfBackup({ provider }: WindowsEvent): boolean {
  return provider === null || /^(?:Microsoft-Windows-)?Backup$/i.test(provider)
}

function verdictOf(event: WindowsEvent): EventVerdict {
  const { id, level, message } = event
  const hresult = hresultOf(event)
  const isBad = (level !== null && level <= 2) || (hresult !== null && hresult !== 0)
  if (isBad) return 'failed'
  // "completed with errors" of an English Windows; other languages are told by the level.
  if (level === 3 || /completed with (?:errors|warnings)/i.test(message ?? '')) return 'partial'
  if (id === SUCCESS) return event.value('HRESULT') !== null && hresult === null ? 'unknown' : 'success'
  return level !== null || SILENT.has(id) ? 'neutral' : 'unknown'
}

function hresultOf(event: WindowsEvent): number | null {
  const text = (event.value('HRESULT') ?? '').trim()
  if (/^0x[0-9a-f]{1,8}$/i.test(text)) return Number.parseInt(text, 16)
  return /^-?\d{1,10}$/.test(text) ? Number(text) : null
}
