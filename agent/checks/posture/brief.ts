/** Tools that say little: more than they can ever print is no answer of theirs, and is not looked through. Pure. */
import { err } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'

const MAX_BYTES = 256 * 1024

/** @returns the source, which says `parse` to anything longer than 256 KiB. */
export function brief(source: Source<'posture'>): Source<'posture'> {
  return {
    ...source,
    parse: (input) =>
      input.stdout.length > MAX_BYTES
        ? err({ code: 'parse', detail: `longer than any answer of this tool: ${input.stdout.length} bytes` })
        : source.parse(input),
  }
}
