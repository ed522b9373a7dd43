/** Records of Windows in every form in which they come: script, PowerShell 5.1 and 7, WMI dumps, Format-List. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filetimeInstant, windowsInstant } from '../../../../agent/checks/windows/instant.ts'
import { readWindowsRecords } from '../../../../agent/checks/windows/records.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const records = (text: string, block = 'drives') => readWindowsRecords(bytes(text), block)

describe('records', () => {
  it('come from the block of the script, from a list and from one object', () => {
    const one = { Size: 5, HealthStatus: '0', OperationalStatus: [2] }
    for (const given of [{ blocks: { drives: { ok: [one] } } }, { blocks: { drives: { ok: one } } }, [one], one]) {
      const read = records(JSON.stringify(given))
      expect(
        read.ok && read.value.map((r) => [r.count('size'), r.count('healthStatus'), r.numbers('OperationalStatus')]),
      ).toEqual([[5, 0, [2]]])
    }
  })

  it('say why the script could not ask', () => {
    const read = (error: number) => {
      const found = records(JSON.stringify({ blocks: { drives: { error, message: 'Ungültiger Namespace' } } }))
      return found.ok ? null : found.error.code
    }
    expect([0x8004100e, -2147217394, -2147024891, 0x800705b4, 1].map(read)).toEqual([
      'unsupported',
      'unsupported',
      'access-denied',
      'timeout',
      'exit',
    ])
  })

  it('that are not there are not an empty list', () => {
    for (const text of ['', ' \n', '{"blocks":{}}', '{', '"x"', '5', 'null', '\u0000'])
      expect(records(text).ok, text).toBe(false)
    expect(records('[]')).toEqual({ ok: true, value: [] })
    expect(records('{"blocks":{"drives":{"ok":null}}}')).toEqual({ ok: true, value: [] })
  })

  it('of a WMI dump and of Format-List are told apart by empty lines and by keys that come again', () => {
    const dump = records('\r\n\r\nDeviceID=C:\r\nSize=10\r\nMembers={1,2}\r\nName=\r\n\r\n\r\nDeviceID=D:\r\nSize=\r\n')
    expect(
      dump.ok && dump.value.map((r) => [r.text('DeviceID'), r.count('Size'), r.numbers('Members'), r.has('Name')]),
    ).toEqual([
      ['C:', 10, [1, 2], false],
      ['D:', null, [], false],
    ])
    const list = records(
      'MountPoint : C:\nCapacityGB : 218,2344\nEnabled    : True\nMountPoint : D:\nEnabled    : False',
    )
    expect(list.ok && list.value.map((r) => [r.text('MountPoint'), r.number('CapacityGB'), r.flag('Enabled')])).toEqual(
      [
        ['C:', null, true],
        ['D:', null, false],
      ],
    )
  })

  it('with more lists or names than any answer has are none', () => {
    for (const text of ['[{"a":1}', '{"a":[[]]', '[['])
      expect(records(`[${`${text},`.repeat(41_000)}1]`), text).toMatchObject({ ok: false, error: { code: 'parse' } })
    const many = Array.from({ length: 501 }, (_, at) => `K${at} : 1`).join('\n')
    expect(records(many)).toMatchObject({ ok: false, error: { code: 'parse' } })
    const wide = records(JSON.stringify(Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`K${at}`, at]))))
    expect(wide.ok && wide.value.map((one) => [one.count('k7'), one.has('k1999')])).toEqual([[7, false]])
  })

  it('may hold a value over several lines', () => {
    const read = records(`Resources : {a,\n             b}\nSize : 5\nLong : x\n${'   y\n'.repeat(9_000)}`)
    expect(
      read.ok &&
        read.value.map((one) => [
          one.text('Resources'),
          one.count('Size'),
          (one.text('Long', 9_000)?.length ?? 0) > 4_000,
        ]),
    ).toEqual([['{a, b}', 5, true]])
  })

  it('never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (any) => typeof readWindowsRecords(any, 'x').ok === 'boolean'),
    )
    fc.assert(fc.property(fc.json(), (json) => typeof records(json).ok === 'boolean'))
  })
})

describe('instants', () => {
  it('are read in every form that names its zone', () => {
    const at = Date.UTC(2026, 10, 25, 4)
    for (const text of [
      '2026-11-25T04:00:00.0000000Z',
      '2026-11-25T05:00:00+01:00',
      `/Date(${at})/`,
      '20261125050000.000000+060',
    ])
      expect(windowsInstant(text), text).toBe(at)
    expect(windowsInstant({ value: `/Date(${at})/`, DateTime: 'mercredi' })).toBe(at)
    expect(filetimeInstant(String((BigInt(at) + 11_644_473_600_000n) * 10_000n))).toBe(at)
  })

  it('that mean never, or that only a country can read, are not told', () => {
    for (const text of [
      '1601-01-01T00:00:00Z',
      '0001-01-01T00:00:00Z',
      '6/4/2024 8:06:27 AM',
      '2026-11-25T04:00:00',
      '',
      5,
      null,
    ])
      expect(windowsInstant(text)).toBe(null)
    expect([0, '0', '', '-1', '9223372036854775807x'].map(filetimeInstant)).toEqual([null, null, null, null, null])
  })
})
