/**
 * mdadm, ZFS, btrfs and LVM. SOURCE: files of tests/fixtures/disk were recorded by us (SOURCE.md); the texts here are written by us after
 * mdadm(8) and Detail.c 4.2, zpool-status(8) and zpool_main.c of OpenZFS 2.2, btrfs-scrub(8) 6.x, lvs(8) 2.03.
 */
import { describe, expect, it } from 'vitest'
import { mdadm } from '../../../../agent/checks/disk/mdadm.ts'
import { zpoolList } from '../../../../agent/checks/disk/zpool-list.ts'
import { zpoolStatus } from '../../../../agent/checks/disk/zpool-status.ts'
import { expectNoDamageImproves, type Verdict, verdictOf } from '../../../support/disk-verdict.ts'

const detail = (state: string, active: number, failed: number, rows: string[], more = '') => `/dev/md0:
           Version : 1.2
        Raid Level : raid1
      Raid Devices : 2
     Total Devices : 2
             State : ${state} 
    Active Devices : ${active}
   Working Devices : ${2 - failed}
    Failed Devices : ${failed}
     Spare Devices : 0
${more}
    Number   Major   Minor   RaidDevice State
${rows.join('\n')}
`
const A = '       0     254        1        0      active sync   /dev/vda1'
const B = '       1     254        2        1      active sync   /dev/vda2'

describe('disk/mdadm', () => {
  it.each<[string, string, Verdict]>([
    ['whole', detail('clean', 2, 0, [A, B]), 'pass'],
    ['active is whole too', detail('active', 2, 0, [A, B]), 'pass'],
    ['a check', detail('active, checking', 2, 0, [A, B], '      Check Status : 3% complete'), 'pass'],
    ['degraded', detail('clean, degraded', 1, 0, [A, '       -       0        0        1      removed']), 'critical'],
    [
      'clean with a removed row',
      detail('clean', 1, 0, [A, '       -       0        0        1      removed']),
      'critical',
    ],
    [
      'clean with a faulty row beside',
      detail('clean', 2, 1, [A, B, '       2     254        3        -      faulty   /dev/vda3']),
      'warning',
    ],
    [
      'rebuilding',
      detail(
        'clean, degraded, recovering',
        1,
        0,
        [A, '       2     254        3        1      spare rebuilding   /dev/vda3'],
        '    Rebuild Status : 20% complete',
      ),
      'warning',
    ],
    ['inactive', detail('inactive', 0, 0, []), 'critical'],
    ['failed', detail('clean, FAILED', 0, 2, []), 'critical'],
    ['a state that nobody knows', detail('exploded', 2, 0, [A, B]), 'unknown'],
    [
      'a container of firmware RAID',
      '/dev/md127:\n           Version : imsm\n        Raid Level : container\n     Total Devices : 2\n\n   Working Devices : 2\n\n     Member Arrays : /dev/md/Volume0\n\n    Number   Major   Minor   RaidDevice\n\n       -       8        0        -        /dev/sda\n',
      'pass',
    ],
    [
      'export tells no state',
      'MD_LEVEL=raid1\nMD_DEVICES=2\nMD_DEVICE_dev_sda1_ROLE=0\nMD_DEVICE_dev_sda1_DEV=/dev/sda1\nMD_DEVICE_dev_sdb1_ROLE=1\nMD_DEVICE_dev_sdb1_DEV=/dev/sdb1\n',
      'unknown',
    ],
    [
      'export lacks a role',
      'MD_LEVEL=raid1\nMD_DEVICES=2\nMD_DEVICE_dev_sda1_ROLE=0\nMD_DEVICE_dev_sda1_DEV=/dev/sda1\n',
      'critical',
    ],
    ['no such device', 'mdadm: cannot open /dev/md0: No such file or directory\n', 'unknown'],
  ])('%s', (_, text, want) => {
    expect(verdictOf(mdadm, text)).toBe(want)
    expectNoDamageImproves(mdadm, text)
  })
  it.each([1, 2, 4, null])('exit %s proves no health', (exitCode) => {
    expect(verdictOf(mdadm, detail('clean', 2, 0, [A, B]), exitCode)).not.toBe('pass')
  })
})

