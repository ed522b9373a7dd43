/** Random machines for property tests: the healthy server with parts, samples, ages, roles and memories drawn at random. */
import fc from 'fast-check'
import type { Drive, Smart } from '../../../shared/checks/disk.ts'
import { CHECK_NAMES, type CheckName, ROLES } from '../../../shared/checks/names.ts'
import { failed, NEVER, REASON_CODES, type Reading, read } from '../../../shared/reading.ts'
import { DAY_MS, GB, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { aMachine, type Changes } from './a-machine.ts'
import { aDrive, aJob, anArray, anNvme, aVolume, HEALTHY, NOW, SAMPLES } from './sections.ts'

const ms = (most: number) => fc.integer({ min: -2 * HOUR_MS, max: most })
const number = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 120 }), fc.constant(null))
const when = fc.constantFrom('now' as const, 'past' as const)

const anySmart: fc.Arbitrary<Partial<Smart>> = fc.record(
  {
    passed: fc.constantFrom(true, false, null),
    exitBits: fc.constantFrom(0, 4, 8, 32, null),
    failingAttributes: fc.array(
      when.map((one) => ({ id: 5, name: 'x', when: one })),
      { maxLength: 2 },
    ),
    reallocatedSectors: number,
    pendingSectors: number,
    offlineUncorrectable: number,
    reportedUncorrectable: number,
    crcErrors: number,
    endToEndErrors: number,
    spinRetries: number,
    wearPercent: number,
    lastSelfTest: fc.constantFrom('passed' as const, 'failed' as const, 'aborted' as const, null),
  },
  { requiredKeys: [] },
)
const asleep = failed('disk/smartctl', { code: 'asleep', detail: '' })
const anyDrive: fc.Arbitrary<Drive> = fc
  .tuple(anySmart, fc.constantFrom('hdd' as const, 'ssd' as const, 'virtual' as const), fc.integer({ min: 0, max: 9 }))
  .map(([smart, kind, sleep]) => aDrive({ kind, ...(sleep === 0 ? { smart: asleep } : {}) }, smart))
const anyNvme = fc
  .record({
    criticalWarning: fc.constantFrom(0, 2, 4, null),
    mediaErrors: number,
    availableSparePercent: number,
    spareThresholdPercent: fc.constantFrom(0, 10, 99, null),
    unsafeShutdowns: number,
  })
  .map((nvme) => anNvme({}, { nvme }))

const yes = fc.boolean()
const perhaps = fc.constantFrom(true, false, null)
/** Parts that say something else than the healthy server. */
const CHANGED: { readonly [part: string]: fc.Arbitrary<unknown> } = {
  'disk.drives': fc.tuple(anyDrive, anyNvme).chain((both) => fc.subarray(both)),
  'disk.arrays': fc
    .constantFrom('healthy', 'degraded', 'rebuilding', 'unknown')
    .map((state) => [anArray({ state: state as 'healthy' })]),
  'disk.volumes': fc
    .tuple(yes, perhaps, number, yes)
    .map(([readOnly, readOnlyExpected, errorCount, system]) => [
      aVolume({ readOnly, readOnlyExpected, errorCount, system }),
    ]),
  'patch.updates': fc.integer({ min: 0, max: 30 }).map((security) => ({
    security,
    other: security,
    phased: 0,
    held: 0,
    heldSecurity: security % 2,
    keptBack: 0,
    securityUpdates: Array.from({ length: security }, (_, at) => ({ name: `p${at}`, version: null })),
  })),
  'patch.database': yes.map((broken) => ({ broken, problems: [] })),
  'patch.automatic': yes.map((enabled) => ({ enabled, mechanism: null })),
  'patch.reboot': yes.map((required) => ({ required, reasons: [], runningKernel: null, installedKernel: null })),
  'antivirus.products': fc
    .tuple(perhaps, perhaps, fc.constantFrom('antivirus', 'edr', 'scanner'))
    .map(([running, realTime, kind]) => [
      { id: 'clamav', name: 'ClamAV', kind, running, realTime, engineVersion: null, updaterRunning: null },
    ]),
  'backup.jobs': fc
    .tuple(
      fc.constantFrom('success', 'partial', 'failed', null),
      fc.constantFrom(0, 3, null),
      perhaps,
      perhaps,
      perhaps,
    )
    .map(([lastResult, copies, tooSmall, sameDisk, offsite]) => [
      aJob({
        destination: { kind: 'local', label: null, sameDisk, offsite, encrypted: null },
        status: read('x', { lastResult: lastResult as 'success' | null, copies, tooSmall }),
      }),
    ]),
  'backup.holdsData': yes.map((holds) => ({ holds, reason: 'x', detail: '' })),
  'posture.firewall': fc
    .tuple(fc.constantFrom('ufw', null), yes, perhaps, fc.constantFrom('drop', 'accept', null))
    .map(([tool, enabled, startsAtBoot, inbound]) => ({ tool, enabled, startsAtBoot, inbound })),
  'posture.sshd': fc
    .tuple(yes, fc.constantFrom('yes', 'no', null), perhaps, perhaps)
    .map(([running, rootLogin, passwordLogin, reachable]) => ({
      running,
      rootLogin,
      passwordLogin,
      reachable,
      ports: [22],
    })),
  'posture.time': yes.map((synchronized) => ({ synchronized, tool: null, enabled: null })),
  'system.boot': ms(200 * DAY_MS).map((ago) => ({ bootedAt: NOW - ago })),
  'system.batteries': number.map((fullCapacity) => [{ name: 'B', designCapacity: 100, fullCapacity, cycles: null }]),
}

