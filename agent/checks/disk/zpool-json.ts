/** JSON of `zpool status -j` (OpenZFS 2.3): numbers as strings unless --json-int, vdevs nested unless --json-flat-vdevs. Pure. */
import type { EpochMs } from '../../../shared/units.ts'
import type { Peek } from '../json.ts'
import { ownKey } from './own-key.ts'
import { instantOf, permilleOf, scaledCount } from './pool-figures.ts'
import type { PoolRow, PoolScan, RawPool } from './zpool-judge.ts'

/** A pool with its fill in tenths of a percent; null: not told. */
export type JsonPool = { readonly pool: RawPool; readonly usedPermille: number | null }

const LISTS = ['vdevs', 'special', 'dedup', 'logs', 'class'] as const
const MAX_ROWS = 512

/** Pools of the document, sorted as told. */
export function parseZpoolJson(root: Peek, now: EpochMs): readonly JsonPool[] {
  const pools = root.at('pools')
  return pools
    .keys()
    .slice(0, 64)
    .map((key) => poolOf(ownKey(pools, key), key, now))
}

function poolOf(place: Peek, key: string, now: EpochMs): JsonPool {
  const rows: PoolRow[] = []
  for (const list of LISTS) addRows(rows, place.at(list), false, 0)
  addRows(rows, place.at('l2cache'), false, 0)
  addRows(rows, place.at('spares'), true, 0)
  const name = place.text('name') ?? key
  const top = ownKey(place.at('vdevs'), name)
  const status = place.text('status', 1_000)
  return {
    pool: {
      name,
      state: place.text('state'),
      status,
      rows: withPoolRow(rows, name, place.text('state')),
      scan: scanOf(place.at('scan_stats'), now),
      dataErrors: figure(place, 'error_count'),
    },
    usedPermille: permilleOf(figure(top, 'alloc_space'), figure(top, 'total_space')),
  }
}

/** Flat documents leave the top row out: the pool's own state is it. */
function withPoolRow(rows: readonly PoolRow[], name: string, state: string | null): readonly PoolRow[] {
  if (rows.some(({ kind }) => kind === 'pool')) return rows
  const top: PoolRow = { device: name, state: state ?? '', kind: 'pool', read: null, write: null, checksum: null }
  return [top, ...rows]
}

function addRows(rows: PoolRow[], place: Peek, isSpare: boolean, depth: number): void {
  for (const key of place.keys()) {
    if (rows.length >= MAX_ROWS || depth > 8) return
    const vdev = ownKey(place, key)
    const type = vdev.text('vdev_type')
    const holds = vdev.has('vdevs')
    const kind =
      type === 'root' || (type === null && holds && depth === 0)
        ? 'pool'
        : isSpare
          ? 'spare'
          : leafOrGroup(key, type, holds)
    rows.push({
      device: vdev.text('name') ?? key,
      state: vdev.text('state') ?? (kind === 'pool' ? 'ONLINE' : ''),
      kind,
      read: figure(vdev, 'read_errors'),
      write: figure(vdev, 'write_errors'),
      checksum: figure(vdev, 'checksum_errors'),
    })
    addRows(rows, vdev.at('vdevs'), isSpare, depth + 1)
  }
}

/** OpenZFS 2.3 tells neither type nor state of a draid (openzfs/zfs#18431). */
function leafOrGroup(name: string, type: string | null, holds: boolean): PoolRow['kind'] {
  if (holds || (type === null && /^(?:draid|raidz)\d.*-\d+$/.test(name))) return 'group'
  return type === null || /^(?:disk|file|missing)$/.test(type) ? 'leaf' : 'group'
}

function scanOf(scan: Peek, now: EpochMs): PoolScan | null {
  const said = scan.text('function')
  const state = scan.text('state') ?? ''
  if (said === null || !/^(?:SCRUB|RESILVER)$/.test(said)) return null
  const repaired = figure(scan, 'processed')
  return {
    kind: said === 'SCRUB' ? 'scrub' : 'resilver',
    state: state === 'FINISHED' ? 'finished' : state === 'CANCELED' ? 'canceled' : 'running',
    // `processed` is what was written back: for a scrub, what was repaired.
    repaired: repaired === null ? null : repaired > 0,
    errors: figure(scan, 'errors'),
    endedAt:
      state === 'FINISHED' ? instantOf(scan.text('end_time') ?? String(scan.count('end_time') ?? ''), now) : null,
  }
}

function figure(place: Peek, path: string): number | null {
  return place.count(path) ?? scaledCount(place.text(path))
}
