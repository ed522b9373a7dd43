/**
 * Drives, volumes and RAID sets of macOS, and df.
 * SOURCE: written by us after diskutil(8), system_profiler(8), df(1) and mount(8) of macOS; recordings in ../shared/samples.
 */
import { describe, expect, it } from 'vitest'
import { HARMLESS, mutations } from '../../../support/mutations.ts'
import { parseDisk, plistOf } from '../../../support/parse-source.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'

describe('disk/diskutil-info', () => {
  const info = (status: string, more = '') =>
    plistOf(`<dict><key>DeviceIdentifier</key><string>disk0</string><key>MediaName</key><string>APPLE SSD</string>
<key>WholeDisk</key><true/><key>SolidState</key><true/><key>BusProtocol</key><string>SATA</string>
<key>Size</key><integer>500277790720</integer>${status === '' ? '' : `<key>SMARTStatus</key><string>${status}</string>`}${more}</dict>`)

  it.each([
    ['Verified', { state: 'value', value: { passed: null } }],
    ['Failing', { state: 'value', value: { passed: false } }],
    ['About to fail', { state: 'value', value: { passed: false } }],
    ['Not Supported', { state: 'failed', code: 'unsupported' }],
    ['', { state: 'failed', code: 'empty' }],
  ])('SMART status %s', (status, smart) => {
    // Drivers of other makers write before the document.
    expect(parseDisk('disk/diskutil-info', `SATSMARTLibFactory called\n${info(status)}`)).toEqual(
      parseDisk('disk/diskutil-info', info(status)),
    )
    expect(parseDisk('disk/diskutil-info', info(status))).toMatchObject({
      ok: true,
      value: {
        parts: { drives: { value: [{ device: '/dev/disk0', kind: 'ssd', capacityBytes: 500_277_790_720, smart }] } },
      },
    })
  })

  it('reads the text, and knows a partition from a drive', () => {
    const text = `   Device Identifier:         disk1
   Device Node:               /dev/disk1
   Whole:                     Yes
   Device / Media Name:       ST1000LM024
   Protocol:                  USB
   SMART Status:              Not Supported
   Disk Size:                 1.0 TB (1000204886016 Bytes) (exactly 1953525168 512-Byte-Units)
   Solid State:               No
`
    expect(parseDisk('disk/diskutil-info', text)).toMatchObject({
      value: {
        parts: {
          drives: { value: [{ kind: 'hdd', capacityBytes: 1_000_204_886_016, smart: { code: 'unsupported' } }] },
        },
      },
    })
    expect(parseDisk('disk/diskutil-info', text.replace('Yes', 'No'))).toMatchObject({
      ok: false,
      error: { code: 'unsupported' },
    })
    expect(parseDisk('disk/diskutil-info', 'Could not find disk: disk9\n')).toMatchObject({
      ok: false,
      error: { code: 'exit' },
    })
  })
})

describe('disk/diskutil-list', () => {
  it('keeps the drives and leaves containers out', () => {
    const list = plistOf(`<dict><key>AllDisksAndPartitions</key><array>
<dict><key>DeviceIdentifier</key><string>disk0</string><key>Size</key><integer>500</integer></dict>
<dict><key>DeviceIdentifier</key><string>disk3</string><key>APFSPhysicalStores</key><array/></dict></array>
<key>WholeDisks</key><array><string>disk0</string><string>disk3</string></array></dict>`)
    expect(parseDisk('disk/diskutil-list', list)).toMatchObject({
      value: {
        parts: { drives: { value: [{ device: '/dev/disk0', capacityBytes: 500, smart: { state: 'never' } }] } },
      },
    })
    const text = '/dev/disk0 (internal, physical):\n   #:  TYPE NAME\n\n/dev/disk3 (synthesized):\n   0: APFS\n'
    const result = parseDisk('disk/diskutil-list', text)
    expect(result.ok && result.value.parts.drives).toMatchObject({ value: [{ device: '/dev/disk0' }] })
  })
})

describe('disk/diskutil-apfs', () => {
  it('tells one volume per container, by its data volume', () => {
    const text = `APFS Containers (2 found)
|
+-- Container disk3 966B902E-EDBA-4775-B743-CF97A0556A13
|   ====================================================
|   APFS Container Reference:     disk3
|   Size (Capacity Ceiling):      494384795648 B (494.4 GB)
|   Capacity In Use By Volumes:   474384795648 B (474.4 GB) (96.0% used)
|   Capacity Not Allocated:       20000000000 B (20.0 GB) (4.0% free)
|   |
|   +-> Volume disk3s5 7A27E734-880F-4D91-A703-FB55861D49B7
|   |   ---------------------------------------------------
|   |   APFS Volume Disk (Role):   disk3s5 (Data)
|   |   Name:                      Macintosh HD - Data (Case-insensitive)
|   |   Mount Point:               /System/Volumes/Data
|
+-- Container disk5 AAAAAAAA-EDBA-4775-B743-CF97A0556A13
    APFS Container Reference:     disk5
    Size (Capacity Ceiling):      1000 B (1.0 KB)
    +-> Volume disk5s1 BBBBBBBB-880F-4D91-A703-FB55861D49B7
        APFS Volume Disk (Role):   disk5s1 (No specific role)
        Name:                      Archive (Case-insensitive)
        Mount Point:               Not Mounted
`
    expect(parseDisk('disk/diskutil-apfs', text)).toMatchObject({
      value: {
        parts: { volumes: { value: [{ mount: '/System/Volumes/Data', system: true }, { mount: '/Volumes/Archive' }] } },
        samples: {
          'volume:/System/Volumes/Data:availableBytes': 20_000_000_000,
          'volume:/System/Volumes/Data:usedBytes': 474_384_795_648,
          'volume:/Volumes/Archive:availableBytes': null,
        },
      },
    })
  })
})

