/** Text of `zpool status`, from zfs-fuse 0.7 to OpenZFS 2.3, with or without -v, -p, -P. Pure. */
import type { EpochMs } from '../../../shared/units.ts'
import { scaledCount } from './pool-figures.ts'
import { textLines } from './text-lines.ts'
import { type PoolRow, parseScan, type RawPool, UNPROVEN } from './zpool-judge.ts'

const FIELD =
  /^\s{0,8}(pool|state|status|action|see|scan|scrub|config|errors|remove|checkpoint|dedup|expand|comment|id|raidz_expand):(?: (.*)|$)/
const ROW =
  /^([ \t]*)(\S.{0,200}?)\s+(ONLINE|DEGRADED|FAULTED|OFFLINE|UNAVAIL|REMOVED|AVAIL|INUSE|SUSPENDED|CANT_OPEN|SPLIT)\b(.*)$/
const COUNTS = /^\s+(\d[\d.]{0,14}[KMGTPE]?)\s+(\d[\d.]{0,14}[KMGTPE]?)\s+(\d[\d.]{0,14}[KMGTPE]?)(?:\s|$)/
const GROUP = /^(?:mirror|raidz\d?|draid\d?|replacing|spare|log|logs|cache|special|dedup|indirect|root)(?:-\d+|-?$|:)/

type Fields = Map<string, string[]>

/** Pools in the order told; null: a line belongs to no pool, or a pool is told twice, so something was cut or glued. */
export function parseZpoolText(text: string, now: EpochMs): readonly RawPool[] | null {
  const groups: Fields[] = []
  let field: string[] | null = null
  for (const line of textLines(text)) {
    const found = FIELD.exec(line)
    const name = found?.[1] ?? ''
    if (found !== null && name === 'pool') groups.push(new Map())
    const here = groups.at(-1)
    if (found === null) {
      if (field !== null) field.push(line)
      continue
    }
    // A field without its pool: the line that named it was cut.
    if (here === undefined || here.has(name)) return null
    field = [found[2] ?? '']
    here.set(name, field)
  }
  const pools = groups.slice(0, 64).map((fields) => poolOf(fields, now))
  return new Set(pools.map(({ name }) => name)).size === pools.length ? pools : null
}

function poolOf(fields: Fields, now: EpochMs): RawPool {
  const joined = (name: string) => fields.get(name)?.join(' ').replace(/\s+/g, ' ').trim() ?? null
  const scan = joined('scan') ?? joined('scrub')
  return {
    name: joined('pool') ?? '',
    state: joined('state'),
    status: joined('status'),
    rows: rowsOf(fields.get('config') ?? []),
    scan: scan === null ? null : parseScan(scan, now),
    dataErrors: dataErrorsOf(fields.get('errors') ?? null),
  }
}

function rowsOf(lines: readonly string[]): readonly PoolRow[] {
  const found: { depth: number; row: PoolRow }[] = []
  let section = ''
  let base: number | null = null
  for (const line of lines) {
    const heading = /^[ \t]*(logs?|cache|spares|special|dedup)\s*$/.exec(line)
    if (heading !== null) section = heading[1] ?? ''
    const match = ROW.exec(line)
    if (match === null) continue
    const depth = (match[1] ?? '').replaceAll('\t', '        ').length
    base ??= depth
    found.push({
      depth,
      row: rowOf(match[2] ?? '', match[3] ?? '', match[4] ?? '', depth === base && section === '', section),
    })
  }
  // A row with a deeper one below it holds devices; it is none.
  return found.map(({ depth, row }, index) => {
    const holds = (found[index + 1]?.depth ?? 0) > depth
    // A mirror of one device: the line of the other was cut.
    const isShort = /^(?:mirror|raidz|draid)/.test(row.device) && (found[index + 2]?.depth ?? 0) <= depth
    if (isShort) return { ...row, kind: 'group', state: row.state === 'ONLINE' ? UNPROVEN : row.state }
    return row.kind === 'leaf' && (holds || GROUP.test(row.device)) ? { ...row, kind: 'group' } : row
  })
}

function rowOf(device: string, state: string, rest: string, isPool: boolean, section: string): PoolRow {
  const counts = COUNTS.exec(rest)
  const count = (index: number) => (counts === null ? null : scaledCount(counts[index] ?? null))
  const kind = isPool ? 'pool' : section === 'spares' ? 'spare' : 'leaf'
  return { device, state, kind, read: count(1), write: count(2), checksum: count(3) }
}

/** `No known data errors`; `3 data errors, use '-v' for a list`; a list of files, of which only the number is kept. */
function dataErrorsOf(lines: readonly string[] | null): number | null {
  const first = lines?.[0]?.trim() ?? ''
  if (/^No known data errors/.test(first)) return 0
  const counted = /^(\d{1,15}) data errors?/.exec(first)
  if (counted !== null) return Number(counted[1])
  if (!/^Permanent errors/.test(first)) return null
  return Math.max(1, (lines ?? []).slice(1).filter((line) => line.trim() !== '').length)
}
