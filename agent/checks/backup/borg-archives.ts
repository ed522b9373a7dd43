/**
 * `borg list`, `borg info` and `borg repo-list` (1.x and 2), as JSON or text → which archives a repository holds. Pure.
 * Times of borg 1 are local, without a zone. An archive proves a copy, not how its run ended (exit 1 leaves one too);
 * a `.checkpoint` is what an interrupted run left behind and no copy.
 */
import type { Destination } from '../../../shared/checks/backup.ts'
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Peek } from '../json.ts'
import { looksLikeJson, parseJsonOutput } from './json-output.ts'
import { placeOf } from './place-of.ts'
import { sameHost } from './restic-snapshots.ts'
import { NOTHING_TOLD, type RunFacts } from './run-facts.ts'
import { textLines } from './text-lines.ts'
import { latestOf, newestInstant, parseWallTime, type ToolClock, type WallTime } from './wall-time.ts'

/** What one repository told. */
export type BorgRepository = {
  /** Label of the repository (borgmatic), else `repository`. */
  readonly name: string
  readonly destination: Destination
  readonly facts: RunFacts
  /** Machines whose archives lie there while this one has none; empty: not asked for one, or it has some. */
  readonly onlyOf: readonly string[]
}

type Archive = {
  readonly name: string
  /** Told only where it was asked for (`--format {hostname}`). */
  readonly host: string | null
  /** When it was made: its end, else its start. */
  readonly time: WallTime | null
  readonly bytes: number | null
  readonly durationMs: number | null
}

const MAX_ARCHIVES = 20_000

/**
 * Reads the answer about one repository, or borgmatic's array of several. Errors: `empty`, `parse`.
 * @param host name of the machine whose archives count, in JSON that tells hosts; null: all of them.
 */
export function parseBorgArchives(
  text: string,
  clock: ToolClock,
  host: string | null = null,
): Result<readonly BorgRepository[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'borg printed nothing' })
  if (!looksLikeJson(text)) return parseText(text, clock)
  const document = parseJsonOutput(text)
  if (!document.ok) return document
  const { value } = document
  const objects = Array.isArray(value.value) ? value.list('', 64) : [value]
  const repositories = objects.map((one) => ofObject(one, clock, host))
  const known = repositories.filter((one): one is BorgRepository => one !== null)
  if (known.length < repositories.length) return err({ code: 'parse', detail: 'an answer without a repository' })
  return known.length === 0 ? err({ code: 'parse', detail: 'no repository in the answer' }) : ok(known)
}

function ofObject(object: Peek, clock: ToolClock, host: string | null): BorgRepository | null {
  if (!object.has('repository') && !object.has('archives') && !object.has('archive')) return null
  const mode = object.text('encryption.mode')
  const encrypted = mode === null ? null : !/^(?:none|authenticated)/.test(mode)
  const destination = placeOf(object.text('repository.location', 1_024), encrypted)
  const name = object.text('repository.label') ?? 'repository'
  // `create --json` tells one archive; `info` of a repository alone tells none and proves no copy.
  if (object.has('archive')) {
    const archive = archiveOf(object.at('archive'))
    return { name, destination, facts: { ...factsOf([archive], clock), copies: null }, onlyOf: [] }
  }
  if (!Array.isArray(object.at('archives').value)) return { name, destination, facts: NOTHING_TOLD, onlyOf: [] }
  const all = object.list('archives', MAX_ARCHIVES).map(archiveOf)
  const own = host === null ? all : all.filter((one) => sameHost(one.host, host))
  const onlyOf = own.length > 0 ? [] : all.map((one) => one.host ?? '(no name)')
  return { name, destination, facts: factsOf(own, clock), onlyOf }
}

function archiveOf(archive: Peek): Archive {
  const seconds = archive.number('duration')
  return {
    name: archive.text('name') ?? archive.text('archive') ?? '',
    host: archive.text('hostname'),
    time: parseWallTime(archive.text('end') ?? archive.text('start') ?? archive.text('time')),
    bytes: archive.count('stats.original_size'),
    durationMs: seconds === null || seconds < 0 ? null : Math.round(seconds * 1_000),
  }
}

