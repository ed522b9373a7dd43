/** Asks the tools of ZFS, btrfs and LVM. I/O through the probe only. */
import type { Pool } from '../../../shared/checks/disk.ts'
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { CollectContext } from '../collector.ts'
import { mergeBtrfs } from './btrfs-pool.ts'
import { parseBtrfsScrub, scrubSamples } from './btrfs-scrub.ts'
import { parseBtrfsShow } from './btrfs-show.ts'
import { parseBtrfsStats } from './btrfs-stats.ts'
import { parseLvs } from './lvs.ts'
import { parseZpoolList } from './zpool-list.ts'
import { type PoolsReport, parseZpoolStatus, ZPOOL_STATUS } from './zpool-status.ts'

/** zpool waits for ever on a suspended pool; thirty seconds are enough for a slow one. */
const ZPOOL_TIMEOUT_MS = 30_000
const LV_FIELDS = 'lv_name,vg_name,lv_attr,lv_health_status,data_percent,metadata_percent,raid_sync_action,copy_percent'

type Asking = Pick<CollectContext, 'probe' | 'now' | 'off'>

/** State, members and errors from `zpool status`, fill from `zpool list`. Errors: those of the status; a list that fails tells no fill. */
export async function askZfs({ probe, now, off }: Asking): Promise<Result<PoolsReport, Failure>> {
  if (off.has(ZPOOL_STATUS))
    return err({ code: 'disabled', detail: `${ZPOOL_STATUS} is switched off for this machine` })
  const options = { timeoutMs: ZPOOL_TIMEOUT_MS, target: 'zpool' }
  const exact = await probe.exec('zpool', ['status', '-p'], options)
  // ZFS before 0.7 does not know -p; its numbers are then rounded.
  const isOld = exact.ok && exact.value.exitCode === 2 && /invalid option/i.test(exact.value.stderr)
  const status = isOld ? await probe.exec('zpool', ['status'], options) : exact
  if (!status.ok) return status
  const pools = parseZpoolStatus({ ...status.value, now })
  if (!pools.ok || pools.value.pools.length === 0) return pools
  const list = await probe.exec('zpool', ['list', '-Hp', '-o', 'name,size,alloc,free,cap,frag,health'], options)
  const fill = list.ok ? parseZpoolList(list.value) : list
  return ok({ pools: pools.value.pools, samples: { ...(fill.ok ? fill.value.samples : {}), ...pools.value.samples } })
}

/** Counters, devices and the last scrub of the btrfs at a mount point, as one pool named after it. Errors: when none of the three answers. */
export async function askBtrfs({ probe, now }: Asking, mount: string): Promise<Result<PoolsReport, Failure>> {
  const target = `btrfs ${mount}`
  const stats = await probe.exec('btrfs', ['device', 'stats', '--', mount], { target })
  const counted = stats.ok ? parseBtrfsStats(stats.value) : stats
  if (!stats.ok) return stats
  const show = await probe.exec('btrfs', ['filesystem', 'show', '--', mount], { target })
  const shown = show.ok ? parseBtrfsShow(show.value) : show
  const status = await probe.exec('btrfs', ['scrub', 'status', '--', mount], { target })
  const scrub = status.ok ? parseBtrfsScrub({ ...status.value, now }) : status
  const heard: Pool[] = [...(counted.ok ? [counted.value] : []), ...(shown.ok ? shown.value.slice(0, 1) : [])]
  if (!counted.ok || heard.length === 0)
    return counted.ok ? err({ code: 'parse', detail: `btrfs told nothing of ${mount}` }) : counted
  // Without the list of devices a missing one may have gone unseen; a scrub that never ran proves and disproves nothing.
  const unshown: Pool[] = shown.ok ? [] : [{ ...counted.value, state: 'unknown', members: [] }]
  const scrubbed = scrub.ok
    ? [scrub.value.pool].map((pool) => ({
        ...pool,
        state: pool.state === 'degraded' ? pool.state : ('healthy' as const),
      }))
    : []
  const pool = mergeBtrfs(mount, [...heard, ...unshown, ...scrubbed])
  return ok({ pools: [pool], samples: scrub.ok ? scrubSamples(pool.name, scrub.value.endedAt) : {} })
}

/** Every logical volume. LVM before 2.02.158 has no JSON and gets the plain table. */
export async function askLvm({ probe }: Asking): Promise<Result<PoolsReport, Failure>> {
  const options = { target: 'lvs', timeoutMs: 30_000, env: { LVM_SUPPRESS_FD_WARNINGS: '1' } }
  const json = await probe.exec('lvs', ['--reportformat', 'json', '-a', '-o', LV_FIELDS], options)
  if (!json.ok) return json
  const isOld = json.value.exitCode !== 0 && /unrecogni[sz]ed option|unknown option/i.test(json.value.stderr)
  if (!isOld) return parseLvs(json.value)
  const plain = await probe.exec(
    'lvs',
    ['-a', '-o', 'lv_name,vg_name,lv_attr,data_percent,metadata_percent,copy_percent'],
    options,
  )
  return plain.ok ? parseLvs(plain.value) : plain
}
