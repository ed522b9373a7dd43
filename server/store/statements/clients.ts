/** Clients, API tokens, settings and the audit trail, in the hub. Statement bodies; the engine runs each in one transaction. */
import type { EpochMs } from '../../../shared/units.ts'
import { bytes, num, numOrNull, str, strOrNull, word } from '../row.ts'
import { all, one, reading, run, type SqlRow, type Steps, writing } from '../statement.ts'
import type { ApiToken, AuditEntry, Client } from '../store.ts'
import { LANGUAGES, PERSON_ROLES } from './people.ts'

function* addClient(client: Client, wrappedKey: Uint8Array): Steps<'added' | 'exists'> {
  const { id, slug, name, timeZone, language, createdAt } = client
  const added = yield* run(
    `INSERT INTO client (id, slug, name, time_zone, language, created_at, wrapped_key)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    id,
    slug,
    name,
    timeZone,
    language,
    createdAt,
    wrappedKey,
  )
  return added === 0 ? 'exists' : 'added'
}

function* renameClient(id: string, name: string, slug: string): Steps<'renamed' | 'absent' | 'slug-taken'> {
  const taken = yield* one('SELECT id FROM client WHERE slug = ? AND id <> ?', slug, id)
  if (taken !== null) return 'slug-taken'
  const renamed = yield* run('UPDATE client SET name = ?, slug = ? WHERE id = ?', name, slug, id)
  return renamed === 0 ? 'absent' : 'renamed'
}

function* clients(): Steps<readonly Client[]> {
  const rows = yield* all('SELECT * FROM client ORDER BY name, id')
  return rows.map((row) => ({
    id: str(row, 'id'),
    slug: str(row, 'slug'),
    name: str(row, 'name'),
    timeZone: str(row, 'time_zone'),
    language: word(row, 'language', LANGUAGES),
    createdAt: num(row, 'created_at'),
  }))
}

function* clientKey(id: string): Steps<Uint8Array | null> {
  const row = yield* one('SELECT wrapped_key FROM client WHERE id = ?', id)
  return row === null ? null : bytes(row, 'wrapped_key')
}

function* addToken(token: ApiToken, secretHash: Uint8Array): Steps<void> {
  const { id, label, role, clientId, createdAt, expiresAt } = token
  yield* run(
    `INSERT INTO api_token (id, secret_hash, label, role, client_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    id,
    secretHash,
    label,
    role,
    clientId,
    createdAt,
    expiresAt,
  )
}

function tokenOf(row: SqlRow): ApiToken {
  return {
    id: str(row, 'id'),
    label: str(row, 'label'),
    role: word(row, 'role', PERSON_ROLES),
    clientId: strOrNull(row, 'client_id'),
    createdAt: num(row, 'created_at'),
    expiresAt: numOrNull(row, 'expires_at'),
  }
}

function* token(secretHash: Uint8Array, now: EpochMs): Steps<ApiToken | null> {
  const row = yield* one(
    'SELECT * FROM api_token WHERE secret_hash = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)',
    secretHash,
    now,
  )
  return row === null ? null : tokenOf(row)
}

function* tokens(): Steps<readonly ApiToken[]> {
  const rows = yield* all('SELECT * FROM api_token WHERE revoked_at IS NULL ORDER BY created_at, id')
  return rows.map(tokenOf)
}

function* revokeToken(id: string): Steps<'revoked' | 'absent'> {
  // The row stays for the audit trail; a revoked token never answers again, whatever the clock says.
  const revoked = yield* run('UPDATE api_token SET revoked_at = created_at WHERE id = ? AND revoked_at IS NULL', id)
  return revoked === 0 ? 'absent' : 'revoked'
}

function* audit({ at, who, what, clientId, detail }: AuditEntry): Steps<void> {
  yield* run(
    'INSERT INTO audit (at, who, what, client_id, detail) VALUES (?, ?, ?, ?, ?)',
    at,
    who,
    what,
    clientId,
    detail,
  )
}

function* audits(limit: number): Steps<readonly AuditEntry[]> {
  const rows = yield* all('SELECT * FROM audit ORDER BY id DESC LIMIT ?', limit)
  return rows.map((row) => ({
    at: num(row, 'at'),
    who: str(row, 'who'),
    what: str(row, 'what'),
    clientId: strOrNull(row, 'client_id'),
    detail: str(row, 'detail'),
  }))
}

function* setting(key: string): Steps<string | null> {
  const row = yield* one('SELECT value FROM setting WHERE name = ?', key)
  return row === null ? null : str(row, 'value')
}

function* saveSetting(key: string, value: string): Steps<void> {
  yield* run(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    key,
    value,
  )
}

/** Bodies of the hub's methods about clients, tokens, settings and audit. */
export const clientMethods = {
  addClient: writing(addClient),
  renameClient: writing(renameClient),
  clients: reading(clients),
  clientKey: reading(clientKey),
  addToken: writing(addToken),
  token: reading(token),
  tokens: reading(tokens),
  revokeToken: writing(revokeToken),
  audit: writing(audit),
  audits: reading(audits),
  setting: reading(setting),
  saveSetting: writing(saveSetting),
}
