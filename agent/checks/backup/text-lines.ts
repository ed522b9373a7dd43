/** Lines of an answer, as far as any tool prints: a megabyte of line ends is no list. Pure and linear. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

const MAX_LINES = 20_000

/** Errors: `parse` when there are more than `max` lines: what was cut off might be the newest. */
export function textLines(text: string, max: number = MAX_LINES): Result<readonly string[], Failure> {
  const lines = text.split('\n', max + 2)
  // The end of the last line makes an empty one.
  return lines.length > max + 1
    ? err({ code: 'parse', detail: `more than ${max} lines are no answer of this tool` })
    : ok(lines)
}
