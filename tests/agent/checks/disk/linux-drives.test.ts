/**
 * nvme-cli, the text of smartctl and the kernel log. SOURCE: texts written by us after nvme-smart-log(1) 1.16 and 2.x, smartctl(8) 6.6 and
 * 7.3, and the messages in block/blk-core.c, drivers/ata/libata-eh.c and fs/ext4/super.c of Linux 6.1.
 */
import { describe, expect, it } from 'vitest'
import { kernelLog } from '../../../../agent/checks/disk/kernel-log.ts'
import { nvmeCli } from '../../../../agent/checks/disk/nvme-cli.ts'
import { smartctl } from '../../../../agent/checks/disk/smartctl.ts'
import { expectNoDamageImproves, type Verdict, verdictOf } from '../../../support/disk-verdict.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'

const health = (more: object = {}) =>
  JSON.stringify(
    {
      critical_warning: 0,
      temperature: 310,
      avail_spare: 100,
      spare_thresh: 10,
      percent_used: 3,
      media_errors: 0,
      unsafe_shutdowns: 4,
      num_err_log_entries: 212,
      ...more,
    },
    null,
    1,
  )
const text = (warning: string, errors: string) => `Smart Log for NVME device:nvme0n1 namespace-id:ffffffff
critical_warning                        : ${warning}
temperature                             : 36 C (309 Kelvin)
available_spare                         : 100%
available_spare_threshold               : 10%
percentage_used                         : 3%
media_errors                            : ${errors}
num_err_log_entries                     : 212
`
describe('disk/nvme-cli', () => {
  it.each<[string, string, Verdict]>([
    ['well', health(), 'pass'],
    ['Optane: a threshold of 0', health({ avail_spare: 0, spare_thresh: 0 }), 'pass'],
    ['a warning as an object', health({ critical_warning: { value: 4 } }), 'critical'],
    ['spare at its limit', health({ avail_spare: 10 }), 'critical'],
    ['media errors', health({ media_errors: 71 }), 'warning'],
    ['worn', health({ percent_used: 101 }), 'critical'],
    ['no verdict', health({ critical_warning: null }), 'unknown'],
    ['text', text('0', '0'), 'pass'],
    ['text with a warning', text('0x4', '0'), 'critical'],
    ['text with errors', text('0', '1,204'), 'warning'],
  ])('%s', (_, output, want) => {
    expect(verdictOf(nvmeCli, output)).toBe(want)
    expectNoDamageImproves(nvmeCli, output, /media_errors|avail|percent_used/)
  })
  it('a list tells drives and no health', () => {
    const table =
      'Node                  SN                   Model\n--------------------- -------------------- --------------------\n/dev/nvme0n1          S1                   Samsung SSD 970\n'
    for (const output of [
      table.replace(' Model\n', ' Model                Namespace\n').replace('--\n/dev', '-- ---------\n/dev'),
      JSON.stringify({ Devices: [{ DevicePath: '/dev/nvme0n1', SerialNumber: 'S1', ModelNumber: 'Samsung SSD 970' }] }),
    ]) {
      const parsed = nvmeCli.parse({ stdout: Buffer.from(output), stderr: '', exitCode: 0, platform: 'linux', now: 0 })
      expect(parsed).toMatchObject({
        ok: true,
        value: { parts: { drives: { value: [{ key: 'Samsung SSD 970/S1', smart: { state: 'never' } }] } } },
      })
    }
  })
})

const ata = (verdict: string, rows: string[]) => `smartctl 6.6 2017-11-05 r4594 [x86_64-linux-4.18] (local build)

=== START OF INFORMATION SECTION ===
Device Model:     WDC WD40EFRX
Serial Number:    WD-1
User Capacity:    4,000,787,030,016 bytes [4.00 TB]
Rotation Rate:    5400 rpm
SMART support is: Available - device has SMART capability.
SMART support is: Enabled

=== START OF READ SMART DATA SECTION ===
SMART overall-health self-assessment test result: ${verdict}

General SMART Values:

SMART Attributes Data Structure revision number: 16
ID# ATTRIBUTE_NAME          FLAG     VALUE WORST THRESH TYPE      UPDATED  WHEN_FAILED RAW_VALUE
${rows.join('\n')}

SMART Error Log Version: 1
No Errors Logged

SMART Self-test log structure revision number 1
Num  Test_Description    Status                  Remaining  LifeTime(hours)  LBA_of_first_error
# 1  Short offline       Completed without error       00%      8123         -
`
const row = (id: number, name: string, raw: string, failed = '-', value = '200') =>
  `${String(id).padStart(3)} ${name.padEnd(23)} 0x0033   ${value}   200   140    Pre-fail  Always       ${failed.padEnd(11)} ${raw}`
const R5 = (raw: string, failed = '-') => row(5, 'Reallocated_Sector_Ct', raw, failed)
const R197 = (raw: string) => row(197, 'Current_Pending_Sector', raw)
const R199 = (raw: string) => row(199, 'UDMA_CRC_Error_Count', raw)

