/** The system tasks against tables of answers, and for real on this machine. */
import { beforeEach, describe, expect, it } from 'vitest'
import { SYSTEM_TASKS } from '../../../../agent/checks/system/index.ts'
import type { Probe } from '../../../../agent/probe/probe.ts'
import { createSystemProbe } from '../../../../agent/probe/system.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { describeUnless } from '../../../support/loud-skip.ts'
import { runTask } from '../../../support/run-task.ts'

let memo = new Map<string, unknown>()
beforeEach(() => {
  memo = new Map()
})

const run = (id: string, probe: Probe, off: readonly string[] = []) =>
  runTask(SYSTEM_TASKS, id, probe, { off: new Set(off), memo })

const FILES: FakeTable['files'] = {
  '/etc/os-release': 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n',
  '/proc/sys/kernel/osrelease': '6.1.0-30-amd64\n',
  '/proc/sys/kernel/random/boot_id': 'b1\n',
  '/proc/stat': 'cpu  100 0 0 900 0 0 0 0 0 0\nbtime 1700000000\n',
  '/proc/meminfo': 'MemTotal: 8000000 kB\nMemAvailable: 6000000 kB\nSwapTotal: 1000 kB\nSwapFree: 400 kB\n',
  '/proc/loadavg': '0.25 0.10 0.05 1/100 5\n',
  '/proc/uptime': '100.00 90.00\n',
  '/proc/cpuinfo': 'processor\t: 0\nmodel name\t: Intel(R) Core(TM) i5\n',
  '/sys/class/dmi/id/sys_vendor': 'LENOVO\n',
  '/sys/class/dmi/id/product_name': '20W0\n',
  '/sys/class/dmi/id/product_serial': 'To Be Filled By O.E.M.\n',
  '/sys/class/dmi/id/chassis_type': '10\n',
  '/sys/class/dmi/id/bios_date': '03/15/2022\n',
  '/sys/class/power_supply/BAT0/type': 'Battery\n',
  '/sys/class/power_supply/BAT0/energy_full_design': '50000000\n',
  '/sys/class/power_supply/BAT0/energy_full': '40000000\n',
  '/sys/class/power_supply/AC/type': 'Mains\n',
}
const NONE = { 'systemd-detect-virt': { stdout: 'none\n', exitCode: 1 } }

describe('system/identity', () => {
  it('says what the machine is, from the kernel alone', async () => {
    const probe = fakeProbe({ files: FILES, exec: NONE })
    const { section } = await run('system/identity', probe)
    expect(section).toMatchObject({
      os: { value: { id: 'debian', version: '12', kernel: '6.1.0-30-amd64' } },
      boot: { value: { bootedAt: 1_700_000_000_000 } },
      virtualization: { value: { kind: 'none', container: false } },
      hardware: {
        value: {
          vendor: 'LENOVO',
          model: '20W0',
          serial: null,
          chassis: 'laptop',
          biosDate: '2022-03-15',
          cpu: 'Intel(R) Core(TM) i5',
          cpuThreads: 1,
          memoryBytes: 8_192_000_000,
        },
      },
      batteries: { value: [{ name: 'BAT0', designCapacity: 50_000, fullCapacity: 40_000, cycles: null }] },
    })
    expect(probe.calls.filter((call) => call.startsWith('exec'))).toEqual(['exec systemd-detect-virt'])
  })

  it('does not move the boot instant for a step of the clock, but for a new boot or a wrong clock', async () => {
    const at = async (btime: number, bootId = 'b1') => {
      const files = { ...FILES, '/proc/stat': `btime ${btime}\n`, '/proc/sys/kernel/random/boot_id': bootId }
      const { boot } = (await run('system/identity', fakeProbe({ files }))).section
      return boot.state === 'value' ? boot.value.bootedAt / 1_000 : null
    }
    expect([await at(1_700_000_000), await at(1_700_000_003), await at(1_700_000_300)]).toEqual([
      1_700_000_000, 1_700_000_000, 1_700_000_000,
    ])
    expect(await at(1_700_000_300, 'b2')).toBe(1_700_000_300)
    expect(await at(1_800_000_000, 'b2')).toBe(1_800_000_000)
  })

  it('tells no BIOS date of a virtual machine, but that of a container host', async () => {
    const date = async (kind: string) => {
      const { hardware } = (
        await run('system/identity', fakeProbe({ files: FILES, exec: { 'systemd-detect-virt': `${kind}\n` } }))
      ).section
      return hardware.state === 'value' ? hardware.value.biosDate : 'failed'
    }
    expect([await date('kvm'), await date('lxc')]).toEqual([null, '2022-03-15'])
  })

  it('takes the memory that is built in where the kernel tells it', async () => {
    const files = { ...FILES, '/sys/devices/system/memory/block_size_bytes': '8000000\n' }
    const memory = Object.fromEntries(
      Array.from({ length: 64 }, (_, n) => [`/sys/devices/system/memory/memory${n}/online`, '1']),
    )
    const { hardware } = (await run('system/identity', fakeProbe({ files: { ...files, ...memory } }))).section
    expect(hardware).toMatchObject({ value: { memoryBytes: 64 * 0x8000000 } })
  })

  it('says why for everything that a bare system does not tell', async () => {
    const { section } = await run('system/identity', fakeProbe({}))
    expect(section).toMatchObject({
      os: { state: 'failed', code: 'empty' },
      boot: { state: 'failed', code: 'parse' },
      virtualization: { state: 'failed', code: 'empty' },
      hardware: { state: 'failed', code: 'empty' },
      batteries: { state: 'value', value: [] },
    })
  })
})

