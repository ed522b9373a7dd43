/** Recordings of real tools, as they are and damaged in every way: key facts by hand after SOURCES.md; damage never improves anything. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '../../../../agent/checks/decode.ts'
import { DISK_SOURCES } from '../../../../agent/checks/disk/index.ts'
import { parseMdstat } from '../../../../agent/checks/disk/mdstat.ts'
import { type DriveReport, parseDrive } from '../../../../agent/checks/disk/smartctl.ts'
import type { Smart } from '../../../../shared/checks/disk.ts'
import { HARMLESS, lineCuts, mutations, someLineCuts } from '../../../support/mutations.ts'
import { describeWithSamples, listSamples, sample } from '../../../support/samples.ts'
import { sectionOf } from '../../../support/sections.ts'

const drive = (bytes: Uint8Array, exitCode: number | null = 0) => parseDrive({ stdout: bytes, stderr: '', exitCode })
const isHealthy = (report: ReturnType<typeof drive>) =>
  report.ok &&
  report.value.drive.smart.state === 'value' &&
  report.value.drive.smart.value.passed === true &&
  ((report.value.drive.smart.value.exitBits ?? 0) & 24) === 0 &&
  report.value.drive.smart.value.failingAttributes.length === 0
const smartOf = (report: DriveReport): Smart | null =>
  report.drive.smart.state === 'value' ? report.drive.smart.value : null
const COUNTERS = [
  'reallocatedSectors',
  'pendingSectors',
  'offlineUncorrectable',
  'reportedUncorrectable',
  'crcErrors',
  'errorLogCount',
] as const
const FOLDER = 'disk/smartctl-json'

describeWithSamples('recorded smartctl documents', () => {
  const drives = listSamples(FOLDER).filter((name) => !name.includes('/scan-'))

  it.each<[string, Partial<Smart>, string]>([
    [
      'ata-hdd-MB0500EBNCR-reported-uncorrect1',
      { passed: true, exitBits: 0, reportedUncorrectable: 1, reallocatedSectors: 0 },
      'hdd',
    ],
    ['ata-hdd-ST2000NM0008-attr188-packed', { passed: true, commandTimeouts: 2 }, 'hdd'],
    ['ata-hdd-ST3200820AS-exit64', { passed: true, exitBits: 64, errorLogCount: 98 }, 'unknown'],
    ['ata-hdd-ST3500418AS-reallocated304', { passed: true, exitBits: 0, reallocatedSectors: 304 }, 'hdd'],
    ['ata-hdd-WD181KRYZ', { passed: true, reallocatedSectors: 0, lastSelfTest: null }, 'hdd'],
    [
      'ata-ssd-KINGSTON-exit4',
      { passed: true, exitBits: 4, reallocatedSectors: null, pendingSectors: null, wearPercent: 2 },
      'ssd',
    ],
    [
      'ata-ssd-Micron5300-attr188-29',
      { passed: true, commandTimeouts: 29, crcErrors: 24, endToEndErrors: 1, wearPercent: 0 },
      'ssd',
    ],
    ['megaraid0-exit4-warning', { passed: true, exitBits: 4, lastSelfTest: 'passed' }, 'hdd'],
    ['nvme-INTEL-wear75', { passed: true, wearPercent: 75 }, 'nvme'],
    ['nvme-TOSHIBA-wear4', { passed: true, wearPercent: 4 }, 'nvme'],
    ['nvme-apple-exit4', { passed: true, exitBits: 4, wearPercent: 1 }, 'nvme'],
    ['scsi-SEAGATE-healthy', { passed: true, scsi: { grownDefects: 0, uncorrectedErrors: 0 } }, 'hdd'],
  ])('%s', (name, want, kind) => {
    const report = drive(sample(`${FOLDER}/${name}.json`))
    if (!report.ok) throw new Error(report.error.detail)
    expect(smartOf(report.value)).toMatchObject(want)
    expect(report.value.drive.kind).toBe(kind)
  })

  it.each([
    ['intel-raid-volume-no-health', 'unsupported'],
    ['open-failed-exit2-windows', 'access-denied'],
  ])('%s told no health', (name, code) => {
    expect(drive(sample(`${FOLDER}/${name}.json`))).toMatchObject({
      ok: true,
      value: { drive: { smart: { state: 'failed', code } } },
    })
  })

  it.each(drives)('%s: damage never makes it healthy, nor a counter smaller', (name) => {
    const bytes = sample(name)
    const original = drive(bytes)
    const before = original.ok ? smartOf(original.value) : null
    for (const [what, damaged] of mutations(bytes)) {
      const report = drive(damaged)
      if (isHealthy(report)) expect(isHealthy(original), what).toBe(true)
      if (HARMLESS.has(what)) expect(report, what).toEqual(original)
    }
    for (const exitCode of [1, 2, 3, 8, 16, 24, 255])
      expect(isHealthy(drive(bytes, exitCode)), `exit ${exitCode}`).toBe(false)
    for (const [line, damaged] of someLineCuts(bytes, 80)) {
      const report = drive(damaged)
      if (!isHealthy(original)) expect(isHealthy(report), line).toBe(false)
      const after = report.ok ? smartOf(report.value) : null
      for (const counter of COUNTERS) if (after?.[counter] != null) expect(after[counter], line).toBe(before?.[counter])
    }
  })
})

describeWithSamples('recorded mdstat', () => {
  const states = (name: string) => {
    const report = parseMdstat(decode(sample(`disk/mdstat/${name}.txt`)))
    return report.ok ? Object.fromEntries(report.value.arrays.map((array) => [array.name, array.state])) : report.error
  }

  it.each<[string, object]>([
    ['issue34', { md127: 'healthy', md0: 'healthy' }],
    ['issue43-recovery', { md0: 'rebuilding' }],
    ['issue64', { md0: 'healthy', md1: 'healthy', md2: 'healthy' }],
    ['mdstat-centos6.2', { md0: 'healthy', md1: 'healthy', md2: 'healthy', md3: 'healthy', md4: 'healthy' }],
    ['mdstat-none', {}],
    ['mdstat-resync', { md0: 'healthy', md1: 'rebuilding', md2: 'rebuilding' }],
    ['pr28_2', { md0: 'rebuilding', md1: 'degraded' }],
    [
      'node_exporter-composite',
      {
        md3: 'healthy',
        md127: 'healthy',
        md0: 'healthy',
        md4: 'inactive',
        md6: 'rebuilding',
        md8: 'rebuilding',
        md201: 'checking',
        md7: 'degraded',
        md9: 'checking',
        md10: 'healthy',
        md11: 'rebuilding',
        md12: 'healthy',
        md126: 'healthy',
        md219: 'healthy',
        md00: 'healthy',
        md120: 'healthy',
        md101: 'healthy',
      },
    ],
  ])('%s', (name, want) => {
    expect(states(name)).toEqual(want)
  })

  it.each(listSamples('disk/mdstat'))('%s: damage never makes an array healthy or vanish', (name) => {
    const bytes = sample(name)
    const original = parseMdstat(decode(bytes))
    if (!original.ok) throw new Error(original.error.detail)
    const before = new Map(original.value.arrays.map((array) => [array.name, array]))
    const check = (what: string, damaged: Uint8Array, whole: boolean) => {
      const report = parseMdstat(decode(damaged))
      if (!report.ok) return
      if (whole)
        expect(
          report.value.arrays.map((array) => array.name),
          what,
        ).toEqual([...before.keys()])
      for (const array of report.value.arrays) {
        const was = before.get(array.name)
        // Members tell a loss whatever the text says of the work on them; only the line of that work may be lost.
        const complete = was !== undefined && was.membersActive === was.membersWanted && was.state !== 'inactive'
        if (array.state === 'healthy' && was?.state !== 'healthy')
          expect(complete && /resync|check/.test(what), `${array.name} without: ${what}`).toBe(true)
      }
    }
    for (const [what, damaged] of mutations(bytes)) check(what, damaged, HARMLESS.has(what))
    for (const [line, damaged] of lineCuts(bytes)) check(line, damaged, true)
  })
})

describeWithSamples('every recording of disks through every source', () => {
  const recorded = listSamples('disk').map((name) => [
    sample(name),
    ...mutations(sample(name)).map(([, bytes]) => bytes),
  ])
  // Every source meets every recording, and each recording damaged in one way; the sources' own recordings are damaged in all ways elsewhere.
  it.each(DISK_SOURCES.map((source, index) => [source.id, source, index] as const))(
    '%s never throws and always holds to the schema',
    (_, source, index) => {
      for (const [at, [whole = new Uint8Array(), ...damaged]] of recorded.entries()) {
        for (const stdout of [whole, damaged[(at + index) % damaged.length] ?? whole]) {
          const result = source.parse({ stdout, stderr: '', exitCode: 0, platform: 'linux', now: 0 })
          if (result.ok) sectionOf('disk', result.value)
        }
      }
    },
  )
})

const SIZE = 64 * 1024

describe('any bytes', () => {
  it.each(DISK_SOURCES)('$id gives a result', (source) => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 600 }),
        fc.string(),
        fc.option(fc.integer()),
        (stdout, stderr, exitCode) => {
          expect(typeof source.parse({ stdout, stderr, exitCode, platform: 'linux', now: 0 }).ok).toBe('boolean')
        },
      ),
      { numRuns: 50 },
    )
  })

  it.each(DISK_SOURCES)('$id is quick on 64 KiB made to backtrack', (source) => {
    const pieces = [
      '[',
      'md0 : active ',
      ' (a)',
      'a[0](S)(F)',
      '[1/1] [U',
      '/dev/sda -d sat # ',
      '1 2 8:0 / / rw - ext4 /dev/a rw\n',
      '\\040',
      '{"a":',
      '# /dev/',
      '  \t',
      'md0 : active raid1 sda[0]\n1 blocks [2/2] [UU]\n',
    ]
    for (const piece of pieces) {
      const stdout = Buffer.from(piece.repeat(Math.ceil(SIZE / piece.length)))
      const before = process.cpuUsage()
      source.parse({ stdout, stderr: '', exitCode: 0, platform: 'linux', now: 0 })
      const { user, system } = process.cpuUsage(before)
      // A linear parser takes about 5 ms; what is quadratic takes seconds.
      expect((user + system) / 1_000, piece).toBeLessThan(1_000)
    }
  })
})
