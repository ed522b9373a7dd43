/** English texts of the rules about pools, RAID controllers and logged errors of drives. Pure. */
import type { RuleValues } from '../../../rules.ts'
import { counted } from '../../counted.ts'
import type { Formatter } from '../../format.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'

/** The rules of this file. */
export type StorageRule =
  | 'disk/pool-degraded'
  | 'disk/pool-errors'
  | 'disk/pool-full'
  | 'disk/scrub-old'
  | 'disk/controller-faulty'
  | 'disk/controller-drive-failing'
  | 'disk/device-errors'

const KINDS: { readonly [kind: string]: string } = {
  zfs: 'ZFS',
  btrfs: 'btrfs',
  lvm: 'LVM',
  'storage-spaces': 'Storage Spaces',
  bcache: 'bcache',
}
const kindOf = (kind: string) => KINDS[kind] ?? kind
const LOOK: { readonly [kind: string]: (pool: string) => string } = {
  zfs: (pool) => `zpool status -v ${pool}`,
  btrfs: (pool) => `btrfs device stats ${pool}; btrfs scrub status ${pool}`,
  lvm: () => 'lvs -a -o +lv_health_status,devices',
  'storage-spaces': () => 'Get-PhysicalDisk | Format-Table FriendlyName, SerialNumber, HealthStatus, OperationalStatus',
  bcache: (pool) => `cat /sys/block/${pool}/bcache/state`,
}
const lookAt = (kind: string, pool: string) => `To see it yourself: ${LOOK[kind]?.(pool) ?? pool}.`
const SCRUB: { readonly [kind: string]: (pool: string) => string } = {
  zfs: (pool) => `zpool scrub ${pool}`,
  btrfs: (pool) => `btrfs scrub start ${pool}`,
}

function errorsOf(v: RuleValues['disk/pool-errors'], f: Formatter): string {
  if ((v.dataErrors ?? 0) > 0) return `has lost data in ${counted(f, v.dataErrors ?? 0, '# place', '# places')}`
  if (v.lastScrub === 'errors') return 'could not repair everything in its last scrub'
  const told = [
    v.readErrors ? counted(f, v.readErrors, '# read error', '# read errors') : '',
    v.writeErrors ? counted(f, v.writeErrors, '# write error', '# write errors') : '',
    v.checksumErrors ? counted(f, v.checksumErrors, '# checksum error', '# checksum errors') : '',
  ].filter((one) => one !== '')
  if (told.length === 0)
    return v.lastScrub === 'repaired' ? 'had damaged data repaired by its last scrub' : 'counts errors of a disk'
  return `counts ${f.list(told)}${v.grewBy === null ? '' : `, ${f.count(v.grewBy)} more than a week ago`}`
}

const DRIVE_STATES: { readonly [state: string]: string } = {
  failed: 'has failed',
  missing: 'is missing',
  predicted: 'foretells its own failure',
  foreign: 'holds the configuration of another controller',
  rebuilding: 'is being rebuilt',
}
const BATTERIES: { readonly [state: string]: string } = {
  failed: 'the battery of its write cache has failed',
  degraded: 'the battery of its write cache is weak',
  learning: 'the battery of its write cache is measuring or charging itself',
}
const KINDS_OF_ERRORS: { readonly [kind: string]: readonly [string, string] } = {
  'bad-block': ['# block that could not be read or written', '# blocks that could not be read or written'],
  retry: ['# command that had to be repeated', '# commands that had to be repeated'],
  reset: ['# reset of its link', '# resets of its link'],
  controller: ['# error of its controller', '# errors of its controller'],
  'file-system': ['# error of its file system', '# errors of its file system'],
  predicted: ['# warning that it will fail', '# warnings that it will fail'],
}

