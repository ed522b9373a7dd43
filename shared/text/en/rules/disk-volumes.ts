/** English texts of the rules about arrays and volumes. Pure. */

import { DAY_MS } from '../../../units.ts'
import { counted } from '../../counted.ts'
import type { RuleTextsAbout } from '../../rule-text.ts'
import { folderSizesOf, remountOf } from '../../volume-commands.ts'

type DiskTexts = RuleTextsAbout<'disk'>
const sizes = (volume: string, depth: number) => folderSizesOf(volume, depth) ?? 'Settings > System > Storage'
const remount = (volume: string) => {
  const command = remountOf(volume)
  return command === null ? 'connect it again' : `remount it: ${command}`
}

/** English texts of the rules about arrays and volumes. */
export const diskVolumes: Pick<
  DiskTexts,
  | 'disk/raid-degraded'
  | 'disk/raid-member-failed'
  | 'disk/space-low'
  | 'disk/filling-up'
  | 'disk/inodes-low'
  | 'disk/read-only'
  | 'disk/volume-silent'
> = {
  'disk/raid-degraded': {
    name: 'Disk array',
    title: (v, f) =>
      v.state === 'rebuilding'
        ? `Array ${v.array} is being rebuilt and is not protected until it is done.`
        : v.state === 'inactive'
          ? `Array ${v.array} does not run.`
          : v.active === null || v.wanted === null
            ? `Array ${v.array} runs with a disk missing.`
            : `Array ${v.array} runs with ${f.count(v.active)} of ${f.count(v.wanted)} disks.`,
    looked: (v) => `The state of ${v.array}${v.level === '' ? '' : ` (${v.level})`}, as the system reports it.`,
    todo: (v) =>
      v.state === 'rebuilding'
        ? `Let it finish, and watch it: cat /proc/mdstat.`
        : `Check today’s backup, find the missing disk and replace it: mdadm --detail /dev/${v.array}.`,
    manager: (v) =>
      v.state === 'rebuilding'
        ? 'The spare disk is being filled. Until that is done, the failure of another disk would lose data.'
        : 'One of the disks that protect each other has failed. Nothing is lost yet; the next failure stops work and loses data.',
    impact: 'The array no longer survives the failure of another disk.',
    blind: 'Whether the disk array is complete could not be told.',
  },
  'disk/raid-member-failed': {
    name: 'Disks of the array',
    title: (v) => `Array ${v.array} has marked ${v.members} as faulty.`,
    looked: (v) => `The members of ${v.array}, as the system reports them.`,
    todo: (v) => `Check today’s backup, then replace the disk behind ${v.members}: mdadm --detail /dev/${v.array}.`,
    manager: () =>
      'A disk of an array has failed. Work goes on, with less protection than planned; the disk should be replaced this week.',
    impact: 'The array has lost a disk and part of its protection.',
    blind: 'Whether a disk of the array has failed could not be told.',
  },
  'disk/space-low': {
    name: 'Free space',
    title: (v, f) =>
      `${v.volume} is ${f.percent(v.usedPercent)} full: ${f.bytes(v.availableBytes)} free of ${f.bytes(v.totalBytes)}.`,
    looked: (v) => `Used and free space of ${v.volume}; free is what a user can still write.`,
    todo: (v) => `Find what fills it: ${sizes(v.volume, 1)}. Delete or move it, or enlarge the volume.`,
    manager: () =>
      'A disk is almost full. When it is, programs stop, updates fail and the work of the day cannot be saved. Making room costs little now.',
    impact: 'On a full volume nothing can be saved, databases stop and updates break.',
    blind: 'The free space could not be read.',
  },
  'disk/filling-up': {
    name: 'Space forecast',
    title: (v, f) =>
      `${v.volume} will be full in about ${f.span(v.daysUntilFull * DAY_MS)}: it grows by ${f.bytes(v.bytesPerDay)} a day and has ${f.bytes(v.availableBytes)} left.`,
    looked: (v) => `Used space of ${v.volume} over the last two weeks.`,
    todo: (v) => `Find what grows: ${sizes(v.volume, 2)}. Clean up, rotate logs, or enlarge it in time.`,
    manager: (v, f) =>
      `At the present pace a disk is full in about ${f.span(v.daysUntilFull * DAY_MS)}. Decide before then whether to clean up or to buy space.`,
    impact: 'A volume that fills by itself is full on a day that nobody chose.',
    blind: 'When the volume will be full could not be told.',
  },
  'disk/inodes-low': {
    name: 'Room for files',
    title: (v, f) =>
      `${v.volume} has room for only ${counted(f, v.inodesFree, '# more file', '# more files')} (${f.percent(v.freePercent)} of its inodes are free).`,
    looked: (v) => `Free inodes of ${v.volume}.`,
    todo: (v) =>
      `Find folders with very many small files: du --inodes -x --max-depth=2 ${v.volume} | sort -n. Often mail queues, sessions or caches.`,
    manager: () =>
      'A disk can soon hold no new file, although it has space left. Programs then stop as on a full disk; cleaning up takes under an hour.',
    impact: 'No new file can be made, although there is space.',
    blind: 'How many more files the volume can hold could not be read.',
  },
  'disk/read-only': {
    name: 'Volume writable',
    title: (v, f) =>
      v.errors !== null && v.errors > 0
        ? `${v.volume} has counted ${counted(f, v.errors, '# error', '# errors')} of its file system.`
        : `${v.volume} has turned read-only.`,
    looked: (v) => `How ${v.volume} is mounted, and the errors that its file system counts.`,
    todo: (v) =>
      `Check today’s backup and the log of the system, then plan a check of the file system while ${v.volume} is not in use: fsck, or chkdsk /f on Windows.`,
    manager: () =>
      'A disk volume no longer works as it should, and the system protects itself by refusing to write. Work on this machine is at risk today.',
    impact: 'Nothing new can be saved, and what is there may be damaged.',
    blind: 'Whether the volume can be written could not be told.',
  },
  'disk/volume-silent': {
    name: 'Volume answers',
    title: (v) => `${v.volume} does not answer (${v.device}).`,
    looked: (v) => `The size of ${v.volume}, asked without waiting for it.`,
    todo: (v) => `Check the server or the drive behind ${v.device}, then ${remount(v.volume)}.`,
    manager: () =>
      'A shared folder or a disk that this machine uses no longer answers. Programs that need it wait without end.',
    impact: 'Every program that touches the volume hangs.',
    blind: 'Whether the volume answers could not be told.',
  },
}
