/** A JSON list entry by entry, stopping at the first that is none: a megabyte of numbers must not be peeked into one by one. Pure. */
import { type Peek, peek } from '../json.ts'

/** @returns what `map` made of each of the first `max`; null: the place holds no list, or `map` refused one (null). */
export function mapEntries<T>(place: Peek, max: number, map: (entry: Peek) => T | null): readonly T[] | null {
  if (!Array.isArray(place.value)) return null
  const mapped: T[] = []
  for (const entry of place.value.slice(0, max)) {
    const one = map(peek(entry))
    if (one === null) return null
    mapped.push(one)
  }
  return mapped
}
