/**
 * File History, for each account: `ProtectedUpToTime` (FILETIME, the value that plaso reads too) and Config1.xml. It tells up to when
 * the files are copied, not how a run ended; a disk that was taken away leaves an old time and no error. Zero is no proof of "never":
 * the service has been seen to write it while it works. Pure.
 */

import type { Failure } from '../../../../shared/reading.ts'
import { err, type Result } from '../../../../shared/result.ts'
import type { EpochMs } from '../../../../shared/units.ts'
import type { Source } from '../../collector.ts'
import { decode } from '../../decode.ts'
import { filetimeInstant } from '../../windows/instant.ts'
import { readWindowsRecords, type WindowsRecord } from '../../windows/records.ts'
import type { CollectedJob } from '../collected-job.ts'
import { failJob, type JobName, jobsPart, NOTHING_TOLD, readJob, UNKNOWN_PLACE } from '../run-facts.ts'
import { unescapeXml } from './events-xml.ts'
import { readRegistryText } from './registry-text.ts'
import { windowsPlace } from './windows-place.ts'

const SOURCE = 'backup/file-history'
const AHEAD_MS = 10 * 60_000

/** What is known of one account. `rid`: last part of its SID, which names nobody; null: not told. */
type Account = {
  readonly rid: string | null
  readonly protectedUpTo: string | null
  readonly target: string | null
  /** `Enabled`, `Disabled`; null: not told. */
  readonly status: string | null
}

/** Block `file-history`, `reg query …\FileHistory`, or Config1.xml. No account with File History: no job. Errors: `empty`, `parse`, `exit`. */
export const fileHistorySource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: ({ stdout, exitCode, now }) => {
    if (exitCode !== 0 && exitCode !== null) return err({ code: 'exit', detail: `ended with ${exitCode}` })
    const accounts = accountsIn(stdout)
    return accounts.ok
      ? jobsPart(
          SOURCE,
          accounts.value.map((account) => jobOf(account, now)),
        )
      : accounts
  },
}

function accountsIn(stdout: Uint8Array): Result<readonly Account[], Failure> {
  const text = decode(stdout).trim()
  if (text.startsWith('<')) return ofConfig(text)
  const keys = readRegistryText(text)
  if (keys.length > 0) {
    const found = keys.filter(({ key, values }) => /\\FileHistory$/i.test(key) || values.has('ProtectedUpToTime'))
    return { ok: true, value: found.map(({ key, values }) => ofRecord(values, ridOf(key))) }
  }
  const records = readWindowsRecords(stdout, 'file-history')
  if (!records.ok) return records
  const isForeign = records.value.some(
    (one) => !one.has('ProtectedUpToTime') && !one.has('TargetUrl') && !one.has('Rid'),
  )
  if (isForeign) return err({ code: 'parse', detail: 'not an answer about File History' })
  return { ok: true, value: records.value.map((record) => ofRecord(record, record.text('Rid', 16))) }
}

function ridOf(key: string): string | null {
  return /S-1-[\d-]{5,120}-(\d{1,10})(?:\\|$)/.exec(key)?.[1] ?? null
}

function ofRecord(record: WindowsRecord, rid: string | null): Account {
  return {
    rid,
    protectedUpTo: record.text('ProtectedUpToTime'),
    target: record.text('TargetUrl'),
    status: record.text('Status'),
  }
}

function ofConfig(xml: string): Result<readonly Account[], Failure> {
  const isWhole = /<\/(?:\w{1,30}:)?\w{1,60}>\s*$/.test(xml.slice(-200))
  const target = element(xml, 'TargetUrl') ?? element(xml, 'TargetVolumePath')
  if (!isWhole || !/DataProtection|<DPStatus|<DPFrequency|<TargetUrl/.test(xml)) {
    return err({ code: 'parse', detail: 'not a whole Config1.xml of File History' })
  }
  return { ok: true, value: [{ rid: null, protectedUpTo: null, target, status: element(xml, 'DPStatus') }] }
}

function element(xml: string, name: string): string | null {
  const start = xml.indexOf(`<${name}>`)
  const end = start < 0 ? -1 : xml.indexOf(`</${name}>`, start)
  const text = end < 0 ? '' : unescapeXml(xml.slice(start + name.length + 2, end)).trim()
  return text === '' ? null : text.slice(0, 512).toWellFormed()
}

function jobOf(account: Account, now: EpochMs): CollectedJob {
  const destination = account.target === null ? UNKNOWN_PLACE : windowsPlace(account.target)
  const name: JobName = {
    tool: 'file-history',
    name: account.rid === null ? 'File History' : `File History (account ${account.rid})`,
    destination,
    // Its own rhythm, hours, is no promise: a laptop's disk is often away. The role's default holds.
    everyMs: null,
  }
  if (/^(?:disabled|0|false)$/i.test(account.status ?? '')) {
    return failJob(SOURCE, name, { code: 'disabled', detail: 'File History is switched off for this account' })
  }
  const at = filetimeInstant(account.protectedUpTo)
  const lastSuccessAt = at !== null && at <= now + AHEAD_MS ? at : null
  return readJob(SOURCE, name, { ...NOTHING_TOLD, lastSuccessAt })
}
