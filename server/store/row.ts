/** Typed reading of columns. A column of another type than the schema says is a damaged file or a bug, hence a throw. Pure. */

import type { SqlRow } from './statement.ts'
import { StoreError } from './store.ts'

function wrong(column: string, wanted: string): StoreError {
  return new StoreError('corrupt', `store: column "${column}" does not hold ${wanted}; restore this file from a backup`)
}

/** A number that is never null. */
export function num(row: SqlRow, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw wrong(column, 'a number')
  return value
}

/** A number or null. */
export function numOrNull(row: SqlRow, column: string): number | null {
  return row[column] === null ? null : num(row, column)
}

/** A text that is never null. */
export function str(row: SqlRow, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw wrong(column, 'a text')
  return value
}

/** A text or null. */
export function strOrNull(row: SqlRow, column: string): string | null {
  return row[column] === null ? null : str(row, column)
}

/** Bytes that are never null. */
export function bytes(row: SqlRow, column: string): Uint8Array {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw wrong(column, 'bytes')
  return value
}

/** Bytes or null. */
export function bytesOrNull(row: SqlRow, column: string): Uint8Array | null {
  return row[column] === null ? null : bytes(row, column)
}

/** One of a closed list of words. */
export function word<const W extends string>(row: SqlRow, column: string, words: readonly W[]): W {
  const value = str(row, column)
  const found = words.find((known) => known === value)
  if (found === undefined) throw wrong(column, `one of ${words.join(', ')}`)
  return found
}

/** One of a closed list of words, or null. */
export function wordOrNull<const W extends string>(row: SqlRow, column: string, words: readonly W[]): W | null {
  return row[column] === null ? null : word(row, column, words)
}

/** JSON that this store wrote itself from a `T`; only that justifies the type. */
export function json<T>(row: SqlRow, column: string): T {
  try {
    return JSON.parse(str(row, column)) as T
  } catch (cause) {
    if (cause instanceof StoreError) throw cause
    throw wrong(column, 'JSON')
  }
}
