/**
 * Drives, volumes and Storage Spaces of Windows.
 * SOURCE: properties and values after learn.microsoft.com (MSFT_PhysicalDisk, MSFT_VirtualDisk, MSFT_StoragePool, Win32_DiskDrive,
 * Win32_Volume, MSStorageDriver_*), written by us; recordings in ../shared/samples/disk/windows.
 */
import { describe, expect, it } from 'vitest'
import type { Drive, Smart } from '../../../../shared/checks/disk.ts'
import { parseDisk } from '../../../support/parse-source.ts'

const drivesOf = (id: string, output: string | Uint8Array): readonly Drive[] => {
  const result = parseDisk(id, output)
  return result.ok && result.value.parts.drives?.state === 'value' ? result.value.parts.drives.value : []
}
const smartOf = (id: string, output: unknown): Smart | string => {
  const [drive] = drivesOf(id, JSON.stringify(output))
  if (drive === undefined) return 'no drive'
  return drive.smart.state === 'value' ? drive.smart.value : drive.smart.state === 'failed' ? drive.smart.code : 'never'
}

const DISK = { DeviceId: '0', Model: 'WDC WD40EFRX', SerialNumber: 'WD-WCC7', MediaType: 3, BusType: 11, Size: 4e12 }

describe('disk/windows-physical-disks', () => {
  const id = 'disk/windows-physical-disks'
  it.each<[string, object, object | string]>([
    ['healthy is no proof', { HealthStatus: 0, OperationalStatus: [2] }, { passed: null }],
    ['warning', { HealthStatus: 1, OperationalStatus: [2] }, { passed: false }],
    ['unhealthy', { HealthStatus: 2, OperationalStatus: [2] }, { passed: false }],
    ['predictive failure beside healthy', { HealthStatus: 0, OperationalStatus: [5] }, { passed: false }],
    ['words', { HealthStatus: 'Warning', OperationalStatus: 'Predictive Failure' }, { passed: false }],
    ['healthy in words', { HealthStatus: 'Healthy', OperationalStatus: 'OK' }, { passed: null }],
    ['unknown', { HealthStatus: 5 }, { passed: null }],
    ['a virtual disk', { HealthStatus: 0, BusType: 15 }, 'unsupported'],
    ['a virtual disk of which no health is told', { BusType: 15 }, { passed: null }],
  ])('%s', (_, change, want) => {
    const smart = smartOf(id, { ...DISK, ...change })
    if (typeof want === 'string') expect(smart).toBe(want)
    else expect(smart).toMatchObject(want)
  })

  it('names an NVMe drive by the number on its label', () => {
    const nvme = {
      ...DISK,
      BusType: 17,
      MediaType: 4,
      SerialNumber: '0025_3852_91B0_1234.',
      AdapterSerialNumber: 'S3EU  ',
    }
    expect(drivesOf(id, JSON.stringify([nvme]))[0]).toMatchObject({ serial: 'S3EU', kind: 'nvme' })
  })

  it('takes both shapes of PowerShell and refuses other objects', () => {
    expect(drivesOf(id, JSON.stringify({ value: [DISK], Count: 1 }))).toHaveLength(1)
    expect(drivesOf(id, JSON.stringify({ rounds: 1, blocks: { 'disk-physical-disks': { ok: DISK } } }))).toHaveLength(1)
    expect(parseDisk(id, '[{"Title":"x"}]')).toMatchObject({ ok: false, error: { code: 'parse' } })
    expect(parseDisk(id, '')).toMatchObject({ ok: false, error: { code: 'empty' } })
    const denied = {
      rounds: 1,
      blocks: { 'disk-physical-disks': { error: -2147217405, message: 'Zugriff verweigert' } },
    }
    expect(parseDisk(id, JSON.stringify(denied))).toMatchObject({ ok: false, error: { code: 'access-denied' } })
  })
})

