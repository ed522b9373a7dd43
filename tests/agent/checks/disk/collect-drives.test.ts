/** The task disk/drives against tables of answers. */
import { beforeEach, describe, expect, it } from 'vitest'
import { DISK_TASKS } from '../../../../agent/checks/disk/index.ts'
import type { DiskSection } from '../../../../shared/checks/disk.ts'
import { DAY_MS, HOUR_MS } from '../../../../shared/units.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { type RunOptions, runTask } from '../../../support/run-task.ts'

const NOW = Date.UTC(2026, 0, 15, 9)
let memo = new Map<string, unknown>()
beforeEach(() => {
  memo = new Map()
})

const context = (table: FakeTable, more: RunOptions = {}) => ({ now: NOW, memo, ...more, probe: fakeProbe(table) })
const run = (id: string, { probe, ...options }: ReturnType<typeof context>) => runTask(DISK_TASKS, id, probe, options)

const drivesOf = (section: DiskSection) => (section.drives.state === 'value' ? section.drives.value : [])

const SCAN = JSON.stringify({ smartctl: { exit_status: 0 }, devices: [{ name: '/dev/sda', type: 'sat' }] })
const doc = (more: object) =>
  JSON.stringify({ smartctl: { exit_status: 0 }, device: { name: '/dev/sda', type: 'sat', protocol: 'ATA' }, ...more })
const AWAKE = doc({
  model_name: 'WDC WD40',
  serial_number: 'WD-1',
  rotation_rate: 5400,
  smart_status: { passed: true },
  temperature: { current: 30 },
  user_capacity: { bytes: 4_000 },
})
const ASLEEP = {
  stdout: doc({}).replace(
    '"exit_status":0',
    '"exit_status":3,"messages":[{"string":"Device is in STANDBY mode, exit(3)"}]',
  ),
  exitCode: 3,
}
const SCAN_CALL = 'smartctl --scan-open --json=c'
const ASK = 'smartctl --json=c -x -n standby,3 -d sat /dev/sda'
const SDA: FakeTable['files'] = {
  '/sys/block/sda/size': '8\n',
  '/sys/block/sda/removable': '0\n',
  '/sys/block/sda/dev': '8:0\n',
  '/sys/block/sda/queue/rotational': '1\n',
  '/run/udev/data/b8:0': 'E:ID_MODEL_ENC=WDC\\x20WD40\nE:ID_SERIAL_SHORT=WD-1\n',
  '/sys/block/loop0/size': '8\n',
  '/sys/block/sdz/size': '0\n',
}