/** Every part of every section. */
export const PARTS = CHECK_NAMES.flatMap((check) =>
  Object.keys(HEALTHY[check])
    .filter((part) => part !== 'samples')
    .map((part) => ({ check, part })),
)

/** A reading that holds no value. */
export const anyGap: fc.Arbitrary<Reading<never>> = fc.oneof(
  fc.constant(NEVER),
  fc.constantFrom(...REASON_CODES).map((code) => failed('x/y', { code, detail: '' })),
)

const anyPart = fc.constantFrom(...PARTS).chain(({ check, part }) => {
  const changed = CHANGED[`${check}.${part}`]
  const value =
    changed === undefined
      ? fc.constant(HEALTHY[check][part as never] as Reading<unknown>)
      : changed.map((one) => read('x/y', one))
  return fc.tuple(
    fc.constant(check),
    fc.constant(part),
    fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: anyGap }),
  )
})

const anySample = fc
  .constantFrom(...CHECK_NAMES.flatMap((check) => Object.keys(SAMPLES[check]).map((key) => ({ check, key }))))
  .chain(({ check, key }) => {
    const value = key.endsWith('At')
      ? ms(100 * DAY_MS).map((ago) => NOW - ago)
      : fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 120 * GB }))
    return fc.tuple(fc.constant(check), fc.constant(key), fc.oneof(value, fc.constant(null)))
  })

const group = <T>(entries: readonly (readonly [CheckName, string, T])[]) => {
  const groups: { [check: string]: { [key: string]: T } } = {}
  for (const [check, key, value] of entries) groups[check] = { ...groups[check], [key]: value }
  return groups
}

const trend = fc
  .tuple(fc.integer({ min: -2, max: 9 }), fc.integer({ min: 0, max: 5 }))
  .map(([perDay, ago]) => ({ days: 9, perDay: perDay * GB, mean: 31 * GB, lastAt: NOW - ago * DAY_MS }))

/** What one reading of a random machine says. */
export const anyChanges: fc.Arbitrary<Changes> = fc
  .record({
    role: fc.constantFrom(...ROLES),
    parts: fc.array(anyPart, { maxLength: 8 }),
    samples: fc.array(anySample, { maxLength: 6 }),
    trend: fc.option(trend, { nil: undefined }),
    silentMs: fc.oneof(fc.constant(30 * SECOND_MS), fc.integer({ min: 0, max: 50 * DAY_MS })),
    ageMs: fc.oneof(fc.constant(2 * MINUTE_MS), fc.integer({ min: 0, max: 10 * DAY_MS })),
    skewMs: fc.constantFrom(0, 8_000, -90_000, null),
    enrolledMs: fc.integer({ min: 0, max: 100 * DAY_MS }),
    declaredNone: fc.boolean(),
  })
  .map(({ role, parts, samples, trend: found, silentMs, ageMs, skewMs, enrolledMs, declaredNone }) => ({
    role,
    parts: group(parts) as NonNullable<Changes['parts']>,
    samples: group(samples),
    ...(found === undefined ? {} : { trends: { 'disk/volume:/:usedBytes': found, 'system/memory:usedBytes': found } }),
    agent: { lastReportAt: NOW - silentMs, skewMs },
    collectedAt: NOW - ageMs,
    enrolledAt: NOW - enrolledMs - 20 * DAY_MS,
    policy: declaredNone ? { 'backup.declaredNone': true } : {},
  }))

/** A random machine at NOW, at first sight. */
export const anyMachine = anyChanges.map((changes) => aMachine(changes))
