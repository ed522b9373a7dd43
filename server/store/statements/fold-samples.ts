/**
 * Folding: the newest samples, kept in the order of their coming, move to the order by key and into the sums of their days, some
 * thousand in one transaction. Until then readers add them by `addNewest`. Statement bodies.
 */
import { num, numOrNull } from '../row.ts'
import { all, bulk, many, one, run, type SqlRow, type SqlValue, type Steps, writing } from '../statement.ts'
import { DaySums, daySumRow, SAVE_DAY_SUM } from './day-sums.ts'

const SAVE_SAMPLE = `INSERT INTO sample (key_id, at, value) VALUES (?, ?, ?)
  ON CONFLICT (key_id, at) DO UPDATE SET value = excluded.value`
const SAVE_LAST_DAY = 'UPDATE sample_key SET last_day = ? WHERE id = ? AND last_day < ?'

function addRow(sums: DaySums, row: SqlRow): void {
  sums.add(num(row, 'key_id'), num(row, 'at'), numOrNull(row, 'value'))
}

function* fold(rows: readonly SqlRow[]): Steps<void> {
  const sums = new DaySums()
  const samples: SqlValue[] = []
  for (const row of rows) {
    addRow(sums, row)
    samples.push(num(row, 'key_id'), num(row, 'at'), numOrNull(row, 'value'))
  }
  yield* bulk(SAVE_SAMPLE, 3, samples)
  const days = [...sums.all()]
  yield* many(SAVE_DAY_SUM, days.map(daySumRow))
  yield* many(
    SAVE_LAST_DAY,
    days.map(({ day, keyId }) => [day, keyId, day]),
  )
}

/** Oldest first, at most `limit`; a later sample of the same key and instant wins. @returns rows moved. */
export function* foldSamples(limit: number): Steps<number> {
  const oldest = 'SELECT MAX(id) AS id FROM (SELECT id FROM sample_new ORDER BY id LIMIT ?) oldest'
  const row = yield* one(oldest, limit)
  const last = row === null ? null : numOrNull(row, 'id')
  if (last === null) return 0
  yield* fold(yield* all('SELECT key_id, at, value FROM sample_new WHERE id <= ? ORDER BY key_id, id', last))
  return yield* run('DELETE FROM sample_new WHERE id <= ?', last)
}

/** Adds what is not folded yet to sums that are. @param keyId null: of all keys. */
export function* addNewest(sums: DaySums, keyId: number | null): Steps<void> {
  const where = keyId === null ? '' : 'WHERE key_id = ?'
  const sql = `SELECT key_id, at, value FROM sample_new ${where} ORDER BY id`
  for (const row of yield* all(sql, ...(keyId === null ? [] : [keyId]))) addRow(sums, row)
}

/** Body of the engine's own folding. */
export const foldMethods = { foldSamples: writing(foldSamples) }
