/** A failed run of borg → reason code. Pure. Message ids of borg 1.2 to 2; with `BORG_EXIT_CODES=modern` (1.4) the code tells as well. */
import type { Failure, ReasonCode } from '../../../shared/reading.ts'
import { firstLine } from '../parts.ts'
import { withoutCredentials } from '../without-credentials.ts'

const BY_TEXT: readonly (readonly [RegExp, ReasonCode, string])[] = [
  // A lock that cannot be written is no lock of another run: the folder refuses (13), is full (28, 122) or read-only (30).
  [/Failed to create\/acquire the lock .{0,400}\[Errno 13\]/i, 'access-denied', 'the repository refuses access'],
  [
    /Failed to create\/acquire the lock .{0,400}\[Errno \d{1,3}\]/i,
    'exit',
    'the lock of the repository cannot be written',
  ],
  [
    /LockTimeout|LockError|Failed to create\/acquire the lock|\(timeout\)/i,
    'locked',
    'the repository is locked by a run in progress or a stale lock',
  ],
  [
    /PassphraseWrong|PasscommandFailure|passphrase supplied in .{0,80} is incorrect|KeyfileNotFound|No key file/i,
    'access-denied',
    'wrong passphrase or no key',
  ],
  [
    /Repository\.DoesNotExist|does not exist|is not a valid repository/i,
    'empty',
    'there is no repository at this place',
  ],
  [
    /PermissionError|Permission denied|PathPermissionDenied|relocated|unencrypted repository|Host key verification/i,
    'access-denied',
    'the repository refuses access, or borg asks whether it is trusted',
  ],
  [/ConnectionClosed|Connection (?:closed|refused|timed out)/i, 'timeout', 'the connection to the repository was lost'],
]

/** borg 1.4, "modern" exit codes: 13 no repository, 52 wrong passphrase, 70 to 75 locks, 80 connection closed. */
const BY_EXIT: ReadonlyMap<number, ReasonCode> = new Map([
  [13, 'empty'],
  [52, 'access-denied'],
  [70, 'locked'],
  [71, 'locked'],
  [72, 'locked'],
  [73, 'locked'],
  [80, 'timeout'],
])

/** Errors only: `locked`, `access-denied`, `empty` (no repository), `timeout`, `exit` for whatever else. */
export function borgFailure(exitCode: number | null, said: string, tool: 'borg' | 'borgmatic' = 'borg'): Failure {
  const known = BY_TEXT.find(([pattern]) => pattern.test(said.slice(0, 65_536)))
  const code = known?.[1] ?? BY_EXIT.get(exitCode ?? -1) ?? 'exit'
  const words = known?.[2] ?? firstLine(withoutCredentials(said))
  return { code, detail: `${tool} ended with ${exitCode ?? 'a signal'}: ${words}` }
}
