/** smartctl's JSON: the traps of collectors.md 2.1, each as a row. SOURCE of the small documents: written by us after smartctl(8) 7.3 and ataprint.cpp. */
import { describe, expect, it } from 'vitest'
import { parseUdev } from '../../../../agent/checks/disk/read-block-drives.ts'
import { parseDrive, smartctl } from '../../../../agent/checks/disk/smartctl.ts'
import type { Smart } from '../../../../shared/checks/disk.ts'

type Doc = { readonly [key: string]: unknown }
const ATA = { device: { name: '/dev/sda', type: 'sat', protocol: 'ATA' }, model_name: 'M', serial_number: 'S1' }
const attribute = (id: number, value: number, more: Doc = {}) => ({
  id,
  name: `A${id}`,
  value: 100,
  thresh: 10,
  when_failed: '',
  raw: { value, string: String(value) },
  ...more,
})
const ata = (...table: unknown[]) => ({ ...ATA, smart_status: { passed: true }, ata_smart_attributes: { table } })

function drive(doc: Doc, exitCode: number | null = 0, exitStatus = 0, messages: string[] = []) {
  const all = {
    smartctl: {
      exit_status: exitStatus,
      messages: messages.map((string) => ({ string })),
      argv: ['smartctl', '/dev/sda'],
    },
    ...doc,
  }
  const report = parseDrive({ stdout: Buffer.from(JSON.stringify(all)), stderr: '', exitCode })
  if (!report.ok) throw new Error(report.error.detail)
  return report.value
}

function smart(...args: Parameters<typeof drive>): Smart {
  const reading = drive(...args).drive.smart
  if (reading.state !== 'value') throw new Error(`smart is ${JSON.stringify(reading)}`)
  return reading.value
}

describe('health', () => {
  it('has null for what the drive does not report, never 0', () => {
    const told = smart({ ...ATA, smart_status: { passed: true } })
    expect(told).toMatchObject({
      passed: true,
      reallocatedSectors: null,
      pendingSectors: null,
      crcErrors: null,
      wearPercent: null,
      lastSelfTest: null,
      nvme: null,
      scsi: null,
    })
  })

  it('does not take a missing verdict for a good one', () => {
    expect(smart({ ...ATA, ata_smart_attributes: { table: [attribute(5, 0)] } }).passed).toBeNull()
  })

  it.each([
    [0, 8, 8],
    [8, 0, 8],
    [64, 4, 68],
    [null, 4, 4],
  ])('ORs the exit status of the process (%s) and of the JSON (%s)', (process, json, bits) => {
    expect(smart(ata(), process, json).exitBits).toBe(bits)
  })

  it('keeps a verdict of failure even when the open failed', () => {
    expect(smart({ ...ATA, smart_status: { passed: false } }, 2).passed).toBe(false)
  })

  it('does not keep a good verdict when the process says that the open failed', () => {
    expect(drive(ata(), 2).drive.smart).toMatchObject({ state: 'failed', code: 'exit' })
  })
})

describe('drives that told no health', () => {
  it.each<[string, Doc, number, string[], string]>([
    ['asleep, exit 3, message of 7.0', ATA, 3, ['Device is in STANDBY mode, exit(3)'], 'asleep'],
    ['asleep, exit 2', ATA, 2, ['Device is in SLEEP mode, exit(2)'], 'asleep'],
    ['asleep by the system', ATA, 3, ['Device is in STANDBY (OS) mode, exit(3)'], 'asleep'],
    ['asleep, power mode of newer JSON', { ...ATA, power_mode: { string: 'STANDBY' } }, 3, [], 'asleep'],
    ['exit 3 without a word is no proof of sleep', ATA, 3, [], 'exit'],
    ['no permission', ATA, 2, ['Smartctl open device: /dev/sda failed: Permission denied'], 'access-denied'],
    ['unknown bridge', ATA, 1, ['/dev/sda: Unknown USB bridge [0x152d:0xa562 (0x100)]'], 'unsupported'],
    ['gone', ATA, 2, ['Smartctl open device: /dev/sda failed: No such device'], 'exit'],
    [
      'virtual disk',
      { ...ATA, model_name: 'QEMU HARDDISK', smart_support: { available: false } },
      4,
      [],
      'unsupported',
    ],
    ['switched off', { ...ATA, smart_support: { available: true, enabled: false } }, 0, [], 'disabled'],
  ])('%s', (_, doc, exit, messages, code) => {
    expect(drive(doc, exit, exit, messages).drive.smart).toMatchObject({ state: 'failed', code })
    expect(drive(doc, exit, exit, messages).samples).toEqual({})
  })
})