function factsOf(all: readonly Archive[], clock: ToolClock): RunFacts {
  const whole = all.filter(({ name }) => !/\.checkpoint(?:\.\d+)?$/.test(name))
  const lastSuccessAt = newestInstant(
    whole.map(({ time }) => time),
    clock,
  )
  const latest = latestOf(whole)
  return {
    ...NOTHING_TOLD,
    copies: whole.length,
    lastSuccessAt,
    bytes: latest?.bytes ?? null,
    durationMs: latest?.durationMs ?? null,
  }
}

/** `name   Mon, 2016-02-15 19:14:44 [id]` of `borg list`; `Archive name:` … of `borg info`. */
function parseText(text: string, clock: ToolClock): Result<readonly BorgRepository[], Failure> {
  const all = textLines(text)
  if (!all.ok) return all
  const lines = all.value
  const listed = lines.flatMap((line) => {
    const second = secondOf(line)
    if (second !== null) return [second]
    const match =
      /^(\S.{0,300}?)\s+([A-Z][a-z]{2}, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: [+-]\d{4})?)(?: \[[0-9a-f]+\])?\s*$/.exec(
        line.slice(0, 500),
      )
    // `Time (start): Wed, …` of `borg info` looks the same and is no archive.
    return match === null || match[1]?.endsWith(':') === true
      ? []
      : [{ name: match[1] ?? '', host: null, time: parseWallTime(match[2] ?? ''), bytes: null, durationMs: null }]
  })
  const archives = listed.length > 0 ? listed : infoArchives(lines)
  const location = fieldOf(lines, 'Location')
  const encrypted = encryptionOf(fieldOf(lines, 'Encrypted'))
  const destination = placeOf(location ?? listedRepository(lines), encrypted)
  if (archives.length > 0) return ok([{ name: 'repository', destination, facts: factsOf(archives, clock), onlyOf: [] }])
  if (fieldOf(lines, 'Repository ID') === null)
    return err({ code: 'parse', detail: 'no archive and no repository in it' })
  return ok([{ name: 'repository', destination, facts: NOTHING_TOLD, onlyOf: [] }])
}

/** `60e521ba  Mon, 2024-09-23 22:57:11 +0200  docs  anna  laptop` of `borg repo-list` (borg 2). */
function secondOf(line: string): Archive | null {
  const [, time, name] =
    /^[0-9a-f]{8,64} {1,4}([A-Z][a-z]{2}, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}) {1,4}(\S{1,300})/.exec(
      line.slice(0, 500),
    ) ?? []
  if (time === undefined || name === undefined) return null
  return { name, host: null, time: parseWallTime(time), bytes: null, durationMs: null }
}

function infoArchives(lines: readonly string[]): readonly Archive[] {
  const name = fieldOf(lines, 'Archive name')
  const time = parseWallTime(fieldOf(lines, 'Time (end)') ?? fieldOf(lines, 'Time (start)'))
  return name === null || time === null ? [] : [{ name, host: null, time, bytes: null, durationMs: null }]
}

/** borgmatic heads each list with `repository: Listing archives`. */
function listedRepository(lines: readonly string[]): string | null {
  const heads = lines.filter((line) => line.endsWith(': Listing archives'))
  return heads.length === 1 ? (heads[0]?.slice(0, -': Listing archives'.length) ?? null) : null
}

function fieldOf(lines: readonly string[], label: string): string | null {
  const line = lines.find((one) => one.startsWith(`${label}:`))
  return line === undefined ? null : line.slice(label.length + 1, 600).trim()
}

function encryptionOf(text: string | null): boolean | null {
  if (text === null) return null
  return /^yes/i.test(text) ? true : /^no\b/i.test(text) ? false : null
}
