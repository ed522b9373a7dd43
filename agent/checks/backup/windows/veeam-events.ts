/**
 * Veeam Agent for Windows by its log "Veeam Agent" (190 finished, 191 finished with an error and retried: appendix A of its user guide),
 * and Veeam Backup & Replication by its log "Veeam Backup" (190, 490, 790: its event reference). Both write one number for success,
 * warning and failure. A skipped machine leaves the job a success, and an expired license leaves no event at all: age tells. Pure.
 */
import type { Source } from '../../collector.ts'
import type { CollectedJob } from '../collected-job.ts'
import { type JobName, jobsPart, UNKNOWN_PLACE } from '../run-facts.ts'
import { type EventVerdict, jobOfEvents, worseOf } from './event-runs.ts'
import { readEventLog, type WindowsEvent } from './events.ts'
import { finishedWith, jobNameOf } from './finished-with.ts'

/** One product's numbers. `task`: the end of one machine inside a job. */
type Product = {
  readonly source: `backup/${string}`
  readonly block: string
  readonly provider: RegExp
  readonly finished: ReadonlySet<number>
  readonly retried: ReadonlySet<number>
  readonly task: ReadonlySet<number>
  /** Name of a job that the event does not name. */
  readonly unnamed: string
}

const AGENT: Product = {
  source: 'backup/veeam-windows-events',
  block: 'veeam-windows-events',
  provider: /^Veeam (?:Agent|Endpoint)/i,
  finished: new Set([190]),
  retried: new Set([191]),
  task: new Set(),
  unnamed: 'Veeam Agent',
}

const SERVER: Product = {
  source: 'backup/veeam-br-events',
  block: 'veeam-br-events',
  provider: /^Veeam/i,
  finished: new Set([190, 490, 790]),
  retried: new Set(),
  task: new Set([150]),
  unnamed: 'Veeam Backup & Replication',
}

/** Block `veeam-windows-events`. No log, or no event of a finished job: no job is known. Errors: as `readEventLog`. */
export const veeamWindowsEventsSource: Source<'backup'> = sourceOf(AGENT)
/** Block `veeam-br-events`; one job for each name. Errors: as `readEventLog`. */
export const veeamBrEventsSource: Source<'backup'> = sourceOf(SERVER)

function sourceOf(product: Product): Source<'backup'> {
  return {
    id: product.source,
    check: 'backup',
    parse: (input) => {
      const log = readEventLog(input, product.block)
      if (!log.ok) return log
      const own = log.value.events.filter(({ provider }) => provider === null || product.provider.test(provider))
      return jobsPart(product.source, jobsOf(product, own, input.now))
    },
  }
}

function jobsOf(product: Product, events: readonly WindowsEvent[], now: number): readonly CollectedJob[] {
  const byJob = new Map<string, WindowsEvent[]>()
  for (const event of events) {
    if (!product.finished.has(event.id) && !product.retried.has(event.id)) continue
    const name = jobNameOf(event) ?? product.unnamed
    byJob.set(name, [...(byJob.get(name) ?? []), event])
  }
  const tasks = worstTasks(product, events)
  return [...byJob].slice(0, 64).map(([name, own]) => {
    const job: JobName = { tool: 'veeam', name, destination: UNKNOWN_PLACE, everyMs: null }
    return jobOfEvents({ source: product.source, name: job, now }, own, (event) => verdictOf(product, event, tasks))
  })
}

function verdictOf(product: Product, event: WindowsEvent, tasks: ReadonlyMap<string, EventVerdict>): EventVerdict {
  if (product.retried.has(event.id)) return 'failed'
  const session = event.value('JobSessionID')
  const task = session === null ? undefined : tasks.get(session)
  const verdict = finishedWith(event)
  // A job that succeeded without one of its machines has left something out.
  const isLess = verdict === 'success' && (task === 'failed' || task === 'partial')
  return isLess ? worseOf(verdict, 'partial') : verdict
}

/** The worst end of a machine, by session of its job. Status: 0 success, 2 failed, 3 warning. */
function worstTasks(product: Product, events: readonly WindowsEvent[]): ReadonlyMap<string, EventVerdict> {
  const statuses: { readonly [status: string]: EventVerdict } = { '0': 'success', '2': 'failed', '3': 'partial' }
  const worst = new Map<string, EventVerdict>()
  for (const event of events) {
    const session = product.task.has(event.id) ? event.value('JobSessionID') : null
    const verdict = statuses[event.value('Status') ?? '']
    if (session !== null && verdict !== undefined) worst.set(session, worseOf(worst.get(session) ?? 'neutral', verdict))
  }
  return worst
}
