/**
 * Statements as data: a store method is a generator that yields them and gets rows back, so one body serves an engine that
 * answers at once (SQLite) and one that answers later (PostgreSQL). Portable SQL only, `?` parameters. Pure.
 */

/** Integers stay safe (ids, epoch ms, counts below 2^53); booleans are 0 or 1; bytes are Uint8Array. */
export type SqlValue = string | number | Uint8Array | null
/** One row as a driver returns it, by column. */
export type SqlRow = { readonly [column: string]: SqlValue }

/**
 * `all` answers with rows, `run` with the number of rows changed. `many` runs `sql` once per `width` values, in order, and answers
 * with the sum: values lie flat, because a list per row costs as much as the row (measured).
 */
export type Statement =
  | { readonly kind: 'all' | 'run'; readonly sql: string; readonly params: readonly SqlValue[] }
  | { readonly kind: 'many'; readonly sql: string; readonly width: number; readonly values: readonly SqlValue[] }

/** What a statement answers: rows, and the count of rows changed. */
export type Answer = readonly SqlRow[] | number

/** A body of a store method: runs inside one transaction, yields statements, returns the method's result. */
export type Steps<T> = Generator<Statement, T, Answer>

/** A body with its access: `read` never writes. */
export type Method<A extends readonly unknown[], T> = {
  readonly access: 'read' | 'write'
  readonly steps: (...args: A) => Steps<T>
}

/** Declares a body that only reads. */
export function reading<A extends readonly unknown[], T>(steps: (...args: A) => Steps<T>): Method<A, T> {
  return { access: 'read', steps }
}

/** Declares a body that writes. */
export function writing<A extends readonly unknown[], T>(steps: (...args: A) => Steps<T>): Method<A, T> {
  return { access: 'write', steps }
}

/** All rows of a query. */
export function* all(sql: string, ...params: readonly SqlValue[]): Steps<readonly SqlRow[]> {
  const answer = yield { kind: 'all', sql, params }
  if (typeof answer === 'number') throw new TypeError('driver: a query was answered with a count')
  return answer
}

/** The first row of a query, or null. */
export function* one(sql: string, ...params: readonly SqlValue[]): Steps<SqlRow | null> {
  const rows = yield* all(sql, ...params)
  return rows[0] ?? null
}

/** Runs a statement; @returns rows changed. */
export function* run(sql: string, ...params: readonly SqlValue[]): Steps<number> {
  const answer = yield { kind: 'run', sql, params }
  if (typeof answer !== 'number') throw new TypeError('driver: a change was answered with rows')
  return answer
}

/** Runs a statement once per parameter list; @returns rows changed in all. */
export function* many(sql: string, lists: readonly (readonly SqlValue[])[]): Steps<number> {
  return yield* bulk(sql, lists[0]?.length ?? 0, lists.flat())
}

/** Runs a statement once per `width` values; @returns rows changed in all. */
export function* bulk(sql: string, width: number, values: readonly SqlValue[]): Steps<number> {
  if (values.length === 0) return 0
  const answer = yield { kind: 'many', sql, width, values }
  if (typeof answer !== 'number') throw new TypeError('driver: a change was answered with rows')
  return answer
}
