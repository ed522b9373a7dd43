/** Names of a section's samples: the list that the wire's sample indexes point into. Pure. */
import { Type } from 'typebox'
import { text } from '../reading.ts'

/**
 * Sorted, unique keys such as `volume:/srv:usedBytes`. Form: `kind:item:measure` or `kind:measure`; the item may hold colons.
 * The key list is part of the hashed section; the numbers travel apart from it (wire.md, record `v`).
 */
export const SampleKeys = Type.Array(text(512), { maxItems: 512 })

/** Numbers that move, by key; null: measured and failed. Never part of what is hashed. */
export type SampleValues = { readonly [key: string]: number | null }
