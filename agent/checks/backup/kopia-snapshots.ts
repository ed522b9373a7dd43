/**
 * The source `backup/kopia-snapshots`: `kopia snapshot list [--all]`, JSON or text (0.8 to 0.20). Pure.
 * A snapshot that is incomplete (canceled, checkpoint) or lost files is no success. One job per source folder.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import type { Peek } from '../json.ts'
import { firstLine } from '../parts.ts'
import { withoutCredentials } from '../without-credentials.ts'
import { looksLikeJson, parseJsonOutput } from './json-output.ts'
import { mapEntries } from './map-entries.ts'
import { withoutPeople } from './place-of.ts'
import { noneOf, sameHost } from './restic-snapshots.ts'
import { failJob, jobsPart, NOTHING_TOLD, type RunFacts, readJob, UNKNOWN_PLACE } from './run-facts.ts'
import { clockOf, latestOf, newestInstant, parseWallTime, type ToolClock, type WallTime } from './wall-time.ts'

const ID = 'backup/kopia-snapshots'
const MAX_SNAPSHOTS = 20_000
/** kopia has no repository without encryption. */
const PLACE = { ...UNKNOWN_PLACE, encrypted: true }

type Snapshot = {
  /** Told in JSON only. */
  readonly host: string | null
  readonly source: string
  readonly time: WallTime | null
  readonly bytes: number | null
  /** `checkpoint`: what a run that has not ended leaves behind from time to time. */
  readonly state: 'whole' | 'partial' | 'incomplete' | 'checkpoint'
}

/** Snapshots of one source folder, told from a list. */
export type KopiaSource = { readonly name: string; readonly facts: RunFacts }

/** Errors: `empty`, `parse`; a repository that is not connected is a job that failed. */
export const kopiaSnapshotsSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout)
    if (input.exitCode !== 0) {
      const named = { tool: 'kopia', name: 'repository', destination: PLACE, everyMs: null } as const
      return jobsPart(ID, [failJob(ID, named, kopiaFailure(input.exitCode, `${input.stderr}\n${text}`))])
    }
    const found = parseKopiaSnapshots(text, clockOf(input))
    if (!found.ok) return found
    return jobsPart(
      ID,
      found.value.map(({ name, facts }) =>
        readJob(ID, { tool: 'kopia', name, destination: PLACE, everyMs: null }, facts),
      ),
    )
  },
}

/** A failed run of kopia. Errors only: `access-denied`, `empty` (not connected), `exit`. */
export function kopiaFailure(exitCode: number | null, said: string): Failure {
  const words = firstLine(withoutCredentials(said))
  const detail = `kopia ended with ${exitCode ?? 'a signal'}: ${words}`
  if (/not connected|no such file|config file/i.test(said)) return { code: 'empty', detail }
  return { code: /password|denied|forbidden|unauthorized/i.test(said) ? 'access-denied' : 'exit', detail }
}

/**
 * Snapshots by source folder. An empty list is one source without a copy. Errors: `empty` (no output; or none of this machine), `parse`.
 * @param host name of the machine whose snapshots count, in JSON; null: all of them.
 */
export function parseKopiaSnapshots(
  text: string,
  clock: ToolClock,
  host: string | null = null,
): Result<readonly KopiaSource[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'kopia snapshot list printed nothing' })
  const listed = looksLikeJson(text) ? fromJson(text) : fromText(text)
  if (!listed.ok) return listed
  if (listed.value.length === 0) return ok([{ name: 'repository', facts: { ...NOTHING_TOLD, copies: 0 } }])
  const own = host === null ? listed.value : listed.value.filter((one) => sameHost(one.host, host))
  if (own.length === 0) {
    return err(
      noneOf(
        host,
        listed.value.map((one) => one.host),
      ),
    )
  }
  const groups = Map.groupBy(own, ({ source }) => source)
  return ok([...groups].map(([name, all]) => ({ name, facts: factsOf(all, clock) })))
}