describe('disk/system-profiler-storage', () => {
  const drives = (status: object) =>
    JSON.stringify({
      SPNVMeDataType: [
        {
          _name: 'Apple SSD Controller',
          _items: [
            {
              _name: 'APPLE SSD AP0512Z',
              bsd_name: 'disk0',
              device_model: 'APPLE SSD AP0512Z',
              device_serial: '0ba018e4045c',
              size: '500,28 GB',
              size_in_bytes: 500_277_792_768,
              ...status,
            },
          ],
        },
      ],
    })

  it.each([
    [{ smart_status: 'Verified' }, { value: { passed: null } }],
    [{ smart_status: 'Failing' }, { value: { passed: false } }],
    [{}, { code: 'empty' }],
  ])('%j', (status, smart) => {
    expect(parseDisk('disk/system-profiler-storage', drives(status))).toMatchObject({
      value: {
        parts: { drives: { value: [{ kind: 'nvme', serial: '0ba018e4045c', capacityBytes: 500_277_792_768, smart }] } },
      },
    })
  })

  it('tells volumes by their bytes', () => {
    const storage = {
      SPStorageDataType: [
        {
          mount_point: '/',
          bsd_name: 'disk3s1',
          file_system: 'APFS',
          size_in_bytes: 100,
          free_space_in_bytes: 4,
          free_space: '4,0 B',
          writable: 'no',
        },
      ],
    }
    expect(parseDisk('disk/system-profiler-storage', JSON.stringify(storage))).toMatchObject({
      value: {
        parts: { volumes: { value: [{ mount: '/', readOnly: true, readOnlyExpected: true }] } },
        samples: { 'volume:/:usedBytes': 96 },
      },
    })
  })
})

describe('disk/df', () => {
  it.each([
    ['-h', 'Filesystem      Size  Used Avail Use% Mounted on\n/dev/sda1        50G   48G  2.0G  96% /\n', 50 * 2 ** 30],
    ['-P', 'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 100 96 4 96% /\n', 102_400],
    ['-T', 'Filesystem Type 1K-blocks Used Available Use% Mounted on\n/dev/sda1 ext4 100 96 4 96% /\n', 102_400],
    [
      'wrapped',
      'Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/mapper/a-very-long-name-of-a-volume\n      100 96 4 96% /\n',
      102_400,
    ],
  ])('%s', (_, text, totalBytes) => {
    expect(parseDisk('disk/df', text)).toMatchObject({
      value: {
        parts: { volumes: { value: [{ mount: '/', system: true, readOnly: null, size: { value: { totalBytes } } }] } },
      },
    })
  })

  it.each([
    '',
    'Dateisystem 1K-Blöcke Benutzt Verfügbar Verw% Eingehängt auf\n/dev/sda1 1 1 0 100% /\n',
    'df: /x: No such file\n',
  ])('refuses %j', (text) => expect(parseDisk('disk/df', text).ok).toBe(false))
})

describeWithSamples('recordings of macOS and df', () => {
  const FILES = [
    ['disk/system-profiler-storage', 'disk/macos/SPSerialATADataType-vbox.xml'],
    ['disk/df', 'disk/capacity/df-centos7.txt'],
    ['disk/df', 'disk/capacity/df-macos-10.14.txt'],
    ['disk/mount-macos', 'disk/capacity/mount-macos-apfs.txt'],
  ] as const
  const mountsOf = (id: string, output: Uint8Array) => {
    const result = parseDisk(id, output)
    return result.ok && result.value.parts.volumes?.state === 'value' ? result.value.parts.volumes.value : []
  }

  it('says what stands in them', () => {
    expect(parseDisk(...read(0))).toMatchObject({
      value: { parts: { drives: { value: [{ serial: 'VB52cb5022-c69e4cc4', capacityBytes: 41_943_040_000 }] } } },
    })
    expect(mountsOf(...read(1)).map(({ mount }) => mount)).toEqual(['/', '/boot'])
    expect(mountsOf(...read(2)).map(({ mount, device }) => [mount, device])).toEqual([
      ['/', '/dev/disk1s1'],
      ['/Volumes/InstallESD', '/dev/disk2s2'],
      ['/Volumes/brazil', '//MyCloudEX2Ultra._afpovertcp._tcp.local/brazil'],
    ])
    expect(
      mountsOf(...read(3)).map(({ mount, readOnly, readOnlyExpected }) => [mount, readOnly, readOnlyExpected]),
    ).toEqual([
      ['/', true, true],
      ['/System/Volumes/Data', false, null],
      ['/Volumes/VMware Shared Folders', false, null],
    ])
  })
  const read = (index: 0 | 1 | 2 | 3): [string, Buffer] => [FILES[index][0], sample(FILES[index][1])]

  it.each(FILES)('%s %s: damage leaves it as it is or unread', (id, file) => {
    const original = parseDisk(id, sample(file))
    for (const [what, damaged] of mutations(sample(file))) {
      const result = parseDisk(id, damaged)
      if (HARMLESS.has(what)) expect(result, what).toEqual(original)
    }
  })
})
