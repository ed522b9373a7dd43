/** One key of a JSON object, dots and all: RAID tools name keys `S.M.A.R.T alert flagged by drive`. Pure. */
import { type Peek, peek } from '../json.ts'

/** @returns the place under exactly this key; an empty place when the object does not have it. */
export function ownKey(place: Peek, key: string): Peek {
  const here = place.value
  if (typeof here !== 'object' || here === null || Array.isArray(here) || !Object.hasOwn(here, key))
    return peek(undefined)
  // Own key of a plain object that JSON.parse or a parser of this folder made.
  return peek((here as { readonly [key: string]: unknown })[key])
}
