/** The record that stands for lost ones. Made when it is read; the same loss always gives the same bytes. Pure. */
import type { GapReason } from '../../shared/protocol/record.ts'
import type { SpoolEntry } from './entry.ts'

/**
 * @param from first lost q. @param next the record standing alone with which reading goes on; the gap ends right before it
 * and bears its times.
 */
export function makeGap(from: number, next: SpoolEntry, why: GapReason): SpoolEntry {
  const q = next.q - 1
  const up = readUp(next.bytes)
  const bytes = Buffer.from(JSON.stringify({ q, at: next.at, up, gap: { from, why } }))
  return { kind: 'gap', q, at: next.at, full: false, bytes }
}

function readUp(bytes: Uint8Array): number {
  // The bytes are our own record: it always has `up`.
  const record: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
  return typeof record === 'object' && record !== null && 'up' in record ? Number(record.up) : 0
}
