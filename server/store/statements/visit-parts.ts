/** What hangs on the visits of one client: actions, recommendations, restore tests. Row mapping and statement bodies. */
import type { RuleId } from '../../../shared/rules.ts'
import { URGENCIES } from '../../../shared/visits.ts'
import type { Action, Recommendation, RestoreTest } from '../../visits/visit.ts'
import { json, num, numOrNull, str, strOrNull, word } from '../row.ts'
import { all, many, reading, run, type SqlRow, type Steps } from '../statement.ts'

const ACTION_STATES = ['open', 'done', 'dropped'] as const

function actionOf(row: SqlRow): Action {
  const rule = strOrNull(row, 'mends_rule')
  return {
    id: str(row, 'id'),
    madeIn: str(row, 'made_in'),
    doneIn: strOrNull(row, 'done_in'),
    text: str(row, 'what'),
    who: str(row, 'who'),
    dueAt: numOrNull(row, 'due_at'),
    machineId: strOrNull(row, 'machine_id'),
    // Written from an Action; a later version may know fewer rules.
    mends: rule === null ? null : { rule: rule as RuleId, item: str(row, 'mends_item') },
    needsHands: num(row, 'needs_hands') === 1,
    state: word(row, 'state', ACTION_STATES),
    doneAt: numOrNull(row, 'done_at'),
    minutes: numOrNull(row, 'minutes'),
    note: str(row, 'note'),
  }
}

function* actions(): Steps<readonly Action[]> {
  return (yield* all('SELECT * FROM action ORDER BY num')).map(actionOf)
}

/** Writes actions; what was promised, and at which visit, stays as it was. */
export function* saveActions(list: readonly Action[]): Steps<void> {
  yield* many(
    `INSERT INTO action (id, made_in, done_in, what, who, due_at, machine_id, mends_rule, mends_item, needs_hands, state,
       done_at, minutes, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET done_in = excluded.done_in, what = excluded.what, who = excluded.who,
       due_at = excluded.due_at, state = excluded.state, done_at = excluded.done_at, minutes = excluded.minutes,
       note = excluded.note`,
    list.map((one) => [
      one.id,
      one.madeIn,
      one.doneIn,
      one.text,
      one.who,
      one.dueAt,
      one.machineId,
      one.mends?.rule ?? null,
      one.mends?.item ?? null,
      one.needsHands ? 1 : 0,
      one.state,
      one.doneAt,
      one.minutes,
      one.note,
    ]),
  )
}

function recommendationOf(row: SqlRow): Recommendation {
  return {
    id: str(row, 'id'),
    visitId: str(row, 'visit_id'),
    rank: num(row, 'place'),
    what: str(row, 'what'),
    why: str(row, 'why'),
    otherwise: str(row, 'otherwise'),
    urgency: word(row, 'urgency', URGENCIES),
    effortMinutes: numOrNull(row, 'effort_minutes'),
    costLow: numOrNull(row, 'cost_low'),
    costHigh: numOrNull(row, 'cost_high'),
    owner: str(row, 'owner'),
    dueAt: numOrNull(row, 'due_at'),
    about: json<Recommendation['about']>(row, 'about'),
    decision:
      strOrNull(row, 'decision') === null ? null : json<NonNullable<Recommendation['decision']>>(row, 'decision'),
  }
}

function* recommendations(): Steps<readonly Recommendation[]> {
  const rows = yield* all(
    'SELECT r.* FROM recommendation r JOIN visit v ON v.id = r.visit_id ORDER BY v.date DESC, r.place, r.id',
  )
  return rows.map(recommendationOf)
}

function* sentRecommendations(): Steps<readonly Recommendation[]> {
  const rows = yield* all(
    'SELECT r.* FROM sent_recommendation r JOIN visit v ON v.id = r.visit_id ORDER BY v.date DESC, r.place, r.id',
  )
  return rows.map(recommendationOf)
}

const COLUMNS = `id, visit_id, place, what, why, otherwise, urgency, effort_minutes, cost_low, cost_high, owner, due_at, about,
  decision`

