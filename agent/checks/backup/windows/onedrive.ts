/**
 * OneDrive and its move of the known folders: files are carried to the cloud with every deletion and every encryption by malware. That
 * is synchronisation, never a copy. Bits of KfmFoldersProtectedNow: 512 desktop, 1024 documents, 2048 pictures. Pure.
 */

import type { Failure } from '../../../../shared/reading.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { Source } from '../../collector.ts'
import { decode } from '../../decode.ts'
import { readWindowsRecords, type WindowsRecord } from '../../windows/records.ts'
import { type FoundLookalike, lookalikesPart } from '../run-facts.ts'
import { readRegistryText } from './registry-text.ts'

const SOURCE = 'backup/onedrive'
const FOLDER_BITS = [512, 1024, 2048]

/** Block `onedrive`, or `reg query …\OneDrive\Accounts /s`. Errors: `empty`, `parse`, `exit`. */
export const onedriveSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: ({ stdout, exitCode }) => {
    if (exitCode !== 0 && exitCode !== null) return err({ code: 'exit', detail: `ended with ${exitCode}` })
    const accounts = accountsIn(stdout)
    return accounts.ok ? ok(lookalikesPart(SOURCE, accounts.value.flatMap(lookalikeOf))) : accounts
  },
}

type Account = { readonly id: string; readonly values: WindowsRecord }

function accountsIn(stdout: Uint8Array): Result<readonly Account[], Failure> {
  const keys = readRegistryText(decode(stdout))
  if (keys.length > 0) {
    const accounts = keys.filter(({ key }) => /\\OneDrive\\Accounts\\(?:Business\d{1,2}|Personal)$/i.test(key))
    return ok(accounts.map(({ key, values }) => ({ id: idOf(ridOf(key), key), values })))
  }
  const records = readWindowsRecords(stdout, 'onedrive')
  if (!records.ok) return records
  if (records.value.some((one) => !one.has('Account') && !one.has('KfmFoldersProtectedNow'))) {
    return err({ code: 'parse', detail: 'not an answer about OneDrive' })
  }
  return ok(records.value.map((values) => ({ id: idOf(values.text('Rid', 16), values.text('Account') ?? ''), values })))
}

function ridOf(key: string): string | null {
  return /S-1-[\d-]{5,120}-(\d{1,10})\\/.exec(key)?.[1] ?? null
}

/** `Business1` of account 1001 → `onedrive:1001-business1`; names of people are in neither. */
function idOf(rid: string | null, account: string): string {
  const kind = /(Business\d{1,2}|Personal)$/i.exec(account)?.[1]?.toLowerCase() ?? 'account'
  return rid === null ? `onedrive:${kind}` : `onedrive:${rid}-${kind}`
}

function lookalikeOf({ id, values }: Account): readonly FoundLookalike[] {
  const bits = values.count('KfmFoldersProtectedNow')
  const isSignedIn = values.has('UserFolder') || values.flag('SignedIn') === true
  if (!isSignedIn && (bits === null || bits === 0)) return []
  const count = bits === null || bits > 0xffff ? null : FOLDER_BITS.filter((bit) => (bits & bit) !== 0).length
  const name = count === null || count === 0 ? 'OneDrive' : 'OneDrive with known folders'
  return [{ id, name, kind: 'sync', count, newestAt: null }]
}