describe('system/inventory', () => {
  const INVENTORY = JSON.stringify({
    system: { manufacturer: 'LENOVO', model: '20W0', serial: 'PF2ABCDE' },
    bios: { releaseDate: '2020-01-01' },
    chassis: {},
    cpu: { manufacturer: 'x', brand: 'y', cores: 8 },
    memLayout: [],
  })

  it('fills what the kernel did not tell and changes nothing else, and identity keeps it', async () => {
    const probe = fakeProbe({ files: FILES, exec: { ...NONE, 'rounds-inventory': INVENTORY } })
    const before = (await run('system/identity', probe)).section.hardware
    const after = (await run('system/inventory', probe)).section.hardware
    if (before.state !== 'value') throw new Error('no hardware')
    expect(after).toEqual({ ...before, value: { ...before.value, serial: 'PF2ABCDE' } })
    expect((await run('system/identity', probe)).section.hardware).toEqual(after)
  })

  it('takes nothing away when the child fails', async () => {
    const probe = fakeProbe({
      files: FILES,
      exec: { ...NONE, 'rounds-inventory': { code: 'timeout', detail: '30 s' } },
    })
    const before = (await run('system/identity', probe)).section.hardware
    expect((await run('system/inventory', probe)).section.hardware).toEqual(before)
  })

  it('does not start the child when it is switched off', async () => {
    const probe = fakeProbe({ files: FILES, exec: { ...NONE, 'rounds-inventory': INVENTORY } })
    await run('system/inventory', probe, ['system/systeminformation'])
    expect(probe.calls).not.toContain('exec rounds-inventory')
  })
})

describe('system/vitals', () => {
  it('gives integers, and processor time from the second reading on', async () => {
    const first = await run('system/vitals', fakeProbe({ files: FILES }))
    expect(first.samples).toEqual({
      'memory:usedBytes': 2_048_000_000,
      'swap:usedBytes': 614_400,
      'cpu:busyPermille': null,
      'load:centi1': 25,
      'uptime:seconds': 100,
    })
    const files = { ...FILES, '/proc/stat': 'cpu  150 0 0 950 0 0 0 0 0 0\n' }
    expect((await run('system/vitals', fakeProbe({ files }))).samples['cpu:busyPermille']).toBe(500)
  })

  it('has null for what is not told, never 0', async () => {
    expect(Object.values((await run('system/vitals', fakeProbe({}))).samples)).toEqual([null, null, null, null, null])
  })
})

describeUnless(process.platform === 'linux' ? null : 'reads Linux itself', 'on this machine', () => {
  it('identity, vitals and inventory hold to the schema and agree', async () => {
    const probe = createSystemProbe()
    const identity = (await run('system/identity', probe)).section
    expect(identity.os).toMatchObject({ state: 'value', value: { family: 'linux', kernel: expect.any(String) } })
    expect(identity.boot).toMatchObject({ state: 'value' })
    const { samples } = await run('system/vitals', probe)
    expect(samples['memory:usedBytes']).toBeGreaterThan(0)
    expect(samples['uptime:seconds']).toBeGreaterThan(0)
    const inventory = (await run('system/inventory', probe)).section
    if (identity.hardware.state !== 'value') return
    const told = Object.fromEntries(Object.entries(identity.hardware.value).filter(([, value]) => value !== null))
    expect(inventory.hardware).toMatchObject({ state: 'value', value: told })
  })

  it('the inventory child prints what its parser reads', async () => {
    const output = await createSystemProbe().exec('rounds-inventory', [])
    const source = JSON.parse(output.ok ? Buffer.from(output.value.stdout).toString('utf8') : 'null')
    expect(Object.keys(source ?? {})).toEqual(['system', 'bios', 'chassis', 'cpu', 'memLayout'])
  })
})