describe('disk/drives', () => {
  it('asks each drive of the scan with its type, and never wakes one', async () => {
    const what = context({ files: SDA, exec: { [SCAN_CALL]: SCAN, [ASK]: AWAKE } })
    const { section, samples } = await run('disk/drives', what)
    expect(drivesOf(section)).toMatchObject([
      { key: 'WDC WD40/WD-1', kind: 'hdd', smart: { state: 'value', value: { passed: true } } },
    ])
    expect(samples).toEqual({ 'drive:WDC WD40/WD-1:temperatureCelsius': 30 })
    expect(what.probe.calls.filter((call) => call.startsWith('exec'))).toEqual([`exec ${SCAN_CALL}`, `exec ${ASK}`])
  })

  it('keeps a scan for a day, or until a drive comes or goes', async () => {
    const exec = { [SCAN_CALL]: SCAN, [ASK]: AWAKE }
    const scans = async (files: FakeTable['files'], now: number) => {
      const what = context({ files: files ?? {}, exec }, { now })
      await run('disk/drives', what)
      return what.probe.calls.filter((call) => call === `exec ${SCAN_CALL}`).length
    }
    expect(await scans(SDA, NOW)).toBe(1)
    expect(await scans(SDA, NOW + 6 * HOUR_MS)).toBe(0)
    expect(await scans(SDA, NOW + DAY_MS)).toBe(1)
    expect(await scans({ ...SDA, '/sys/block/sdb/size': '8\n' }, NOW + DAY_MS + 1)).toBe(1)
  })

  it('keeps the identity of a drive that sleeps, and the names of its samples', async () => {
    const awake = await run('disk/drives', context({ files: SDA, exec: { [SCAN_CALL]: SCAN, [ASK]: AWAKE } }))
    const asleep = await run('disk/drives', context({ files: SDA, exec: { [SCAN_CALL]: SCAN, [ASK]: ASLEEP } }))
    expect(drivesOf(asleep.section)).toMatchObject([
      { key: 'WDC WD40/WD-1', capacityBytes: 4_000, smart: { state: 'failed', code: 'asleep' } },
    ])
    expect(Object.keys(asleep.samples)).toEqual(Object.keys(awake.samples))
    expect(Object.values(asleep.samples)).toEqual([null])
  })

  it('knows a sleeping drive by udev after a restart of the agent', async () => {
    const { section } = await run('disk/drives', context({ files: SDA, exec: { [SCAN_CALL]: SCAN, [ASK]: ASLEEP } }))
    expect(drivesOf(section)).toMatchObject([{ key: 'WDC WD40/WD-1', model: 'WDC WD40', smart: { code: 'asleep' } }])
  })

  it.each([
    ['without smartctl', {}, 'tool-missing'],
    ['when the scan hangs', { [SCAN_CALL]: { code: 'hung' as const, detail: 'process 7 hangs' } }, 'hung'],
    [
      'when smartctl may not be started',
      { smartctl: { code: 'access-denied' as const, detail: 'not root' } },
      'access-denied',
    ],
    [
      'when a drive does not answer',
      { [SCAN_CALL]: SCAN, [ASK]: { code: 'timeout' as const, detail: '60 s' } },
      'timeout',
    ],
  ])('still lists every drive %s', async (_, exec, code) => {
    const { section } = await run('disk/drives', context({ files: SDA, exec }))
    expect(drivesOf(section)).toMatchObject([{ key: 'WDC WD40/WD-1', smart: { state: 'failed', code } }])
  })

  it('has no drives to list where even the kernel tells none', async () => {
    const { section } = await run('disk/drives', context({ exec: { [SCAN_CALL]: { code: 'timeout', detail: 'x' } } }))
    expect(section.drives).toMatchObject({ state: 'failed', code: 'timeout' })
  })

  it('asks an unknown bridge once more as SAT, and only as SAT', async () => {
    const usb = SCAN.replace('"sat"', '"usbjmicron"')
    const unknown = {
      stdout: doc({}).replace(
        '"exit_status":0',
        '"exit_status":1,"messages":[{"string":"/dev/sda: Unknown USB bridge [0x152d:0xa562]"}]',
      ),
      exitCode: 1,
    }
    const what = context({
      files: SDA,
      exec: { [SCAN_CALL]: usb, [ASK]: AWAKE, [ASK.replace('sat', 'usbjmicron')]: unknown },
    })
    const { section } = await run('disk/drives', what)
    expect(drivesOf(section)).toMatchObject([{ smart: { state: 'value' } }])
    expect(what.probe.calls.filter((call) => call.startsWith('exec'))).toHaveLength(3)
  })

  it('lists a drive once that shows twice, with what it told', async () => {
    const scan = JSON.stringify({
      smartctl: {},
      devices: [
        { name: '/dev/sda', type: 'scsi' },
        { name: '/dev/sda', type: 'sat' },
      ],
    })
    const dumb = doc({ model_name: 'WDC WD40', serial_number: 'WD-1', smart_support: { available: false } })
    const exec = { [SCAN_CALL]: scan, [ASK.replace('sat', 'scsi')]: dumb, [ASK]: AWAKE }
    const { section } = await run('disk/drives', context({ files: SDA, exec }))
    expect(drivesOf(section)).toMatchObject([{ smart: { state: 'value' } }])
  })

  it('does not look for health in a virtual disk', async () => {
    const files = { '/sys/block/vda/size': '8\n' }
    const { section } = await run('disk/drives', context({ files }))
    expect(drivesOf(section)).toMatchObject([
      { kind: 'virtual', capacityBytes: 4_096, smart: { state: 'failed', code: 'unsupported' } },
    ])
  })

  it('says disabled when it is switched off, and starts nothing', async () => {
    const what = context({ files: SDA, exec: { [SCAN_CALL]: SCAN } }, { off: new Set(['disk/smartctl']) })
    const { section } = await run('disk/drives', what)
    expect(drivesOf(section)).toMatchObject([{ smart: { code: 'disabled' } }])
    expect(what.probe.calls.some((call) => call.startsWith('exec'))).toBe(false)
  })
})
