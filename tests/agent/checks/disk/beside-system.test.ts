/** Drives, volumes and arrays of Windows and macOS as their tasks collect them, with and without smartctl. */
import { describe, expect, it } from 'vitest'
import { DISK_TASKS } from '../../../../agent/checks/disk/index.ts'
import type { Drive } from '../../../../shared/checks/disk.ts'
import { fakeProbe } from '../../../support/fake-probe.ts'
import { runTask } from '../../../support/run-task.ts'

const DISK = {
  DeviceId: '0',
  Model: 'ST2000NM0008',
  SerialNumber: 'ZC20ABCD',
  MediaType: 3,
  BusType: 11,
  HealthStatus: 0,
  OperationalStatus: [2],
  Size: 2_000_398_934_016,
}
const NAMED = {
  Index: 0,
  Model: 'ST2000NM0008',
  MediaType: 'Fixed hard disk media',
  Size: 1,
  Status: 'OK',
  PNPDeviceID: 'SCSI\\DISK&X',
}
const windows = (blocks: { readonly [block: string]: unknown }) =>
  JSON.stringify({ rounds: 1, blocks: Object.fromEntries(Object.entries(blocks).map(([name, ok]) => [name, { ok }])) })
const sector = (entries: readonly (readonly number[])[]) => {
  const bytes = new Array<number>(512).fill(0)
  for (const [index, entry] of entries.entries()) bytes.splice(2 + index * 12, entry.length, ...entry)
  return { InstanceName: 'SCSI\\Disk&X_0', VendorSpecific: bytes }
}
const SCAN = (name: string, type: string) => JSON.stringify({ smartctl: { exit_status: 0 }, devices: [{ name, type }] })
const SMART = (device: string, serial: string, passed: boolean) =>
  JSON.stringify({
    smartctl: { exit_status: 0 },
    device: { name: device, type: 'ata', protocol: 'ATA' },
    model_name: 'ST2000NM0008-2F3100',
    serial_number: serial,
    smart_status: { passed },
  })

async function drivesOn(
  platform: 'win32' | 'darwin',
  exec: { readonly [command: string]: string },
): Promise<readonly Drive[]> {
  const probe = fakeProbe({ platform, exec })
  const { section } = await runTask(DISK_TASKS, 'disk/drives', probe)
  if (section.drives.state !== 'value') throw new Error(JSON.stringify(section.drives))
  return section.drives.value
}

