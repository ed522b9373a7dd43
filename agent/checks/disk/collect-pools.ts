/** Task `disk/pools`: ZFS, btrfs, LVM and bcache. The kernel is asked at every run, the tools only when it says something new. I/O through the probe only. */
import type { Pool } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { askBtrfs, askLvm, askZfs } from './ask-pools.ts'
import { collectWindowsPools } from './collect-windows-storage.ts'
import { type PoolSigns, readPoolSigns } from './read-pool-signs.ts'
import type { PoolsReport } from './zpool-status.ts'

/** Source of the part when several tools speak, or none had to be asked. */
export const POOLS = 'disk/pools'

/** The tools are asked again after so long although nothing changed; after a failure sooner, so that a repair is seen. */
const KEPT_MS = 6 * HOUR_MS - 5 * MINUTE_MS
const RETRY_MS = HOUR_MS

/** Every 5 minutes from /proc and /sys; children at most every six hours while nothing changes. */
export const poolsTask: Task<'disk'> = {
  id: 'disk/pools',
  check: 'disk',
  cadence: 'raid',
  parts: ['pools'],
  timeoutMs: 5 * MINUTE_MS,
  collect: collectPools,
}

type Kept = {
  readonly askedAt: EpochMs
  readonly signature: string
  readonly keepMs: number
  readonly told: Contribution<'disk'>
}
/** What one family of pools said, or why it did not, with the pools that the kernel knows of it. */
type Answer = { readonly source: string; readonly report: Result<PoolsReport, Failure>; readonly seen: readonly Pool[] }

async function collectPools(context: CollectContext): Promise<Contribution<'disk'>> {
  const { probe, memo, now, off } = context
  if (probe.platform === 'win32') return collectWindowsPools(context)
  if (off.has(POOLS))
    return {
      parts: { pools: failed(POOLS, { code: 'disabled', detail: `${POOLS} is switched off for this machine` }) },
      samples: {},
    }
  // macOS has no pools of these kinds; its own arrays are the business of disk/arrays.
  if (probe.platform === 'darwin') return { parts: { pools: read(POOLS, []) }, samples: {} }
  const signs = await readPoolSigns(probe)
  const kept = memo.get('pools') as Kept | undefined // only this function writes it
  if (kept !== undefined && kept.signature === signs.signature && Math.abs(now - kept.askedAt) < kept.keepMs)
    return kept.told
  const answers = await askAll(context, signs)
  const told = contributionOf(answers, signs.bcache)
  const keepMs = answers.every(({ report }) => report.ok) ? KEPT_MS : RETRY_MS
  memo.set('pools', { askedAt: now, signature: signs.signature, keepMs, told } satisfies Kept)
  return told
}

async function askAll(context: CollectContext, signs: PoolSigns): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  if (signs.hasZfs) answers.push({ source: 'disk/zpool-status', report: await askZfs(context), seen: signs.zfs })
  for (const mount of signs.btrfsMounts)
    answers.push({
      source: 'disk/btrfs-stats',
      report: await askBtrfs(context, mount),
      seen: [blindPool(mount, 'btrfs')],
    })
  if (signs.hasLvm) answers.push({ source: 'disk/lvs', report: await askLvm(context), seen: [blindPool('lvm', 'lvm')] })
  return answers
}

/**
 * Everything that answered. A family that did not answer (zpool hangs on a suspended pool) stands there with what the kernel says of its
 * pools, so that one dead tool hides nothing; when nothing at all is known, the part failed.
 */
function contributionOf(answers: readonly Answer[], bcache: readonly Pool[]): Contribution<'disk'> {
  const pools = [...bcache]
  const samples: { [key: string]: number | null } = {}
  for (const { report, seen } of answers) {
    pools.push(...(report.ok ? report.value.pools : seen))
    if (report.ok) Object.assign(samples, report.value.samples satisfies SampleValues)
  }
  const failure = answers.find(({ report }) => !report.ok)
  const knows =
    bcache.length > 0 || answers.some(({ report, seen }) => report.ok || seen.some(({ state }) => state !== 'unknown'))
  if (failure !== undefined && !failure.report.ok && !knows)
    return { parts: { pools: failed(failure.source, failure.report.error) }, samples: {} }
  const source = answers.length === 1 && bcache.length === 0 ? (answers[0]?.source ?? POOLS) : POOLS
  return { parts: { pools: read(source, pools.slice(0, 64)) }, samples }
}

/** A pool of which only its existence is known. */
function blindPool(name: string, kind: Pool['kind']): Pool {
  const none = { readErrors: null, writeErrors: null, checksumErrors: null, dataErrors: null, lastScrub: null }
  return { name: name.slice(0, 256), kind, state: 'unknown', members: [], ...none }
}
