/** Saving a batch of accepted records exactly once. The hot path: one row per sample, one intake row per machine; sums are made when samples are folded (fold-samples.ts). */
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import { bytesOrNull, num, numOrNull, str } from '../row.ts'
import { bulk, one, run, type SqlRow, type SqlValue, type Steps, writing } from '../statement.ts'
import type { AcceptedRecord } from '../store.ts'

/**
 * Ids of sample keys by machine number, check and key, kept between batches, for an id never changes. The engine clears it when a
 * transaction is rolled back: the ids may have been made in it.
 */
export type KeyCache = Map<number, Map<string, Map<string, number>>>

/** What a batch writes at its end, each statement once over all its rows; values lie flat. */
type Pending = {
  readonly samples: SqlValue[]
  readonly intakes: SqlValue[]
}

/** The machine's intake row while its records are applied. */
type Intake = {
  readonly machine: number
  stream: Uint8Array | null
  upTo: number
  lastReportAt: EpochMs | null
  collected: { [checkOrPart: string]: EpochMs }
  lastBytes: number | null
  day: EpochMs
  dayBytes: number
  dayRecords: number
}

const SAVE_SAMPLE = 'INSERT INTO sample_new (key_id, at, value) VALUES (?, ?, ?)'
/** The row is there: it was read in this transaction. Written like this, rows go by the block. */
const SAVE_INTAKE = `INSERT INTO intake (machine, stream, up_to, last_report_at, collected, last_bytes, day, day_bytes, day_records)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (machine) DO UPDATE SET stream = excluded.stream, up_to = excluded.up_to,
    last_report_at = excluded.last_report_at, collected = excluded.collected, last_bytes = excluded.last_bytes,
    day = excluded.day, day_bytes = excluded.day_bytes, day_records = excluded.day_records`
/** No join: SQLite 3.54 prepares a join anew for each id that is bound, at eight times the cost of the row (measured 2026-11). */
const READ_INTAKE = `SELECT machine, stream, up_to, last_report_at, collected, last_bytes, day, day_bytes, day_records
  FROM intake WHERE machine = (SELECT num FROM machine WHERE id = ?)`

function intakeOf(row: SqlRow): Intake {
  return {
    machine: num(row, 'machine'),
    stream: bytesOrNull(row, 'stream'),
    upTo: num(row, 'up_to'),
    lastReportAt: numOrNull(row, 'last_report_at'),
    // Written below from instants only.
    collected: JSON.parse(str(row, 'collected')) as Intake['collected'],
    lastBytes: numOrNull(row, 'last_bytes'),
    day: num(row, 'day'),
    dayBytes: num(row, 'day_bytes'),
    dayRecords: num(row, 'day_records'),
  }
}

function rowOf(intake: Intake): SqlValue[] {
  const { stream, upTo, lastReportAt, collected, lastBytes, day, dayBytes, dayRecords, machine } = intake
  return [machine, stream, upTo, lastReportAt, JSON.stringify(collected), lastBytes, day, dayBytes, dayRecords]
}

/** Keeps the mark of the stream that ends and takes up that of the one that begins, or comes back. */
function* switchStream(intake: Intake, stream: Uint8Array): Steps<void> {
  const { machine } = intake
  if (intake.stream !== null) {
    const sql = `INSERT INTO stream (machine, stream, up_to) VALUES (?, ?, ?)
      ON CONFLICT (machine, stream) DO UPDATE SET up_to = excluded.up_to`
    yield* run(sql, machine, intake.stream, intake.upTo)
  }
  const known = yield* one('SELECT up_to FROM stream WHERE machine = ? AND stream = ?', machine, stream)
  yield* run('UPDATE judgement SET assessed_q = 0 WHERE machine = ?', machine)
  intake.stream = stream
  intake.upTo = known === null ? 0 : num(known, 'up_to')
}

function* findKey(machine: number, check: string, key: string): Steps<number> {
  const params = [machine, check, key] as const
  yield* run(
    'INSERT INTO sample_key (machine, check_name, sample_key, last_day) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING',
    ...params,
  )
  const row = yield* one('SELECT id FROM sample_key WHERE machine = ? AND check_name = ? AND sample_key = ?', ...params)
  return row === null ? 0 : num(row, 'id')
}

function childOf<K, V>(map: Map<K, Map<string, V>>, key: K): Map<string, V> {
  let child = map.get(key)
  if (child === undefined) {
    child = new Map()
    map.set(key, child)
  }
  return child
}

function* saveSamples(record: AcceptedRecord, machine: number, cache: KeyCache, pending: Pending): Steps<void> {
  const checks = childOf(cache, machine)
  const { at } = record
  for (const { check, key, value } of record.samples) {
    const keys = childOf(checks, check)
    let id = keys.get(key)
    if (id === undefined) {
      id = yield* findKey(machine, check, key)
      keys.set(key, id)
    }
    pending.samples.push(id, at, value)
  }
}

