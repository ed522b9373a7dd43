/**
 * What macOS tells of itself, and unexpected ends of Linux.
 * SOURCE: written by us after sw_vers(1), sysctl(8), ioreg(8), system_profiler(8) and utmp(5); recordings in ../shared/samples.
 */
import { describe, expect, it } from 'vitest'
import { SYSTEM_TASKS } from '../../../../agent/checks/system/index.ts'
import { parseVmStat } from '../../../../agent/checks/system/vm-stat.ts'
import { DAY_MS } from '../../../../shared/units.ts'
import { fakeProbe } from '../../../support/fake-probe.ts'
import { HARMLESS, lineCuts, mutations } from '../../../support/mutations.ts'
import { parseSystem, plistOf } from '../../../support/parse-source.ts'
import { runTask } from '../../../support/run-task.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'

const partsOf = (id: string, output: string | Uint8Array) => {
  const result = parseSystem(id, output, { platform: 'darwin' })
  return result.ok ? result.value.parts : result.error.code
}

describe('the version of macOS', () => {
  it.each([
    [
      'ProductName:\t\tmacOS\nProductVersion:\t\t14.5\nBuildVersion:\t\t23F79\n',
      { name: 'macOS 14.5', version: '14.5', build: '23F79' },
    ],
    [
      'ProductName:\tmacOS\nProductVersion:\t13.3.1\nProductVersionExtra:\t(a)\nBuildVersion:\t22E772610a\n',
      { name: 'macOS 13.3.1 (a)', version: '13.3.1' },
    ],
    // What old programs are told instead of the truth.
    ['ProductName:\tMac OS X\nProductVersion:\t10.16\nBuildVersion:\t20G80\n', { version: null, build: '20G80' }],
    ['ProductName:\tmacOS\nProductVersion:\t16.0\nBuildVersion:\t25A354\n', { version: null }],
  ])('%j', (text, os) => {
    expect(partsOf('system/sw-vers', text)).toMatchObject({ os: { value: os } })
  })

  it('reads the file and refuses others', () => {
    const file = plistOf(
      '<dict><key>ProductName</key><string>macOS</string><key>ProductVersion</key><string>26.0</string><key>ProductBuildVersion</key><string>25A354</string></dict>',
    )
    expect(partsOf('system/system-version-plist', file)).toMatchObject({
      os: { value: { version: '26.0', build: '25A354' } },
    })
    expect(partsOf('system/sw-vers', 'ProductName: macOS\n')).toBe('parse')
    expect(partsOf('system/sw-vers', '')).toBe('empty')
  })
})

describe('hardware of a Mac', () => {
  it('reads JSON, in any language of the figures', () => {
    const json = JSON.stringify({
      SPHardwareDataType: [
        {
          machine_name: 'MacBook Pro',
          machine_model: 'Mac14,10',
          chip_type: 'Apple M2 Pro',
          number_processors: 'proc 12:8:4',
          physical_memory: '16 Go',
          serial_number: 'XYZ123ABC',
        },
      ],
    })
    expect(partsOf('system/system-profiler-hardware', json)).toMatchObject({
      hardware: {
        value: {
          vendor: 'Apple',
          model: 'Mac14,10',
          chassis: 'laptop',
          cpu: 'Apple M2 Pro',
          cpuThreads: 12,
          memoryBytes: 16 * 2 ** 30,
          serial: 'XYZ123ABC',
        },
      },
      virtualization: { value: { kind: 'none' } },
    })
    expect(partsOf('system/system-profiler-hardware', json.replace('Mac14,10', 'VirtualMac2,1'))).toMatchObject({
      virtualization: { value: { kind: 'apple' } },
    })
  })

  it('reads sysctl', () => {
    const text =
      'kern.boottime: { sec = 1763600000, usec = 12 } Thu Nov 20 01:53:20 2025\nkern.hv_vmm_present: 0\nhw.memsize: 17179869184\nhw.logicalcpu: 8\n'
    expect(partsOf('system/sysctl', text)).toMatchObject({
      boot: { value: { bootedAt: 1_763_600_000_000 } },
      hardware: { value: { memoryBytes: 17_179_869_184, cpuThreads: 8 } },
      virtualization: { value: { kind: 'none' } },
    })
    expect(partsOf('system/sysctl', 'sysctl: unknown oid\n')).toBe('parse')
  })

  it('counts memory in use', () => {
    const text =
      'Mach Virtual Memory Statistics: (page size of 16384 bytes)\nPages free: 10.\nPages active:  100.\nPages wired down:  20.\nPages occupied by compressor:  5.\n'
    expect(parseVmStat(text)).toBe(125 * 16_384)
    expect(parseVmStat(text.replace('wired down', 'x'))).toBeNull()
  })
})

