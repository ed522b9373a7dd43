/** Parses `btrfs filesystem show`: which devices each btrfs has, and which are missing. Pure and total. */
import type { Pool } from '../../../shared/checks/disk.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { btrfsPool } from './btrfs-pool.ts'
import { explainBtrfs } from './btrfs-stats.ts'
import { textLines } from './text-lines.ts'

/** Source id; also the `source` of the part. */
export const BTRFS_SHOW = 'disk/btrfs-show'

const HEAD = /^(?:Label: (.{1,300}?)\s+)?uuid: ([0-9a-f-]{36})$/i
const DEVICE = /^devid\s+(\d{1,6})\s+size\s+\S{1,30}\s+used\s+\S{1,30}\s+path\s*(.{0,200})$/

type Shown = {
  readonly uuid: string
  readonly label: string | null
  total: number | null
  missing: boolean
  devices: string[]
}

/** One pool for each file system, by label or uuid. Errors: `empty`, `parse`, `access-denied`, `exit`. */
export function parseBtrfsShow({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<readonly Pool[], Failure> {
  const text = decode(stdout)
  const shown: Shown[] = []
  let missingAbove = /device \S+ is missing/i.test(stderr.slice(0, 10_000))
  for (const raw of textLines(text)) {
    const line = raw.trim()
    const head = HEAD.exec(line)
    const here = shown.at(-1)
    if (head !== null) {
      const label = head[1] === undefined || head[1] === 'none' ? null : head[1].replace(/^'|'$/g, '')
      shown.push({ uuid: head[2] ?? '', label, total: null, missing: missingAbove, devices: [] })
      missingAbove = false
    } else if (/^warning, device .{0,40} is missing/i.test(line)) missingAbove = true
    else if (/some devices missing|\*{3}/i.test(line) && here !== undefined) here.missing = true
    else if (here !== undefined) readLine(here, line)
    else if (/^(?:Total devices|devid)\b/.test(line))
      return err({ code: 'parse', detail: `btrfs: a line without its file system: ${line.slice(0, 100)}` })
  }
  const uuids = new Set(shown.map(({ uuid }) => uuid))
  if (shown.length === 0 || uuids.size < shown.length) return err(explainBtrfs(text, stderr, exitCode))
  return ok(shown.slice(0, 64).map((one) => poolOf(one, exitCode)))
}

function readLine(here: Shown, line: string): void {
  const total = /^Total devices (\d{1,6})\b/.exec(line)
  if (total !== null) here.total = Number(total[1])
  const device = DEVICE.exec(line)
  if (device === null) return
  here.devices.push(
    /missing/i.test(line) || (device[2] ?? '') === '' ? `missing devid ${device[1]}` : (device[2] ?? ''),
  )
}

function poolOf({ uuid, label, total, missing, devices }: Shown, exitCode: number | null): Pool {
  const isShort =
    missing || devices.some((device) => /missing/i.test(device)) || (total !== null && devices.length < total)
  const isWhole = total !== null && devices.length === total && exitCode === 0
  const listed = devices.slice(0, 127).map((device) => ({
    device: device.replace('/dev/', '').slice(0, 128),
    state: /missing/i.test(device) ? ('missing' as const) : ('active' as const),
    errors: null,
  }))
  const lost = isShort && listed.every(({ state }) => state === 'active')
  return btrfsPool({
    name: label ?? uuid,
    state: isShort ? 'degraded' : isWhole ? 'healthy' : 'unknown',
    members: lost ? [...listed, { device: 'missing', state: 'missing', errors: null }] : listed,
  })
}

/** `disk/btrfs-show`: devices of every btrfs. */
export const btrfsShow: Source<'disk'> = {
  id: BTRFS_SHOW,
  check: 'disk',
  parse: (input) => {
    const pools = parseBtrfsShow(input)
    return pools.ok ? ok({ parts: { pools: read(BTRFS_SHOW, [...pools.value]) }, samples: {} }) : pools
  },
}