/** Keeps the recommendations of a visit as they are now: those of the revision that is sent. */
export function* keepSent(visitId: string): Steps<void> {
  yield* run('DELETE FROM sent_recommendation WHERE visit_id = ?', visitId)
  yield* run(
    `INSERT INTO sent_recommendation (${COLUMNS}) SELECT ${COLUMNS} FROM recommendation WHERE visit_id = ?`,
    visitId,
  )
}

/** @returns the recommendations of one visit, by rank. */
export function* recommendationsOf(visitId: string): Steps<readonly Recommendation[]> {
  const rows = yield* all('SELECT * FROM recommendation WHERE visit_id = ? ORDER BY place, id', visitId)
  return rows.map(recommendationOf)
}

/** Writes recommendations; each stays with the visit that made it. */
export function* saveRecommendations(list: readonly Recommendation[]): Steps<void> {
  yield* many(
    `INSERT INTO recommendation (id, visit_id, place, what, why, otherwise, urgency, effort_minutes, cost_low, cost_high,
       owner, due_at, about, decision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET place = excluded.place, what = excluded.what, why = excluded.why,
       otherwise = excluded.otherwise, urgency = excluded.urgency, effort_minutes = excluded.effort_minutes,
       cost_low = excluded.cost_low, cost_high = excluded.cost_high, owner = excluded.owner, due_at = excluded.due_at,
       about = excluded.about, decision = excluded.decision`,
    list.map((one) => [
      one.id,
      one.visitId,
      one.rank,
      one.what,
      one.why,
      one.otherwise,
      one.urgency,
      one.effortMinutes,
      one.costLow,
      one.costHigh,
      one.owner,
      one.dueAt,
      JSON.stringify(one.about),
      one.decision === null ? null : JSON.stringify(one.decision),
    ]),
  )
}

/** Removes recommendations of one visit. */
export function* withdrawRecommendations(visitId: string, ids: readonly string[]): Steps<void> {
  for (const id of ids) yield* run('DELETE FROM recommendation WHERE id = ? AND visit_id = ?', id, visitId)
}

function restoreTestOf(row: SqlRow): RestoreTest {
  return {
    id: str(row, 'id'),
    visitId: str(row, 'visit_id'),
    machineId: str(row, 'machine_id'),
    job: str(row, 'job'),
    at: num(row, 'at'),
    what: str(row, 'what'),
    fromCopy: str(row, 'from_copy'),
    durationMs: num(row, 'duration_ms'),
    isUsable: num(row, 'usable') === 1,
    watchedBy: str(row, 'watched_by'),
    note: str(row, 'note'),
  }
}

function* restoreTests(): Steps<readonly RestoreTest[]> {
  return (yield* all('SELECT * FROM restore_test ORDER BY at DESC, id')).map(restoreTestOf)
}

/** @returns the restore tests of one visit, oldest first. */
export function* restoreTestsOf(visitId: string): Steps<readonly RestoreTest[]> {
  return (yield* all('SELECT * FROM restore_test WHERE visit_id = ? ORDER BY at, id', visitId)).map(restoreTestOf)
}

/** Writes restore tests. */
export function* saveRestoreTests(list: readonly RestoreTest[]): Steps<void> {
  yield* many(
    `INSERT INTO restore_test (id, visit_id, machine_id, job, at, what, from_copy, duration_ms, usable, watched_by, note)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET job = excluded.job, at = excluded.at, what = excluded.what,
       from_copy = excluded.from_copy, duration_ms = excluded.duration_ms, usable = excluded.usable,
       watched_by = excluded.watched_by, note = excluded.note`,
    list.map((one) => [
      one.id,
      one.visitId,
      one.machineId,
      one.job,
      one.at,
      one.what,
      one.fromCopy,
      one.durationMs,
      one.isUsable ? 1 : 0,
      one.watchedBy,
      one.note,
    ]),
  )
}

/** Bodies of the client's methods that read what hangs on visits. */
export const visitPartMethods = {
  actions: reading(actions),
  recommendations: reading(recommendations),
  sentRecommendations: reading(sentRecommendations),
  restoreTests: reading(restoreTests),
}
