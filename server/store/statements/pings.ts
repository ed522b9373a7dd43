/** Dead-man's switches of one client. Statement bodies; the engine runs each in one transaction. */
import type { EpochMs } from '../../../shared/units.ts'
import { afterSignal, type Ping, type Signal } from '../../facts/ping.ts'
import { bytes, num, numOrNull, str } from '../row.ts'
import { all, one, reading, run, type SqlRow, type Steps, writing } from '../statement.ts'
import type { StoredPing } from '../store.ts'

const SELECT = 'SELECT p.*, m.id AS machine_id FROM ping p JOIN machine m ON m.num = p.machine'

function pingOf(row: SqlRow): Ping {
  return {
    id: str(row, 'id'),
    machineId: str(row, 'machine_id'),
    name: str(row, 'name'),
    everyMs: num(row, 'every_ms'),
    graceMs: num(row, 'grace_ms'),
    createdAt: num(row, 'created_at'),
    startedAt: numOrNull(row, 'started_at'),
    succeededAt: numOrNull(row, 'succeeded_at'),
    failedAt: numOrNull(row, 'failed_at'),
    exitStatus: numOrNull(row, 'exit_status'),
    failedInRow: num(row, 'failed_in_row'),
    durationMs: numOrNull(row, 'duration_ms'),
    note: str(row, 'note'),
  }
}

function* pings(): Steps<readonly StoredPing[]> {
  const rows = yield* all(`${SELECT} ORDER BY p.created_at, p.id`)
  return rows.map((row) => ({ ping: pingOf(row), secretHash: bytes(row, 'secret_hash') }))
}

function* addPing({ ping, secretHash }: StoredPing): Steps<'added' | 'exists' | 'absent'> {
  const machine = yield* one('SELECT num FROM machine WHERE id = ?', ping.machineId)
  if (machine === null) return 'absent'
  const added = yield* run(
    `INSERT INTO ping (id, machine, name, secret_hash, every_ms, grace_ms, created_at, failed_in_row, note)
     VALUES (?, ?, ?, ?, ?, ?, ?, 0, '') ON CONFLICT DO NOTHING`,
    ping.id,
    num(machine, 'num'),
    ping.name,
    secretHash,
    ping.everyMs,
    ping.graceMs,
    ping.createdAt,
  )
  return added === 0 ? 'exists' : 'added'
}

function* removePing(id: string): Steps<'removed' | 'absent'> {
  return (yield* run('DELETE FROM ping WHERE id = ?', id)) === 0 ? 'absent' : 'removed'
}

function* renewPing(id: string, secretHash: Uint8Array): Steps<'renewed' | 'absent'> {
  return (yield* run('UPDATE ping SET secret_hash = ? WHERE id = ?', secretHash, id)) === 0 ? 'absent' : 'renewed'
}

function* savePingSignal(secretHash: Uint8Array, signal: Signal, note: string, now: EpochMs): Steps<Ping | null> {
  const row = yield* one(`${SELECT} WHERE p.secret_hash = ?`, secretHash)
  if (row === null) return null
  const ping = afterSignal(pingOf(row), signal, note, now)
  yield* run(
    `UPDATE ping SET started_at = ?, succeeded_at = ?, failed_at = ?, exit_status = ?, failed_in_row = ?, duration_ms = ?,
       note = ? WHERE id = ?`,
    ping.startedAt,
    ping.succeededAt,
    ping.failedAt,
    ping.exitStatus,
    ping.failedInRow,
    ping.durationMs,
    ping.note,
    ping.id,
  )
  return ping
}

/** Bodies of the client's methods about pings. */
export const pingMethods = {
  pings: reading(pings),
  addPing: writing(addPing),
  removePing: writing(removePing),
  renewPing: writing(renewPing),
  savePingSignal: writing(savePingSignal),
}
