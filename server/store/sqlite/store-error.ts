/** Errors of better-sqlite3 as errors of the port. Pure. */
import { StoreError } from '../store.ts'

type Code = StoreError['code']

/** Result codes of SQLite (rescode.html); extended codes begin with the primary one. */
const CODES: readonly (readonly [prefix: string, code: Code])[] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_FULL', 'full'],
  // A full disk shows as a failed write too, when the file system refuses the page (tmpfs, quotas).
  ['SQLITE_IOERR_WRITE', 'full'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
]

const TEXTS: { readonly [C in Code]: string } = {
  busy: 'another process holds the database file; stop it, this server must be the only writer',
  full: 'the disk is full; free space in the data folder, reports stay in the agents until then',
  corrupt: 'the database file is damaged; restore it from a backup',
  closed: 'the store is closed',
  other: 'the database refused a statement',
}

function codeOf(cause: unknown): Code {
  if (!(cause instanceof Error)) return 'other'
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  if (code === 'ENOSPC') return 'full'
  if (cause.message.includes('connection is not open')) return 'closed'
  return CODES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'other'
}

/** @param file what was written or read, for the message. A StoreError passes as it is. */
export function storeError(cause: unknown, file: string): StoreError {
  if (cause instanceof StoreError) return cause
  const code = codeOf(cause)
  const detail = cause instanceof Error ? cause.message : String(cause)
  return new StoreError(code, `store: ${file}: ${TEXTS[code]} (${detail})`, { cause })
}
