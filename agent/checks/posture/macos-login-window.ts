/**
 * The login window of macOS: guest account and automatic sign-in. The whole property list (binary or XML) proves by absence; what
 * `defaults read` prints and what `sysadminctl` says proves only what it names. Pure.
 */
import type { Failure } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parsePlist } from '../macos/plist.ts'
import { accountsOf, noAnswer, type PostureValue, tellResult } from './contribute.ts'

type Known = { readonly guestEnabled: boolean | null; readonly automaticLogin: boolean | null }

/** Errors: `exit`, `empty`, `access-denied`, `parse`, those of `parsePlist`. sysadminctl prints to stderr. */
export function parseLoginWindow(
  bytes: Uint8Array,
  stderr: string,
  exitCode: number | null,
): Result<PostureValue<'accounts'>, Failure> {
  const text = decode(bytes)
  if (/^\s*(?:bplist00|<\?xml|<!DOCTYPE|<plist)/.test(text.slice(0, 200))) {
    if (exitCode !== 0) return noAnswer('the login window', '', stderr, exitCode)
    const list = parsePlist(bytes)
    if (!list.ok) return list
    const guest = list.value.has('GuestEnabled')
      ? (list.value.flag('GuestEnabled') ?? bit(list.value.number('GuestEnabled')))
      : false
    return ok(accountsOf({ guestEnabled: guest, automaticLogin: list.value.has('autoLoginUser') }))
  }
  const known = fromText(`${text}\n${stderr}`)
  if (known.guestEnabled === null && known.automaticLogin === null)
    return noAnswer('the login window', text, stderr, exitCode)
  return ok(accountsOf(known))
}

const bit = (value: number | null) => (value === 1 ? true : value === 0 ? false : null)

/** `GuestEnabled = 0;`, `autoLoginUser = …;`, `Guest account disabled.`, `Automatic login is OFF`, and that a pair does not exist. */
function fromText(text: string): Known {
  const guest = /^\s{0,12}GuestEnabled = ([01]);?\s*$/m.exec(text)?.[1] ?? null
  const spoken = /\bGuest account (?:is )?(enabled|disabled)\b/i.exec(text)?.[1]?.toLowerCase() ?? null
  const named = /^\s{0,12}autoLoginUser = ("?)[^;\n]{1,200}\1;?\s*$/m.test(text)
  const absent = /domain\/default pair of \([^)]{1,200}, autoLoginUser\) does not exist/.test(text)
  const login = /\bAutomatic login (?:is )?(OFF|ON|disabled|enabled)\b/i.exec(text)?.[1]?.toLowerCase() ?? null
  const isOff = absent || login === 'off' || login === 'disabled'
  return {
    guestEnabled: guest === '1' || spoken === 'enabled' ? true : guest === '0' || spoken === 'disabled' ? false : null,
    automaticLogin: named || login === 'on' || login === 'enabled' ? true : isOff ? false : null,
  }
}

/** Errors as `parseLoginWindow`. */
export const macosLoginWindowSource: Source<'posture'> = {
  id: 'posture/macos-login-window',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/macos-login-window', 'accounts', parseLoginWindow(stdout, stderr, exitCode)),
}
