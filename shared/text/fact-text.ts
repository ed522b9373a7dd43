/** The texts that every fact has in every language. Types only; a missing key or language does not compile. */
import type { FactKey, FactValues } from '../api/facts.ts'
import type { Formatter } from './format.ts'

/** Name of the fact and its value in words. `name` null: the item itself names it (a volume, a drive). */
export type FactText<V> = {
  readonly name: string | null
  readonly say: (v: V, f: Formatter) => string
}

/** Every fact has its text, in each language. */
export type FactTexts = { readonly [K in FactKey]: FactText<FactValues[K]> }

/** Those of one check. */
export type FactTextsOf<C extends string> = { readonly [K in FactKey & `${C}.${string}`]: FactText<FactValues[K]> }