/** English texts of the rules about pools, RAID controllers and logged errors. */
export const diskStorage: Pick<RuleTextsAbout<'disk'>, StorageRule> = {
  'disk/pool-degraded': {
    name: 'Storage pool',
    title: (v) =>
      v.state === 'faulted'
        ? `Pool ${v.pool} (${kindOf(v.kind)}) can no longer be used.`
        : v.state === 'rebuilding'
          ? `Pool ${v.pool} (${kindOf(v.kind)}) is being rebuilt and is not protected until it is done.`
          : v.members === ''
            ? `Pool ${v.pool} (${kindOf(v.kind)}) is not whole.`
            : `Pool ${v.pool} (${kindOf(v.kind)}) runs without ${v.members}.`,
    looked: (v) => `The state of ${v.pool} and of each of its devices, as ${kindOf(v.kind)} reports them.`,
    todo: (v) =>
      v.state === 'rebuilding'
        ? `Let it finish, and watch it. ${lookAt(v.kind, v.pool)}`
        : v.members === ''
          ? `Check today’s backup, then find what is wrong. ${lookAt(v.kind, v.pool)}`
          : `Check today’s backup, look at the cable and the power of ${v.members}, and replace the disk if it does not come back. ${lookAt(v.kind, v.pool)}`,
    manager: (v) =>
      v.state === 'faulted'
        ? 'The storage of this machine has stopped. Work on it is not possible until disks are replaced and, perhaps, the last good copy is restored.'
        : v.state === 'rebuilding'
          ? 'A replaced disk is being filled. Until that is done, the failure of another disk would lose data.'
          : 'One of the disks that protect each other is not working. Nothing is lost yet; the next failure may lose data. It should be dealt with this week.',
    impact: 'The pool no longer survives the failure of another disk.',
    blind: 'Whether the storage pool is whole could not be told.',
  },
  'disk/pool-errors': {
    name: 'Errors of the pool',
    title: (v, f) => `Pool ${v.pool} (${kindOf(v.kind)}) ${errorsOf(v, f)}.`,
    looked: (v) => `The error counters of ${v.pool} and the result of its last scrub.`,
    todo: (v) =>
      (v.dataErrors ?? 0) > 0 || v.lastScrub === 'errors'
        ? `Restore what is damaged from a backup made before the errors, then replace the disk that counts them. ${lookAt(v.kind, v.pool)}`
        : v.grewBy !== null
          ? `Check today’s backup, then replace the disk that counts the errors, or its cable when its own SMART data is clean. ${lookAt(v.kind, v.pool)}`
          : `Check today’s backup, run a scrub, and compare the counters in a week: if they grow, it is the disk or its cable. ${lookAt(v.kind, v.pool)}`,
    manager: (v) =>
      (v.dataErrors ?? 0) > 0 || v.lastScrub === 'errors'
        ? 'Files on this machine are damaged. They have to be restored from a backup, and the disk behind it replaced now.'
        : 'A disk gave back wrong data, which the system noticed and repaired. It is watched; if it goes on, the disk or its cable is replaced.',
    impact: 'A disk that gives back wrong data damages files as soon as no second copy is left to repair them from.',
    blind: 'Whether the pool has counted errors could not be told.',
  },
  'disk/pool-full': {
    name: 'Room in the pool',
    title: (v, f) =>
      `${v.what === 'metadata' ? 'The metadata of pool' : 'Pool'} ${v.pool} (${kindOf(v.kind)}) ${v.what === 'metadata' ? 'are' : 'is'} ${f.percent(v.usedPercent)} full.`,
    looked: (v) => `How much of ${v.pool} is used${v.kind === 'lvm' ? ', its data and its metadata' : ''}.`,
    todo: (v) =>
      v.kind === 'lvm'
        ? `Enlarge it before it is full: lvextend -L +10G ${v.pool}${v.what === 'metadata' ? ' --poolmetadatasize +256M' : ''}. Or delete snapshots and unused volumes.`
        : 'Delete old snapshots and what is no longer needed, or add disks.',
    manager: () =>
      'The storage of this machine is nearly used up. When it is full, programs stop and the work of the day cannot be saved. Decide now whether to clean up or to buy space.',
    impact: 'A full pool slows everything down, and its file systems turn read-only.',
    blind: 'How full the pool is could not be read.',
  },
  'disk/scrub-old': {
    name: 'Pool checked',
    title: (v, f) =>
      v.scrubbedAt === null
        ? `Pool ${v.pool} (${kindOf(v.kind)}) has not been read through in the ${f.span(v.ageMs)} it has been known.`
        : `Pool ${v.pool} (${kindOf(v.kind)}) was last read through ${f.span(v.ageMs)} ago.`,
    looked: (v) => `The last finished scrub of ${v.pool}.`,
    todo: (v) => `Start one, and let a timer do it every month: ${SCRUB[v.kind]?.(v.pool) ?? v.pool}.`,
    manager: () =>
      'Nobody has checked for weeks whether everything stored can still be read. The check runs by itself once it is scheduled; it costs nothing.',
    impact: 'Damage that nobody looks for is found when the file is needed, and by then the good backup is gone.',
    blind: 'When the pool was last checked could not be told.',
  },
  'disk/controller-faulty': {
    name: 'RAID controller',
    title: (v) =>
      v.state === 'failed'
        ? `RAID controller ${v.model} (${v.controller}) has failed.`
        : BATTERIES[v.battery] !== undefined
          ? `RAID controller ${v.model} (${v.controller}): ${BATTERIES[v.battery]}.`
          : v.state === 'degraded'
            ? `RAID controller ${v.model} (${v.controller}) reports a problem.`
            : `RAID controller ${v.model} (${v.controller}): the battery of its write cache is not charged.`,
    looked: (v, f) =>
      `What the tool of the maker says of the controller and its battery${v.chargePercent === null ? '' : `. Charge ${f.percent(v.chargePercent)}`}.`,
    todo: (v) =>
      v.battery === 'failed' || v.battery === 'degraded'
        ? 'Order the battery or capacitor of this card and replace it at the next visit. Until then keep the write cache off.'
        : v.battery === 'learning'
          ? 'Nothing for now: it takes some hours. Look again if it is still so tomorrow.'
          : `Check today’s backup, then look at the card with its tool and at its logical drives, disks and cables.`,
    manager: (v) =>
      v.state === 'failed'
        ? 'The card that all disks of this machine hang on has failed. Work stops until it is replaced; it should be ordered today.'
        : v.battery === 'failed' || v.battery === 'degraded'
          ? 'The battery that protects what is being saved during a power cut is worn out. The machine works more slowly, or may lose data in a power cut; a new one costs little.'
          : 'The card that the disks of this machine hang on reports a problem. It should be looked at before a disk is lost.',
    impact: 'Without its battery the card writes slowly, or loses what it still held when the power goes.',
    blind: 'The state of the RAID controller could not be told; its disks are hidden behind it.',
  },
  'disk/controller-drive-failing': {
    name: 'Disks of the controller',
    title: (v, f) =>
      DRIVE_STATES[v.state] === undefined
        ? `Disk ${v.drive} (${v.model}) behind ${v.controller} counts ${counted(f, v.mediaErrors ?? 0, '# block', '# blocks')} that it could not read${v.grewBy === null ? '' : `, ${f.count(v.grewBy)} more than a week ago`}.`
        : `Disk ${v.drive} (${v.model}) behind ${v.controller} ${DRIVE_STATES[v.state]}.`,
    looked: () =>
      'Each disk behind the controller, as the tool of its maker reports it; the array above may still call itself optimal.',
    todo: (v) =>
      v.state === 'rebuilding'
        ? 'Let it finish; do not restart the machine meanwhile.'
        : v.state === 'foreign'
          ? 'Find out where the disk comes from before its configuration is imported or cleared.'
          : v.state === 'failed' || v.state === 'missing' || v.state === 'predicted' || v.grewBy !== null
            ? `Check today’s backup, then replace the disk in slot ${v.drive} by one of the same size or more.`
            : `Watch the number, and order a spare disk for slot ${v.drive}. If it grows, replace the disk.`,
    manager: (v) =>
      v.state === 'failed' || v.state === 'missing'
        ? 'A disk of this machine no longer works. The others carry on, with less protection; it should be replaced now.'
        : v.state === 'rebuilding'
          ? 'A replaced disk is being filled. Until that is done, the failure of another disk would lose data.'
          : 'A disk of this machine shows that it will fail. It should be replaced at the next visit, before it does.',
    impact: 'With the next disk that fails, data may be lost.',
    blind: 'The disks behind the RAID controller could not be seen.',
  },
  'disk/device-errors': {
    name: 'Logged disk errors',
    title: (v, f) =>
      `The system logged ${counted(f, v.count, ...(KINDS_OF_ERRORS[v.kind] ?? ['# error', '# errors']))} for ${v.device === '' ? 'a disk' : v.device} within ${f.span(v.withinHours * 3_600_000)}.`,
    looked: () => 'The log of the operating system, for errors of disks, of their controllers and of file systems.',
    todo: (v) =>
      v.kind === 'reset' || v.kind === 'retry' || v.kind === 'controller'
        ? 'Suspect the cable, the plug or the power first: push them in, replace the cable, try another port. If it goes on, it is the disk. Its own SMART data decides.'
        : v.kind === 'file-system'
          ? 'Check today’s backup, then check the file system while it is not in use: fsck, or chkdsk /scan on Windows. Look at the SMART data of the disk as well.'
          : 'Check that a backup of today exists, look at the SMART data of the disk, and replace it if its numbers grow or the log goes on.',
    manager: (v) =>
      v.kind === 'predicted' || v.kind === 'bad-block'
        ? 'A disk of this machine could not read or save something. If it goes on, it should be replaced; a backup must exist today.'
        : 'The system had trouble with a disk of this machine. Often a cable is loose, sometimes the disk is about to fail; it takes an hour to find out.',
    impact: 'The machine stops for seconds at a time, and files that lie there may be damaged.',
    blind: 'Whether the system logged errors of disks could not be told.',
  },
}
