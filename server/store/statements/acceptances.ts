/** Accepted risks of one client. Statement bodies; the engine runs each in one transaction. */
import type { RuleId } from '../../../shared/rules.ts'
import { SEVERITIES } from '../../../shared/severity.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Acceptance } from '../../visits/visit.ts'
import { num, numOrNull, str, strOrNull, word } from '../row.ts'
import { all, many, reading, run, type SqlRow, type Steps, writing } from '../statement.ts'

function acceptanceOf(row: SqlRow): Acceptance {
  return {
    id: str(row, 'id'),
    machineId: str(row, 'machine_id'),
    // Written from an Acceptance; a later version may know fewer rules.
    rule: str(row, 'rule') as RuleId,
    item: str(row, 'item'),
    severity: word(row, 'severity', SEVERITIES),
    by: str(row, 'accepted_by'),
    reason: str(row, 'reason'),
    at: num(row, 'at'),
    until: num(row, 'until'),
    visitId: strOrNull(row, 'visit_id'),
    revokedAt: numOrNull(row, 'revoked_at'),
  }
}

function* acceptances(): Steps<readonly Acceptance[]> {
  return (yield* all('SELECT * FROM acceptance ORDER BY num')).map(acceptanceOf)
}

/** Writes acceptances; one of a known id changes only how it ends. */
export function* saveAcceptances(list: readonly Acceptance[]): Steps<void> {
  yield* many(
    `INSERT INTO acceptance (id, machine_id, rule, item, severity, accepted_by, reason, at, until, visit_id, revoked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET until = excluded.until, revoked_at = excluded.revoked_at`,
    list.map((one) => [
      one.id,
      one.machineId,
      one.rule,
      one.item,
      one.severity,
      one.by,
      one.reason,
      one.at,
      one.until,
      one.visitId,
      one.revokedAt,
    ]),
  )
}

function* revokeAcceptance(id: string, at: EpochMs): Steps<'revoked' | 'absent'> {
  const revoked = yield* run('UPDATE acceptance SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', at, id)
  return revoked === 0 ? 'absent' : 'revoked'
}

/** Bodies of the client's methods about accepted risks. */
export const acceptanceMethods = {
  acceptances: reading(acceptances),
  saveAcceptances: writing(saveAcceptances),
  revokeAcceptance: writing(revokeAcceptance),
}
