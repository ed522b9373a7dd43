/** The sources `backup/restic-*`: one output of restic as a section of its own. Pure. */
import type { Job } from '../../../shared/checks/backup.ts'
import { failed, read } from '../../../shared/reading.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Contribution, Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parseJson } from '../json.ts'
import { resticFailure } from './restic-failure.ts'
import { parseResticSnapshots } from './restic-snapshots.ts'

/** Job of an output whose repository is not known. */
const ID = 'restic:repository'

/** `restic snapshots --json`, flat or grouped. Errors: `empty`, `parse`; a refused repository is a job that failed. */
export const resticSnapshotsSource: Source<'backup'> = {
  id: 'backup/restic-snapshots',
  check: 'backup',
  parse: ({ stdout, stderr, exitCode, now }) => {
    if (exitCode !== 0) return failedJob('backup/restic-snapshots', exitCode, stderr)
    const found = parseResticSnapshots(decode(stdout), null, now)
    if (!found.ok) return found
    const { copies, newestAt, newestBytes } = found.value
    const status = { lastResult: null, copies: copies === 0 ? 0 : null, tooSmall: null }
    return ok({
      parts: { jobs: read('backup/restic-snapshots', [job(read('backup/restic-snapshots', status))]) },
      samples: {
        [`job:${ID}:lastSuccessAt`]: newestAt,
        [`job:${ID}:copies`]: copies,
        ...(newestBytes === null ? {} : { [`job:${ID}:bytes`]: newestBytes }),
      },
    })
  },
}

/** `restic stats --json`: the size of all copies; says nothing about success. An unknown id exits 0, so only numbers count. */
export const resticStatsSource: Source<'backup'> = {
  id: 'backup/restic-stats',
  check: 'backup',
  parse: ({ stdout, stderr, exitCode }) => {
    if (exitCode !== 0) return failedJob('backup/restic-stats', exitCode, stderr)
    const document = parseJson(decode(stdout))
    if (!document.ok) return document
    const bytes = document.value.count('total_size')
    if (bytes === null) return err({ code: 'parse', detail: 'restic stats --json: no total_size' })
    return ok({ parts: {}, samples: { [`job:${ID}:bytes`]: bytes } })
  },
}

/**
 * `restic check`: whether the repository is whole. A pass is said only in restic's own words; it proves the repository,
 * not that a backup ran, so a pass leaves the result open. Errors: `empty`, `parse` (neither words of a pass nor of damage).
 */
export const resticCheckSource: Source<'backup'> = {
  id: 'backup/restic-check',
  check: 'backup',
  parse: ({ stdout, stderr, exitCode }) => {
    const id = 'backup/restic-check'
    const text = `${decode(stdout)}\n${stderr}`
    const damaged = /repository contains errors|^error(?: for|:)|\bFatal: .*errors/im.test(text)
    if (damaged) {
      return ok(jobs(id, read(id, { lastResult: 'failed', copies: null, tooSmall: null })))
    }
    if (exitCode !== 0) return failedJob(id, exitCode, text)
    if (text.trim() === '') return err({ code: 'empty', detail: 'restic check printed nothing' })
    const passed = /^no errors were found$/m.test(text)
    if (!passed) return err({ code: 'parse', detail: 'restic check: neither "no errors were found" nor errors' })
    return ok(jobs(id, read(id, { lastResult: null, copies: null, tooSmall: null })))
  },
}

function failedJob(source: string, exitCode: number | null, stderr: string): ReturnType<Source<'backup'>['parse']> {
  return ok(jobs(source, failed(source, resticFailure(exitCode, stderr))))
}

function jobs(source: string, status: Job['status']): Contribution<'backup'> {
  return { parts: { jobs: read(source, [job(status)]) }, samples: {} }
}

function job(status: Job['status']): Job {
  const destination = { kind: 'unknown' as const, label: null, sameDisk: null, offsite: null, encrypted: true }
  return { id: ID, tool: 'restic', name: 'repository', destination, expectedEveryMs: null, status }
}
