/** Parses `btrfs device stats`, JSON (btrfs-progs 5.x) and text: error counters of each device, counted for ever. Pure and total. */
import type { Pool } from '../../../shared/checks/disk.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson } from '../json.ts'
import { firstLine } from '../parts.ts'
import { btrfsPool } from './btrfs-pool.ts'
import { leadingCount, textLines } from './text-lines.ts'

/** Source id; also the `source` of the part. */
export const BTRFS_STATS = 'disk/btrfs-stats'

const COUNTERS = ['write_io_errs', 'read_io_errs', 'flush_io_errs', 'corruption_errs', 'generation_errs'] as const
type Counter = (typeof COUNTERS)[number]
type Device = { readonly device: string; readonly counts: { readonly [C in Counter]?: number } }

const LINE = /^\[([^\]]{1,200})\]\.(\w{1,30})\s+(\d{1,15})$/

/**
 * One pool named after its first device. Exit 64 (`--check`, errors there are) is an answer. A device with all five counters at
 * zero is sound as far as it was read; scrub corrections may be missing here (kdave/btrfs-progs#974).
 * Errors: `empty`, `parse`, `access-denied`, `exit`.
 */
export function parseBtrfsStats({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<Pool, Failure> {
  const text = decode(stdout)
  const devices = text.trimStart().startsWith('{') ? fromJson(text) : fromText(text)
  if (devices === null || devices.length === 0) return err(explainBtrfs(text, stderr, exitCode))
  const sum = (...names: readonly Counter[]) => {
    const told = devices.flatMap(({ counts }) => names.flatMap((name) => counts[name] ?? []))
    return told.length === 0
      ? null
      : Math.min(
          Number.MAX_SAFE_INTEGER,
          told.reduce((a, b) => a + b, 0),
        )
  }
  const isWhole = devices.every(({ counts }) => COUNTERS.every((name) => counts[name] !== undefined))
  const isGone = devices.some(({ device }) => /missing|^devid:/i.test(device))
  const hasErrors = (sum(...COUNTERS) ?? 0) > 0
  // The tool ends every line: a last one without its end means that the answer was cut.
  const isProven = isWhole && /[\n}]\s*$/.test(text) && (exitCode === 0 || exitCode === 64)
  return ok(
    btrfsPool({
      name: devices[0]?.device ?? 'btrfs',
      state: hasErrors || isGone || exitCode === 64 ? 'degraded' : isProven ? 'healthy' : 'unknown',
      members: devices.slice(0, 128).map(memberOf),
      readErrors: sum('read_io_errs'),
      writeErrors: sum('write_io_errs', 'flush_io_errs'),
      checksumErrors: sum('corruption_errs', 'generation_errs'),
    }),
  )
}

function memberOf({ device, counts }: Device): Pool['members'][number] {
  const told = Object.values(counts)
  const state = /missing|^devid:/i.test(device) ? 'missing' : 'active'
  const errors =
    told.length === 0
      ? null
      : Math.min(
          Number.MAX_SAFE_INTEGER,
          told.reduce((a, b) => a + b, 0),
        )
  return { device: device.replace('/dev/', '').slice(0, 128), state, errors }
}

/** Counters are strings in btrfs-progs 6.1. */
function fromJson(text: string): readonly Device[] | null {
  const root = parseJson(text)
  if (!root.ok) return null
  const devices = root.value.list('device-stats', 128).flatMap((entry) => {
    const device = entry.text('device', 200)
    return device === null ? [] : [{ device, counts: countsOf(entry) }]
  })
  // Counters whose device is not told may be the bad ones.
  return devices.length === root.value.list('device-stats', 128).length ? devices : null
}

function countsOf(entry: Peek): Device['counts'] {
  return Object.fromEntries(
    COUNTERS.flatMap((name) => {
      const count = entry.count(name) ?? leadingCount(entry.text(name) ?? '')
      return count === null ? [] : [[name, count]]
    }),
  )
}

function fromText(text: string): readonly Device[] | null {
  const devices = new Map<string, { [C in Counter]?: number }>()
  for (const line of textLines(text)) {
    const [, device, word, count] = LINE.exec(line.trim()) ?? []
    const name = COUNTERS.find((one) => one === word)
    if (device === undefined || name === undefined) continue
    const counts = devices.get(device) ?? {}
    // Told twice: two answers were glued together.
    if (counts[name] !== undefined) return null
    devices.set(device, { ...counts, [name]: Number(count) })
  }
  return [...devices].map(([device, counts]) => ({ device, counts }))
}

/** Why btrfs gave no answer that can be read. */
export function explainBtrfs(text: string, stderr: string, exitCode: number | null): Failure {
  const said = firstLine(stderr) || firstLine(text)
  if (said === '') return { code: 'empty', detail: `btrfs said nothing (exit ${exitCode ?? 'by signal'})` }
  if (/permission denied|not permitted/i.test(said)) return { code: 'access-denied', detail: said }
  return { code: exitCode === 0 ? 'parse' : 'exit', detail: said }
}

/** `disk/btrfs-stats`: error counters of the devices of one btrfs. */
export const btrfsStats: Source<'disk'> = {
  id: BTRFS_STATS,
  check: 'disk',
  parse: (input) => {
    const pool = parseBtrfsStats(input)
    return pool.ok ? ok({ parts: { pools: read(BTRFS_STATS, [pool.value]) }, samples: {} }) : pool
  },
}
