/** The sources `backup/restic-snapshots` and `backup/restic-stats`: one output of restic as a section of its own. Pure. */
import { err } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { looksLikeJson, parseJsonOutput } from './json-output.ts'
import { withoutPeople } from './place-of.ts'
import { resticFailure, toldFailure } from './restic-failure.ts'
import { RESTIC_JOB } from './restic-job.ts'
import { listResticSnapshots, type ResticSnapshot, sumUp } from './restic-snapshots.ts'
import { failJob, jobsPart, NOTHING_TOLD, readJob } from './run-facts.ts'
import { clockOf } from './wall-time.ts'

const SNAPSHOTS = 'backup/restic-snapshots'
const STATS = 'backup/restic-stats'

/**
 * `restic snapshots`, JSON or text, flat or grouped. One job per machine and set of folders: without knowledge of the machine the newest
 * of one must not hide that another stopped. Errors: `empty`, `parse`; a refused repository is a job that failed.
 */
export const resticSnapshotsSource: Source<'backup'> = {
  id: SNAPSHOTS,
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout)
    if (input.exitCode !== 0) return refused(SNAPSHOTS, input, text)
    const listed = listResticSnapshots(text)
    const told = listed.ok ? null : toldFailure(`${text}\n${input.stderr}`)
    if (told !== null) return jobsPart(SNAPSHOTS, [failJob(SNAPSHOTS, RESTIC_JOB, told)])
    if (!listed.ok) return listed
    const clock = clockOf(input)
    const groups = [...Map.groupBy(listed.value, groupOf)]
    const named = groups.length > 1 ? groups : [['repository', listed.value] as const]
    return jobsPart(
      SNAPSHOTS,
      named.map(([name, own]) => {
        const { copies, newestAt, newestBytes } = sumUp(own, clock)
        const facts = { ...NOTHING_TOLD, copies, lastSuccessAt: newestAt, bytes: newestBytes }
        return readJob(SNAPSHOTS, { ...RESTIC_JOB, name }, facts)
      }),
    )
  },
}

function groupOf({ host, paths }: ResticSnapshot): string {
  return `${host ?? ''} ${withoutPeople(paths)}`.trim().slice(0, 100) || 'repository'
}

/** `restic stats`: the size of all copies; says nothing about success. An unknown id exits 0, so only numbers count. */
export const resticStatsSource: Source<'backup'> = {
  id: STATS,
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout)
    if (input.exitCode !== 0) return refused(STATS, input, text)
    const told = looksLikeJson(text) ? statsOfJson(text) : statsOfText(text)
    if (!told.ok) return told
    const { bytes, copies } = told.value
    return jobsPart(STATS, [readJob(STATS, RESTIC_JOB, { ...NOTHING_TOLD, bytes, copies })])
  },
}

type Stats = { readonly bytes: number; readonly copies: number | null }

function statsOfJson(text: string) {
  const document = parseJsonOutput(text)
  if (!document.ok) return document
  const bytes = document.value.count('total_size')
  if (bytes === null) return err({ code: 'parse', detail: 'restic stats --json: no total_size' } as const)
  return { ok: true, value: { bytes, copies: document.value.count('snapshots_count') } satisfies Stats } as const
}

const UNITS: { readonly [unit: string]: number } = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 }

function statsOfText(text: string) {
  const size = /^ *Total Size: +(\d{1,12}(?:\.\d{1,3})?) (B|KiB|MiB|GiB|TiB)\s*$/m.exec(text)
  const factor = UNITS[size?.[2] ?? '']
  if (size === null || factor === undefined) {
    const isEmpty = text.trim() === ''
    return err({ code: isEmpty ? 'empty' : 'parse', detail: 'restic stats: no total size' } as const)
  }
  const copies = /^ *Snapshots processed: +(\d{1,9})\s*$/m.exec(text)?.[1]
  const bytes = Math.round(Number(size[1]) * factor)
  return { ok: true, value: { bytes, copies: copies === undefined ? null : Number(copies) } satisfies Stats } as const
}

function refused(source: string, { exitCode, stderr }: SourceInput, text: string) {
  return jobsPart(source, [failJob(source, RESTIC_JOB, resticFailure(exitCode, `${stderr}\n${text}`))])
}
