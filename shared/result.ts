/** Result: how an error crosses a seam. Exceptions stay for bugs and a broken store. Pure. */

/** A successful result. */
export type Ok<T> = { readonly ok: true; readonly value: T }
/** A failed result. */
export type Err<E> = { readonly ok: false; readonly error: E }

/** Either a value or an error with a closed code; never both, never an exception. */
export type Result<T, E> = Ok<T> | Err<E>

/** @returns a successful result. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

/** @returns a failed result; `error` carries a closed code and a detail for people. */
export function err<E>(error: E): Err<E> {
  return { ok: false, error }
}
