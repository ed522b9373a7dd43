/**
 * The source `backup/proxmox-backup`: `proxmox-backup-client snapshot list` (JSON or table, 1.0 to 3.3). Pure. A snapshot without a
 * manifest is still being written or was given up; one whose verification failed is damaged. One job per backed-up thing.
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
import { failJob, jobsPart, NOTHING_TOLD, type RunFacts, readJob } from './run-facts.ts'
import { barRows } from './table.ts'
import {
  clockOf,
  fromEpochSeconds,
  latestOf,
  newestInstant,
  parseWallTime,
  type ToolClock,
  type WallTime,
} from './wall-time.ts'

const ID = 'backup/proxmox-backup'
const MAX_SNAPSHOTS = 20_000

type Snapshot = {
  readonly group: string
  readonly time: WallTime | null
  readonly bytes: number | null
  readonly isWhole: boolean
  readonly verified: { readonly ok: boolean; readonly time: WallTime | null } | null
  readonly encrypted: boolean | null
}

/** Errors: `empty`, `parse`; a server that refuses is a job that failed. */
export const proxmoxBackupSource: Source<'backup'> = {
  id: ID,
  check: 'backup',
  parse: (input) => {
    const text = decode(input.stdout)
    const clock = clockOf(input)
    if (input.exitCode !== 0) {
      const said = firstLine(withoutCredentials(`${input.stderr}\n${text}`))
      const code = /permission|401|403|authenticat|password/i.test(said) ? 'access-denied' : 'exit'
      const detail = `proxmox-backup-client ended with ${input.exitCode ?? 'a signal'}: ${said}`
      return jobsPart(ID, [failJob(ID, named('datastore', null), { code, detail })])
    }
    const listed = looksLikeJson(text) ? fromJson(text) : fromTable(text)
    if (!listed.ok) return listed
    if (listed.value.length === 0)
      return jobsPart(ID, [readJob(ID, named('datastore', null), { ...NOTHING_TOLD, copies: 0 })])
    const groups = [...Map.groupBy(listed.value, ({ group }) => group)]
    return jobsPart(
      ID,
      groups.map(([group, all]) =>
        readJob(
          ID,
          named(group, latestOf(all.filter(({ isWhole }) => isWhole))?.encrypted ?? null),
          factsOf(all, clock),
        ),
      ),
    )
  },
}

function named(name: string, encrypted: boolean | null) {
  const destination = { kind: 'server', label: null, sameDisk: null, offsite: null, encrypted } as const
  return { tool: 'other', name: `proxmox-backup ${name}`, destination, everyMs: null } as const
}

function factsOf(all: readonly Snapshot[], clock: ToolClock): RunFacts {
  const whole = all.filter(({ isWhole }) => isWhole)
  const newest = latestOf(whole)
  const open = all.filter(({ isWhole, time }) => !isWhole && (time?.ms ?? 0) > (newest?.time?.ms ?? 0))
  const good = whole.filter(({ verified }) => verified?.ok !== false)
  return {
    ...NOTHING_TOLD,
    lastResult: newest?.verified?.ok === false ? 'failed' : null,
    copies: good.length,
    bytes: newest?.bytes ?? null,
    lastSuccessAt: newestInstant(
      good.map(({ time }) => time),
      clock,
    ),
    startedAt: newestInstant(
      open.map(({ time }) => time),
      clock,
    ),
    verifiedAt: newestInstant(
      whole.flatMap(({ verified }) => (verified?.ok === true ? [verified.time] : [])),
      clock,
    ),
  }
}

function fromJson(text: string): Result<readonly Snapshot[], Failure> {
  const document = parseJsonOutput(text)
  if (!document.ok) return document
  if (!Array.isArray(document.value.value)) return err({ code: 'parse', detail: 'not a list of snapshots' })
  const all = mapEntries(document.value, MAX_SNAPSHOTS, (item) => {
    const snapshot = snapshotOf(item)
    return snapshot.time === null ? null : snapshot
  })
  return all === null ? err({ code: 'parse', detail: 'a snapshot without a time' }) : ok(all)
}

function snapshotOf(item: Peek): Snapshot {
  const files = item.list('files', 1_000)
  const names = files.map((file) => file.text('filename') ?? file.text('') ?? '')
  const modes = files.flatMap((file) => file.text('crypt-mode') ?? [])
  const state = item.text('verification.state')
  const upid = item.text('verification.upid')
  const hex = /^UPID:[^:]{1,100}:[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,12}:[0-9A-Fa-f]{8,16}:([0-9A-Fa-f]{8}):/.exec(
    upid ?? '',
  )?.[1]
  const time = hex === undefined ? null : fromEpochSeconds(Number.parseInt(hex, 16))
  return {
    group: `${item.text('backup-type') ?? '?'}/${item.text('backup-id', 100) ?? '?'}`,
    time: fromEpochSeconds(item.number('backup-time')),
    bytes: item.count('size'),
    isWhole: names.some((name) => name.startsWith('index.json')),
    verified: state === 'ok' || state === 'failed' ? { ok: state === 'ok', time } : null,
    encrypted: modes.length === 0 ? null : modes.includes('encrypt'),
  }
}

/** `host/name/2026-01-15T08:00:02Z │ 60 GiB │ catalog.pcat1 index.json …`. */
function fromTable(text: string): Result<readonly Snapshot[], Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'proxmox-backup-client printed nothing' })
  const found = barRows(text).flatMap((cells) => {
    const filled = cells.filter((cell) => cell !== '')
    const match = /^((?:host|vm|ct)\/[^/]{1,100})\/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/.exec(filled[0] ?? '')
    if (match === null) return []
    const isWhole = filled.slice(1).some((cell) => /(?:^| )index\.json/.test(cell))
    const time = parseWallTime(match[2] ?? '')
    return [{ group: match[1] ?? '?', time, bytes: null, isWhole, verified: null, encrypted: null }]
  })
  return found.length === 0 ? err({ code: 'parse', detail: 'no snapshot in the table' }) : ok(found)
}