describe('batteries of a Mac', () => {
  it.each<[string, string, object]>([
    [
      'Apple silicon',
      '"AppleRawMaxCapacity" = 4500\n"DesignCapacity" = 5000\n"MaxCapacity" = 100\n"CycleCount" = 234\n',
      { designCapacity: 5_000, fullCapacity: 4_500, cycles: 234, condition: null },
    ],
    [
      'Intel',
      '"MaxCapacity" = 4069\n"DesignCapacity" = 5000\n"CycleCount" = 125\n"PermanentFailureStatus" = 1\n',
      { fullCapacity: 4_050, condition: 'service' },
    ],
    [
      'a percentage is no capacity',
      '"MaxCapacity" = 100\n"DesignCapacity" = 5000\n"CycleCount" = 1\n',
      { fullCapacity: null },
    ],
  ])('ioreg, %s', (_, text, battery) => {
    expect(partsOf('system/ioreg-battery', `+-o AppleSmartBattery\n  {\n${text}  }\n`)).toMatchObject({
      batteries: { value: [battery] },
    })
  })

  it('ioreg as a property list, with the figures inside BatteryData', () => {
    const list = plistOf(
      '<array><dict><key>BatteryInstalled</key><true/><key>BatteryData</key><dict><key>DesignCapacity</key><integer>8000</integer><key>NominalChargeCapacity</key><integer>4000</integer><key>CycleCount</key><integer>9</integer></dict></dict></array>',
    )
    expect(partsOf('system/ioreg-battery', list)).toMatchObject({
      batteries: { value: [{ designCapacity: 8_000, fullCapacity: 4_000, cycles: 9 }] },
    })
    expect(partsOf('system/ioreg-battery', '')).toBe('empty')
  })

  it.each([
    [
      {
        sppower_battery_health: 'Good',
        sppower_battery_health_maximum_capacity: '84%',
        sppower_battery_cycle_count: 253,
      },
      { designCapacity: 100, fullCapacity: 84, cycles: 253, condition: 'normal' },
    ],
    [{ sppower_battery_health: 'Service Recommended' }, { designCapacity: null, condition: 'service' }],
    [{ sppower_battery_health: 'Réparation conseillée' }, { condition: null }],
  ])('system_profiler %j', (health, battery) => {
    const json = JSON.stringify({ SPPowerDataType: [{ sppower_battery_health_info: health }] })
    expect(partsOf('system/system-profiler-power', json)).toMatchObject({ batteries: { value: [battery] } })
  })

  it('a Mac without a battery has none', () => {
    const json = JSON.stringify({ SPPowerDataType: [{ _name: 'sppower_information' }] })
    expect(partsOf('system/system-profiler-power', json)).toMatchObject({ batteries: { value: [] } })
    expect(partsOf('system/system-profiler-power', 'Power:\n\n    System Power Settings:\n')).toMatchObject({
      batteries: { value: [] },
    })
  })
})