function factsOf(all: readonly Snapshot[], clock: ToolClock): RunFacts {
  const times = (state: Snapshot['state']) => all.flatMap((one) => (one.state === state ? [one.time] : []))
  const newest = latestOf(all)
  const whole = all.filter(({ state }) => state === 'whole')
  const lastWhole = latestOf(whole)
  // A run that failed outright leaves no snapshot: a whole one tells of a copy, and not that the last run ended well.
  const results = { whole: null, partial: 'partial', incomplete: 'failed', checkpoint: null } as const
  return {
    ...NOTHING_TOLD,
    lastResult: newest === null ? null : results[newest.state],
    copies: all.filter(({ state }) => state === 'whole' || state === 'partial').length,
    bytes: lastWhole?.bytes ?? null,
    lastSuccessAt: newestInstant(times('whole'), clock),
    lastPartialAt: newestInstant(times('partial'), clock),
    lastRunAt: newestInstant(
      all.flatMap(({ time, state }) => (state === 'checkpoint' ? [] : [time])),
      clock,
    ),
    startedAt: newest?.state === 'checkpoint' ? newestInstant(times('checkpoint'), clock) : null,
  }
}

function fromJson(text: string): Result<readonly Snapshot[], Failure> {
  const document = parseJsonOutput(text)
  if (!document.ok) return document
  if (!Array.isArray(document.value.value)) return err({ code: 'parse', detail: 'kopia: the answer is not a list' })
  const snapshots = mapEntries(document.value, MAX_SNAPSHOTS, (item) => {
    const snapshot = snapshotOf(item)
    return snapshot.time === null ? null : snapshot
  })
  return snapshots === null ? err({ code: 'parse', detail: 'kopia: a snapshot without a time' }) : ok(snapshots)
}

function snapshotOf(item: Peek): Snapshot {
  const summary = item.has('rootEntry.summ') ? item.at('rootEntry.summ') : item.at('summary')
  const lost = (summary.count('numFailed') ?? 0) + (item.count('stats.errorCount') ?? 0)
  const incomplete = item.text('incomplete') ?? summary.text('incomplete')
  // Errors that the policy ignores are counted apart: somebody decided so.
  const hasErrors = lost > 0 || summary.list('errors', 1).length > 0
  // Neither numbers of the run nor of its root: nothing proves that it is whole.
  const isTold = item.has('stats') || summary.value !== undefined
  return {
    host: item.text('source.host'),
    source: withoutPeople(item.text('source.path') ?? item.text('description') ?? 'repository'),
    time: parseWallTime(item.text(incomplete === 'checkpoint' ? 'startTime' : 'endTime') ?? item.text('startTime')),
    bytes: summary.count('size') ?? item.count('stats.totalSize'),
    state: incomplete !== null ? stateOf(incomplete) : hasErrors || !isTold ? 'partial' : 'whole',
  }
}

const stateOf = (incomplete: string) => (incomplete === 'checkpoint' ? 'checkpoint' : 'incomplete')

const LINE = /^ {2,8}(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?: ([A-Z]{2,5}|[+-]\d{2,4}))? [a-zI][0-9a-f]{6,80} .{0,400}$/

/** Runs that found nothing changed are told in one line, with the time of the newest. */
const IDENTICAL =
  /^ {2,8}\+ (\d{1,3}) identical snapshots? until (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?: ([A-Z]{2,5}|[+-]\d{2,4}))?$/

function timeOf(stamp: string | undefined, zone: string | undefined): WallTime | null {
  return parseWallTime(`${stamp}${zone === 'UTC' || zone === 'GMT' ? 'Z' : ''}`)
}

/** `user@host:/folder`, then one line per snapshot with `incomplete:` or `errors:` where something is missing. */
function fromText(text: string): Result<readonly Snapshot[], Failure> {
  const found: Snapshot[] = []
  let source = 'repository'
  for (const line of text.split('\n', MAX_SNAPSHOTS)) {
    const head = /^[^@\s]{1,100}@[^:\s]{1,200}:(.{1,500})$/.exec(line.slice(0, 900))
    if (head !== null) source = withoutPeople((head[1] ?? '').trim())
    const same = IDENTICAL.exec(line.slice(0, 200))
    const before = found.at(-1)
    if (same !== null && before !== undefined) {
      const time = timeOf(same[2], same[3])
      for (let left = Number(same[1]); left > 0; left--) found.push({ ...before, time })
      continue
    }
    const match = LINE.exec(line.slice(0, 500))
    if (match === null) continue
    const time = timeOf(match[1], match[2])
    const incomplete = / incomplete:(\w+)/.exec(line)?.[1]
    const state = incomplete !== undefined ? stateOf(incomplete) : /errors:[1-9]/.test(line) ? 'partial' : 'whole'
    found.push({ host: null, source, time, bytes: null, state })
  }
  return found.length === 0 ? err({ code: 'parse', detail: 'kopia: no snapshot in the text' }) : ok(found)
}
