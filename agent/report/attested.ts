/** The chain of attestations: each one names the one before. Durable, so that neither a crash before nor one after the spool breaks it. */

import { FIRST_PREV } from '../../shared/protocol/attestation.ts'
import { fromB64, toB64 } from '../../shared/protocol/bytes.ts'
import type { EpochMs } from '../../shared/units.ts'
import { readJsonFile, writeFileAtomic } from '../atomic-file.ts'

/** Where the chain stands. */
export type AttestedState = {
  /** SHA-256 of the newest attestation's transcript that reached the spool, 32 bytes. */
  readonly prev: Uint8Array
  /** When the newest one was made; null: none yet. */
  readonly at: EpochMs | null
}

/**
 * Reads the chain. An attestation that was announced and reached the spool counts, one that did not is forgotten.
 * @param lastQ highest q in the spool. A damaged file starts a new chain, which the server notices.
 */
export function readAttested(path: string, stream: Uint8Array, lastQ: number): AttestedState {
  const stored = readJsonFile(path)
  if (typeof stored !== 'object' || stored === null) return { prev: FIRST_PREV, at: null }
  const fields = stored as { readonly [key: string]: unknown }
  const bytes = (name: string) => {
    const value = fields[name]
    const decoded = typeof value === 'string' ? fromB64(value, 32) : null
    return decoded?.ok ? decoded.value : null
  }
  const [prev, next] = [bytes('prev'), bytes('next')]
  const { q, at } = fields
  if (prev === null || next === null || typeof q !== 'number' || typeof at !== 'number')
    return { prev: FIRST_PREV, at: null }
  const reachedSpool = fields['stream'] !== toB64(stream) || q <= lastQ
  return reachedSpool ? { prev: next, at } : { prev, at: null }
}

/** Announces the attestation `q` before it is appended. @param next SHA-256 of its transcript. */
export function announceAttested(
  path: string,
  entry: {
    readonly prev: Uint8Array
    readonly next: Uint8Array
    readonly q: number
    readonly at: EpochMs
    readonly stream: Uint8Array
  },
): void {
  const { q, at } = entry
  const stored = { prev: toB64(entry.prev), next: toB64(entry.next), q, at, stream: toB64(entry.stream) }
  writeFileAtomic(path, `${JSON.stringify(stored)}\n`, { mode: 0o600 })
}
