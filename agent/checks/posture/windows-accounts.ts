/**
 * Accounts of Windows by their numbers, never by name: Win32_UserAccount (LocalAccount), Get-LocalUser, the members of the group
 * S-1-5-32-544, and automatic sign-in of Winlogon. Pure.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { accountsOf, type PostureValue, tellResult } from './contribute.ts'

const ADMINISTRATOR = 500
const GUEST = 501

type Account = { readonly rid: number; readonly enabled: boolean | null }

/** Errors: those of `readWindowsRecords`, `exit`, `parse` when neither an account nor a member is in it. */
export function parseWindowsAccounts(
  bytes: Uint8Array,
  exitCode: number | null,
): Result<PostureValue<'accounts'>, Failure> {
  if (exitCode !== 0) return err({ code: 'exit', detail: `the question about accounts ended with ${exitCode}` })
  const records = readWindowsRecords(bytes, 'accounts')
  if (!records.ok) return records
  const accounts = records.value.flatMap(accountOf)
  const members = records.value.filter(isMember)
  const logon = records.value.flatMap((record) => automaticLogin(record) ?? [])
  if (accounts.length === 0 && members.length === 0 && logon.length === 0)
    return err({ code: records.value.length === 0 ? 'empty' : 'parse', detail: 'no local account and no member in it' })
  const enabled = (rid: number) => worst(accounts.filter((one) => one.rid === rid).map((one) => one.enabled))
  const builtin = enabled(ADMINISTRATOR)
  const asleep = builtin === false && members.some((member) => ridOf(member) === ADMINISTRATOR) ? 1 : 0
  return ok(
    accountsOf({
      administrators: members.length === 0 ? null : members.length - asleep,
      guestEnabled: enabled(GUEST),
      builtinAdministratorEnabled: builtin,
      automaticLogin: logon.length === 0 ? null : logon.includes(true),
    }),
  )
}

function worst(flags: readonly (boolean | null)[]): boolean | null {
  if (flags.includes(true)) return true
  return flags.includes(null) || flags.length === 0 ? null : false
}

/** Domain accounts stand in the same class (collectors.md 5.3) and are not this machine's. */
function accountOf(record: WindowsRecord): readonly Account[] {
  const isAccount = record.has('Disabled') || record.has('Enabled') || record.has('LocalAccount')
  const rid = ridOf(record)
  if (!isAccount || rid === null || record.flag('LocalAccount') === false) return []
  const disabled = record.flag('Disabled')
  return [{ rid, enabled: disabled === null ? record.flag('Enabled') : !disabled }]
}

/** Get-LocalGroupMember tells ObjectClass and PrincipalSource; our own script marks them. */
function isMember(record: WindowsRecord): boolean {
  if (record.text('Kind') !== null) return record.text('Kind') === 'administrator'
  return record.has('ObjectClass') && (record.has('PrincipalSource') || record.has('SID'))
}

/** The last number of a SID: a text, or an object as PowerShell writes it. */
function ridOf(record: WindowsRecord): number | null {
  const sid = record.text('SID', 200) ?? record.records('SID')[0]?.text('Value', 200) ?? null
  const last = sid === null ? null : /^S-1-5-21-[\d-]{1,120}-(\d{1,10})$/.exec(sid)?.[1]
  return last == null ? record.count('Rid') : Number(last)
}

/** AutoAdminLogon is text. Our own script tells the key even when the value is not there: then nobody is signed in by itself. */
function automaticLogin(record: WindowsRecord): boolean | null {
  const value = record.text('AutoAdminLogon')
  if (value === '1') return true
  if (value === '0') return false
  return record.text('Kind') === 'winlogon' && record.flag('Told') === true ? false : null
}

/** Errors as `parseWindowsAccounts`. */
export const windowsAccountsSource: Source<'posture'> = {
  id: 'posture/windows-accounts',
  check: 'posture',
  parse: ({ stdout, exitCode }) =>
    tellResult('posture/windows-accounts', 'accounts', parseWindowsAccounts(stdout, exitCode)),
}
