/** What the spool of a stopped agent holds: the truth that the store is compared with. Reads the folder; not pure. */
import fs from 'node:fs'
import path from 'node:path'
import { decodeEntry } from '../../../agent/spool/entry.ts'
import { isSegmentName } from '../../../agent/spool/segment.ts'
import type { WireRecord } from '../../../shared/protocol/record.ts'

export type SpoolContent = {
  readonly stream: Uint8Array
  readonly lastQ: number
  /** Every number, in order of the files. */
  readonly qs: readonly number[]
  readonly attestations: readonly number[]
  /** Values of each sample, `<check> <key>`, in the order in which they were sent. */
  readonly samples: ReadonlyMap<string, readonly (number | null)[]>
}

/** Reads every sound entry; a torn tail was never fsynced. */
export function readSpool(folder: string): SpoolContent {
  const { stream } = JSON.parse(fs.readFileSync(path.join(folder, 'stream.json'), 'utf8')) as { stream: string }
  const qs: number[] = []
  const attestations: number[] = []
  const samples = new Map<string, (number | null)[]>()
  const keys = new Map<string, readonly string[]>()
  for (const name of fs.readdirSync(folder).filter(isSegmentName).sort()) {
    const bytes = fs.readFileSync(path.join(folder, name))
    for (let next = decodeEntry(bytes, 0); next !== null; next = decodeEntry(bytes, next.end)) {
      const { q, kind, bytes: body } = next.entry
      qs.push(q)
      if (kind === 'attestation') attestations.push(q)
      else note(JSON.parse(Buffer.from(body).toString('utf8')) as WireRecord, keys, samples)
    }
  }
  return { stream: Buffer.from(stream, 'base64url'), lastQ: qs.at(-1) ?? 0, qs, attestations, samples }
}

/** Numbers of `v` name the keys of the newest body of their check. */
function note(record: WireRecord, keys: Map<string, readonly string[]>, samples: Map<string, (number | null)[]>): void {
  for (const [check, section] of Object.entries(record.s ?? {})) {
    const listed = section.b?.['samples']
    if (Array.isArray(listed)) keys.set(check, listed.map(String))
  }
  for (const [check, pairs] of Object.entries(record.v ?? {})) {
    for (let at = 0; at < pairs.length; at += 2) {
      const key = `${check} ${keys.get(check)?.[pairs[at] ?? -1]}`
      const values = samples.get(key) ?? []
      values.push(pairs[at + 1] ?? null)
      samples.set(key, values)
    }
  }
}
