/**
 * `restic snapshots`, JSON (flat, or grouped by `--group-by`) or text → which copies a repository holds. Pure.
 * A repository tells copies, not how the run ended (exit 3 leaves a snapshot too), so a result is never made of it.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Peek } from '../json.ts'
import { looksLikeJson, parseJsonOutput } from './json-output.ts'
import { mapEntries } from './map-entries.ts'
import { textLines } from './text-lines.ts'
import { latestOf, newestInstant, parseWallTime, type ToolClock, toInstant, type WallTime } from './wall-time.ts'

/** Copies of one machine. `newestBytes`: what its newest run looked at; null: restic before 0.17 does not tell. */
export type Snapshots = {
  readonly copies: number
  readonly newestAt: EpochMs | null
  readonly newestBytes: number | null
}

/** One snapshot of the list. `paths`: its folders, joined. */
export type ResticSnapshot = {
  readonly time: WallTime
  readonly host: string | null
  readonly paths: string
  readonly bytes: number | null
}

const MAX_SNAPSHOTS = 100_000
/** A row for each folder of each snapshot. */
const MAX_LINES = 100_000

/**
 * Counts the snapshots of one machine: a repository shared by several must not make one look good by another's copies.
 * @param host name whose snapshots count; null: all of them (one output without knowledge of the machine).
 * Errors: `empty` (no output; or snapshots, but none of this machine), `parse`.
 */
export function parseResticSnapshots(text: string, host: string | null, clock: ToolClock): Result<Snapshots, Failure> {
  const listed = listResticSnapshots(text)
  if (!listed.ok) return listed
  const all = listed.value
  const own = host === null ? all : all.filter((one) => sameHost(one.host, host))
  if (own.length === 0 && all.length > 0)
    return err(
      noneOf(
        host,
        all.map((one) => one.host),
      ),
    )
  return ok(sumUp(own, clock))
}

/** Copies, newest and its size. Snapshots of the future count as copies, never as newest. */
export function sumUp(own: readonly ResticSnapshot[], clock: ToolClock): Snapshots {
  const newestAt = newestInstant(
    own.map(({ time }) => time),
    clock,
  )
  const past = newestAt === null ? [] : own.filter(({ time }) => time.ms <= newestAt + 14 * 3_600_000)
  const newest = latestOf(past.filter(({ time }) => toInstant(time, clock) === newestAt))
  return { copies: own.length, newestAt, newestBytes: newest?.bytes ?? null }
}

/** Every snapshot of the answer. `null` and `[]` are a repository without any. Errors: `empty`, `parse`. */
export function listResticSnapshots(text: string): Result<readonly ResticSnapshot[], Failure> {
  if (!looksLikeJson(text) && !/^null\s*$/m.test(text)) return listText(text)
  const document = parseJsonOutput(text)
  if (!document.ok) return /^\s*null\s*$/.test(text) ? ok([]) : document
  // restic before 0.10 prints `null` for an empty list.
  if (document.value.value === null) return ok([])
  if (!Array.isArray(document.value.value)) return parseError('the answer is not a list')
  const groups = mapEntries(document.value, MAX_SNAPSHOTS, ungroup)
  return groups === null ? parseError('an entry has no time') : ok(groups.flat())
}

/** `--group-by` wraps snapshots in groups; anything else is one snapshot. */
function ungroup(item: Peek): readonly ResticSnapshot[] | null {
  if (!item.has('group_key') && !item.has('snapshots')) return listOf(snapshotOf(item))
  return item.has('snapshots') ? mapEntries(item.at('snapshots'), MAX_SNAPSHOTS, snapshotOf) : []
}

function listOf(one: ResticSnapshot | null): readonly ResticSnapshot[] | null {
  return one === null ? null : [one]
}

function snapshotOf(item: Peek): ResticSnapshot | null {
  const time = parseWallTime(item.text('time'))
  if (time === null || !time.zoned || time.ms <= 0) return null
  const paths = item.list('paths', 50).flatMap((path) => path.text('') ?? [])
  return {
    time,
    host: item.text('hostname'),
    paths: paths.toSorted().join(' ').slice(0, 500),
    bytes: item.count('summary.total_bytes_processed'),
  }
}

const ROW = /^([0-9a-f]{8}) {1,4}(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) {1,4}(\S{1,255})(.{0,1000})$/

/** The table; its last line counts the rows, so that a cut one is noticed. Times are local. */
function listText(text: string): Result<readonly ResticSnapshot[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const lines = textLines(text, MAX_LINES)
  if (!lines.ok) return lines
  const rows = lines.value.flatMap((line) => {
    if (!/^[0-9a-f]{8} /.test(line)) return []
    const match = ROW.exec(line.slice(0, 1_500).trimEnd())
    const time = match === null ? null : parseWallTime(match[2] ?? '')
    if (match === null || time === null) return []
    const paths = /(?: {2,}|^)([/A-Za-z]:?[\\/]?\S{0,500})(?: {2,}[\d.,]+ \w{1,5})?$/.exec(match[4] ?? '')?.[1] ?? ''
    return [{ time, host: match[3] ?? null, paths, bytes: null }]
  })
  const counts = [...text.matchAll(/^(\d{1,9}) snapshots?\s*$/gm)].map(([, count]) => Number(count))
  const told = counts.reduce((sum, count) => sum + count, 0)
  if (counts.length === 0) return parseError('neither JSON nor a table that counts its rows')
  return told === rows.length ? ok(rows) : parseError(`${rows.length} rows, ${told} counted`)
}

/** Whether two names are one machine's: by their first part, without capitals. */
export function sameHost(a: string | null, b: string): boolean {
  const short = (name: string) => name.toLowerCase().split('.')[0]
  return a !== null && short(a) === short(b)
}

/** What a repository that holds copies of other machines only says of this one: code `empty`, with their names. */
export function noneOf(host: string | null, all: readonly (string | null)[]): Failure {
  const others = [...new Set(all.map((one) => one ?? '(no name)'))].sort().slice(0, 5).join(', ')
  return { code: 'empty', detail: `The repository holds snapshots of ${others}, none of ${host}`.slice(0, 500) }
}

function parseError(what: string): Result<never, Failure> {
  return err({ code: 'parse', detail: `restic snapshots: ${what}` })
}
