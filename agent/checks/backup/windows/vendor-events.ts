/**
 * Acronis, Macrium and Synology Active Backup by event log or service, Azure Backup by its log. The makers document no number that
 * means success (Acronis writes errors only, by default), so for the first three an error of the product is believed and nothing is
 * ever green; a watch of the machine's own (`agent watch add eventlog`) names the numbers that are. Pure.
 */
import type { Job } from '../../../../shared/checks/backup.ts'
import type { Failure } from '../../../../shared/reading.ts'
import type { Result } from '../../../../shared/result.ts'
import type { EpochMs } from '../../../../shared/units.ts'
import type { Contribution, Source, SourceInput } from '../../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../../windows/records.ts'
import { failJob, type JobName, jobsPart, UNKNOWN_PLACE } from '../run-facts.ts'
import { type EventVerdict, jobOfEvents } from './event-runs.ts'
import { readEventLog, type WindowsEvent } from './events.ts'

type Vendor = {
  readonly source: `backup/${string}`
  readonly tool: Job['tool']
  readonly name: string
  /** Of event providers, services and products. */
  readonly pattern: RegExp
  readonly success: ReadonlySet<number>
  readonly failure: ReadonlySet<number>
  /** Numbers that say nothing about the end of a run. */
  readonly silent: ReadonlySet<number>
}

const none: ReadonlySet<number> = new Set()
const vendor = (source: Vendor['source'], tool: Job['tool'], name: string, pattern: RegExp): Vendor => ({
  source,
  tool,
  name,
  pattern,
  success: none,
  failure: none,
  silent: none,
})

/** Block `backup-vendors` or events or services of Acronis Cyber Protect and True Image. */
export const acronisSource = sourceOf(vendor('backup/acronis', 'acronis', 'Acronis', /acronis/i))
/** Block `backup-vendors` or events or services of Macrium Reflect. */
export const macriumSource = sourceOf(vendor('backup/macrium', 'macrium', 'Macrium Reflect', /macrium/i))
/** Block `backup-vendors` or events or services of Synology Active Backup for Business. */
export const synologySource = sourceOf(
  vendor('backup/synology-active-backup', 'synology', 'Synology Active Backup', /synology/i),
)
/** Microsoft Azure Recovery Services: log CloudBackup/Operational; 3 success, 11 and 18 failure. */
export const azureBackupSource = sourceOf({
  ...vendor('backup/azure-backup', 'other', 'Azure Backup', /cloudbackup|azure ?backup|obengine/i),
  success: new Set([3]),
  failure: new Set([11, 18]),
  silent: new Set([1, 14, 16]),
})

/** All of them. */
export const VENDOR_SOURCES: readonly Source<'backup'>[] = [
  acronisSource,
  macriumSource,
  synologySource,
  azureBackupSource,
]

function sourceOf(product: Vendor): Source<'backup'> {
  return {
    id: product.source,
    check: 'backup',
    parse: (input) => {
      const block = product.source === 'backup/azure-backup' ? 'azure-backup' : 'backup-vendors'
      const log = readEventLog(input, block)
      const events = log.ok ? log.value.events.filter(({ provider }) => isOf(product, provider)) : []
      if (events.length > 0) return ofEvents(product, events, input.now)
      const services = servicesIn(input)
      if (services.length > 0) return ofServices(product, services)
      return log.ok ? jobsPart(product.source, []) : log
    },
  }
}

function isOf({ pattern }: Vendor, provider: string | null): boolean {
  return provider === null || pattern.test(provider)
}

function ofEvents(
  product: Vendor,
  events: readonly WindowsEvent[],
  now: EpochMs,
): Result<Contribution<'backup'>, Failure> {
  const name: JobName = { tool: product.tool, name: product.name, destination: UNKNOWN_PLACE, everyMs: null }
  const job = jobOfEvents({ source: product.source, name, now }, events, (event) => verdictOf(product, event))
  return jobsPart(product.source, [job])
}

function verdictOf({ success, failure, silent }: Vendor, { id, level }: WindowsEvent): EventVerdict {
  if (failure.has(id) || (level !== null && level <= 2)) return 'failed'
  if (level === 3) return 'partial'
  if (success.has(id)) return level === 4 ? 'success' : 'unknown'
  return silent.has(id) ? 'neutral' : 'unknown'
}

/** Services (Win32_Service, Get-Service) of the answer; programs beside them are passed over. Empty: it is no list of services. */
function servicesIn({ stdout }: SourceInput): readonly WindowsRecord[] {
  const records = readWindowsRecords(stdout, 'backup-products')
  if (!records.ok || records.value.some((one) => one.has('Id') || one.has('EventID'))) return []
  return records.value.filter((one) => (one.has('State') || one.has('Status')) && one.has('Name'))
}

/** A running service proves that the product is there, never that it made a copy. */
function ofServices(product: Vendor, services: readonly WindowsRecord[]): Result<Contribution<'backup'>, Failure> {
  const own = services.filter((one) => product.pattern.test(`${one.text('Name')} ${one.text('DisplayName')}`))
  if (own.length === 0) return jobsPart(product.source, [])
  const isRunning = own.some((one) => /^(?:running|4)$/i.test(one.text('State') ?? one.text('Status') ?? ''))
  const failure: Failure = isRunning
    ? {
        code: 'unsupported',
        detail: `${product.name} runs; it tells nobody how its backups end. Add a watch for its events`,
      }
    : { code: 'disabled', detail: `The service of ${product.name} does not run` }
  const name: JobName = { tool: product.tool, name: product.name, destination: UNKNOWN_PLACE, everyMs: null }
  return jobsPart(product.source, [failJob(product.source, name, failure)])
}
