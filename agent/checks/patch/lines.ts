/** Lines of an answer, refused where there are more than any such tool prints: a megabyte of line ends must cost no time. Pure. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

/** More lines than any list of updates has (a whole distribution that waits is some 6,000 packages). */
export const MOST_LINES = 20_000

/** Errors: `parse` (more than `most` lines; what is longer is not read in part, because the rest may hold the worst). */
export function linesOf(text: string, most: number = MOST_LINES): Result<readonly string[], Failure> {
  const lines = text.split('\n', most + 1)
  return lines.length > most
    ? err({ code: 'parse', detail: `more than ${most} lines: no answer is that long` })
    : ok(lines)
}