describe('attributes', () => {
  it.each<[string, unknown, Partial<Smart>]>([
    [
      'packed reallocation count',
      attribute(5, 131_072_000, { raw: { value: 131_072_000, string: '0 (2000 0)' } }),
      { reallocatedSectors: 0 },
    ],
    ['no string', attribute(5, 304, { raw: { value: 304 } }), { reallocatedSectors: 304 }],
    ['plain command timeouts', attribute(188, 29), { commandTimeouts: 29 }],
    ['three equal words', attribute(188, 51_540_393_996), { commandTimeouts: 12 }],
    ['unknown packing is not told', attribute(188, 65_536 * 3 + 1), { commandTimeouts: null }],
    ['pending', attribute(197, 8), { pendingSectors: 8 }],
    ['end to end', attribute(184, 1), { endToEndErrors: 1 }],
    [
      'a negative count is nonsense',
      attribute(197, -1, { raw: { value: -1, string: '-1' } }),
      { pendingSectors: null },
    ],
  ])('%s', (_, row, want) => {
    expect(smart(ata(row))).toMatchObject(want)
  })

  it('takes the largest word of a Seagate drive', () => {
    const doc = { ...ata(attribute(188, 3 * 2 ** 32 + 2 * 65_536 + 9)), model_name: 'ST2000NM0008' }
    expect(smart(doc).commandTimeouts).toBe(9)
  })

  it.each<[string, Doc, Smart['failingAttributes']]>([
    ['now', { when_failed: 'now' }, [{ id: 5, name: 'A5', when: 'now' }]],
    ['past', { when_failed: 'past' }, [{ id: 5, name: 'A5', when: 'past' }]],
    ['an unknown word is the worse one', { when_failed: 'FAILING_NOW' }, [{ id: 5, name: 'A5', when: 'now' }]],
    ['not told, at the threshold', { when_failed: undefined, value: 10 }, [{ id: 5, name: 'A5', when: 'now' }]],
    ['threshold 0 never fails', { when_failed: undefined, value: 0, thresh: 0 }, []],
    ['told healthy', { when_failed: '', value: 1 }, []],
  ])('when_failed: %s', (_, more, want) => {
    expect(smart(ata(attribute(5, 0, more))).failingAttributes).toEqual(want)
  })

  it.each<[string, Doc, number | null]>([
    [
      'device statistics first',
      {
        ...ata(attribute(231, 0, { name: 'SSD_Life_Left', value: 50 })),
        rotation_rate: 0,
        ata_device_statistics: {
          pages: [
            { number: 7, table: [{ name: 'Percentage Used Endurance Indicator', value: 12, flags: { valid: true } }] },
          ],
        },
      },
      12,
    ],
    ['normalized life left', { ...ata(attribute(231, 0, { name: 'SSD_Life_Left', value: 98 })), rotation_rate: 0 }, 2],
    [
      'id 233 of another meaning',
      { ...ata(attribute(233, 979, { name: 'Flash_Writes_GiB' })), rotation_rate: 0 },
      null,
    ],
    [
      'a disk with platters has no wear',
      { ...ata(attribute(202, 0, { name: 'Percent_Lifetime_Remain', value: 50 })), rotation_rate: 7200 },
      null,
    ],
    ['newer JSON', { ...ata(), endurance_used: { current_percent: 33 } }, 33],
  ])('wear: %s', (_, doc, want) => {
    expect(smart(doc).wearPercent).toBe(want)
  })

  it.each<[string, Doc[], Smart['lastSelfTest']]>([
    ['passed', [{ status: { value: 0, passed: true } }], 'passed'],
    ['running, then failed', [{ status: { value: 249 } }, { status: { value: 112, passed: false } }], 'failed'],
    ['aborted', [{ status: { value: 16 } }], 'aborted'],
    ['none', [], null],
  ])('self-test: %s', (_, table, want) => {
    expect(smart({ ...ata(), ata_smart_self_test_log: { standard: { table } } }).lastSelfTest).toBe(want)
  })
})

