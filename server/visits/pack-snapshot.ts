/**
 * A snapshot as stored bytes and back. Not pure: deflates beside the event loop, and makes and reads the JSON machine by machine with pauses,
 * for agents must not wait for their acknowledgements meanwhile (visit-report.md, Speed).
 */
import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import { Breather, parseInPieces } from './parse-in-pieces.ts'
import type { PackedSnapshot, Snapshot } from './visit.ts'

const deflateBytes = promisify(deflate)
const inflateBytes = promisify(inflate)

/** @returns the deflated JSON and its hash. The JSON is that of JSON.stringify. */
export async function packSnapshot(snapshot: Snapshot): Promise<PackedSnapshot> {
  const parts: Buffer[] = []
  for await (const part of jsonParts(snapshot)) parts.push(Buffer.from(part))
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  const body = await deflateBytes(Buffer.concat(parts))
  return { at: snapshot.at, hash: hash.digest(), body }
}

async function* jsonParts(snapshot: Snapshot): AsyncGenerator<string> {
  const { machines, ...rest } = snapshot
  const breather = new Breather()
  let comma = ''
  for (const [key, value] of Object.entries({ ...rest, machines })) {
    yield `${comma === '' ? '{' : ','}${JSON.stringify(key)}:`
    comma = ','
    if (!Array.isArray(value)) {
      yield JSON.stringify(value)
      continue
    }
    yield '['
    for (const [at, one] of value.entries()) {
      yield `${at === 0 ? '' : ','}${JSON.stringify(one)}`
      await breather.breathe()
    }
    yield ']'
  }
  yield '}'
}

/** @returns the JSON whose SHA-256 is the snapshot's hash. @throws when the bytes were damaged. */
export async function snapshotJson({ body, hash }: PackedSnapshot): Promise<Buffer> {
  const json = await inflateBytes(body)
  const found = createHash('sha256').update(json).digest()
  if (!found.equals(hash)) throw new Error('snapshot: the stored bytes do not have the hash that was stored with them')
  return json
}

/** @returns the snapshot. @throws when the bytes were damaged. */
export async function unpackSnapshot(packed: PackedSnapshot): Promise<Snapshot> {
  const json = await snapshotJson(packed)
  await nextTurn()
  // Written by packSnapshot from a Snapshot, and proven by its hash.
  return (await parseInPieces(json)) as Snapshot
}