const zpool = (
  state: string,
  rows: string[],
  {
    status = '',
    scan = 'scrub repaired 0B in 00:10:00 with 0 errors on Sun Nov  8 00:34:01 2026',
    errors = 'No known data errors',
  } = {},
) =>
  `  pool: tank\n state: ${state}\n${status}  scan: ${scan}\nconfig:\n\n\tNAME        STATE     READ WRITE CKSUM\n${rows.map((row) => `\t${row}`).join('\n')}\n\nerrors: ${errors}\n`
const mirror = (a: string, b: string, top = 'ONLINE') => [
  `tank        ${top}     0     0     0`,
  `  mirror-0  ${top}     0     0     0`,
  `    ${a}`,
  `    ${b}`,
]
const SDA = 'sda     ONLINE       0     0     0'
const SDB = 'sdb     ONLINE       0     0     0'
const FEATURES =
  "status: Some supported and requested features are not enabled on the pool.\n\tThe pool can still be used, but some features are unavailable.\naction: Enable all features using 'zpool upgrade'.\n"
const FAILING =
  'status: One or more devices has experienced an unrecoverable error.  An\n\tattempt was made to correct the error.  Applications are unaffected.\n'

describe('disk/zpool-status', () => {
  it.each<[string, string, Verdict]>([
    ['whole', zpool('ONLINE', mirror(SDA, SDB)), 'pass'],
    ['features that are not enabled are no error', zpool('ONLINE', mirror(SDA, SDB), { status: FEATURES }), 'pass'],
    [
      'online with errors',
      zpool('ONLINE', mirror(SDA, 'sdb     ONLINE       0     5     0'), { status: FAILING }),
      'warning',
    ],
    [
      'online with errors in millions',
      zpool('ONLINE', mirror(SDA, 'sdb     ONLINE       0     0 13.4M'), { status: FAILING }),
      'warning',
    ],
    [
      'online with a member that is gone',
      zpool('ONLINE', mirror(SDA, 'sdb     UNAVAIL      0     0     0  cannot open')),
      'critical',
    ],
    [
      'too many errors',
      zpool('DEGRADED', mirror(SDA, 'sdb     FAULTED      3   122     0  too many errors', 'DEGRADED')),
      'critical',
    ],
    ['lost data', zpool('ONLINE', mirror(SDA, SDB), { errors: "2 data errors, use '-v' for a list" }), 'critical'],
    [
      'lost files by name',
      zpool('ONLINE', mirror(SDA, SDB), {
        errors:
          'Permanent errors have been detected in the following files:\n\n        tank/data:<0x0>\n        /tank/a',
      }),
      'critical',
    ],
    ['suspended', zpool('SUSPENDED', mirror(SDA, SDB)), 'critical'],
    [
      'resilvering',
      zpool('DEGRADED', mirror(SDA, 'sdb     ONLINE       0     0     0  (resilvering)', 'DEGRADED'), {
        scan: 'resilver in progress since Sun Nov  8 00:34:01 2026\n\t1.2G scanned at 1M/s',
      }),
      'warning',
    ],
    [
      'a spare in use',
      zpool('DEGRADED', [...mirror(SDA, SDB, 'DEGRADED'), 'spares', '  sdf       INUSE     currently in use']),
      'warning',
    ],
    [
      'a log mirror that lost half',
      zpool('ONLINE', [
        ...mirror(SDA, SDB),
        'logs',
        '  mirror-1  DEGRADED     0     0     0',
        '    nvme0n1  ONLINE       0     0     0',
        '    nvme1n1  REMOVED      0     0     0',
      ]),
      'critical',
    ],
    [
      'an old scrub',
      zpool('ONLINE', mirror(SDA, SDB), {
        scan: 'scrub repaired 0B in 00:10:00 with 0 errors on Sun Aug  9 00:34:01 2026',
      }),
      'warning',
    ],
    [
      'a scrub that repaired',
      zpool('ONLINE', mirror(SDA, SDB), {
        scan: 'scrub repaired 1.5M in 00:10:00 with 0 errors on Sun Nov  8 00:34:01 2026',
      }),
      'warning',
    ],
    [
      'a status that nobody knows',
      zpool('ONLINE', mirror(SDA, SDB), { status: 'status: Something new has happened.\n' }),
      'warning',
    ],
    [
      'errors that may not be asked for',
      zpool('ONLINE', mirror(SDA, SDB), { errors: 'List of errors unavailable (insufficient privileges)' }),
      'unknown',
    ],
    ['-x of a named pool', "pool 'tank' is healthy\n", 'pass'],
    ['none', 'no pools available\n', 'pass'],
    [
      'no module',
      "The ZFS modules are not loaded.\nTry running '/sbin/modprobe zfs' as root to load them.\n",
      'unknown',
    ],
  ])('%s', (_, text, want) => {
    expect(verdictOf(zpoolStatus, text)).toBe(want)
    expectNoDamageImproves(zpoolStatus, text, /^ {2}scan: scrub repaired 1|Aug {2}9|Something new/)
  })

  const vdev = (name: string, state: string, errors: number | string) => ({
    name,
    vdev_type: 'disk',
    state,
    read_errors: '0',
    write_errors: '0',
    checksum_errors: errors,
  })
  const json = (flat: boolean, state: string, disks: object[], more: object = {}) => {
    const leaves = Object.fromEntries(disks.map((disk) => [(disk as { name: string }).name, disk]))
    const group = {
      name: 'mirror-0',
      vdev_type: 'mirror',
      state,
      read_errors: '0',
      write_errors: '0',
      checksum_errors: '0',
    }
    const root = {
      name: 'tank',
      vdev_type: 'root',
      state,
      alloc_space: '850G',
      total_space: '1000G',
      read_errors: 0,
      write_errors: 0,
      checksum_errors: 0,
    }
    const vdevs = flat
      ? { tank: root, 'mirror-0': group, ...leaves }
      : { tank: { ...root, vdevs: { 'mirror-0': { ...group, vdevs: leaves } } } }
    const scan = { function: 'SCRUB', state: 'FINISHED', end_time: 1_794_096_000, errors: 0, processed: 0 }
    return JSON.stringify({
      output_version: {},
      pools: { tank: { name: 'tank', state, vdevs, scan_stats: scan, error_count: '0', ...more } },
    })
  }
  it.each([true, false])('JSON, flat vdevs: %s', (flat) => {
    const good = [vdev('sda', 'ONLINE', 0), vdev('sdb.1', 'ONLINE', '0')]
    expect(verdictOf(zpoolStatus, json(flat, 'ONLINE', good))).toBe('warning') // 85 % full
    expect(verdictOf(zpoolStatus, json(flat, 'DEGRADED', [good[0] ?? {}, vdev('sdb', 'UNAVAIL', 0)]))).toBe('critical')
    expect(verdictOf(zpoolStatus, json(flat, 'ONLINE', [good[0] ?? {}, vdev('sdb', 'ONLINE', 7)]))).toBe('warning')
    expect(verdictOf(zpoolStatus, json(flat, 'ONLINE', good, { error_count: 4 }))).toBe('critical')
    // A draid has neither type nor state.
    const draid = json(flat, 'ONLINE', good)
      .replace('"850G"', '"1G"')
      .replace('"vdev_type":"mirror","state":"ONLINE",', '')
      .replaceAll('mirror-0', 'draid1:1d:3c:1s-0')
    expect(verdictOf(zpoolStatus, draid)).toBe('pass')
  })
})

describe('disk/zpool-list -v', () => {
  const table = (pool: string, log: string) =>
    `NAME           SIZE  ALLOC   FREE  CKPOINT  EXPANDSZ   FRAG    CAP  DEDUP    HEALTH  ALTROOT
tank           100G    10G    90G        -         -     1%    10%  1.00x    ${pool}  -
  mirror-0     100G    10G    90G        -         -     1%  10.0%      -    ONLINE
    sda       99.9G      -      -        -         -      -      -      -    ONLINE
    sdb       99.9G      -      -        -         -      -      -      -    ONLINE
logs              -      -      -        -         -      -      -      -         -
  nvme0n1     15.5G      -      -        -         -     0%  0.00%      -    ${log}
`
  it.each<[string, string, string, Verdict]>([
    ['all online, which tells no errors', 'ONLINE', 'ONLINE', 'unknown'],
    ['a degraded pool', 'DEGRADED', 'UNAVAIL', 'warning'],
    ['a log that is gone under a pool that is online', 'ONLINE', 'UNAVAIL', 'warning'],
  ])('%s', (_, pool, log, want) => {
    expect(verdictOf(zpoolList, table(pool, log))).toBe(want)
    expectNoDamageImproves(zpoolList, table(pool, log))
  })
})
