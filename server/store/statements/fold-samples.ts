/**
 * Folding: the newest samples, kept in the order of their coming, move to the order by key and into the sums of their days, some
 * thousand in one transaction. Until then readers add them by `addNewest`. Statement bodies; the rows never leave the database,
 * because to bind a row costs more than to write it (measured).
 */
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { num, numOrNull } from '../row.ts'
import { all, one, run, type SqlRow, type Steps, writing } from '../statement.ts'
import { ADD_DAY_SUM, type DaySums } from './day-sums.ts'

/**
 * By key, so that each page is visited once; then in the order of coming, so that the later of two samples of one instant wins.
 * SQLite applies rows one by one; an engine that refuses the same key twice in a statement needs the older one left out.
 */
const MOVE_SAMPLES = `INSERT INTO sample (key_id, at, value)
  SELECT key_id, at, value FROM sample_new WHERE id <= ? ORDER BY key_id, at, id
  ON CONFLICT (key_id, at) DO UPDATE SET value = excluded.value`

const X = `(at % ${DAY_MS} / ${HOUR_MS}.0)`
/** Sums as `DaySums` makes them: `last` is the last to come, not the highest instant. */
const SUM_DAYS = `INSERT INTO sample_day (day, key_id, n, sx, sy, sxx, sxy, low, high, last, last_at, failed_at)
  SELECT g.day, g.key_id, g.n, g.sx, g.sy, g.sxx, g.sxy, g.low, g.high, l.value, l.at, f.at
  FROM (SELECT at - at % ${DAY_MS} AS day, key_id, COUNT(value) AS n, MIN(value) AS low, MAX(value) AS high,
      COALESCE(SUM(CASE WHEN value IS NOT NULL THEN ${X} END), 0) AS sx, COALESCE(SUM(value), 0) AS sy,
      COALESCE(SUM(CASE WHEN value IS NOT NULL THEN ${X} * ${X} END), 0) AS sxx, COALESCE(SUM(${X} * value), 0) AS sxy,
      MAX(CASE WHEN value IS NOT NULL THEN id END) AS last_id, MAX(CASE WHEN value IS NULL THEN id END) AS failed_id
    FROM sample_new WHERE id <= ? GROUP BY at - at % ${DAY_MS}, key_id) g
  LEFT JOIN sample_new l ON l.id = g.last_id LEFT JOIN sample_new f ON f.id = g.failed_id WHERE g.n >= 0
  ${ADD_DAY_SUM}`
const MOVE_LAST_DAY = `UPDATE sample_key SET last_day = g.day
  FROM (SELECT key_id, MAX(at - at % ${DAY_MS}) AS day FROM sample_new WHERE id <= ? GROUP BY key_id) g
  WHERE sample_key.id = g.key_id AND sample_key.last_day < g.day`

function addRow(sums: DaySums, row: SqlRow): void {
  sums.add(num(row, 'key_id'), num(row, 'at'), numOrNull(row, 'value'))
}

/** Oldest first, at most `limit`; a later sample of the same key and instant wins. @returns rows moved. */
export function* foldSamples(limit: number): Steps<number> {
  // Ids have no holes but those of rolled back batches: from the first one on there are at most `limit`.
  const row = yield* one('SELECT MIN(id) AS id FROM sample_new')
  const first = row === null ? null : numOrNull(row, 'id')
  if (first === null) return 0
  const last = first + limit - 1
  yield* run(MOVE_SAMPLES, last)
  yield* run(SUM_DAYS, last)
  yield* run(MOVE_LAST_DAY, last)
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
