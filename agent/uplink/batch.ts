/** From spool entries to messages: consecutive records share one report, an attestation goes alone. The frozen bytes are sent as they are. Pure. */
import type { SpoolEntry } from '../spool/entry.ts'

/** One message that is JSON already, and the highest q in it. */
export type Batch = { readonly text: string; readonly lastQ: number; readonly entries: readonly SpoolEntry[] }

/** @returns the message for the first entries, as many as may share one; null when there are none. */
export function firstBatch(entries: readonly SpoolEntry[]): Batch | null {
  const [first] = entries
  if (first === undefined) return null
  if (first.kind === 'attestation') return { text: textOf(first), lastQ: first.q, entries: [first] }
  const end = entries.findIndex((entry) => entry.kind === 'attestation')
  const records = end === -1 ? entries : entries.slice(0, end)
  return { text: reportText(records.map(textOf)), lastQ: records.at(-1)?.q ?? first.q, entries: records }
}

/** @returns the payload of a report with these records. */
export function reportText(records: readonly string[]): string {
  return `{"t":"report","r":[${records.join(',')}]}`
}

function textOf(entry: SpoolEntry): string {
  return Buffer.from(entry.bytes).toString('utf8')
}