describe('Windows', () => {
  it('without smartctl says what cannot be seen', async () => {
    const drives = await drivesOn('win32', {
      powershell: windows({ 'disk-physical-disks': [DISK], 'disk-drives': [NAMED] }),
    })
    expect(drives).toMatchObject([
      { serial: 'ZC20ABCD', smart: { state: 'failed', code: 'tool-missing', detail: 'needs-smartctl-windows' } },
    ])
  })

  it('without smartctl tells what Windows foretells', async () => {
    const answers = windows({
      'disk-physical-disks': [DISK],
      'disk-drives': [NAMED],
      'disk-predict-failure': [{ InstanceName: 'SCSI\\Disk&X_0', PredictFailure: true }],
    })
    expect(await drivesOn('win32', { powershell: answers })).toMatchObject([{ smart: { value: { passed: false } } }])
  })

  it('a driver that foretells nothing and attributes that were read prove a drive; the flag alone does not', async () => {
    const blocks = {
      'disk-physical-disks': [DISK],
      'disk-drives': [NAMED],
      'disk-predict-failure': [{ InstanceName: 'SCSI\\Disk&X_0', PredictFailure: false }],
      'disk-smart-data': [sector([[5, 0, 0, 100, 100, 0]])],
      'disk-smart-thresholds': [sector([[5, 36]])],
    }
    expect(await drivesOn('win32', { powershell: windows(blocks) })).toMatchObject([
      { smart: { source: 'disk/windows-smart-data', value: { passed: true, reallocatedSectors: 0 } } },
    ])
    const { 'disk-smart-thresholds': _, ...fewer } = blocks
    expect(await drivesOn('win32', { powershell: windows(fewer) })).toMatchObject([
      { smart: { value: { passed: null } } },
    ])
    const low = { ...blocks, 'disk-smart-data': [sector([[5, 0, 0, 20, 20, 99]])] }
    expect(await drivesOn('win32', { powershell: windows(low) })).toMatchObject([
      { smart: { value: { failingAttributes: [{ id: 5, when: 'now' }] } } },
    ])
  })

  it('smartctl is merged by serial number, and a foretold failure is not talked away', async () => {
    const exec = (health: number) => ({
      powershell: windows({ 'disk-physical-disks': [{ ...DISK, HealthStatus: health }], 'disk-drives': [NAMED] }),
      'smartctl --scan-open --json=c': SCAN('/dev/csmi0,0', 'ata'),
      smartctl: SMART('/dev/csmi0,0', 'ZC20ABCD', true),
    })
    const good = await drivesOn('win32', exec(0))
    expect(good).toMatchObject([
      { device: '/dev/csmi0,0', kind: 'hdd', smart: { source: 'disk/smartctl', value: { passed: true } } },
    ])
    expect(await drivesOn('win32', exec(1))).toMatchObject([{ smart: { value: { passed: false } } }])
  })

  it('a drive that smartctl does not reach is told beside the others', async () => {
    const drives = await drivesOn('win32', {
      powershell: windows({
        'disk-physical-disks': [DISK, { ...DISK, DeviceId: '1', SerialNumber: 'USB1234', BusType: 7 }],
        'disk-drives': [NAMED],
      }),
      'smartctl --scan-open --json=c': SCAN('/dev/sda', 'ata'),
      smartctl: SMART('/dev/sda', 'ZC20ABCD', true),
    })
    expect(drives).toMatchObject([
      { smart: { state: 'value' } },
      { serial: 'USB1234', smart: { state: 'failed', code: 'unsupported' } },
    ])
  })

  it('PowerShell that does not answer leaves nothing healthy', async () => {
    const probe = fakeProbe({ platform: 'win32', exec: {} })
    for (const id of ['disk/drives', 'disk/volumes', 'disk/arrays']) {
      const { section } = await runTask(DISK_TASKS, id, probe)
      const part = id === 'disk/drives' ? section.drives : id === 'disk/volumes' ? section.volumes : section.arrays
      expect(part, id).toMatchObject({ state: 'failed', code: 'tool-missing' })
    }
  })

  it('sizes are asked of the file system itself; a Windows without Storage Spaces has none', async () => {
    const volume = {
      Name: 'C:\\',
      DriveLetter: 'C:',
      DriveType: 3,
      FileSystem: 'NTFS',
      Capacity: 1_000,
      FreeSpace: 500,
    }
    const unsupported = { error: -2147217394, message: 'Ungültiger Namespace' }
    const answer = JSON.stringify({
      rounds: 1,
      blocks: { 'disk-volumes': { ok: [volume] }, 'disk-virtual-disks': unsupported },
    })
    const facts = { totalBytes: 1_000, freeBytes: 90, availableBytes: 80, inodesTotal: 0, inodesFree: 0 }
    const probe = fakeProbe({ platform: 'win32', exec: { powershell: answer }, volumes: { 'C:\\': facts } })
    const { samples } = await runTask(DISK_TASKS, 'disk/volumes', probe)
    expect(samples).toEqual({ 'volume:C::usedBytes': 920, 'volume:C::availableBytes': 80 })
    expect((await runTask(DISK_TASKS, 'disk/arrays', probe)).section.arrays).toMatchObject({
      state: 'value',
      value: [],
    })
  })
})

describe('macOS', () => {
  const profiler = (status: string) =>
    JSON.stringify({
      SPNVMeDataType: [
        {
          _items: [
            {
              bsd_name: 'disk0',
              device_model: 'APPLE SSD',
              device_serial: '0ba018e4',
              size_in_bytes: 5e11,
              smart_status: status,
            },
          ],
        },
      ],
    })

  it('without smartctl says what cannot be seen, and tells a failure', async () => {
    expect(await drivesOn('darwin', { system_profiler: profiler('Verified') })).toMatchObject([
      { kind: 'nvme', smart: { state: 'failed', code: 'tool-missing', detail: 'needs-smartctl-macos' } },
    ])
    expect(await drivesOn('darwin', { system_profiler: profiler('Failing') })).toMatchObject([
      { smart: { value: { passed: false } } },
    ])
  })

  it('asks for mounts and sets seldom, and for sizes at every run', async () => {
    const mount = '/dev/disk1s1 on /System/Volumes/Data (apfs, local, journaled)\n'
    const sets = '<plist version="1.0"><dict><key>AppleRAIDSets</key><array/></dict></plist>'
    const facts = { totalBytes: 1_000, freeBytes: 90, availableBytes: 80, inodesTotal: 2 ** 50, inodesFree: 2 ** 50 }
    const probe = fakeProbe({
      platform: 'darwin',
      exec: { mount, diskutil: sets },
      volumes: { '/System/Volumes/Data': facts },
    })
    const memo = new Map()
    for (const now of [0, 60_000, 120_000]) {
      const { section, samples } = await runTask(DISK_TASKS, 'disk/volumes', probe, { memo, now })
      expect(section.volumes).toMatchObject({ value: [{ size: { value: { totalBytes: 1_000, inodesTotal: null } } }] })
      expect(samples['volume:/System/Volumes/Data:availableBytes']).toBe(80)
    }
    expect(probe.calls.filter((call) => call === 'exec mount ' || call === 'exec mount')).toHaveLength(1)
    expect((await runTask(DISK_TASKS, 'disk/arrays', probe)).section.arrays).toMatchObject({
      state: 'value',
      value: [],
    })
  })
})
