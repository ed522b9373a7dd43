/** People, their one-time sign-in links and their sessions, in the hub. Statement bodies; the engine runs each in one transaction. */
import type { EpochMs } from '../../../shared/units.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import { num, str, word } from '../row.ts'
import { all, many, one, reading, run, type SqlRow, type Steps, writing } from '../statement.ts'
import type { Person, Session } from '../store.ts'

/** Roles that a stored person may have. */
export const PERSON_ROLES = ['owner', 'operator', 'client-admin', 'viewer'] as const
/** Languages that a stored person may have. */
export const LANGUAGES = ['en', 'fr'] as const

function* readPerson(row: SqlRow): Steps<Person> {
  const id = str(row, 'id')
  const clients = yield* all('SELECT client_id FROM person_client WHERE person_id = ? ORDER BY client_id', id)
  return {
    id,
    email: str(row, 'email'),
    name: str(row, 'name'),
    role: word(row, 'role', PERSON_ROLES),
    language: word(row, 'language', LANGUAGES),
    clientIds: clients.map((client) => str(client, 'client_id')),
  }
}

function* personById(id: string): Steps<Person | null> {
  const row = yield* one('SELECT * FROM person WHERE id = ?', id)
  return row === null ? null : yield* readPerson(row)
}

function* addPerson(person: Person, at: EpochMs): Steps<'added' | 'exists'> {
  const { id, email, name, role, language, clientIds } = person
  const added = yield* run(
    `INSERT INTO person (id, email, name, role, language, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    id,
    email,
    name,
    role,
    language,
    at,
  )
  if (added === 0) return 'exists'
  yield* many(
    'INSERT INTO person_client (person_id, client_id) VALUES (?, ?)',
    clientIds.map((clientId) => [id, clientId]),
  )
  return 'added'
}

function* people(): Steps<readonly Person[]> {
  const found: Person[] = []
  for (const row of yield* all('SELECT * FROM person ORDER BY created_at, id')) found.push(yield* readPerson(row))
  return found
}

function* savePerson({ id, name, role, language, clientIds }: Person): Steps<'saved' | 'absent'> {
  const saved = yield* run('UPDATE person SET name = ?, role = ?, language = ? WHERE id = ?', name, role, language, id)
  if (saved === 0) return 'absent'
  yield* run('DELETE FROM person_client WHERE person_id = ?', id)
  yield* many(
    'INSERT INTO person_client (person_id, client_id) VALUES (?, ?)',
    clientIds.map((clientId) => [id, clientId]),
  )
  return 'saved'
}

function* removePerson(id: string): Steps<'removed' | 'absent'> {
  // Said one by one: whether a database follows its own references depends on how it was opened.
  yield* run('DELETE FROM session WHERE person_id = ?', id)
  yield* run('DELETE FROM signin_link WHERE person_id = ?', id)
  yield* run('DELETE FROM person_client WHERE person_id = ?', id)
  return (yield* run('DELETE FROM person WHERE id = ?', id)) === 0 ? 'absent' : 'removed'
}

function* saveSigninLink(tokenHash: Uint8Array, personId: string, expiresAt: EpochMs): Steps<void> {
  yield* run(
    'INSERT INTO signin_link (token_hash, person_id, expires_at) VALUES (?, ?, ?)',
    tokenHash,
    personId,
    expiresAt,
  )
}

function* takeSigninLink(tokenHash: Uint8Array, now: EpochMs): Steps<Person | null> {
  yield* run('DELETE FROM signin_link WHERE expires_at <= ?', now)
  const row = yield* one('DELETE FROM signin_link WHERE token_hash = ? RETURNING person_id', tokenHash)
  return row === null ? null : yield* personById(str(row, 'person_id'))
}

function* saveSession(idHash: Uint8Array, personId: string, createdAt: EpochMs, expiresAt: EpochMs): Steps<void> {
  yield* run('DELETE FROM session WHERE expires_at <= ?', createdAt)
  yield* run(
    'INSERT INTO session (id_hash, person_id, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)',
    idHash,
    personId,
    createdAt,
    createdAt,
    expiresAt,
  )
}

function* session(idHash: Uint8Array, now: EpochMs, idleMs: number): Steps<Session | null> {
  const row = yield* one('SELECT * FROM session WHERE id_hash = ?', idHash)
  if (row === null) return null
  const [seenAt, expiresAt] = [num(row, 'seen_at'), num(row, 'expires_at')]
  if (expiresAt <= now || seenAt + idleMs <= now) return null
  const person = yield* personById(str(row, 'person_id'))
  if (person === null) return null
  // At most once a minute: a page that polls must not cost a commit per request.
  const isNoted = now - seenAt >= MINUTE_MS
  if (isNoted) yield* run('UPDATE session SET seen_at = ? WHERE id_hash = ?', now, idHash)
  return { person, createdAt: num(row, 'created_at'), seenAt: isNoted ? now : seenAt, expiresAt }
}

function* endSession(idHash: Uint8Array): Steps<void> {
  yield* run('DELETE FROM session WHERE id_hash = ?', idHash)
}

/** Bodies of the hub's methods about people. */
export const peopleMethods = {
  addPerson: writing(addPerson),
  people: reading(people),
  savePerson: writing(savePerson),
  removePerson: writing(removePerson),
  saveSigninLink: writing(saveSigninLink),
  takeSigninLink: writing(takeSigninLink),
  saveSession: writing(saveSession),
  session: writing(session),
  endSession: writing(endSession),
}