function* saveSections({ sections, at, q }: AcceptedRecord, machine: number): Steps<void> {
  for (const { check, hash, body } of sections) {
    const last = yield* one(
      'SELECT hash FROM section WHERE machine = ? AND check_name = ? ORDER BY id DESC LIMIT 1',
      machine,
      check,
    )
    const stored = last === null ? null : bytesOrNull(last, 'hash')
    if (stored !== null && Buffer.compare(stored, hash) === 0) continue
    const sql = 'INSERT INTO section (machine, check_name, at, q, hash, body) VALUES (?, ?, ?, ?, ?, ?)'
    yield* run(sql, machine, check, at, q, hash, body)
  }
}

function* saveGap({ gap, q, at }: AcceptedRecord, machine: number): Steps<void> {
  if (gap === null) return
  yield* run(
    'INSERT INTO gap (machine, from_q, to_q, why, at) VALUES (?, ?, ?, ?, ?)',
    machine,
    gap.from,
    q,
    gap.why,
    at,
  )
}

function* saveAttestation(record: AcceptedRecord, machine: number): Steps<void> {
  const { attestation, stream, q, at, receivedAt } = record
  if (attestation === undefined) return
  const last = yield* one('SELECT hash FROM attestation WHERE machine = ? ORDER BY id DESC LIMIT 1', machine)
  const due = last === null ? null : bytesOrNull(last, 'hash')
  const isChained =
    due === null ? attestation.prev.every((byte) => byte === 0) : Buffer.compare(due, attestation.prev) === 0
  yield* run(
    'INSERT INTO attestation (machine, stream, q, at, received_at, hash, chained, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    machine,
    stream,
    q,
    at,
    receivedAt,
    attestation.hash,
    isChained ? 1 : 0,
    attestation.body,
  )
}

/** A check that was collected replaces the times of all its parts: a part that it does not name is as new as the check. */
function noteCollected(intake: Intake, { collectedAt }: AcceptedRecord): void {
  for (const known in intake.collected) {
    const mark = known.indexOf('#')
    if (mark > 0 && known.slice(0, mark) in collectedAt) delete intake.collected[known]
  }
  Object.assign(intake.collected, collectedAt)
}

/** What a record changes in the intake row itself. */
function noteRecord(intake: Intake, record: AcceptedRecord): void {
  intake.upTo = record.q
  intake.lastReportAt = record.receivedAt
  intake.lastBytes = record.bytes
  const day = record.receivedAt - (record.receivedAt % DAY_MS)
  if (day !== intake.day) {
    intake.day = day
    intake.dayBytes = 0
    intake.dayRecords = 0
  }
  intake.dayBytes += record.bytes
  intake.dayRecords += 1
  noteCollected(intake, record)
}

function* saveMachine(
  records: readonly AcceptedRecord[],
  intake: Intake,
  cache: KeyCache,
  pending: Pending,
): Steps<void> {
  const { machine } = intake
  for (const record of records) {
    if (intake.stream === null || Buffer.compare(intake.stream, record.stream) !== 0) {
      yield* switchStream(intake, record.stream)
    }
    if (record.q <= intake.upTo) continue
    // Never over a hole: what is missing below would count as durable.
    if (record.q > intake.upTo + 1 && (record.gap === null || record.gap.from > intake.upTo + 1)) break
    noteRecord(intake, record)
    if (record.samples.length > 0) yield* saveSamples(record, machine, cache, pending)
    if (record.sections.length > 0) yield* saveSections(record, machine)
    if (record.gap !== null) yield* saveGap(record, machine)
    if (record.attestation !== undefined) yield* saveAttestation(record, machine)
  }
  pending.intakes.push(...rowOf(intake))
}

/** Records of each machine in their order. */
function byMachine(batch: readonly AcceptedRecord[]): ReadonlyMap<string, readonly AcceptedRecord[]> {
  const groups = new Map<string, AcceptedRecord[]>()
  for (const record of batch) {
    const group = groups.get(record.machineId)
    if (group === undefined) groups.set(record.machineId, [record])
    else group.push(record)
  }
  return groups
}

function* saveRecords(batch: readonly AcceptedRecord[], cache: KeyCache): Steps<ReadonlyMap<string, number>> {
  const upTo = new Map<string, number>()
  const pending: Pending = { samples: [], intakes: [] }
  for (const [machineId, records] of byMachine(batch)) {
    const row = yield* one(READ_INTAKE, machineId)
    // A machine that the file does not know gets no answer, hence no ack; its agent resends after the next enrollment step.
    if (row === null) continue
    const intake = intakeOf(row)
    yield* saveMachine(records, intake, cache, pending)
    upTo.set(machineId, intake.upTo)
  }
  yield* bulk(SAVE_SAMPLE, 3, pending.samples)
  yield* bulk(SAVE_INTAKE, 9, pending.intakes)
  return upTo
}

/** Body of the client's `saveRecords`; the engine adds its key cache. */
export const recordMethods = { saveRecords: writing(saveRecords) }
