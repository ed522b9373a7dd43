/**
 * Volumes, Storage Spaces and logged errors of Windows.
 * SOURCE: properties and values after learn.microsoft.com (MSFT_PhysicalDisk, MSFT_VirtualDisk, MSFT_StoragePool, Win32_DiskDrive,
 * Win32_Volume, MSStorageDriver_*), written by us; recordings in ../shared/samples/disk/windows.
 */
import { describe, expect, it } from 'vitest'
import { parseDisk } from '../../../support/parse-source.ts'

describe('volumes', () => {
  const volumesOf = (id: string, output: unknown) => {
    const result = parseDisk(id, JSON.stringify(output))
    if (!result.ok || result.value.parts.volumes?.state !== 'value') throw new Error('no volumes')
    return { volumes: result.value.parts.volumes.value, samples: result.value.samples }
  }

  it('reads letters, mount points and the dirty bit, and ignores small partitions without a letter', () => {
    const { volumes, samples } = volumesOf('disk/windows-volumes', [
      {
        Name: 'C:\\',
        DriveLetter: 'C:',
        DriveType: 3,
        FileSystem: 'NTFS',
        Capacity: 5e11,
        FreeSpace: 1e10,
        DirtyBitSet: false,
      },
      {
        Name: 'C:\\data\\',
        DriveLetter: null,
        DriveType: 3,
        FileSystem: 'ReFS',
        Capacity: 2e12,
        FreeSpace: 1e12,
        DirtyBitSet: true,
      },
      {
        Name: '\\\\?\\Volume{1}\\',
        DriveLetter: null,
        DriveType: 3,
        FileSystem: 'NTFS',
        Capacity: 5e8,
        FreeSpace: 1e7,
      },
      { Name: 'E:\\', DriveLetter: 'E:', DriveType: 2, Capacity: null },
      { Name: 'D:\\', DriveLetter: 'D:', DriveType: 3, FileSystem: null, Capacity: null },
    ])
    expect(volumes.map(({ mount, system, errorCount, readOnly }) => [mount, system, errorCount, readOnly])).toEqual([
      ['C:', true, 0, null],
      ['C:\\data', false, 1, null],
      ['D:', false, null, null],
    ])
    expect(volumes[2]?.size).toMatchObject({ state: 'failed', code: 'unsupported' })
    expect(samples).toMatchObject({ 'volume:C::availableBytes': 1e10, 'volume:C::usedBytes': 4.9e11 })
  })
})

describe('Storage Spaces', () => {
  it.each([
    ['healthy', 0, [2], 'healthy'],
    ['degraded', 1, [3], 'degraded'],
    ['repairing', 1, [11], 'rebuilding'],
    ['repairing though healthy', 0, [11], 'rebuilding'],
    ['failed', 2, [53250], 'inactive'],
    ['detached though healthy', 0, [53250], 'inactive'],
    ['health not told', null, [2], 'unknown'],
    ['status not told', 0, null, 'unknown'],
    ['words', 'Warning', 'Degraded', 'degraded'],
    ['words of repair', 'Warning', 'InService', 'rebuilding'],
  ])('a space that is %s', (_, HealthStatus, OperationalStatus, state) => {
    const space = { FriendlyName: 'Data', ResiliencySettingName: 'Mirror', HealthStatus, OperationalStatus }
    const result = parseDisk('disk/windows-virtual-disks', JSON.stringify(space))
    expect(result.ok && result.value.parts.arrays).toMatchObject({ value: [{ name: 'Data', level: 'mirror', state }] })
  })

  it('tells pools and not the primordial one', () => {
    const pools = [
      { FriendlyName: 'Primordial', IsPrimordial: true, HealthStatus: 0, OperationalStatus: [2] },
      {
        FriendlyName: 'Pool',
        IsPrimordial: false,
        IsReadOnly: true,
        HealthStatus: 0,
        OperationalStatus: [2],
        Size: 10,
        AllocatedSize: 9,
      },
    ]
    const result = parseDisk('disk/windows-storage-pools', JSON.stringify(pools))
    expect(result).toMatchObject({
      ok: true,
      value: {
        parts: { pools: { value: [{ name: 'Pool', state: 'degraded' }] } },
        samples: { 'pool:Pool:usedPermille': 900 },
      },
    })
  })
})

describe('disk/windows-disk-events', () => {
  const at = '2026-11-24T08:00:00.0000000Z'
  const errorsOf = (output: string) => {
    const result = parseDisk('disk/windows-disk-events', output)
    return result.ok && result.value.parts.deviceErrors?.state === 'value'
      ? result.value.parts.deviceErrors.value
      : result
  }

  it('counts by device and kind, within the window', () => {
    const disk = {
      Id: 7,
      ProviderName: 'disk',
      Level: 2,
      TimeCreated: at,
      Properties: [{ Value: '\\Device\\Harddisk1\\DR1' }],
    }
    const events = [
      disk,
      disk,
      { ...disk, TimeCreated: '2026-10-01T00:00:00Z' },
      { ...disk, Id: 52 },
      { Id: 129, ProviderName: 'storahci', Level: 3, TimeCreated: at, Data: ['\\Device\\RaidPort0'] },
      {
        Id: 98,
        ProviderName: 'Microsoft-Windows-Ntfs',
        Level: 4,
        TimeCreated: at,
        Data: ['C:', '\\Device\\HarddiskVolume3'],
      },
      { Id: 55, ProviderName: 'Ntfs', Level: 2, TimeCreated: at, Data: ['D:'] },
      { Id: 7, ProviderName: 'Service Control Manager', Level: 2, TimeCreated: at },
    ]
    expect(errorsOf(JSON.stringify(events))).toEqual([
      { device: '\\Device\\Harddisk1\\DR1', kind: 'bad-block', count: 2, withinHours: 168 },
      { device: '\\Device\\Harddisk1\\DR1', kind: 'predicted', count: 1, withinHours: 168 },
      { device: '\\Device\\RaidPort0', kind: 'reset', count: 1, withinHours: 168 },
      { device: 'D:', kind: 'file-system', count: 1, withinHours: 168 },
    ])
  })

  it('reads the XML of wevtutil', () => {
    const xml = `<Event xmlns='x'><System><Provider Name='disk'/><EventID Qualifiers='49156'>153</EventID><Level>3</Level>
<TimeCreated SystemTime='${at}'/></System><EventData><Data>\\Device\\Harddisk0\\DR0</Data></EventData></Event>`
    expect(errorsOf(xml)).toEqual([{ device: '\\Device\\Harddisk0\\DR0', kind: 'retry', count: 1, withinHours: 168 }])
  })

  it('an empty answer says none, and no answer says nothing', () => {
    expect(errorsOf('[]')).toEqual([])
    expect(errorsOf('')).toMatchObject({ ok: false, error: { code: 'empty' } })
    expect(errorsOf('<html></html>')).toMatchObject({ ok: false, error: { code: 'parse' } })
  })
})
