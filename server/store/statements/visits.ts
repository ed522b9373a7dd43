/** Visits of one client, their snapshots and sent reports. Statement bodies; the engine runs each in one transaction. */
import { LANGUAGES } from '../../../shared/text/format.ts'
import { VISIT_KINDS, VISIT_STATES } from '../../../shared/visits.ts'
import type { SentReport, SnapshotAttestation, Visit, VisitChange, VisitFile } from '../../visits/visit.ts'
import { bytes, bytesOrNull, json, num, numOrNull, str, strOrNull, word } from '../row.ts'
import { all, many, one, reading, run, type SqlRow, type SqlValue, type Steps, writing } from '../statement.ts'
import type { StoredSnapshot, VisitSaved } from '../visit-store.ts'
import { saveAcceptances } from './acceptances.ts'
import {
  keepSent,
  recommendationsOf,
  restoreTestsOf,
  saveActions,
  saveRecommendations,
  saveRestoreTests,
  withdrawRecommendations,
} from './visit-parts.ts'

function visitOf(row: SqlRow): Visit {
  return {
    id: str(row, 'id'),
    date: str(row, 'date'),
    kind: word(row, 'kind', VISIT_KINDS),
    state: word(row, 'state', VISIT_STATES),
    plannedAt: num(row, 'planned_at'),
    author: str(row, 'author'),
    authorId: strOrNull(row, 'author_id'),
    recipient: str(row, 'recipient'),
    createdAt: num(row, 'created_at'),
    openedAt: numOrNull(row, 'opened_at'),
    closedAt: numOrNull(row, 'closed_at'),
    sentAt: numOrNull(row, 'sent_at'),
    minutes: str(row, 'minutes'),
    revision: num(row, 'revision'),
    corrections: json<Visit['corrections']>(row, 'corrections'),
    version: num(row, 'version'),
  }
}

/** Everything but the id, in the order of both statements below. */
function valuesOf(visit: Visit, version: number): readonly SqlValue[] {
  return [
    visit.date,
    visit.kind,
    visit.state,
    visit.plannedAt,
    visit.author,
    visit.authorId,
    visit.recipient,
    visit.createdAt,
    visit.openedAt,
    visit.closedAt,
    visit.sentAt,
    visit.minutes,
    visit.revision,
    JSON.stringify(visit.corrections),
    version,
  ]
}