describe('NVMe and SCSI', () => {
  it('reads the health log and takes the warning from the verdict where the log has none', () => {
    const doc = {
      device: { name: '/dev/nvme0', type: 'nvme', protocol: 'NVMe' },
      smart_status: { passed: false, nvme: { value: 4 } },
      nvme_smart_health_information_log: {
        media_errors: 71,
        percentage_used: 255,
        available_spare: 0,
        available_spare_threshold: 0,
      },
    }
    expect(smart(doc)).toMatchObject({
      passed: false,
      wearPercent: 255,
      errorLogCount: null,
      nvme: {
        criticalWarning: 4,
        mediaErrors: 71,
        availableSparePercent: 0,
        spareThresholdPercent: 0,
        unsafeShutdowns: null,
      },
    })
  })

  it('adds the uncorrected errors of reads, writes and verifies', () => {
    const doc = {
      device: { name: '/dev/sdb', type: 'scsi', protocol: 'SCSI' },
      smart_status: { passed: true },
      scsi_grown_defect_list: 3,
      scsi_error_counter_log: { read: { total_uncorrected_errors: 1 }, verify: { total_uncorrected_errors: 2 } },
      scsi_pending_defects: { count: 5 },
      scsi_self_test_0: { result: { value: 15 } },
      scsi_self_test_1: { result: { value: 4 } },
    }
    expect(smart(doc)).toMatchObject({
      scsi: { grownDefects: 3, uncorrectedErrors: 3 },
      pendingSectors: 5,
      lastSelfTest: 'failed',
    })
  })
})

describe('identity and samples', () => {
  it.each<[string, Doc, string]>([
    ['model and serial', ATA, 'M/S1'],
    ['a serial that many bridges share', { ...ATA, serial_number: '000000000000' }, '/dev/sda/sat'],
    [
      'none, behind a controller',
      { ...ATA, serial_number: undefined, device: { name: '/dev/bus/0', type: 'megaraid,3' } },
      '/dev/bus/0/megaraid,3',
    ],
  ])('%s', (_, doc, key) => {
    expect(drive({ ...doc, smart_status: { passed: true } }).drive.key).toBe(key)
  })

  it('takes temperature 0 for not told', () => {
    expect(drive({ ...ata(), temperature: { current: 0 }, power_on_time: { hours: 0 } }).samples).toEqual({
      'drive:M/S1:powerOnHours': 0,
    })
    expect(drive({ ...ata(), temperature: { current: 31 } }).samples).toEqual({ 'drive:M/S1:temperatureCelsius': 31 })
  })

  it('reads model and serial number from udev, blanks included', () => {
    const text = 'E:ID_MODEL=WDC_WD40\nE:ID_MODEL_ENC=WDC\\x20WD40\\x20\\x20\nE:ID_SERIAL_SHORT=WD-1\n'
    expect(parseUdev(text)).toEqual({ model: 'WDC WD40', serial: 'WD-1' })
    expect(parseUdev('')).toEqual({ model: null, serial: null })
  })
})

describe('outputs that are no document', () => {
  it.each<[string, string, string, string]>([
    ['nothing', '', '', 'empty'],
    ['no permission', '', 'smartctl: Permission denied', 'access-denied'],
    ['text of an old version', 'smartctl 6.6 2016-05-31 r4324\n', '', 'unsupported'],
    ['half a document', '{"smartctl":', '', 'parse'],
    ['another tool', '{"blockdevices":[]}', '', 'parse'],
  ])('%s', (_, stdout, stderr, code) => {
    const result = smartctl.parse({ stdout: Buffer.from(stdout), stderr, exitCode: 1, platform: 'linux', now: 0 })
    expect(result).toMatchObject({ ok: false, error: { code } })
  })
})
