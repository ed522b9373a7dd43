/**
 * Snapshots on the disk that they are of: `snapper list`, `timeshift --list`, `zfs list -t snapshot`, `btrfs subvolume list -s`.
 * They are lookalikes, never a copy: the disk that dies takes them along. Pure.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { looksLikeJson, parseJsonOutput } from './json-output.ts'
import { type FoundLookalike, snapshots } from './run-facts.ts'
import { barRows, columnOf } from './table.ts'
import { fromEpochSeconds, newestInstant, parseWallTime, type ToolClock, type WallTime } from './wall-time.ts'

type Found = Result<readonly FoundLookalike[], Failure>
type Times = readonly (WallTime | null)[]

const MAX_LINES = 50_000
const cannot = (what: string): Found => err({ code: 'parse', detail: what })

/** One entry per name, sorted; a name without a snapshot is left out: nothing there that could be taken for a backup. */
function byName(
  tool: string,
  all: readonly { readonly name: string; readonly time: WallTime | null }[],
  clock: ToolClock,
): Found {
  const groups = [...Map.groupBy(all, ({ name }) => name)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return ok(
    groups.map(([name, own]) =>
      snapshots(
        tool,
        name,
        own.length,
        newest(
          own.map(({ time }) => time),
          clock,
        ),
      ),
    ),
  )
}

const newest = (times: Times, clock: ToolClock) => newestInstant(times, clock)

/** `snapper [--jsonout|--csvout] list`; number 0 is the system as it is now. Errors: `empty`, `parse`. */
export function parseSnapperList(text: string, clock: ToolClock): Found {
  if (text.trim() === '') return err({ code: 'empty', detail: 'snapper list printed nothing' })
  if (looksLikeJson(text)) {
    const document = parseJsonOutput(text)
    if (!document.ok) return document
    const configs = document.value.keys()
    if (configs.length === 0) return cannot('snapper: no configuration in the answer')
    const all = configs.flatMap((config) => document.value.list(config, 10_000).map((item) => ({ name: config, item })))
    if (all.some(({ item }) => item.count('number') === null)) return cannot('snapper: an entry without a number')
    const own = all.filter(({ item }) => item.count('number') !== 0)
    return byName(
      'snapper',
      own.map(({ name, item }) => ({ name, time: parseWallTime(item.text('date')) })),
      clock,
    )
  }
  const rows = /^config,|^subvolume,/m.test(text)
    ? text.split('\n', MAX_LINES).map((line) => line.split(','))
    : barRows(text)
  return snapperRows(rows, clock)
}

function snapperRows(rows: readonly (readonly string[])[], clock: ToolClock): Found {
  const head = rows.findIndex((row) => columnOf(row, /^(?:#|number)$/i) !== -1)
  const titles = rows[head]
  if (titles === undefined) return cannot('snapper: no table in the text')
  const number = columnOf(titles, /^(?:#|number)$/i)
  const date = columnOf(titles, /^date$/i)
  const config = columnOf(titles, /^config$/i)
  const listed = rows.slice(head + 1, MAX_LINES).filter((row) => /^\d{1,9}[-+*]?$/.test(row[number] ?? ''))
  if (listed.length === 0) return cannot('snapper: a table without rows')
  const own = listed.filter((row) => !/^0[-+*]?$/.test(row[number] ?? ''))
  return byName(
    'snapper',
    own.map((row) => ({ name: row[config] ?? 'root', time: parseWallTime(row[date] ?? null) })),
    clock,
  )
}

/** `timeshift --list`. Errors: `empty`, `parse`; "No snapshots" and the first run are an empty list. */
export function parseTimeshiftList(text: string, clock: ToolClock): Found {
  if (text.trim() === '') return err({ code: 'empty', detail: 'timeshift --list printed nothing' })
  const names = [...text.matchAll(/^ *\d{1,5} +(?:> +)?(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)-(\d\d)\b/gm)]
  const told = /^(\d{1,5}) snapshots?\b/m.exec(text)?.[1]
  if (told !== undefined && Number(told) > names.length) return cannot('timeshift: fewer rows than it counts')
  const isNone = /^No snapshots (?:found|on this device)|First run mode|^0 snapshots\b/m.test(text)
  if (names.length === 0) return isNone ? ok([]) : cannot('timeshift: neither snapshots nor a word that there are none')
  const times = names.map(([, day, hour, minute, second]) => parseWallTime(`${day} ${hour}:${minute}:${second}`))
  return ok([snapshots('timeshift', 'snapshots', names.length, newest(times, clock))])
}

/** `zfs list -t snapshot`, with `-Hp`, as a table or with `-j` (2.3). One entry per pool. Errors: `empty`, `parse`. */
export function parseZfsSnapshots(text: string, clock: ToolClock): Found {
  if (/^no datasets available/m.test(text)) return ok([])
  if (text.trim() === '') return err({ code: 'empty', detail: 'zfs list printed nothing' })
  if (looksLikeJson(text)) return zfsJson(text, clock)
  const rows = text.split('\n', MAX_LINES).flatMap((line) => {
    if (!line.includes('@')) return []
    const match = /^([A-Za-z][^@/\s]{0,200})(?:\/[^@\t]{0,500})?@(\S{1,300})(.{0,600})$/.exec(line.slice(0, 1_500))
    return match === null ? [] : [{ name: match[1] ?? '', time: zfsTime(match[3] ?? '') }]
  })
  return rows.length === 0 ? cannot('zfs: no snapshot in the list') : byName('zfs', rows, clock)
}

function zfsTime(rest: string): WallTime | null {
  const columns = rest.split('\t')
  const seconds = columns.length > 1 ? /^\d{9,11}$/.exec((columns.at(-1) ?? '').trim())?.[0] : undefined
  if (seconds !== undefined) return fromEpochSeconds(Number(seconds))
  return parseWallTime(/[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} +\d{1,2}:\d\d \d{4}\s*$/.exec(rest)?.[0] ?? null)
}

function zfsJson(text: string, clock: ToolClock): Found {
  const document = parseJsonOutput(text)
  if (!document.ok) return document
  const datasets: unknown = document.value.at('datasets').value
  if (typeof datasets !== 'object' || datasets === null) return cannot('zfs list -j: no datasets')
  const all = Object.entries(datasets).slice(0, MAX_LINES)
  const found = all.filter(([name]) => name.includes('@'))
  if (found.length < all.length) return cannot('zfs list -j: not a list of snapshots')
  const rows = found.map(([name, entry]) => ({ name: name.split(/[/@]/, 1)[0] ?? name, time: zfsCreation(entry) }))
  return byName('zfs', rows, clock)
}

function zfsCreation(entry: unknown): WallTime | null {
  const value = JSON.stringify(entry ?? null).match(/"creation":\{[^}]{0,20}"value":"?(\d{9,11})"?/)?.[1]
  return value === undefined ? null : fromEpochSeconds(Number(value))
}

/** `btrfs subvolume list -s PATH`. No output is a value: no snapshot. Errors: `parse`. */
export function parseBtrfsSnapshots(text: string, clock: ToolClock): Found {
  if (text.trim() === '') return ok([])
  const rows = [
    ...text.matchAll(/^ID \d{1,12} gen \d{1,12} .{0,120}otime (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) path .{1,500}$/gm),
  ]
  if (rows.length === 0) return cannot('btrfs subvolume list -s: no snapshot in the list')
  const times = rows.map(([, time = '']) => parseWallTime(time))
  return ok([snapshots('btrfs', 'snapshots', rows.length, newest(times, clock))])
}