function* addVisit(visit: Visit): Steps<'added' | 'exists'> {
  const added = yield* run(
    `INSERT INTO visit (date, kind, state, planned_at, author, author_id, recipient, created_at, opened_at, closed_at,
       sent_at, minutes, revision, corrections, version, id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ...valuesOf(visit, visit.version),
    visit.id,
  )
  return added === 0 ? 'exists' : 'added'
}

function* visits(): Steps<readonly Visit[]> {
  return (yield* all('SELECT * FROM visit ORDER BY date DESC')).map(visitOf)
}

function* visitFile(id: string): Steps<VisitFile | null> {
  const row = yield* one('SELECT * FROM visit WHERE id = ?', id)
  if (row === null) return null
  return {
    visit: visitOf(row),
    recommendations: yield* recommendationsOf(id),
    restoreTests: yield* restoreTestsOf(id),
    reports: (yield* all('SELECT * FROM sent_report WHERE visit_id = ? ORDER BY revision', id)).map(reportOf),
  }
}

/** @returns why a visit of this version cannot be written; null: it can. */
function* refusalOf(id: string, version: number): Steps<'stale' | 'absent' | null> {
  const row = yield* one('SELECT version FROM visit WHERE id = ?', id)
  if (row === null) return 'absent'
  return num(row, 'version') === version ? null : 'stale'
}

function* saveVisit(change: VisitChange): Steps<VisitSaved> {
  const { visit, version } = change
  const refusal = yield* refusalOf(visit.id, version)
  if (refusal !== null) return { state: refusal }
  const taken = yield* one('SELECT id FROM visit WHERE date = ? AND id <> ?', visit.date, visit.id)
  if (taken !== null) return { state: 'date-taken' }
  yield* run(
    `UPDATE visit SET date = ?, kind = ?, state = ?, planned_at = ?, author = ?, author_id = ?, recipient = ?,
       created_at = ?, opened_at = ?, closed_at = ?, sent_at = ?, minutes = ?, revision = ?, corrections = ?, version = ?
     WHERE id = ?`,
    ...valuesOf(visit, version + 1),
    visit.id,
  )
  yield* saveParts(change)
  return { state: 'saved', visit: { ...visit, version: version + 1 } }
}

function* saveParts(change: VisitChange): Steps<void> {
  const { visit, actions, recommendations, withdrawn, restoreTests, acceptances, snapshot, report } = change
  if (actions !== undefined) yield* saveActions(actions)
  if (withdrawn !== undefined) yield* withdrawRecommendations(visit.id, withdrawn)
  if (recommendations !== undefined) yield* saveRecommendations(recommendations)
  if (restoreTests !== undefined) yield* saveRestoreTests(restoreTests)
  if (acceptances !== undefined) yield* saveAcceptances(acceptances)
  if (snapshot !== undefined) yield* saveSnapshot(visit.id, snapshot)
  if (report !== undefined) yield* saveReport(report)
  if (report !== undefined) yield* keepSent(visit.id)
}

/** @throws when there is one already: a visit has one snapshot, for ever. */
function* saveSnapshot(visitId: string, { packed, attestations }: NonNullable<VisitChange['snapshot']>): Steps<void> {
  const { at, hash, body } = packed
  yield* run('INSERT INTO snapshot (visit_id, at, hash, body) VALUES (?, ?, ?, ?)', visitId, at, hash, body)
  yield* many(
    'INSERT INTO snapshot_attestation (visit_id, machine_id, public_key, agent_id, stream, q, at, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    attestations.map(({ machineId, publicKey, agentId, attestation }) => [
      visitId,
      machineId,
      publicKey,
      agentId,
      attestation?.stream ?? null,
      attestation?.q ?? null,
      attestation?.at ?? null,
      attestation?.hash ?? null,
      attestation?.body ?? null,
    ]),
  )
}

function attestationOf(row: SqlRow): SnapshotAttestation {
  const hash = bytesOrNull(row, 'hash')
  const attestation =
    hash === null
      ? null
      : { stream: bytes(row, 'stream'), q: num(row, 'q'), at: num(row, 'at'), hash, body: str(row, 'body') }
  return {
    machineId: str(row, 'machine_id'),
    publicKey: bytes(row, 'public_key'),
    agentId: bytes(row, 'agent_id'),
    attestation,
  }
}

function* snapshot(visitId: string): Steps<StoredSnapshot | null> {
  const row = yield* one('SELECT at, hash, body FROM snapshot WHERE visit_id = ?', visitId)
  if (row === null) return null
  const evidence = yield* all('SELECT * FROM snapshot_attestation WHERE visit_id = ? ORDER BY machine_id', visitId)
  return {
    at: num(row, 'at'),
    hash: bytes(row, 'hash'),
    body: bytes(row, 'body'),
    attestations: evidence.map(attestationOf),
  }
}

function reportOf(row: SqlRow): SentReport {
  return {
    visitId: str(row, 'visit_id'),
    revision: num(row, 'revision'),
    sentAt: num(row, 'sent_at'),
    language: word(row, 'language', LANGUAGES),
    name: str(row, 'name'),
    pdfHash: bytes(row, 'pdf_hash'),
    htmlHash: bytes(row, 'html_hash'),
    manifestHash: bytes(row, 'manifest_hash'),
  }
}

/** @throws when the revision was sent already. */
function* saveReport(report: SentReport): Steps<void> {
  yield* run(
    `INSERT INTO sent_report (visit_id, revision, sent_at, language, name, pdf_hash, html_hash, manifest_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    report.visitId,
    report.revision,
    report.sentAt,
    report.language,
    report.name,
    report.pdfHash,
    report.htmlHash,
    report.manifestHash,
  )
}

function* sentReports(): Steps<readonly SentReport[]> {
  return (yield* all('SELECT * FROM sent_report ORDER BY sent_at, visit_id, revision')).map(reportOf)
}

/** A visit that only stands in the calendar. */
const EMPTY = `opened_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM recommendation r WHERE r.visit_id = visit.id)
  AND NOT EXISTS (SELECT 1 FROM action a WHERE a.made_in = visit.id OR a.done_in = visit.id)
  AND NOT EXISTS (SELECT 1 FROM restore_test t WHERE t.visit_id = visit.id)
  AND NOT EXISTS (SELECT 1 FROM acceptance c WHERE c.visit_id = visit.id)`

function* removeVisit(id: string, version: number): Steps<'removed' | 'stale' | 'absent'> {
  const refusal = yield* refusalOf(id, version)
  if (refusal !== null) return refusal
  return (yield* run(`DELETE FROM visit WHERE id = ? AND ${EMPTY}`, id)) === 0 ? 'absent' : 'removed'
}

/** Bodies of the client's methods about visits. */
export const visitMethods = {
  addVisit: writing(addVisit),
  visits: reading(visits),
  visitFile: reading(visitFile),
  saveVisit: writing(saveVisit),
  removeVisit: writing(removeVisit),
  snapshot: reading(snapshot),
  sentReports: reading(sentReports),
}
