/** Hardware, batteries and the inventory child's answer. SOURCE of the texts: written by us after SMBIOS DSP0134, sysfs-class-power and systeminformation 5. */
import { describe, expect, it } from 'vitest'
import { parseBattery } from '../../../../agent/checks/system/battery.ts'
import {
  biosDateOf,
  chassisOf,
  chassisWord,
  firmwareText,
  parseCpuinfo,
} from '../../../../agent/checks/system/hardware.ts'
import { parseInventory } from '../../../../agent/checks/system/inventory.ts'

describe('firmware', () => {
  it.each([
    'To Be Filled By O.E.M.',
    'Default string',
    'System Serial Number',
    '0',
    '00000000',
    'None',
    'Not Specified',
    '  ',
    'N/A',
    '-',
    'XXXX',
    '0123456789',
  ])('"%s" says nothing', (text) => {
    expect(firmwareText(text)).toBeNull()
  })

  it.each([
    ['  ThinkPad  T14 ', 'ThinkPad T14'],
    ['PF2ABCDE', 'PF2ABCDE'],
    ['OptiPlex 7090', 'OptiPlex 7090'],
    ['Noneform 1', 'Noneform 1'],
  ])('"%s" is told', (text, want) => {
    expect(firmwareText(text)).toBe(want)
  })

  it('maps chassis numbers and words', () => {
    expect(['3', '10', '23', '31', '2', '12', null, 'x'].map(chassisOf)).toEqual([
      'desktop',
      'laptop',
      'server',
      'laptop',
      null,
      'other',
      null,
      null,
    ])
    expect(['Notebook', 'Rack Mount Chassis', 'Mini Tower', 'Other', '', 'Docking Station'].map(chassisWord)).toEqual([
      'laptop',
      'server',
      'desktop',
      null,
      null,
      'other',
    ])
  })

  it.each([
    ['04/01/2014', '2014-04-01'],
    ['2021-11-05', '2021-11-05'],
    ['13/01/2014', null],
    ['01/01/1900', null],
    ['yesterday', null],
    [null, null],
  ])('BIOS date %s', (text, want) => {
    expect(biosDateOf(text)).toBe(want)
  })

  it('counts processors', () => {
    expect(parseCpuinfo('processor\t: 0\nmodel name\t: AMD EPYC\n\nprocessor\t: 1\nmodel name\t: AMD EPYC\n')).toEqual({
      cpu: 'AMD EPYC',
      cpuThreads: 2,
    })
    expect(parseCpuinfo('')).toEqual({ cpu: null, cpuThreads: null })
  })
})

describe('batteries', () => {
  const battery = (values: Record<string, string>) =>
    parseBattery({ name: 'BAT0', values: { type: 'Battery\n', ...values } })
  it.each<[string, Record<string, string>, object | null]>([
    [
      'energy',
      { energy_full_design: '50000000', energy_full: '41300000', cycle_count: '120' },
      { designCapacity: 50_000, fullCapacity: 41_500, cycles: 120 },
    ],
    [
      'charge with its voltage',
      { charge_full_design: '4000000', charge_full: '3000000', voltage_min_design: '11400000' },
      { designCapacity: 45_600, fullCapacity: 34_200, cycles: null },
    ],
    [
      'charge alone',
      { charge_full_design: '4000000', charge_full: '3000000' },
      { designCapacity: 4_000, fullCapacity: 3_000 },
    ],
    [
      'zeros are not told',
      { energy_full_design: '0', energy_full: '40000000', cycle_count: '0' },
      { designCapacity: null, fullCapacity: 40_000, cycles: null },
    ],
    ['of a mouse', { scope: 'Device\n' }, null],
    ['taken out', { present: '0\n' }, null],
    ['mains', { type: 'Mains\n' }, null],
    ['a UPS', { type: 'UPS\n' }, null],
  ])('%s', (_, values, want) => {
    if (want === null) expect(battery(values)).toBeNull()
    else expect(battery(values)).toMatchObject(want)
  })

  it('does not change for a capacity that moved by a hair', () => {
    const at = (full: string) => battery({ energy_full_design: '50000000', energy_full: full })
    expect(at('41010000')).toEqual(at('40990000'))
  })
})

describe('inventory', () => {
  it('takes the blanks of systeminformation for not told', () => {
    const text =
      '{"system":{"manufacturer":"","model":"Docker Container","serial":"-"},"bios":{"releaseDate":""},"chassis":{"type":""},"cpu":{"manufacturer":"AMD","brand":"EPYC","cores":2},"memLayout":[{"size":8},{"size":8}]}'
    expect(parseInventory(text)).toEqual({
      ok: true,
      value: {
        vendor: null,
        model: null,
        serial: null,
        chassis: null,
        biosDate: null,
        cpu: 'AMD EPYC',
        cpuThreads: 2,
        memoryBytes: 16,
      },
    })
  })

  it.each([
    ['', 'empty'],
    ['{}', 'parse'],
    ['Error: x', 'parse'],
  ])('%s is %s', (text, code) => {
    expect(parseInventory(text)).toMatchObject({ ok: false, error: { code } })
  })
})
