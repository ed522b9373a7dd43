/** What the lines of one ZFS pool mean together: its state is the worst that pool, members, counters and status line say. Pure. */
import type { Pool } from '../../../shared/checks/disk.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { instantOf } from './pool-figures.ts'

/** One row of the device table, or one vdev of the JSON. Counters null: not told. */
export type PoolRow = {
  readonly device: string
  readonly state: string
  /** `pool`: the top row; `group`: a mirror, a raidz …; `leaf`: a device; `spare`: a device that waits. */
  readonly kind: 'pool' | 'group' | 'leaf' | 'spare'
  readonly read: number | null
  readonly write: number | null
  readonly checksum: number | null
}

/** What the last scan was. */
export type PoolScan = {
  readonly kind: 'scrub' | 'resilver'
  readonly state: 'finished' | 'running' | 'canceled'
  /** Something was repaired; null: not told. */
  readonly repaired: boolean | null
  readonly errors: number | null
  /** Epoch ms; null: not told. */
  readonly endedAt: EpochMs | null
}

/** One pool before it is judged. */
export type RawPool = {
  readonly name: string
  readonly state: string | null
  /** The sentence after `status:`; null: there is none. */
  readonly status: string | null
  readonly rows: readonly PoolRow[]
  readonly scan: PoolScan | null
  /** Known lost blocks; null: not told. */
  readonly dataErrors: number | null
}

/** Sentences of zpool_main.c (OpenZFS 2.2) that report no fault: features, formats, block sizes, host ids and a resilver that runs. */
const HARMLESS =
  /features are not enabled|older? on-disk (?:format|version)|legacy on-disk format|non-native block size|being resilvered|hostid|compatibility|^ok$/i
const GONE = /^(?:FAULTED|UNAVAIL|SUSPENDED|OFFLINE|REMOVED|INSUFFICIENT)/
const GOOD = /^(?:ONLINE|HEALTHY)$/
/** State of a row that calls itself online and lacks what it is made of. */
export const UNPROVEN = 'UNPROVEN'

/** @returns the pool as a section holds it. */
export function judgePool(raw: RawPool): Pool {
  const leaves = raw.rows.filter(({ kind }) => kind === 'leaf' || kind === 'spare')
  return {
    name: raw.name.slice(0, 256),
    kind: 'zfs',
    state: stateOf(raw),
    members: leaves.slice(0, 128).map((row) => ({
      device: row.device.slice(0, 128),
      state: memberState(row),
      errors: errorsOf(row),
    })),
    readErrors: worst(raw.rows.map(({ read }) => read)),
    writeErrors: worst(raw.rows.map(({ write }) => write)),
    checksumErrors: worst(raw.rows.map(({ checksum }) => checksum)),
    dataErrors: raw.dataErrors,
    lastScrub: lastScrub(raw),
  }
}

/** Errors of one device are counted on the way up too: the largest row is the number. */
function worst(counts: readonly (number | null)[]): number | null {
  const told = counts.filter((count) => count !== null)
  return told.length === 0 ? null : Math.max(...told)
}

function errorsOf({ read, write, checksum }: PoolRow): number | null {
  if (read === null && write === null && checksum === null) return null
  return (read ?? 0) + (write ?? 0) + (checksum ?? 0)
}

function memberState({ state, kind }: PoolRow): Pool['members'][number]['state'] {
  if (kind === 'spare') return /^(?:AVAIL|INUSE)$/.test(state) ? 'spare' : 'faulty'
  if (GOOD.test(state)) return 'active'
  if (/^(?:UNAVAIL|REMOVED|OFFLINE|CANT_OPEN|MISSING)/.test(state)) return 'missing'
  return /^(?:FAULTED|DEGRADED)/.test(state) ? 'faulty' : 'other'
}

function stateOf({ state, status, rows, scan, dataErrors }: RawPool): Pool['state'] {
  const top = rows.find(({ kind }) => kind === 'pool')
  if (GONE.test(state ?? '') || GONE.test(top?.state ?? '')) return 'faulted'
  const isResilvering = scan?.kind === 'resilver' && scan.state === 'running'
  const isDamaged =
    /^DEGRADED/.test(state ?? '') ||
    rows.some((row) => !GOOD.test(row.state) && !/^(?:AVAIL|UNPROVEN|)$/.test(row.state))
  if (isResilvering) return 'rebuilding'
  if (isDamaged || (status !== null && !HARMLESS.test(status))) return 'degraded'
  if (rows.some((row) => (errorsOf(row) ?? 0) > 0) || (dataErrors ?? 0) > 0 || (scan?.errors ?? 0) > 0)
    return 'degraded'
  const leaves = rows.filter(({ kind }) => kind === 'leaf')
  const isTold =
    leaves.length > 0 && top !== undefined && leaves.every((row) => GOOD.test(row.state) && errorsOf(row) === 0)
  const isWhole = rows.every((row) => row.state !== UNPROVEN)
  return isTold && isWhole && GOOD.test(state ?? '') && dataErrors === 0 ? 'healthy' : 'unknown'
}

function lastScrub({ scan }: RawPool): Pool['lastScrub'] {
  if (scan === null || scan.kind !== 'scrub' || scan.state === 'running') return null
  if (scan.state === 'canceled') return 'canceled'
  if (scan.errors === null) return null
  if (scan.errors > 0) return 'errors'
  return scan.repaired === true ? 'repaired' : 'clean'
}

const RESULT = /^(scrub|resilver(?:ed)?)\b.{0,400}? with (\d{1,15}) errors? on (.{0,60})/i

/** The text after `scan:` (`scrub:` before 2012) or in old zfs-fuse. `none requested` and what is not understood is null. */
export function parseScan(text: string, now: EpochMs): PoolScan | null {
  const plain = text.replace(/\s+/g, ' ').trim().slice(0, 1_000)
  const kind = /^resilver/i.test(plain) ? 'resilver' : 'scrub'
  if (!/^(?:scrub|resilver)/i.test(plain)) return null
  if (/^\w+(?: in progress| paused)/i.test(plain))
    return { kind, state: 'running', repaired: null, errors: null, endedAt: null }
  if (/^\w+ (?:cancell?ed|stopped)/i.test(plain))
    return { kind, state: 'canceled', repaired: null, errors: null, endedAt: instantOf(plain, now) }
  const found = RESULT.exec(plain)
  const amount = /^scrub repaired (\S{1,20})/i.exec(plain)?.[1] ?? null
  const repaired = amount === null ? null : !/^0(?:\.0+)?[KMGTPE]?i?B?$/i.test(amount)
  if (found === null)
    return { kind, state: 'finished', repaired, errors: repaired === null ? null : 0, endedAt: instantOf(plain, now) }
  return { kind, state: 'finished', repaired, errors: Number(found[2]), endedAt: instantOf(found[3] ?? '', now) }
}
