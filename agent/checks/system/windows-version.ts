/**
 * Parses HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion: as records of PowerShell, as `reg query` and as a `.reg` file.
 * Registry values are never translated. Pure and total.
 */
import type { OsFacts } from '../../../shared/checks/system.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { readWindowsRecords, type WindowsRecord, windowsRecord } from '../windows/records.ts'
import { editionOf, windowsName } from './windows-edition.ts'

/** Source id. */
export const WINDOWS_VERSION = 'system/windows-version'
/** Block of the question. */
export const VERSION_BLOCK = 'system-version'

/** Errors: those of `readWindowsRecords`; `parse` when neither a build nor a product is told. */
export function parseWindowsVersion(bytes: Uint8Array): Result<OsFacts, Failure> {
  const registry = readRegistry(decode(bytes))
  const records = registry === null ? readWindowsRecords(bytes, VERSION_BLOCK) : ok([registry])
  if (!records.ok) return records
  const record = records.value.find((one) => one.has('CurrentBuildNumber') || one.has('CurrentBuild'))
  if (record === undefined) return err({ code: 'parse', detail: 'no CurrentBuildNumber: not the version of Windows' })
  return ok(osOf(record))
}

function osOf(record: WindowsRecord): OsFacts {
  const build = record.count('CurrentBuildNumber') ?? record.count('CurrentBuild')
  const major = record.count('CurrentMajorVersionNumber')
  // Before Windows 10 only `CurrentVersion` tells it (`6.3`); since then that value stands still at 6.3.
  const isTen = major !== null ? major >= 10 : build !== null && build >= 10_240
  const version = isTen
    ? `${major ?? 10}.${record.count('CurrentMinorVersionNumber') ?? 0}`
    : record.text('CurrentVersion', 8)
  const revision = record.count('UBR')
  const full =
    build === null || version === null ? null : `${version}.${build}${revision === null ? '' : `.${revision}`}`
  const release = record.text('ReleaseId', 16)
  return {
    family: 'windows',
    id: 'windows',
    name: windowsName(record.text('ProductName', 120), build),
    // ReleaseId stands still at 2009.
    version: record.text('DisplayVersion', 32) ?? (release === '2009' ? null : release),
    build: full,
    kernel: null,
    edition: editionOf(record.text('EditionID', 64), record.text('InstallationType', 32)),
  }
}

/** @returns null when the text holds no values of the registry. */
function readRegistry(text: string): WindowsRecord | null {
  const values: { [name: string]: unknown } = {}
  for (const line of text.split('\n', 4_096)) {
    if (line.length > 2_048) continue
    const queried = /^\s{1,8}(\w{1,64})\s{1,8}REG_(?:SZ|DWORD|EXPAND_SZ)\s{1,8}(\S.*)$/.exec(line)
    const exported = /^"(\w{1,64})"=(?:"([^"]{0,1024})"|dword:([0-9a-f]{8}))\s*$/i.exec(line)
    if (queried?.[1] !== undefined) values[queried[1]] ??= queried[2]?.trim()
    else if (exported?.[1] !== undefined)
      values[exported[1]] ??= exported[3] === undefined ? exported[2] : Number.parseInt(exported[3], 16)
  }
  return Object.keys(values).length === 0 ? null : windowsRecord(values)
}

/** `system/windows-version`: the os part of Windows. */
export const windowsVersion: Source<'system'> = {
  id: WINDOWS_VERSION,
  check: 'system',
  parse: ({ stdout }) => {
    const os = parseWindowsVersion(stdout)
    return os.ok ? ok({ parts: { os: read(WINDOWS_VERSION, os.value) }, samples: {} }) : os
  },
}