describe('counters and flags', () => {
  it('zeros of the reliability counters are not told', () => {
    const zeros = { DeviceId: 1, Wear: 0, Temperature: 0, PowerOnHours: 0, ReadErrorsUncorrected: 0 }
    expect(smartOf('disk/windows-reliability', zeros)).toMatchObject({ wearPercent: null, reportedUncorrectable: null })
    const told = { ...zeros, Wear: 96, ReadErrorsUncorrected: 3, WriteErrorsUncorrected: null }
    expect(smartOf('disk/windows-reliability', told)).toMatchObject({
      wearPercent: 96,
      reportedUncorrectable: 3,
      passed: null,
    })
  })

  it.each<[unknown, object | string]>([
    [true, { passed: false }],
    ['TRUE', { passed: false }],
    [false, { passed: null }],
    [null, 'empty'],
  ])('PredictFailure %s', (flag, want) => {
    const smart = smartOf('disk/windows-predict-failure', { InstanceName: 'IDE\\DiskST2000_0', PredictFailure: flag })
    if (typeof want === 'string') expect(smart).toBe(want)
    else expect(smart).toMatchObject(want)
  })

  it.each([
    ['OK', null],
    ['Pred Fail', false],
    ['Degraded', false],
    ['', null],
  ])('Win32_DiskDrive says %s', (Status, passed) => {
    const drive = { Index: 0, Model: 'ST2000DM001 ATA Device', MediaType: 'Fixed hard disk media', Size: 2e12, Status }
    expect(smartOf('disk/windows-disk-drives', drive)).toMatchObject({ passed })
  })

  it('leaves sticks and empty card readers out', () => {
    const stick = {
      Index: 1,
      Model: 'SanDisk Ultra USB Device',
      MediaType: 'Removable Media',
      Size: 3e10,
      Status: 'OK',
    }
    const reader = { Index: 2, Model: 'Generic SD/MMC', InterfaceType: 'USB', Size: null, Status: 'OK' }
    expect(drivesOf('disk/windows-disk-drives', JSON.stringify([stick, reader]))).toEqual([])
  })
})

describe('disk/windows-smart-data', () => {
  const sector = (...attributes: readonly (readonly [id: number, value: number, raw: number])[]) => {
    const bytes = new Array<number>(512).fill(0)
    for (const [index, [id, value, raw]] of attributes.entries()) {
      bytes.splice(2 + index * 12, 5, id, 0, 0, value, value)
      for (let place = 0; place < 6; place++) bytes[7 + index * 12 + place] = Math.floor(raw / 256 ** place) % 256
    }
    return { InstanceName: 'IDE\\DiskST2000NM0008_0', VendorSpecific: bytes }
  }
  const id = 'disk/windows-smart-data'

  it('reads attributes by the rules of smartctl', () => {
    const told = sector(
      [5, 100, 0x00_07_00_00_00_03],
      [197, 100, 8],
      [198, 100, 2],
      [188, 100, 0x0002_0002_0002],
      [199, 200, 5],
    )
    expect(smartOf(id, told)).toMatchObject({
      passed: null,
      reallocatedSectors: 3,
      pendingSectors: 8,
      offlineUncorrectable: 2,
      commandTimeouts: 2,
      crcErrors: 5,
      reportedUncorrectable: null,
    })
  })

  it('tells temperature and hours, and neither when they are packed otherwise', () => {
    const result = parseDisk(id, JSON.stringify(sector([194, 60, 73_014_444_051], [9, 90, 12_345])))
    expect(result.ok && Object.values(result.value.samples)).toEqual([19, 12_345])
    const strange = parseDisk(id, JSON.stringify(sector([194, 0, 0], [9, 90, 2 ** 40])))
    expect(strange.ok && strange.value.samples).toEqual({})
  })

  it('refuses a sector that was cut', () => {
    expect(parseDisk(id, JSON.stringify({ InstanceName: 'x', VendorSpecific: [1, 0, 5] }))).toMatchObject({ ok: false })
    expect(parseDisk(id, JSON.stringify([sector([5, 1, 1]), { InstanceName: 'y' }]))).toMatchObject({ ok: false })
  })
})
