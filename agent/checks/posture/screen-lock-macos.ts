/**
 * Screen lock of macOS: `sysadminctl -screenLock status` (it prints to stderr), the property list com.apple.screensaver, or what
 * `defaults read` prints of it. Pure.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parsePlist } from '../macos/plist.ts'
import { noAnswer, type PostureValue, tellResult } from './contribute.ts'

type Lock = PostureValue<'screenLock'>

/** Errors: `exit`, `empty`, `access-denied`, `parse`. */
export function parseScreenLockMacos(
  bytes: Uint8Array,
  stderr: string,
  exitCode: number | null,
): Result<Lock, Failure> {
  const text = decode(bytes)
  if (/^\s*(?:bplist00|<\?xml|<!DOCTYPE|<plist)/.test(text.slice(0, 200))) {
    if (exitCode !== 0) return noAnswer('the screen lock', '', stderr, exitCode)
    return fromPlist(bytes)
  }
  const spoken = fromWords(`${text}\n${stderr}`)
  const lock = exitCode === 0 ? (spoken ?? fromDefaults(text)) : null
  return lock === null ? noAnswer('sysadminctl', text, stderr, exitCode) : ok(lock)
}

function fromPlist(bytes: Uint8Array): Result<Lock, Failure> {
  const list = parsePlist(bytes)
  if (!list.ok) return list
  const asks = list.value.flag('askForPassword') ?? list.value.number('askForPassword')
  if (asks === null) return err({ code: 'empty', detail: 'askForPassword is not told' })
  const isOn = asks === true || asks === 1
  return ok({ state: isOn ? 'on' : 'off', afterSeconds: isOn ? list.value.count('askForPasswordDelay') : null })
}

/** "screenLock delay is immediate", "screenLock delay is 300 seconds", "screenLock is off". */
function fromWords(text: string): Lock | null {
  const said = [...text.matchAll(/\bscreenLock (?:delay )?is (off|immediate|\d{1,7} seconds?)\b/gi)]
  if (said.length !== 1) return null
  const word = said[0]?.[1]?.toLowerCase() ?? ''
  if (word === 'off') return { state: 'off', afterSeconds: null }
  return { state: 'on', afterSeconds: word === 'immediate' ? 0 : Number.parseInt(word, 10) }
}

function fromDefaults(text: string): Lock | null {
  const asks = /^\s{0,12}(?:askForPassword = )?([01]);?\s*$/m.exec(text)?.[1] ?? null
  if (asks === null) return null
  if (asks === '0') return { state: 'off', afterSeconds: null }
  const delay = /^\s{0,12}askForPasswordDelay = (\d{1,7});?\s*$/m.exec(text)?.[1]
  return { state: 'on', afterSeconds: delay === undefined ? null : Number(delay) }
}

/** Errors as `parseScreenLockMacos`. */
export const screenLockMacosSource: Source<'posture'> = {
  id: 'posture/screen-lock-macos',
  check: 'posture',
  parse: ({ stdout, stderr, exitCode }) =>
    tellResult('posture/screen-lock-macos', 'screenLock', parseScreenLockMacos(stdout, stderr, exitCode)),
}