describe('the tasks on macOS', () => {
  it('fill every part, and say why where nothing answers', async () => {
    const { section } = await runTask(SYSTEM_TASKS, 'system/identity', fakeProbe({ platform: 'darwin' }))
    const { samples: _, ...parts } = section
    for (const [name, part] of Object.entries(parts)) expect(part, name).toMatchObject({ state: 'failed' })
  })

  it('join capacities and the maker’s judgment', async () => {
    const exec = {
      'ioreg -rn AppleSmartBattery -a': plistOf(
        '<array><dict><key>DesignCapacity</key><integer>5000</integer><key>NominalChargeCapacity</key><integer>4000</integer></dict></array>',
      ),
      'system_profiler -json SPPowerDataType': JSON.stringify({
        SPPowerDataType: [{ sppower_battery_health_info: { sppower_battery_health: 'Service Recommended' } }],
      }),
    }
    const { section } = await runTask(SYSTEM_TASKS, 'system/identity', fakeProbe({ platform: 'darwin', exec }))
    expect(section.batteries).toMatchObject({
      value: [{ designCapacity: 5_000, fullCapacity: 4_000, condition: 'service' }],
    })
    const none = fakeProbe({ platform: 'darwin', exec: { 'ioreg -rn AppleSmartBattery -a': '' } })
    expect((await runTask(SYSTEM_TASKS, 'system/identity', none)).section.batteries).toMatchObject({
      state: 'value',
      value: [],
    })
  })
})

describe('system/wtmp', () => {
  const NOW = Date.UTC(2026, 10, 25)
  const record = (type: number, user: string, at: number) => {
    const bytes = Buffer.alloc(384)
    bytes.writeInt16LE(type, 0)
    bytes.write(user, 44, 'latin1')
    bytes.writeInt32LE(Math.floor(at / 1_000), 340)
    return bytes
  }
  const boot = (daysAgo: number) => record(2, 'reboot', NOW - daysAgo * DAY_MS)
  const shutdown = (daysAgo: number) => record(1, 'shutdown', NOW - daysAgo * DAY_MS)
  const level = (daysAgo: number) => record(1, 'runlevel', NOW - daysAgo * DAY_MS)

  it.each([
    ['orderly ends', [boot(6), level(6), shutdown(5), boot(4)], 0],
    ['an end without a shutdown', [boot(6), level(6), boot(4)], 1],
    ['two of them', [boot(6), boot(4), boot(1)], 2],
    ['the first start is no evidence', [boot(1)], 0],
    ['what is older than a week', [boot(30), boot(20), shutdown(3), boot(2)], 0],
  ])('%s', (_, records, unexpectedShutdowns) => {
    const result = parseSystem('system/wtmp', Buffer.concat(records), { now: NOW, platform: 'linux' })
    expect(result).toMatchObject({
      value: { parts: { crashes: { value: { unexpectedShutdowns, systemStops: null, withinDays: 7 } } } },
    })
  })

  it('refuses what is none', () => {
    expect(partsOf('system/wtmp', '')).toBe('empty')
    expect(partsOf('system/wtmp', 'x'.repeat(384))).toBe('parse')
    expect(partsOf('system/wtmp', boot(1).subarray(0, 200))).toBe('parse')
    expect(partsOf('system/wtmp', level(1))).toBe('needs-history')
  })
})

describeWithSamples('recordings of macOS', () => {
  it('hardware and power', () => {
    expect(
      partsOf('system/system-profiler-hardware', sample('security/hardware/macos-SPHardwareDataType.txt')),
    ).toMatchObject({
      hardware: {
        value: {
          model: 'MacBookPro11,4',
          chassis: 'laptop',
          cpu: 'Intel Core i7',
          memoryBytes: 16 * 2 ** 30,
          serial: null,
        },
      },
    })
    expect(
      partsOf('system/system-profiler-power', sample('security/battery/macos-SPPowerDataType-charging.txt')),
    ).toMatchObject({
      batteries: {
        value: [{ name: 'bq20z451', designCapacity: null, fullCapacity: 4_069, cycles: 125, condition: 'normal' }],
      },
    })
  })

  it('a battery does not vanish with a line, nor grow healthy', () => {
    const text = sample('security/battery/macos-SPPowerDataType-charging.txt')
    const worn = Buffer.from(text.toString('utf8').replace('Condition: Normal', 'Condition: Service Recommended'))
    for (const [line, damaged] of [...lineCuts(worn), ...mutations(worn).filter(([what]) => HARMLESS.has(what))])
      expect(partsOf('system/system-profiler-power', damaged), line).not.toMatchObject({
        batteries: { value: [{ condition: 'normal' }] },
      })
    for (const [line, damaged] of lineCuts(text))
      expect(partsOf('system/system-profiler-power', damaged), line).not.toMatchObject({
        batteries: { value: { length: 0 } },
      })
  })
})
