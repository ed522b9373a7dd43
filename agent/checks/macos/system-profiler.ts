/** The frame around everything that `system_profiler` prints as JSON (`-json`) or as a property list (`-xml`). Pure and total. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson } from '../json.ts'
import { parsePlist } from './plist.ts'

/**
 * Items by data type. JSON is one object of them; the property list an array with `_dataType` and `_items`.
 * Errors: `empty`, `parse`.
 */
export function dataTypes(bytes: Uint8Array): Result<ReadonlyMap<string, readonly Peek[]>, Failure> {
  const isJson = /^\s{0,64}[{[]/.test(decode(bytes.subarray(0, 512)))
  const root = isJson ? parseJson(decode(bytes)) : parsePlist(bytes)
  if (!root.ok) return root
  const found = new Map<string, readonly Peek[]>()
  for (const key of root.value.keys()) if (key.startsWith('SP')) found.set(key, root.value.list(key, 256))
  for (const entry of root.value.list('', 64)) {
    const type = entry.text('_dataType', 64)
    if (type !== null) found.set(type, entry.list('_items', 256))
  }
  if (found.size === 0) return err({ code: 'parse', detail: 'not the output of system_profiler' })
  return ok(found)
}
