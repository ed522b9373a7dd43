/** One watch of a Windows event log, asked with wevtutil: its XML is not translated, and it costs no PowerShell. I/O through the probe. */
import type { CollectContext, EventlogWatch } from '../../collector.ts'
import type { CollectedJob } from '../collected-job.ts'
import { failedWatch, watchedJob } from './eventlog.ts'
import { readEventLog } from './events.ts'

const MAX_EVENTS = 100
const MAX_BYTES = 1024 * 1024

/** Never fails as a whole: what could not be read is the status of the job. */
export async function collectEventlog(
  watch: EventlogWatch,
  { probe, now, off }: CollectContext,
): Promise<CollectedJob> {
  if (off.has('backup/eventlog')) return failedWatch(watch, { code: 'disabled', detail: 'switched off' })
  if (probe.platform !== 'win32') {
    return failedWatch(watch, { code: 'unsupported', detail: 'Event logs exist on Windows only' })
  }
  const args = ['qe', watch.log, `/q:${queryOf(watch)}`, `/c:${MAX_EVENTS}`, '/rd:true', '/f:xml']
  const output = await probe.exec('wevtutil', args, { maxBytes: MAX_BYTES, target: `wevtutil ${watch.log}` })
  if (!output.ok) return failedWatch(watch, output.error)
  if (output.value.truncated) return failedWatch(watch, { code: 'parse', detail: 'wevtutil answered more than 1 MiB' })
  // It prints nothing where no event matches.
  const isEmpty = output.value.exitCode === 0 && output.value.stdout.length === 0
  const log = isEmpty
    ? ({ ok: true, value: { exists: true, events: [] } } as const)
    : readEventLog(output.value, 'eventlog')
  return log.ok ? watchedJob(watch, log.value, now) : failedWatch(watch, log.error)
}

/** XPath of the events that count; names were checked for quotes when the configuration was read. */
function queryOf({ provider, successIds, failureIds }: EventlogWatch): string {
  const ids = [...successIds, ...failureIds].map((id) => `EventID=${id}`)
  const what = failureIds.length > 0 ? ids : [...ids, 'Level=1', 'Level=2']
  const from = provider === null ? '' : `Provider[@Name='${provider}'] and `
  return `*[System[${from}(${what.join(' or ')})]]`
}
