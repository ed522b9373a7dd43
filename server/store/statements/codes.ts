/** Enrollment codes and agent keys, in the hub. Statement bodies; the engine runs each in one transaction. */
import { ROLES } from '../../../shared/checks/names.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { bytes, bytesOrNull, num, str, strOrNull, word, wordOrNull } from '../row.ts'
import { all, one, reading, run, type SqlRow, type Steps, writing } from '../statement.ts'
import type { AgentKey, Code } from '../store.ts'

const KEY_STATES = ['active', 'quarantined', 'revoked'] as const

function* addCode(code: Code): Steps<void> {
  yield* run(
    `INSERT INTO code (code_id, client_id, site_id, role, machine_name, wrapped_key, uses_left, expires_at, created_by, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    code.codeId,
    code.clientId,
    code.siteId,
    code.role,
    code.machineName,
    code.wrappedKey,
    code.usesLeft,
    code.expiresAt,
    code.createdBy,
    code.createdAt,
  )
}

function codeOf(row: SqlRow): Code {
  return {
    codeId: bytes(row, 'code_id'),
    clientId: str(row, 'client_id'),
    siteId: str(row, 'site_id'),
    role: wordOrNull(row, 'role', ROLES),
    machineName: strOrNull(row, 'machine_name'),
    wrappedKey: bytes(row, 'wrapped_key'),
    usesLeft: num(row, 'uses_left'),
    expiresAt: num(row, 'expires_at'),
    createdBy: str(row, 'created_by'),
    createdAt: num(row, 'created_at'),
  }
}

function* code(codeId: Uint8Array): Steps<Code | null> {
  const row = yield* one('SELECT * FROM code WHERE code_id = ?', codeId)
  return row === null ? null : codeOf(row)
}

function* codes(clientId: string): Steps<readonly Code[]> {
  const rows = yield* all('SELECT * FROM code WHERE client_id = ? ORDER BY created_at DESC, code_id', clientId)
  return rows.map(codeOf)
}

function keyOf(row: SqlRow): AgentKey {
  return {
    publicKey: bytes(row, 'public_key'),
    agentId: bytes(row, 'agent_id'),
    clientId: str(row, 'client_id'),
    machineId: str(row, 'machine_id'),
    state: word(row, 'state', KEY_STATES),
    lease: bytes(row, 'lease'),
    leaseN: num(row, 'lease_n'),
  }
}

function* agentByKey(publicKey: Uint8Array): Steps<AgentKey | null> {
  const row = yield* one('SELECT * FROM agent_key WHERE public_key = ?', publicKey)
  return row === null ? null : keyOf(row)
}

function* agents(clientId: string): Steps<readonly AgentKey[]> {
  const rows = yield* all('SELECT * FROM agent_key WHERE client_id = ? ORDER BY enrolled_at, agent_id', clientId)
  return rows.map(keyOf)
}

type Enrollment =
  | { readonly state: 'enrolled' | 'again'; readonly key: AgentKey }
  | { readonly state: 'used' | 'expired' | 'absent' }

function isSame(a: Uint8Array | null, b: Uint8Array): boolean {
  return a !== null && Buffer.compare(a, b) === 0
}

/** A key that is known: the same code is the same enrollment; another code of the same client takes it up again. */
function* enrollKnown(row: SqlRow, found: Code, now: EpochMs): Steps<Enrollment> {
  const known = keyOf(row)
  if (known.clientId !== found.clientId || known.state === 'revoked') return { state: 'absent' }
  if (isSame(bytesOrNull(row, 'code_id'), found.codeId)) return { state: 'again', key: known }
  if (!(yield* spend(found.codeId, now))) return { state: 'used' }
  yield* run('UPDATE agent_key SET code_id = ? WHERE public_key = ?', found.codeId, known.publicKey)
  return { state: 'enrolled', key: known }
}

/** One use, in one statement: of parallel enrollments only as many win as the code has uses. */
function* spend(codeId: Uint8Array, now: EpochMs): Steps<boolean> {
  const sql = 'UPDATE code SET uses_left = uses_left - 1 WHERE code_id = ? AND uses_left > 0 AND expires_at > ?'
  return (yield* run(sql, codeId, now)) === 1
}

function* enroll(codeId: Uint8Array, key: AgentKey, now: EpochMs): Steps<Enrollment> {
  const found = yield* code(codeId)
  if (found === null) return { state: 'absent' }
  if (found.expiresAt <= now) return { state: 'expired' }
  const row = yield* one('SELECT * FROM agent_key WHERE public_key = ?', key.publicKey)
  if (row !== null) return yield* enrollKnown(row, found, now)
  if (!(yield* spend(codeId, now))) return { state: 'used' }
  yield* run(
    `INSERT INTO agent_key (public_key, agent_id, client_id, machine_id, state, lease, lease_n, code_id, enrolled_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    key.publicKey,
    key.agentId,
    found.clientId,
    key.machineId,
    key.state,
    key.lease,
    key.leaseN,
    codeId,
    now,
  )
  return { state: 'enrolled', key: { ...key, clientId: found.clientId } }
}

function* saveLease(publicKey: Uint8Array, lease: Uint8Array, leaseN: number): Steps<void> {
  yield* run('UPDATE agent_key SET lease = ?, lease_n = ? WHERE public_key = ?', lease, leaseN, publicKey)
}

/** Bodies of the hub's methods about codes and keys. */
export const codeMethods = {
  addCode: writing(addCode),
  code: reading(code),
  codes: reading(codes),
  enroll: writing(enroll),
  agentByKey: reading(agentByKey),
  agents: reading(agents),
  saveLease: writing(saveLease),
}
