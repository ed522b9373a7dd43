/** Finds the JSON in what a backup tool printed: adverts and warnings may stand before it, nothing behind it. Pure and linear. */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { type Peek, parseJson } from '../json.ts'
import { textLines } from './text-lines.ts'

const MAX_STARTS = 5
const MAX_BAD_LINES = 50
/** 4 MiB of the shortest lines that a run writes about a file. */
const MAX_LINES = 100_000
const MAX_TOLD = 5_000

/** Line that begins like a document. `[0:00] 100.00% …` is progress, which restic 0.19 prints before its answer. */
const START = /^[ \t]*(?:\{|\[(?!\d{1,6}:\d\d))/gm

/** Whether the text holds a line that begins like a JSON document. */
export function looksLikeJson(text: string): boolean {
  return text.search(START) !== -1
}

/**
 * @returns the document that begins at one of the first lines that look like one and ends with the text. Errors: `empty`, `parse`; also
 * when a whole document stands before it: two answers are none.
 */
export function parseJsonOutput(text: string): Result<Peek, Failure> {
  const whole = parseJson(text)
  if (whole.ok || whole.error.code === 'empty') return whole
  const starts: number[] = []
  for (const { index } of text.matchAll(START)) {
    const found = index > 0 ? parseJson(text.slice(index)) : whole
    if (found.ok) return starts.some((start) => parseJson(text.slice(start, index)).ok) ? whole : found
    starts.push(index)
    if (starts.length >= MAX_STARTS) break
  }
  return whole
}

/**
 * Lines that hold one JSON object each; other lines are counted. Errors: `empty`, `parse` (too many lines, or too many that are no JSON).
 * @param isTold which lines are worth reading: of the others only their two ends are looked at.
 */
export function parseJsonLines(
  text: string,
  isTold: (line: string) => boolean,
): Result<{ readonly lines: readonly Peek[]; readonly foreign: number; readonly broken: number }, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const lines: Peek[] = []
  let foreign = 0
  let broken = 0
  const all = textLines(text, MAX_LINES)
  if (!all.ok) return all
  for (const line of all.value) {
    if (!line.startsWith('{')) {
      if (line.trim() === '') continue
      foreign += 1
      continue
    }
    if (!isTold(line) && line.trimEnd().endsWith('}')) continue
    if (lines.length >= MAX_TOLD) return err({ code: 'parse', detail: `more than ${MAX_TOLD} messages in one run` })
    const document = parseJson(line)
    if (document.ok) lines.push(document.value)
    else broken += 1
    if (broken > MAX_BAD_LINES) return err({ code: 'parse', detail: `${broken} lines and more are no JSON` })
  }
  return ok({ lines, foreign, broken })
}
