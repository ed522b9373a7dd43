/** Which pools the Linux kernel knows, and what it says of them, without starting a child. I/O through the probe only. */
import type { Pool } from '../../../shared/checks/disk.ts'
import type { Probe } from '../../probe/probe.ts'
import { decode } from '../decode.ts'
import { parseMountinfo } from './mount-table.ts'

/** `signature` changes when a tool has something new to tell. */
export type PoolSigns = {
  readonly hasZfs: boolean
  readonly zfs: readonly Pool[]
  /** One mount point of each btrfs, at most 16. */
  readonly btrfsMounts: readonly string[]
  readonly hasLvm: boolean
  readonly bcache: readonly Pool[]
  readonly signature: string
}

const NONE = { readErrors: null, writeErrors: null, checksumErrors: null, dataErrors: null, lastScrub: null } as const
/** State files of OpenZFS 0.8 and later, /proc/spl/kstat/zfs/POOL/state. */
const KSTAT = '/proc/spl/kstat/zfs'
/** Words of /sys/block/bcacheN/bcache/state (Documentation/admin-guide/bcache.rst). */
const BCACHE: { readonly [word: string]: Pool['state'] } = {
  clean: 'healthy',
  dirty: 'healthy',
  'no cache': 'degraded',
  inconsistent: 'faulted',
}

/** Total: what cannot be read is not there. */
export async function readPoolSigns(probe: Probe): Promise<PoolSigns> {
  const zfs = await readZfs(probe)
  const mounts = await readMounts(probe)
  const btrfs = await readBtrfs(probe)
  const { hasLvm, names, bcache } = await readMapped(probe)
  const hasZfs = zfs !== null || mounts.hasZfs
  const states = (zfs ?? []).map(({ name, state }) => `${name} ${state}`)
  const signature = JSON.stringify([
    hasZfs,
    states,
    mounts.btrfs,
    btrfs,
    names,
    bcache.map(({ name, state }) => `${name} ${state}`),
  ])
  return { hasZfs, zfs: zfs ?? [], btrfsMounts: mounts.btrfs, hasLvm, bcache, signature }
}

/** null: no ZFS in this kernel. A pool that is online here is not proven: its errors are told by zpool only. */
async function readZfs(probe: Probe): Promise<readonly Pool[] | null> {
  const entries = await probe.list(KSTAT)
  if (!entries.ok) return null
  const pools: Pool[] = []
  for (const { name } of entries.value.filter(({ kind }) => kind === 'folder').slice(0, 64)) {
    const word = await lineOf(probe, `${KSTAT}/${name}/state`)
    const state = word === 'DEGRADED' ? 'degraded' : word === null || word === 'ONLINE' ? 'unknown' : 'faulted'
    pools.push({ name: name.slice(0, 256), kind: 'zfs', state, members: [], ...NONE })
  }
  return pools
}

async function readMounts(probe: Probe): Promise<{ readonly btrfs: readonly string[]; readonly hasZfs: boolean }> {
  const file = await probe.readFile('/proc/self/mountinfo')
  const mounts = file.ok ? parseMountinfo(decode(file.value)) : []
  const byDevice = new Map<string, string>()
  for (const { fsType, device, mount } of mounts) {
    const known = byDevice.get(device)
    if (fsType === 'btrfs' && (known === undefined || mount.length < known.length)) byDevice.set(device, mount)
  }
  return {
    btrfs: [...byDevice.values()].sort().slice(0, 16),
    hasZfs: mounts.some(({ fsType }) => /^(?:fuse\.)?zfs/.test(fsType)),
  }
}

/** Error counters and missing devices of /sys/fs/btrfs (Linux 5.14 and later), only to see that they changed. */
async function readBtrfs(probe: Probe): Promise<readonly string[]> {
  const entries = await probe.list('/sys/fs/btrfs')
  const signs: string[] = []
  for (const { name } of (entries.ok ? entries.value : [])
    .filter(({ name }) => /^[0-9a-f-]{36}$/.test(name))
    .slice(0, 16)) {
    const devices = await probe.list(`/sys/fs/btrfs/${name}/devinfo`)
    for (const device of (devices.ok ? devices.value : []).slice(0, 32)) {
      const folder = `/sys/fs/btrfs/${name}/devinfo/${device.name}`
      const stats = await probe.readFile(`${folder}/error_stats`, { maxBytes: 512 })
      signs.push(
        `${name} ${device.name} ${stats.ok ? decode(stats.value) : ''} ${(await lineOf(probe, `${folder}/missing`)) ?? ''}`,
      )
    }
  }
  return signs
}

/** Device-mapper volumes of LVM by their uuid, and caches. */
async function readMapped(
  probe: Probe,
): Promise<{ readonly hasLvm: boolean; readonly names: readonly string[]; readonly bcache: readonly Pool[] }> {
  const blocks = await probe.list('/sys/block')
  const names: string[] = []
  const bcache: Pool[] = []
  for (const { name } of (blocks.ok ? blocks.value : []).slice(0, 2_000)) {
    if (/^dm-\d+$/.test(name)) {
      const uuid = await lineOf(probe, `/sys/block/${name}/dm/uuid`)
      if (uuid?.startsWith('LVM-') === true) names.push(uuid)
    } else if (/^bcache\d+$/.test(name)) {
      const state = BCACHE[(await lineOf(probe, `/sys/block/${name}/bcache/state`)) ?? ''] ?? 'unknown'
      bcache.push({ name, kind: 'bcache', state, members: [], ...NONE })
    }
  }
  return { hasLvm: names.length > 0, names: names.sort(), bcache }
}

async function lineOf(probe: Probe, path: string): Promise<string | null> {
  const file = await probe.readFile(path, { maxBytes: 256 })
  const text = file.ok ? decode(file.value).trim() : ''
  return text === '' ? null : text
}
