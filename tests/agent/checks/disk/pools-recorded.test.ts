/**
 * mdadm, ZFS, btrfs and LVM. SOURCE: files of tests/fixtures/disk were recorded by us (SOURCE.md); the texts here are written by us after
 * mdadm(8) and Detail.c 4.2, zpool-status(8) and zpool_main.c of OpenZFS 2.2, btrfs-scrub(8) 6.x, lvs(8) 2.03.
 */
import { describe, expect, it } from 'vitest'
import { btrfsScrub } from '../../../../agent/checks/disk/btrfs-scrub.ts'
import { btrfsShow } from '../../../../agent/checks/disk/btrfs-show.ts'
import { btrfsStats } from '../../../../agent/checks/disk/btrfs-stats.ts'
import { lvs } from '../../../../agent/checks/disk/lvs.ts'
import { mdadm } from '../../../../agent/checks/disk/mdadm.ts'
import { zpoolList } from '../../../../agent/checks/disk/zpool-list.ts'
import { zpoolStatus } from '../../../../agent/checks/disk/zpool-status.ts'
import { expectNoDamageImproves, type Verdict, verdictOf } from '../../../support/disk-verdict.ts'
import { fixture } from '../../../support/fixture.ts'
import { describeWithSamples, listSamples, sample } from '../../../support/samples.ts'

describe('recorded by us', () => {
  it.each<[string, Parameters<typeof verdictOf>[0], Verdict]>([
    ['zpool-ok-scrubbed.txt', zpoolStatus, 'pass'],
    ['zpool-ok-never.txt', zpoolStatus, 'pass'],
    ['zpool-x-ok.txt', zpoolStatus, 'pass'],
    ['zpool-none.txt', zpoolStatus, 'pass'],
    ['zpool-errors.txt', zpoolStatus, 'warning'],
    ['zpool-offline.txt', zpoolStatus, 'critical'],
    ['zpool-list.txt', zpoolList, 'unknown'],
    ['zpool-list-H.txt', zpoolList, 'unknown'],
    ['zpool-list-degraded.txt', zpoolList, 'warning'],
    ['btrfs-stats-ok.json', btrfsStats, 'pass'],
    ['btrfs-stats-ok.txt', btrfsStats, 'pass'],
    ['btrfs-stats-bad.json', btrfsStats, 'warning'],
    ['btrfs-stats-bad.txt', btrfsStats, 'warning'],
    ['btrfs-show-ok.txt', btrfsShow, 'unknown'],
    ['btrfs-show-missing.txt', btrfsShow, 'critical'],
    ['btrfs-scrub-clean.txt', btrfsScrub, 'pass'],
    ['btrfs-scrub-never.txt', btrfsScrub, 'unknown'],
    ['btrfs-scrub-corrected.txt', btrfsScrub, 'warning'],
    ['btrfs-scrub-corrected-d.txt', btrfsScrub, 'warning'],
    ['btrfs-scrub-raw.txt', btrfsScrub, 'warning'],
  ])('%s', (name, source, want) => {
    expect(verdictOf(source, fixture(`disk/${name}`))).toBe(want)
    expectNoDamageImproves(source, fixture(`disk/${name}`))
  })
})

const lv = (more: object) =>
  JSON.stringify({ report: [{ lv: [{ lv_name: 'root', vg_name: 'vg0', lv_attr: '-wi-ao----', ...more }] }] })
describe('disk/lvs', () => {
  it.each<[string, string, Verdict]>([
    ['a plain volume', lv({}), 'pass'],
    ['no volumes', '{"report":[{"lv":[]}]}', 'pass'],
    ['a disk is gone', lv({ lv_attr: '-wi-ao--p-' }), 'critical'],
    ['a RAID that must be refreshed', lv({ lv_attr: 'rwi-aor-r-', copy_percent: '100.00' }), 'critical'],
    ['a RAID with mismatches', lv({ lv_attr: 'rwi-aor-m-', copy_percent: '100.00' }), 'critical'],
    ['a RAID that is filled', lv({ lv_attr: 'rwi-aor---', copy_percent: '41.20' }), 'warning'],
    ['state not known', lv({ lv_attr: '-wi-ao--X-' }), 'unknown'],
    ['health in words', lv({ lv_health_status: 'partial' }), 'critical'],
    ['a thin pool', lv({ lv_attr: 'twi-aotz--', data_percent: '41.00', metadata_percent: '12.00' }), 'pass'],
    [
      'a thin pool filling up',
      lv({ lv_attr: 'twi-aotz--', data_percent: '81.00', metadata_percent: '12.00' }),
      'warning',
    ],
    ['full metadata', lv({ lv_attr: 'twi-aotz--', data_percent: '41.00', metadata_percent: '95.00' }), 'critical'],
    [
      'a thin pool out of data',
      lv({ lv_attr: 'twi-aotzD-', data_percent: '100.00', metadata_percent: '12.00' }),
      'critical',
    ],
    ['a thin pool whose fill is not told', lv({ lv_attr: 'twi-aotz--', data_percent: '' }), 'unknown'],
    ['an invalid snapshot', lv({ lv_attr: 'swi-I-s---', data_percent: '100.00' }), 'critical'],
    [
      'the plain table',
      '  LV   VG  Attr       LSize  Pool Origin Data%  Meta%  Move Log Cpy%Sync Convert\n  root vg0 -wi-ao---- 20.00g\n  thin vg0 twi-aotz-- 10.00g             97.00  12.00\n',
      'critical',
    ],
    ['another table', '  VG  #PV #LV #SN Attr   VSize  VFree\n  vg0   1   1   0 wz--n- 20.00g    0\n', 'unknown'],
  ])('%s', (_, text, want) => {
    expect(verdictOf(lvs, text)).toBe(want)
    if (!text.includes('Cpy%')) expectNoDamageImproves(lvs, text)
  })
  it('a bad exit proves nothing', () => expect(verdictOf(lvs, lv({}), 5)).not.toBe('pass'))
})

describeWithSamples('recorded pools and arrays of other projects', () => {
  it.each<[string, Parameters<typeof verdictOf>[0], Verdict]>([
    ['disk/mdadm-detail/raid1-faulty.txt', mdadm, 'critical'],
    ['disk/mdadm-detail/raid1-ok.txt', mdadm, 'pass'],
    ['disk/mdadm-detail/raid1-rebuild-failfast.txt', mdadm, 'warning'],
    ['disk/mdadm-detail/raid5-ok.txt', mdadm, 'pass'],
    ['disk/zfs/zpool-status-degraded.txt', zpoolStatus, 'critical'],
    ['disk/zfs/zpool-status-spares.txt', zpoolStatus, 'unknown'],
    ['disk/zfs/zpool-status-j.extract.json', zpoolStatus, 'pass'],
    ['disk/zfs/zpool-status-v-online.txt', zpoolStatus, 'critical'],
    ['disk/zfs/zpool-list.txt', zpoolList, 'critical'],
    ['disk/lvm/lvs-report.json', lvs, 'pass'],
  ])('%s', (name, source, want) => {
    expect(verdictOf(source, sample(name))).toBe(want)
    expectNoDamageImproves(source, sample(name), /^ {2}scan:/)
  })
  it('names every sample of these tools', () => {
    expect(['disk/mdadm-detail', 'disk/zfs', 'disk/lvm'].flatMap(listSamples)).toHaveLength(10)
  })
})
