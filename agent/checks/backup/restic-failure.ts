/** A failed run of restic → reason code. Pure. Exit codes 10–12 exist from 0.17; before, only the text tells (0.14 recorded). */
import type { Failure, ReasonCode } from '../../../shared/reading.ts'
import { firstLine } from '../parts.ts'
import { withoutCredentials } from '../without-credentials.ts'

const BY_EXIT: ReadonlyMap<number, ReasonCode> = new Map([
  [10, 'empty'],
  [11, 'locked'],
  [12, 'access-denied'],
])

const WORDS_BY_EXIT: ReadonlyMap<number, string> = new Map([
  [3, 'a snapshot was made, and some source files could not be read'],
  [10, 'there is no repository at this place'],
  [11, 'the repository is locked by a run in progress or a stale lock'],
  [12, 'wrong password or no key found'],
  [130, 'it was interrupted'],
])

const BY_TEXT: readonly (readonly [RegExp, ReasonCode, string])[] = [
  [/already locked/i, 'locked', 'the repository is locked by a run in progress or a stale lock'],
  [/wrong password|no key found/i, 'access-denied', 'wrong password or no key found'],
  [/resolving password failed|password is empty/i, 'access-denied', 'the password file cannot be read or is empty'],
  [/unable to open config file|is there a repository/i, 'empty', 'there is no repository at this place'],
  [/permission denied|access denied|forbidden|\b40[13]\b/i, 'access-denied', 'the repository refuses access'],
]

/** What restic 0.17 and newer print with `--json` instead of an answer: `{"message_type":"exit_error","code":11,…}`. null: no such line. */
export function toldFailure(text: string): Failure | null {
  const [, code, message = ''] =
    /^\{"message_type":"exit_error","code":(\d{1,3}),"message":"((?:[^"\\\n]|\\.){0,2000})/m.exec(text) ?? []
  return code === undefined ? null : resticFailure(Number(code), message)
}

/** Errors only: `empty` (no repository), `locked`, `access-denied`, `exit` for whatever else. */
export function resticFailure(exitCode: number | null, stderr: string): Failure {
  const said = BY_TEXT.find(([pattern]) => pattern.test(stderr))
  const code = BY_EXIT.get(exitCode ?? -1) ?? said?.[1] ?? 'exit'
  const words = said?.[2] ?? WORDS_BY_EXIT.get(exitCode ?? -1) ?? firstLine(withoutCredentials(stderr))
  return { code, detail: `restic ended with ${exitCode ?? 'a signal'}: ${words}` }
}
