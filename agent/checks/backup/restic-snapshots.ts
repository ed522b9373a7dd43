/**
 * `restic snapshots --json` → which copies a repository holds. Pure.
 * A repository tells copies, not how the run ended (exit 3 leaves a snapshot too), so a result is never made of it.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { type Peek, parseJson } from '../json.ts'

/** Copies of one machine. `newestBytes`: what its newest run looked at; null: restic before 0.17 does not tell. */
export type Snapshots = {
  readonly copies: number
  readonly newestAt: EpochMs | null
  readonly newestBytes: number | null
}

const MAX_SNAPSHOTS = 100_000

/**
 * Counts the snapshots of one machine: a repository shared by several must not make one look good by another's copies.
 * @param host name whose snapshots count; null: all of them (one output without knowledge of the machine).
 * @param now snapshots dated later than a minute after it do not count as newest.
 * Errors: `empty` (no output; or snapshots, but none of this machine), `parse`.
 */
export function parseResticSnapshots(text: string, host: string | null, now: EpochMs): Result<Snapshots, Failure> {
  const document = parseJson(text)
  if (!document.ok) return document
  if (!Array.isArray(document.value.value)) return parseError('the answer is not a list')
  const items = document.value.list('', MAX_SNAPSHOTS).flatMap(ungroup)
  const all = items.map((item) => ({ at: instantOf(item), host: item.text('hostname'), bytes: bytesOf(item) }))
  if (all.some(({ at }) => at === null)) return parseError('an entry has no time')
  const own = host === null ? all : all.filter((one) => sameHost(one.host, host))
  if (own.length === 0 && all.length > 0) return err({ code: 'empty', detail: noneOf(host, all) })
  const newest = own.reduce<(typeof own)[number] | null>((best, one) => {
    const isNewer = (one.at ?? 0) <= now + 60_000 && (one.at ?? 0) > (best?.at ?? 0)
    return isNewer ? one : best
  }, null)
  return ok({ copies: own.length, newestAt: newest?.at ?? null, newestBytes: newest?.bytes ?? null })
}

/** `--group-by` wraps snapshots in groups; anything else is one snapshot. */
function ungroup(item: Peek): readonly Peek[] {
  return item.has('group_key') || item.has('snapshots') ? item.list('snapshots', MAX_SNAPSHOTS) : [item]
}

/** RFC 3339 with nanoseconds and an offset; the fraction is cut to what a date can hold. */
function instantOf(item: Peek): EpochMs | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,3})?\d*(Z|[+-]\d\d:\d\d)$/.exec(item.text('time') ?? '')
  if (match === null) return null
  const at = Date.parse(`${match[1]}${match[2] ?? ''}${match[3]}`)
  return Number.isFinite(at) && at > 0 ? at : null
}

function bytesOf(item: Peek): number | null {
  return item.count('summary.total_bytes_processed')
}

function sameHost(a: string | null, b: string): boolean {
  const short = (name: string) => name.toLowerCase().split('.')[0]
  return a !== null && short(a) === short(b)
}

function noneOf(host: string | null, all: readonly { readonly host: string | null }[]): string {
  const others = [...new Set(all.map((one) => one.host ?? '(no name)'))].sort().slice(0, 5).join(', ')
  return `The repository holds snapshots of ${others}, none of ${host}`
}

function parseError(what: string): Result<never, Failure> {
  return err({ code: 'parse', detail: `restic snapshots --json: ${what}` })
}
