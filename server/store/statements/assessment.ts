/** Saving judgements: outcomes, findings, transitions and notices of a machine, whole or not at all. Statement bodies. */
import { noticesOf } from '../../outbox/notice.ts'
import { num } from '../row.ts'
import { one, run, type Steps, writing } from '../statement.ts'
import type { AssessmentRow, AssessmentSaved } from '../store.ts'
import { saveFindings, saveTransitions } from './findings.ts'
import { saveNotices } from './notices.ts'

function* saveOne(row: AssessmentRow): Steps<AssessmentSaved> {
  // The version guards against a second judge (another process, an older answer): only the state it saw may be followed.
  const moved = yield* one(
    `UPDATE judgement SET version = version + 1, assessed_at = ?, assessed_q = ?, due_at = ?
     WHERE version = ? AND machine = (SELECT num FROM machine WHERE id = ?) RETURNING machine, version`,
    row.assessedAt,
    row.assessedQ,
    row.dueAt,
    row.version,
    row.machineId,
  )
  if (moved === null) return { state: 'stale' }
  const machine = num(moved, 'machine')
  if (row.memory !== null) {
    yield* run('UPDATE judgement_text SET memory = ? WHERE machine = ?', JSON.stringify(row.memory), machine)
  }
  if (row.outcomes !== null) {
    yield* run('UPDATE judgement_text SET outcomes = ? WHERE machine = ?', JSON.stringify(row.outcomes), machine)
  }
  const findings = yield* saveFindings(machine, row.findings)
  yield* saveTransitions(machine, row.transitions)
  yield* saveNotices(machine, noticesOf(row.findings, row.transitions), row.assessedAt)
  return { state: 'saved', version: num(moved, 'version'), findings }
}

function* saveMany(rows: readonly AssessmentRow[]): Steps<readonly AssessmentSaved[]> {
  const saved: AssessmentSaved[] = []
  for (const row of rows) saved.push(yield* saveOne(row))
  return saved
}

/** Bodies of the client's methods that save judgements. */
export const assessmentMethods = { saveAssessment: writing(saveOne), saveAssessments: writing(saveMany) }
