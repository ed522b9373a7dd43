/**
 * The source `backup/restic-check`: whether a repository is whole, text or `--json` (0.18). Pure. A pass is said only in restic's own
 * words; it proves the repository, not that a backup ran, so a pass leaves the result open.
 */
import { err } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import type { Peek } from '../json.ts'
import { parseJsonLines } from './json-output.ts'
import { resticFailure } from './restic-failure.ts'
import { RESTIC_JOB } from './restic-job.ts'
import { failJob, jobsPart, NOTHING_TOLD, readJob } from './run-facts.ts'

const ID = 'backup/restic-check'
const DAMAGE =
  /repository contains errors|^error(?: for|:)|\bFatal: .{0,300}errors|repository is damaged|(?:blob|pack|tree) [0-9a-f]{8,64} .{0,80}(?:not found|damaged|does not match)/im

/** Errors: `empty`, `parse` (neither words of a pass nor of damage). */
export const resticCheckSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: (input) => {
    const { exitCode, stderr } = input
    const text = `${decode(input.stdout)}\n${stderr}`
    const summary = summaryOf(text)
    const errors = summary === null ? null : (summary.count('num_errors') ?? 1)
    if (DAMAGE.test(text) || (errors ?? 0) > 0) return said('failed', null)
    if (exitCode !== 0) return jobsPart(ID, [failJob(ID, RESTIC_JOB, resticFailure(exitCode, text))])
    if (text.trim() === '') return err({ code: 'empty', detail: 'restic check printed nothing' })
    if (errors !== 0 && !/^no errors were found$/m.test(text)) {
      return err({ code: 'parse', detail: 'restic check: neither "no errors were found" nor errors' })
    }
    return said(null, input)
  },
}

function summaryOf(text: string): Peek | null {
  if (!text.includes('"message_type"')) return null
  const lines = parseJsonLines(text, (line) => !line.includes('"message_type":"status"'))
  return lines.ok ? (lines.value.lines.find((line) => line.text('message_type') === 'summary') ?? null) : null
}

/** Its output holds no time: what it proves, it proves at the moment of collection. */
function said(lastResult: 'failed' | null, passed: SourceInput | null): ReturnType<Source<'backup'>['parse']> {
  const verifiedAt = passed === null ? null : passed.now
  return jobsPart(ID, [readJob(ID, RESTIC_JOB, { ...NOTHING_TOLD, lastResult, verifiedAt })])
}
