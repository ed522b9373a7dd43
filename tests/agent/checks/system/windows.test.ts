/**
 * What Windows tells of itself.
 * SOURCE: written by us after learn.microsoft.com (CurrentVersion, Win32_*, Kernel-Power 41, EventLog 6008, BugCheck 1001) and the
 * documented output of powercfg; recordings in ../shared/samples.
 */
import { describe, expect, it } from 'vitest'
import { SYSTEM_TASKS } from '../../../../agent/checks/system/index.ts'
import { fakeProbe } from '../../../support/fake-probe.ts'
import { HARMLESS, mutations } from '../../../support/mutations.ts'
import { parseSystem } from '../../../support/parse-source.ts'
import { runTask } from '../../../support/run-task.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'

const partsOf = (id: string, output: unknown) => {
  const result = parseSystem(id, typeof output === 'string' ? output : JSON.stringify(output))
  return result.ok ? result.value.parts : result.error.code
}

describe('system/windows-version', () => {
  const id = 'system/windows-version'
  const VERSION = {
    CurrentBuildNumber: '22631',
    UBR: 4317,
    DisplayVersion: '23H2',
    EditionID: 'Professional',
    InstallationType: 'Client',
    CurrentMajorVersionNumber: 10,
    CurrentMinorVersionNumber: 0,
    ProductName: 'Windows 10 Pro',
  }

  it.each<[string, object, object]>([
    [
      'Windows 11 that calls itself 10',
      {},
      { name: 'Windows 11 Pro', version: '23H2', build: '10.0.22631.4317', edition: 'pro' },
    ],
    [
      'an old release',
      { DisplayVersion: null, ReleaseId: '1909', CurrentBuildNumber: '18363' },
      { name: 'Windows 10 Pro', version: '1909' },
    ],
    ['LTSC', { EditionID: 'EnterpriseS' }, { edition: 'enterprise-ltsc' }],
    ['IoT LTSC', { EditionID: 'IoTEnterpriseS' }, { edition: 'iot-enterprise-ltsc' }],
    ['Pro Education', { EditionID: 'ProfessionalEducation' }, { edition: 'pro-education' }],
    ['Home', { EditionID: 'CoreSingleLanguage' }, { edition: 'home' }],
    [
      'a server',
      { EditionID: 'ServerStandard', InstallationType: 'Server', CurrentBuildNumber: '26100' },
      { edition: 'server-standard' },
    ],
    ['a server without an edition', { EditionID: null, InstallationType: 'Server Core' }, { edition: 'server' }],
    ['a client without an edition', { EditionID: null }, { edition: null }],
    [
      'Windows 8.1',
      { CurrentMajorVersionNumber: null, CurrentVersion: '6.3', CurrentBuildNumber: '9600', UBR: null },
      { build: '6.3.9600' },
    ],
  ])('%s', (_, change, want) => {
    expect(partsOf(id, { ...VERSION, ...change })).toMatchObject({ os: { value: want } })
  })

  it('reads reg query and a .reg file', () => {
    const queried =
      'HKEY_LOCAL_MACHINE\\SOFTWARE\\x\r\n    CurrentBuild    REG_SZ    19045\r\n    UBR    REG_DWORD    0x11d8\r\n    EditionID    REG_SZ    Enterprise\r\n'
    expect(partsOf(id, queried)).toMatchObject({ os: { value: { build: '10.0.19045.4568', edition: 'enterprise' } } })
    const exported = '[HKEY_LOCAL_MACHINE\\x]\n"CurrentBuild"="19045"\n"UBR"=dword:000011d8\n'
    expect(partsOf(id, exported)).toMatchObject({ os: { value: { build: '10.0.19045.4568', edition: null } } })
    expect(partsOf(id, { ProductName: 'Windows 10' })).toBe('parse')
  })
})

