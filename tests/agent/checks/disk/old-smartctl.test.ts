/** smartctl 6.x, which knows no --json: the task asks again for its text. SOURCE: texts written by us after smartctl(8) 6.6. */
import { describe, expect, it } from 'vitest'
import { DISK_TASKS } from '../../../../agent/checks/disk/index.ts'
import { DAY_MS, HOUR_MS } from '../../../../shared/units.ts'
import { fakeProbe } from '../../../support/fake-probe.ts'
import { runTask } from '../../../support/run-task.ts'

const HEAD = 'smartctl 6.6 2017-11-05 r4594 [x86_64-linux-4.19.0] (local build)\nCopyright (C) 2002-17\n\n'
const REFUSED = {
  stdout: `${HEAD}=======> UNRECOGNIZED OPTION: json=c\n\nUse smartctl -h to get a usage summary\n\n`,
  exitCode: 1,
}
const SDA = `${HEAD}=== START OF INFORMATION SECTION ===
Device Model:     WDC WD40EFRX-68WT0N0
Serial Number:    WD-WCC4E0000001
Rotation Rate:    5400 rpm
SMART support is: Available - device has SMART capability.
SMART support is: Enabled

=== START OF READ SMART DATA SECTION ===
SMART overall-health self-assessment test result: PASSED

General SMART Values:
SMART Attributes Data Structure revision number: 16
Vendor Specific SMART Attributes with Thresholds:
ID# ATTRIBUTE_NAME          FLAGS    VALUE WORST THRESH FAIL RAW_VALUE
  5 Reallocated_Sector_Ct   PO--CK   200   200   140    -    0
197 Current_Pending_Sector  -O--CK   200   200   000    -    3
                            ||||||_ K auto-keep

SMART Extended Comprehensive Error Log Version: 1 (6 sectors)
No Errors Logged

`
const ASLEEP = { stdout: `${HEAD}Device is in STANDBY mode, exit(2)\n`, exitCode: 2 }
const FILES = { '/sys/block/sda/size': '8\n', '/sys/block/sda/removable': '0\n', '/sys/block/sda/dev': '8:0\n' }

const probeWith = (scan: string, drive: string | { stdout: string; exitCode: number }, files: object = FILES) =>
  fakeProbe({
    files: { ...files },
    exec: {
      'smartctl --scan-open': scan,
      'smartctl -x -n standby -d sat /dev/sda': drive,
      smartctl: (args) => (args.includes('--json=c') ? REFUSED : { stdout: '', exitCode: 1 }),
    },
  })
const SCAN = '/dev/sda -d sat # /dev/sda [SAT], ATA device\n'

describe('smartctl without --json', () => {
  it('is asked for its text, and its drive is named', async () => {
    const { section, samples } = await runTask(DISK_TASKS, 'disk/drives', probeWith(SCAN, SDA))
    expect(section.drives).toMatchObject({
      state: 'value',
      value: [
        {
          key: 'WDC WD40EFRX-68WT0N0/WD-WCC4E0000001',
          device: '/dev/sda',
          type: 'sat',
          smart: { state: 'value', value: { passed: true, pendingSectors: 3 } },
        },
      ],
    })
    expect(Object.keys(samples)).toEqual([])
  })

  it('is not asked for JSON again for a day', async () => {
    const memo = new Map<string, unknown>()
    const refusals = async (now: number) => {
      const probe = probeWith(SCAN, SDA)
      await runTask(DISK_TASKS, 'disk/drives', probe, { memo, now })
      return probe.calls.filter((call) => call.includes('--json=c')).length
    }
    expect(await refusals(0)).toBe(1)
    expect(await refusals(6 * HOUR_MS)).toBe(0)
    expect(await refusals(DAY_MS)).toBe(1)
  })

  it('a drive that sleeps is left asleep', async () => {
    const { section } = await runTask(DISK_TASKS, 'disk/drives', probeWith(SCAN, ASLEEP))
    expect(section.drives).toMatchObject({
      value: [{ device: '/dev/sda', smart: { state: 'failed', code: 'asleep' } }],
    })
  })

  it('no drive is an answer; a drive that it does not list is not read', async () => {
    expect((await runTask(DISK_TASKS, 'disk/drives', probeWith('', SDA, {}))).section.drives).toMatchObject({
      state: 'value',
      value: [],
    })
    expect((await runTask(DISK_TASKS, 'disk/drives', probeWith('', SDA))).section.drives).toMatchObject({
      value: [{ device: '/dev/sda', smart: { state: 'failed', code: 'unsupported' } }],
    })
  })
})
