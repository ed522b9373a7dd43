/** Veeam's "… finished with Success": the end of one job in one event. Level and job result first, the English text second. Pure. */
import type { EventVerdict } from './event-runs.ts'
import { worseOf } from './event-runs.ts'
import type { WindowsEvent } from './events.ts'

/** Job result of Veeam Backup & Replication (event reference of its help center). */
const RESULTS: { readonly [result: string]: EventVerdict } = { '0': 'success', '1': 'partial', '2': 'failed' }
const WORDS: { readonly [word: string]: EventVerdict } = {
  success: 'success',
  warning: 'partial',
  failed: 'failed',
  error: 'failed',
}

/** How the job ended: the worst of what level, job result and text say; `unknown` when none of them says anything. */
export function finishedWith(event: WindowsEvent): EventVerdict {
  const result = event.value('JobResult')
  const told: EventVerdict[] = []
  if (event.level !== null) told.push(ofLevel(event.level))
  if (result !== null) told.push((Object.hasOwn(RESULTS, result) ? RESULTS[result] : undefined) ?? 'unknown')
  const word = wordOf(event)
  if (word !== null) told.push((Object.hasOwn(WORDS, word) ? WORDS[word] : undefined) ?? 'unknown')
  return told.length === 0 ? 'unknown' : told.reduce(worseOf)
}

function ofLevel(level: number): EventVerdict {
  if (level <= 2) return 'failed'
  return level === 3 ? 'partial' : level === 4 ? 'success' : 'unknown'
}

function wordOf({ message }: WindowsEvent): string | null {
  return /finished with (?:state )?['"]?([A-Za-z]{2,20})/i.exec(message ?? '')?.[1]?.toLowerCase() ?? null
}

/** Name of the job that an event is of; null: it names none. */
export function jobNameOf(event: WindowsEvent): string | null {
  const named = event.value('JobName')
  if (named !== null) return named
  const text = (event.message ?? '').slice(0, 400)
  return /['"‘“]([^'"’”\n]{1,100})['"’”]\s{1,3}(?:has )?finished with/i.exec(text)?.[1] ?? null
}