describe('system/windows-computer', () => {
  const id = 'system/windows-computer'
  const COMPUTER = {
    Manufacturer: 'LENOVO',
    Model: '20HGS0001P',
    TotalPhysicalMemory: 17_000_000_000,
    PCSystemType: 2,
    NumberOfLogicalProcessors: 8,
    HypervisorPresent: true,
  }
  const BIOS = { SMBIOSBIOSVersion: 'N1WET68W', SerialNumber: 'PF0XXXX', ReleaseDate: '20220721000000.000000+000' }

  it('joins its classes', () => {
    const os = {
      LastBootUpTime: '2026-11-20T06:00:00.0000000Z',
      BuildNumber: '26100',
      Version: '10.0.26100',
      Caption: 'Microsoft Windows 11 Famille',
      OperatingSystemSKU: 101,
      ProductType: 1,
    }
    const cpu = { Name: 'Intel(R) Core(TM) i7-8650U', MaxClockSpeed: 1_900 }
    expect(partsOf(id, [COMPUTER, BIOS, os, cpu, { ChassisTypes: [10] }])).toMatchObject({
      hardware: {
        value: {
          vendor: 'LENOVO',
          chassis: 'laptop',
          biosDate: '2022-07-21',
          cpuThreads: 8,
          cpu: 'Intel(R) Core(TM) i7-8650U',
        },
      },
      // Windows protects itself by virtualization on bare metal too.
      virtualization: { value: { kind: 'none' } },
      boot: { value: { bootedAt: Date.UTC(2026, 10, 20, 6) } },
      os: { value: { name: 'Windows 11 Famille', build: '10.0.26100', edition: 'home' } },
    })
  })

  it.each([
    [{ Manufacturer: 'VMware, Inc.', Model: 'VMware7,1' }, 'vmware'],
    [{ Manufacturer: 'Microsoft Corporation', Model: 'Virtual Machine' }, 'microsoft'],
    [{ Manufacturer: 'Microsoft Corporation', Model: 'Surface Laptop 5' }, 'none'],
  ])('%j runs in %s', (change, kind) => {
    const parts = partsOf(id, [{ ...COMPUTER, ...change }, BIOS])
    expect(parts).toMatchObject({
      virtualization: { value: { kind } },
      hardware: { value: { biosDate: kind === 'none' ? '2022-07-21' : null } },
    })
  })

  it('a single class tells its own, and no virtualization where the model is missing', () => {
    expect(partsOf(id, BIOS)).not.toHaveProperty('virtualization')
    expect(partsOf(id, { LastBootUpTime: '20261120070000.500000+060' })).toMatchObject({
      boot: { value: { bootedAt: Date.UTC(2026, 10, 20, 6) } },
    })
    expect(partsOf(id, { Anything: 1 })).toBe('parse')
  })
})

describe('system/windows-battery', () => {
  it('joins the classes by battery; zero is not told', () => {
    const records = [
      { InstanceName: 'A', DeviceName: '00HW023', DesignedCapacity: 23_540 },
      { InstanceName: 'B', DesignedCapacity: 0 },
      { InstanceName: 'A', FullChargedCapacity: 11_770 },
      { InstanceName: 'A', CycleCount: 0 },
    ]
    expect(partsOf('system/windows-battery', records)).toMatchObject({
      batteries: {
        value: [
          { name: '00HW023', designCapacity: 23_540, fullCapacity: 11_770, cycles: null },
          { name: 'B', designCapacity: null, fullCapacity: null },
        ],
      },
    })
    expect(partsOf('system/windows-battery', '[]')).toMatchObject({ batteries: { value: [] } })
    expect(partsOf('system/windows-battery', '')).toBe('empty')
  })
})

describe('system/windows-events', () => {
  const event = (Id: number, ProviderName: string, day: number, Data: readonly string[] = []) => ({
    Id,
    ProviderName,
    Level: 1,
    TimeCreated: new Date(Date.UTC(2026, 10, day, 8)).toISOString(),
    Data,
  })
  const power = 'Microsoft-Windows-Kernel-Power'
  it.each<[string, readonly object[], object]>([
    ['nothing', [], { unexpectedShutdowns: 0, systemStops: 0 }],
    [
      'one loss of power writes two events',
      [event(41, power, 24, ['0']), event(6008, 'EventLog', 24)],
      { unexpectedShutdowns: 1, systemStops: 0 },
    ],
    [
      'a blue screen writes three',
      [event(41, power, 24, ['159']), event(6008, 'EventLog', 24), event(1001, 'BugCheck', 24)],
      { unexpectedShutdowns: 0, systemStops: 1 },
    ],
    [
      'reports of programs are none',
      [event(1001, 'Windows Error Reporting', 24)],
      { unexpectedShutdowns: 0, systemStops: 0 },
    ],
    ['what is older than a week', [event(41, power, 2, ['0'])], { unexpectedShutdowns: 0 }],
  ])('%s', (_, events, want) => {
    expect(partsOf('system/windows-events', events)).toMatchObject({ crashes: { value: { ...want, withinDays: 7 } } })
  })

  it('reads the XML of wevtutil and tells when', () => {
    const xml = `<Event><System><Provider Name='${power}'/><EventID>41</EventID><TimeCreated SystemTime='2026-11-24T08:00:00Z'/></System>
<EventData><Data Name='BugcheckCode'>0</Data></EventData></Event>`
    const result = parseSystem('system/windows-events', xml)
    expect(result).toMatchObject({
      value: {
        parts: { crashes: { value: { unexpectedShutdowns: 1 } } },
        samples: { 'crash:lastAt': Date.UTC(2026, 10, 24, 8) },
      },
    })
  })
})

