/** Parses `lvs`, JSON and plain table: volumes of LVM, their health, thin pools and how full they are. Pure and total. */
import type { Pool } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { type Peek, parseJson } from '../json.ts'
import { firstLine } from '../parts.ts'
import { readTable } from './lvs-table.ts'
import { permilleOfPercent } from './pool-figures.ts'
import type { PoolsReport } from './zpool-status.ts'

/** Source id; also the `source` of the part. */
export const LVS = 'disk/lvs'

/** One logical volume as the tool tells it; null: not told. */
export type LogicalVolume = {
  readonly name: string
  readonly group: string
  readonly attributes: string | null
  readonly health: string | null
  readonly data: string | null
  readonly metadata: string | null
  readonly copied: string | null
  readonly action: string | null
}

/**
 * One pool for each thin pool, snapshot, RAID and mirror (`group/volume`), and one for the rest of each volume group (`group`).
 * Samples `pool:<name>:usedPermille` and `:metadataPermille`. Warnings of lvm on stderr are no failure.
 * Errors: `empty`, `parse`, `access-denied`, `exit`. An empty list: lvm looked and found no volume.
 */
export function parseLvs({
  stdout,
  stderr,
  exitCode,
}: Pick<SourceInput, 'stdout' | 'stderr' | 'exitCode'>): Result<PoolsReport, Failure> {
  const text = decode(stdout)
  const volumes = text.includes('"report"') ? fromJson(text) : readTable(text)
  if (volumes === null || (volumes.length === 0 && exitCode !== 0)) return err(explain(text, stderr, exitCode))
  const pools = new Map<string, Pool>()
  const samples: { [key: string]: number } = {}
  for (const volume of volumes) {
    const name = itemOf(volume)
    const known = pools.get(name)
    const state = exitCode === 0 ? stateOf(volume) : worse(stateOf(volume), 'unknown')
    pools.set(name, poolOf(name, known === undefined ? state : worse(known.state, state)))
    if (name !== volume.group) Object.assign(samples, fillOf(name, volume))
  }
  return ok({ pools: [...pools.values()].slice(0, 64), samples })
}

const RANK: readonly Pool['state'][] = ['healthy', 'unknown', 'rebuilding', 'degraded', 'faulted']
const worse = (a: Pool['state'], b: Pool['state']) => (RANK.indexOf(a) > RANK.indexOf(b) ? a : b)
/** First attribute: what kind of volume it is (lvs(8) 2.03). Hidden halves of others (i I l e T) count for their group. */
const OWN_ITEM = /^[tsSrRmMC]/

function itemOf({ name, group, attributes }: LogicalVolume): string {
  const isHidden = /^\[/.test(name)
  return (!isHidden && OWN_ITEM.test(attributes ?? '') ? `${group}/${name}` : group).slice(0, 256)
}

function poolOf(name: string, state: Pool['state']): Pool {
  const none = { readErrors: null, writeErrors: null, checksumErrors: null, dataErrors: null, lastScrub: null }
  return { name, kind: 'lvm', state, members: [], ...none }
}

/** Ninth attribute: p partial, r refresh needed, m mismatches, X unknown, and of thin pools F failed, D out of data, M metadata read-only. */
function stateOf({ attributes, health, copied, action }: LogicalVolume): Pool['state'] {
  const letters = attributes ?? ''
  const ninth = letters[8]
  const told = health ?? ''
  if (/^(?:failed|out_of_data)/.test(told) || ninth === 'F' || ninth === 'D' || letters[4] === 'I') return 'faulted'
  if (/partial|refresh|mismatch|metadata_read_only|failed/.test(told) || /^[prmM]$/.test(ninth ?? '')) return 'degraded'
  if (ninth === 'X' || letters[4] === 'X') return 'unknown'
  const isRepairing = /^(?:recover|resync|reshape|repair)/.test(action ?? '') || ninth === 'R'
  const share = permilleOfPercent(copied)
  if (isRepairing || (/^[rRmM]/.test(letters) && share !== null && share < 1_000)) return 'rebuilding'
  const isTold = letters.length >= 9 && /^[\w-]{9,12}$/.test(letters) && (ninth === '-' || ninth === 'w')
  return isTold && letters[4] !== 'M' && letters[4] !== 'S' ? 'healthy' : 'unknown'
}

/** A pool of that kind whose fill is not told keeps its key: measured and failed. */
function fillOf(name: string, { attributes, data, metadata }: LogicalVolume): SampleValues {
  const kind = attributes?.[0] ?? ''
  if (!/^[tsS]$/.test(kind)) return {}
  const used = { [`pool:${name}:usedPermille`]: permilleOfPercent(data) }
  return kind === 't' ? { ...used, [`pool:${name}:metadataPermille`]: permilleOfPercent(metadata) } : used
}

function fromJson(text: string): readonly LogicalVolume[] | null {
  // Warnings about leaked file descriptors stand before the document when both streams were stored together.
  const root = parseJson(text.slice(Math.max(0, text.indexOf('{'))))
  const report = root.ok ? root.value.list('report', 8) : []
  if (!report.some((one) => one.has('lv'))) return null
  const volumes = report.flatMap((one) => one.list('lv', 2_000)).map(volumeOf)
  return volumes.every((volume) => volume !== null) ? volumes : null
}

function volumeOf(entry: Peek): LogicalVolume | null {
  const name = entry.text('lv_name')
  const group = entry.text('vg_name')
  if (name === null || group === null) return null
  return {
    name,
    group,
    attributes: entry.text('lv_attr'),
    health: entry.text('lv_health_status'),
    data: entry.text('data_percent'),
    metadata: entry.text('metadata_percent'),
    copied: entry.text('copy_percent') ?? entry.text('sync_percent'),
    action: entry.text('raid_sync_action'),
  }
}

function explain(text: string, stderr: string, exitCode: number | null): Failure {
  const lines = `${stderr}\n${text}`.split('\n', 50).filter((line) => !/^File descriptor .* leaked/.test(line))
  const said = firstLine(lines.join('\n'))
  if (said === '') return { code: 'empty', detail: `lvs said nothing (exit ${exitCode ?? 'by signal'})` }
  if (/permission denied|not permitted|running as a non-root user/i.test(said))
    return { code: 'access-denied', detail: said }
  return { code: exitCode === 0 ? 'parse' : 'exit', detail: said }
}

/** `disk/lvs`: health and fill of LVM's volumes. */
export const lvs: Source<'disk'> = {
  id: LVS,
  check: 'disk',
  parse: (input) => {
    const report = parseLvs(input)
    if (!report.ok) return report
    return ok({ parts: { pools: read(LVS, [...report.value.pools]) }, samples: report.value.samples })
  },
}
