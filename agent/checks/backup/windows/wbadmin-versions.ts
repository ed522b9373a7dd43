/**
 * `wbadmin get versions`: everything it prints is translated and local, except the version identifier `MM/DD/YYYY-HH:MM`, which is in
 * UTC (collectors.md 1.1). It tells copies, not how a run ended. Pure and linear.
 */
import { err } from '../../../../shared/result.ts'
import type { EpochMs } from '../../../../shared/units.ts'
import type { Source } from '../../collector.ts'
import { decode } from '../../decode.ts'
import { firstLine } from '../../parts.ts'
import { jobsPart, NOTHING_TOLD, readJob, UNKNOWN_PLACE } from '../run-facts.ts'

const SOURCE = 'backup/wbadmin-versions'
const AHEAD_MS = 10 * 60_000
const MAX_VERSIONS = 10_000

/** Errors: `exit`, `empty` (no identifier: no backup, or a text in which none is named; the two cannot be told apart). */
export const wbadminVersionsSource: Source<'backup'> = {
  id: SOURCE,
  check: 'backup',
  parse: ({ stdout, stderr, exitCode, now }) => {
    const text = decode(stdout)
    if (exitCode !== 0 && exitCode !== null) {
      return err({ code: 'exit', detail: `wbadmin ended with ${exitCode}: ${firstLine(stderr || text)}`.slice(0, 300) })
    }
    const versions = versionsIn(text)
    if (versions.length === 0) return err({ code: 'empty', detail: 'wbadmin names no version' })
    const past = versions.filter((at) => at <= now + AHEAD_MS)
    const lastSuccessAt = past.length === 0 ? null : past.reduce((newest, at) => Math.max(newest, at))
    const name = {
      tool: 'windows-backup',
      name: 'Windows Server Backup',
      destination: UNKNOWN_PLACE,
      everyMs: null,
    } as const
    return jobsPart(SOURCE, [readJob(SOURCE, name, { ...NOTHING_TOLD, lastSuccessAt, copies: versions.length })])
  },
}

function versionsIn(text: string): readonly EpochMs[] {
  const found = new Set<EpochMs>()
  for (const match of text.matchAll(/(?<!\d)(\d\d)\/(\d\d)\/(\d{4})-(\d\d):(\d\d)(?!\d)/g)) {
    const [month = 0, day = 0, year = 0, hour = 99, minute = 99] = match.slice(1).map(Number)
    const at = Date.UTC(year, month - 1, day, hour, minute)
    const back = new Date(at)
    const isDate = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60
    if (isDate && at > 0) found.add(at)
    if (found.size >= MAX_VERSIONS) break
  }
  return [...found]
}