describe('the tasks on Windows', () => {
  it('fill every part, and say why where PowerShell is silent', async () => {
    const { section } = await runTask(SYSTEM_TASKS, 'system/identity', fakeProbe({ platform: 'win32' }))
    const { samples: _, ...parts } = section
    for (const [name, part] of Object.entries(parts))
      expect(part, name).toMatchObject({ state: 'failed', code: 'tool-missing' })
  })

  it('a desktop without the classes of a battery has none', async () => {
    const blocks = {
      'system-battery': { error: -2147217396, message: 'Nicht unterstützt' },
      'system-version': { ok: [{ CurrentBuildNumber: '20348', InstallationType: 'Server' }] },
    }
    const probe = fakeProbe({ platform: 'win32', exec: { powershell: JSON.stringify({ rounds: 1, blocks }) } })
    const { section } = await runTask(SYSTEM_TASKS, 'system/identity', probe)
    expect(section.batteries).toMatchObject({ state: 'value', value: [] })
    expect(section.os).toMatchObject({ value: { edition: 'server', build: '10.0.20348' } })
    expect(section.crashes).toMatchObject({ state: 'failed', code: 'empty' })
  })

  it('an answer about memory is told once', async () => {
    const record = { TotalVisibleMemorySize: 1_000, FreePhysicalMemory: 400, At: '2026-11-25T08:00:00Z' }
    const answer = JSON.stringify({ rounds: 1, blocks: { 'system-memory': { ok: [record] } } })
    const probe = fakeProbe({ platform: 'win32', exec: { powershell: answer } })
    const memo = new Map()
    const now = Date.UTC(2026, 10, 25, 8)
    expect((await runTask(SYSTEM_TASKS, 'system/vitals', probe, { memo, now })).samples).toEqual({
      'memory:usedBytes': 600 * 1024,
    })
    expect((await runTask(SYSTEM_TASKS, 'system/vitals', probe, { memo, now: now + 60_000 })).samples).toEqual({})
  })
})

describeWithSamples('recordings of Windows', () => {
  const FILES = [
    ['system/windows-computer', 'security/hardware/Win32_Bios-proxmox.utf16.txt'],
    ['system/windows-battery', 'security/battery/win10-powercfg-two-batteries.xml'],
    ['system/systeminfo', 'patch/windows/systeminfo-win10.txt'],
  ] as const

  it('says what stands in them', () => {
    const [bios, battery, info] = FILES.map(([id, file]) => parseSystem(id, sample(file)))
    // The date of a virtual machine's firmware is nobody's age.
    expect(bios).toMatchObject({
      value: { parts: { virtualization: { value: { kind: 'qemu' } }, hardware: { code: 'empty' } } },
    })
    expect(battery).toMatchObject({
      value: {
        parts: {
          batteries: {
            value: [
              { name: '00HW023', designCapacity: 23_540, cycles: 173 },
              { name: '01AV406', designCapacity: 26_060, cycles: 143 },
            ],
          },
        },
      },
    })
    expect(info).toMatchObject({
      value: {
        parts: {
          os: { value: { name: 'Windows 10 Enterprise', build: '10.0.19042', edition: 'enterprise' } },
          boot: { state: 'failed', code: 'parse' },
          hardware: {
            value: { vendor: 'VMware, Inc.', model: 'VMware7,1', memoryBytes: 2_047 * 1024 ** 2, biosDate: null },
          },
          virtualization: { value: { kind: 'vmware' } },
        },
      },
    })
  })

  it.each(FILES)('%s: harmless damage changes nothing, other damage throws nothing', (id, file) => {
    const utf8 = Buffer.from(new TextDecoder(file.includes('utf16') ? 'utf-16le' : 'utf-8').decode(sample(file)))
    const original = parseSystem(id, utf8)
    for (const [what, damaged] of mutations(utf8)) {
      const result = parseSystem(id, damaged)
      if (HARMLESS.has(what)) expect(result, what).toEqual(original)
    }
  })
})
