/** Findings and transitions of one client. Statement bodies and their row mapping. */
import { REASON_CODES } from '../../../shared/reading.ts'
import type { RuleId } from '../../../shared/rules.ts'
import { SEVERITIES } from '../../../shared/severity.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Finding, Transition } from '../../findings/finding.ts'
import { json, num, numOrNull, str, strOrNull, word, wordOrNull } from '../row.ts'
import { all, many, one, reading, type SqlRow, type SqlValue, type Steps } from '../statement.ts'

const KINDS = ['opened', 'worsened', 'improved', 'resolved', 'fired', 'blinded', 'unblinded'] as const
/** Columns of a finding, in the order in which `row` reads them. */
export const FINDING_COLUMNS = `f.id, f.number, m.id AS machine_id, f.rule, f.item, f.severity, f.value_list, f.opened_at, f.changed_at,
  f.resolved_at, f.clearing_since, f.blind_since, f.blind_code, f.alert`

/** A stored finding. The rule's id and values were written from a Finding; a later version may know fewer rules. */
export function findingOf(row: SqlRow): Finding {
  const since = numOrNull(row, 'blind_since')
  return {
    id: str(row, 'id'),
    number: num(row, 'number'),
    machineId: str(row, 'machine_id'),
    rule: str(row, 'rule') as RuleId,
    item: str(row, 'item'),
    severity: word(row, 'severity', SEVERITIES),
    values: json<Finding['values']>(row, 'value_list'),
    openedAt: num(row, 'opened_at'),
    changedAt: num(row, 'changed_at'),
    resolvedAt: numOrNull(row, 'resolved_at'),
    clearingSince: numOrNull(row, 'clearing_since'),
    blind: since === null ? null : { since, code: word(row, 'blind_code', REASON_CODES) },
    alert: json<Finding['alert']>(row, 'alert'),
  }
}

function transitionOf(row: SqlRow): Transition {
  return {
    findingId: str(row, 'finding_id'),
    machineId: str(row, 'machine_id'),
    rule: str(row, 'rule') as RuleId,
    item: str(row, 'item'),
    kind: word(row, 'kind', KINDS),
    at: num(row, 'at'),
    from: wordOrNull(row, 'from_severity', SEVERITIES),
    to: wordOrNull(row, 'to_severity', SEVERITIES),
    values: strOrNull(row, 'value_list') === null ? null : json<Transition['values']>(row, 'value_list'),
  }
}

/** Gives each new finding (`number` 0) the client's next number. */
function* numbered(findings: readonly Finding[]): Steps<readonly Finding[]> {
  const out: Finding[] = []
  for (const finding of findings) {
    if (finding.number > 0) {
      out.push(finding)
      continue
    }
    const next = yield* one(`UPDATE counter SET value = value + 1 WHERE name = 'finding' RETURNING value`)
    out.push({ ...finding, number: next === null ? 0 : num(next, 'value') })
  }
  return out
}

function rowOf(finding: Finding, machine: number): readonly SqlValue[] {
  const { id, number, rule, item, severity, values, openedAt, changedAt, resolvedAt, clearingSince, blind, alert } =
    finding
  return [
    id,
    number,
    machine,
    rule,
    item,
    severity,
    JSON.stringify(values),
    openedAt,
    changedAt,
    resolvedAt,
    clearingSince,
    blind === null ? null : blind.since,
    blind === null ? null : blind.code,
    JSON.stringify(alert),
  ]
}

/** Writes findings that were opened or changed. @returns them with their numbers. */
export function* saveFindings(machine: number, findings: readonly Finding[]): Steps<readonly Finding[]> {
  const rows = yield* numbered(findings)
  yield* many(
    `INSERT INTO finding (id, number, machine, rule, item, severity, value_list, opened_at, changed_at, resolved_at,
       clearing_since, blind_since, blind_code, alert) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET severity = excluded.severity, value_list = excluded.value_list,
       changed_at = excluded.changed_at, resolved_at = excluded.resolved_at, clearing_since = excluded.clearing_since,
       blind_since = excluded.blind_since, blind_code = excluded.blind_code, alert = excluded.alert`,
    rows.map((finding) => rowOf(finding, machine)),
  )
  return rows
}

/** Appends transitions. */
export function* saveTransitions(machine: number, transitions: readonly Transition[]): Steps<void> {
  yield* many(
    `INSERT INTO transition (finding_id, machine, rule, item, kind, at, from_severity, to_severity, value_list)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    transitions.map(({ findingId, rule, item, kind, at, from, to, values }) => [
      findingId,
      machine,
      rule,
      item,
      kind,
      at,
      from,
      to,
      values === null ? null : JSON.stringify(values),
    ]),
  )
}

type FindingFilter = {
  readonly machineId?: string
  readonly open?: boolean
  readonly since?: EpochMs
  readonly number?: number
  readonly limit: number
}

function* findings({ machineId, open, since, number, limit }: FindingFilter): Steps<readonly Finding[]> {
  const wanted: string[] = []
  const params: SqlValue[] = []
  if (machineId !== undefined) {
    wanted.push('m.id = ?')
    params.push(machineId)
  }
  if (since !== undefined) {
    wanted.push('(f.resolved_at IS NULL OR f.resolved_at >= ?)')
    params.push(since)
  }
  if (number !== undefined) {
    wanted.push('f.number = ?')
    params.push(number)
  }
  if (open !== undefined) wanted.push(open ? 'f.resolved_at IS NULL' : 'f.resolved_at IS NOT NULL')
  const where = wanted.length === 0 ? '' : `WHERE ${wanted.join(' AND ')}`
  const sql = `SELECT ${FINDING_COLUMNS} FROM finding f JOIN machine m ON m.num = f.machine ${where} ORDER BY f.number DESC LIMIT ?`
  return (yield* all(sql, ...params, limit)).map(findingOf)
}

type TransitionFilter = {
  readonly machineId?: string
  readonly findingId?: string
  readonly since?: EpochMs
  readonly limit: number
}

function* transitions({ machineId, findingId, since, limit }: TransitionFilter): Steps<readonly Transition[]> {
  const wanted: string[] = []
  const params: SqlValue[] = []
  if (findingId !== undefined) {
    wanted.push('t.finding_id = ?')
    params.push(findingId)
  }
  if (machineId !== undefined) {
    wanted.push('m.id = ?')
    params.push(machineId)
  }
  if (since !== undefined) {
    wanted.push('t.at >= ?')
    params.push(since)
  }
  const where = wanted.length === 0 ? '' : `WHERE ${wanted.join(' AND ')}`
  const sql = `SELECT t.*, m.id AS machine_id FROM transition t JOIN machine m ON m.num = t.machine ${where}
    ORDER BY t.at DESC, t.id DESC LIMIT ?`
  return (yield* all(sql, ...params, limit)).map(transitionOf)
}

/** Bodies of the client's methods that read findings. */
export const findingMethods = { findings: reading(findings), transitions: reading(transitions) }