describe('the text of smartctl', () => {
  it.each<[string, string, number, Verdict]>([
    ['well', ata('PASSED', [R5('0'), R197('0'), R199('0')]), 0, 'pass'],
    ['failing', ata('FAILED!', [R5('0')]), 0, 'critical'],
    ['an attribute below its threshold', ata('PASSED', [R5('1990', 'FAILING_NOW')]), 16, 'critical'],
    ['below it in the past', ata('PASSED', [row(194, 'Temperature_Celsius', '33', 'In_the_past')]), 32, 'warning'],
    ['replaced sectors', ata('PASSED', [R5('7')]), 0, 'warning'],
    ['sectors that wait', ata('PASSED', [R5('0'), R197('24')]), 0, 'critical'],
    ['no verdict', ata('UNKNOWN!', [R5('0')]), 4, 'unknown'],
    [
      'open failed',
      'smartctl 7.3 2022-02-28 r5338\n\nSmartctl open device: /dev/sda failed: Permission denied\n',
      2,
      'unknown',
    ],
    ['exit 64 with clean attributes', ata('PASSED', [R5('0'), R197('0')]), 64, 'pass'],
  ])('%s', (_, output, exitCode, want) => {
    expect(verdictOf(smartctl, output, exitCode)).toBe(want)
    if (exitCode === 0) expectNoDamageImproves(smartctl, output, /^ {0,2}\d+ [A-Z]/)
  })
})

const NONE = '-- No entries --\n'
describe('disk/kernel-log', () => {
  it.each<[string, string, Verdict]>([
    ['none', NONE, 'pass'],
    ['errors of other things', 'usb 1-1: device descriptor read/64, error -71\n', 'pass'],
    ['nothing at all', '', 'unknown'],
    ['no journal', 'No journal files were found.\n', 'unknown'],
    ['one bad block', 'critical medium error, dev sda, sector 12345 op 0x0:(READ) flags 0x0\n', 'info'],
    [
      'three, with the prefix of dmesg',
      '[  123.456789] blk_update_request: I/O error, dev sdb, sector 1\n'.repeat(3),
      'warning',
    ],
    ['ten resets', 'ata3: hard resetting link\n'.repeat(10), 'critical'],
    [
      'a file system',
      'EXT4-fs error (device dm-0): ext4_find_entry:1455: inode #2: comm ls: reading directory lblock 0\n',
      'warning',
    ],
    ['an array that lost a disk', 'md/raid1:md0: Disk failure on sdb1, disabling device.\n', 'info'],
    ['a controller of NVMe', 'nvme nvme0: I/O 23 QID 4 timeout, aborting\n'.repeat(3), 'warning'],
    ['a mount', 'EXT4-fs (sda2): mounted filesystem with ordered data mode. Opts: errors=remount-ro\n', 'pass'],
    ['a second mount', 'EXT4-fs (sda2): re-mounted. Opts: errors=remount-ro. Quota mode: none.\n', 'pass'],
    [
      'a mount with errors',
      'EXT4-fs (sda1): warning: mounting fs with errors, running e2fsck is recommended\n',
      'warning',
    ],
    ['a remount', 'EXT4-fs (sda1): Remounting filesystem read-only\n', 'warning'],
    [
      'a boot partition',
      'FAT-fs (sda1): Volume was not properly unmounted. Some data may be corrupt. Please run fsck.\n',
      'pass',
    ],
    ['a FAT with errors', 'FAT-fs (sda1): error, fat_get_cluster: invalid cluster chain (i_pos 0)\n', 'warning'],
    ['a journal', 'JBD2: I/O error when updating journal superblock for sda2-8.\n', 'warning'],
    [
      'a hint of btrfs',
      "BTRFS warning (device sda1): 'nologreplay' is deprecated, use 'rescue=nologreplay' instead\n",
      'pass',
    ],
    [
      'a checksum of btrfs',
      'BTRFS warning (device sda1): csum failed root 5 ino 257 off 0 csum 0x1 expected csum 0x2 mirror 1\n',
      'warning',
    ],
    ['sense of an optical drive', 'sr 1:0:0:0: [sr0] tag#0 Add. Sense: Unrecovered read error\n', 'pass'],
    ['an empty optical drive', 'I/O error, dev sr0, sector 0\n', 'pass'],
  ])('%s', (_, output, want) => {
    expect(verdictOf(kernelLog, output)).toBe(want)
  })
  it('names device and kind', () => {
    const log =
      'XFS (sda1): Metadata corruption detected\nBuffer I/O error on dev sdc1, logical block 0, async page read\nata1.00: failed command: READ FPDMA QUEUED\n'
    const parsed = kernelLog.parse({ stdout: Buffer.from(log), stderr: '', exitCode: 0, platform: 'linux', now: 0 })
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        parts: {
          deviceErrors: {
            value: [
              { device: 'sda1', kind: 'file-system', count: 1 },
              { device: 'sdc1', kind: 'bad-block' },
              { device: 'ata1.00', kind: 'retry' },
            ],
          },
        },
      },
    })
  })
  it.each([
    ['exit 1', '', 1],
    ['a hint', 'Hint: You are currently not seeing messages from other users and the system.', 0],
  ])('%s is no quiet day', (_, stderr, exitCode) => {
    expect(kernelLog.parse({ stdout: Buffer.from(NONE), stderr, exitCode, platform: 'linux', now: 0 }).ok).toBe(false)
  })
})

describeWithSamples('recorded drives of other projects', () => {
  it.each<[string, Parameters<typeof verdictOf>[0], Verdict]>([
    ['nvme-cli/nvme-list-empty.json', nvmeCli, 'pass'],
    ['nvme-cli/nvme-list-2.11.json', nvmeCli, 'unknown'],
    ['nvme-cli/nvme-smart-log-2.11.json', nvmeCli, 'pass'],
    ['smartctl-text/smartctl-v6-text-empty-output-v1.txt', smartctl, 'pass'],
    ['smartctl-text/smartctl-v6-text-nvme-2b2qexe7.txt', smartctl, 'warning'],
    ['smartctl-text/smartctl-v6-text-st12000vn0007-health-failed.txt', smartctl, 'critical'],
  ])('%s', (name, source, want) => {
    expect(verdictOf(source, sample(`disk/${name}`))).toBe(want)
  })
})
