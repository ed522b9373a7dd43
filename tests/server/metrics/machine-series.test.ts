/** What `/metrics` says of one machine: values, absence with its reason, silence. */
import { describe, expect, it, test } from 'vitest'
import type { MachineState } from '../../../server/fleet/machine-state.ts'
import { FAMILIES, FAMILY_KEYS } from '../../../server/metrics/names.ts'
import { emptySection } from '../../../shared/checks/index.ts'
import { failed, NEVER, read } from '../../../shared/reading.ts'
import { DAY_MS, GB, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import { aMachine, type Changes, checkFacts } from '../assess/a-machine.ts'
import { PARTS } from '../assess/random-machine.ts'
import { aDrive, aJob, aVolume, NOW } from '../assess/sections.ts'
import { entryOf, named, scrapeOnce } from './a-scrape.ts'
import { parseExposition, type Series } from './parse-exposition.ts'

const seriesOf = async (state: MachineState, now = NOW): Promise<readonly Series[]> =>
  parseExposition(await scrapeOnce([state], now, entryOf)).series
const judged = (changes: Changes, now = NOW) => named(aMachine(changes), 'm1', 'c1', now)
const namesOf = (all: readonly Series[]) => new Set(all.map(({ name }) => name))

/** Series of a family as `item value`, the labels of the machine left out. */
const short = (all: readonly Series[], name: string): readonly string[] =>
  all
    .filter((series) => series.name === name)
    .map(({ labels: { client: _client, site: _site, machine: _machine, ...own }, value }) =>
      [...Object.values(own), value].join(' '),
    )

/** The healthy server with a value for every series that there is. */
const EVERYTHING: Changes = {
  parts: {
    disk: { drives: read('disk/smartctl', [aDrive({}, { wearPercent: 12 })]) },
    system: { batteries: read('x', [{ name: 'BAT0', designCapacity: 50, fullCapacity: 40, cycles: 3 }]) },
  },
  samples: {
    disk: { 'drive:WD/1:powerOnHours': 100 },
    system: { 'swap:usedBytes': 0, 'load:centi1': 123 },
  },
}

describe('a machine of which everything was read', async () => {
  const series = await seriesOf(judged(EVERYTHING))

  it('has every family of the registry but the one for reasons', () => {
    const missing = FAMILY_KEYS.map((key) => FAMILIES[key].name).filter((name) => !namesOf(series).has(name))
    expect(missing).toEqual(['rounds_check_unreadable_reason'])
  })

  test.each([
    ['rounds_machine_up', ['1']],
    ['rounds_machine_last_report_timestamp_seconds', [`${(NOW - MINUTE_MS / 2) / 1_000}`]],
    ['rounds_machine_clock_skew_seconds', ['0.12']],
    ['rounds_machine_findings', ['critical 0', 'warning 0', 'info 0']],
    ['rounds_volume_size_bytes', [`/ ${100 * GB}`]],
    ['rounds_volume_used_bytes', [`/ ${40 * GB}`]],
    ['rounds_volume_read_only', ['/ 0']],
    ['rounds_drive_power_on_seconds', ['WD/1 360000']],
    ['rounds_drive_wear_ratio', ['WD/1 0.12']],
    ['rounds_drive_healthy', ['WD/1 1']],
    ['rounds_backup_last_success_timestamp_seconds', [`restic:nightly ${(NOW - 9 * HOUR_MS) / 1_000}`]],
    ['rounds_updates_pending', ['security 0', 'other 2']],
    ['rounds_reboot_required', ['0']],
    ['rounds_ssh_password_login', ['0']],
    ['rounds_time_offset_seconds', ['0.0012']],
    ['rounds_cpu_busy_ratio', ['0.04']],
    ['rounds_load1', ['1.23']],
    ['rounds_swap_used_bytes', ['0']],
    ['rounds_battery_health_ratio', ['BAT0 0.8']],
    ['rounds_check_readable', ['disk 1', 'patch 1', 'antivirus 1', 'backup 1', 'posture 1', 'system 1']],
  ])('%s', (name, lines) => {
    expect([...short(series, name)].sort()).toEqual([...lines].sort())
  })
})

test.each(PARTS)('$check/$part that failed has no value, and a reason', async ({ check, part }) => {
  const series = await seriesOf(
    judged({ parts: { [check]: { [part]: failed('x/y', { code: 'access-denied', detail: '' }) } } }),
  )
  expect(short(series, 'rounds_check_unreadable_reason')).toEqual([`${check} ${part} access-denied 1`])
  expect(short(series, 'rounds_check_readable')).toContain(`${check} 0`)
  expect(short(series, 'rounds_check_readable').filter((line) => line.endsWith(' 1'))).toHaveLength(5)
})

test.each([
  ['disk', 'volumes', /^rounds_volume_/],
  ['disk', 'drives', /^rounds_drive_/],
  ['disk', 'arrays', /^rounds_array_/],
  ['backup', 'jobs', /^rounds_backup_/],
  ['patch', 'updates', /^rounds_updates_(?!automatic)/],
  ['patch', 'automatic', /^rounds_updates_automatic/],
  ['patch', 'reboot', /^rounds_reboot_/],
  ['antivirus', 'products', /^rounds_antivirus_/],
  ['posture', 'firewall', /^rounds_firewall_/],
  ['posture', 'sshd', /^rounds_ssh_/],
  ['posture', 'time', /^rounds_time_/],
  ['system', 'boot', /^rounds_machine_boot_/],
  ['system', 'hardware', /^rounds_memory_size_/],
  ['system', 'batteries', /^rounds_battery_/],
] as const)('%s/%s never read, or read too long ago: none of its series', async (check, part, family) => {
  const never = await seriesOf(judged({ ...EVERYTHING, parts: { ...EVERYTHING.parts, [check]: { [part]: NEVER } } }))
  expect([...namesOf(never)].filter((name) => family.test(name))).toEqual([])
  expect(short(never, 'rounds_check_unreadable_reason')).toEqual([`${check} ${part} never 1`])

  const old = judged(EVERYTHING)
  const facts = old.checks[check]
  const aged = { ...facts, collectedAt: { ...facts.collectedAt, [part]: NOW - 40 * DAY_MS } }
  const stale = await seriesOf({ ...old, checks: { ...old.checks, [check]: aged } } as MachineState)
  expect([...namesOf(stale)].filter((name) => family.test(name))).toEqual([])
  expect(short(stale, 'rounds_check_unreadable_reason')).toEqual([`${check} ${part} stale 1`])
})

it('leaves out a sample that grew too old while the rest of its check is fresh', async () => {
  const state = judged(EVERYTHING)
  const old = checkFacts('system', { ...EVERYTHING, collectedAt: NOW - 40 * DAY_MS }).samples
  const system = { ...state.checks.system, samples: old }
  const names = namesOf(await seriesOf({ ...state, checks: { ...state.checks, system } }))
  for (const name of ['rounds_memory_used_bytes', 'rounds_swap_used_bytes', 'rounds_cpu_busy_ratio', 'rounds_load1']) {
    expect(names).not.toContain(name)
  }
  expect(names).toContain('rounds_memory_size_bytes')
})

it('says nothing of one item that could not be read, and everything of its neighbor', async () => {
  const gap = failed('x', { code: 'hung', detail: '' })
  const { disk, backup } = {
    disk: {
      drives: read('x', [aDrive({ smart: gap }), aDrive({ key: 'WD/2' }, { passed: null, wearPercent: null })]),
      volumes: read('x', [aVolume(), aVolume({ mount: '/mnt/nas', size: gap, errorCount: null })]),
    },
    backup: { jobs: read('x', [aJob({ status: gap }), aJob({ id: 'b' })]) },
  }
  const series = await seriesOf(judged({ parts: { disk, backup } }))
  expect(short(series, 'rounds_drive_healthy')).toEqual([])
  expect(short(series, 'rounds_drive_pending_sectors')).toEqual(['WD/2 0'])
  expect(short(series, 'rounds_volume_size_bytes')).toEqual([`/ ${100 * GB}`])
  expect(short(series, 'rounds_volume_errors')).toEqual(['/ 0'])
  expect(short(series, 'rounds_backup_copies')).toEqual(['b 30'])
})

describe('a machine that fell silent', async () => {
  const state = judged(EVERYTHING)
  const heardAt = state.agent.lastReportAt ?? 0
  const stays = FAMILY_KEYS.filter((key) => FAMILIES[key].stays).map((key) => FAMILIES[key].name)

  it('keeps its values until three reports are missing, and not a millisecond longer', async () => {
    expect(namesOf(await seriesOf(state, heardAt + 3 * MINUTE_MS))).toContain('rounds_volume_used_bytes')
    expect(namesOf(await seriesOf(state, heardAt + 3 * MINUTE_MS + 1))).not.toContain('rounds_volume_used_bytes')
  })
  it('keeps exactly the families that the registry says stay', async () => {
    const names = namesOf(await seriesOf(state, heardAt + HOUR_MS))
    expect([...names].sort()).toEqual([...stays].sort())
  })
  it('still says when it was last heard, and calls every part stale', async () => {
    const series = await seriesOf(state, heardAt + HOUR_MS)
    expect(short(series, 'rounds_machine_last_report_timestamp_seconds')).toEqual([`${heardAt / 1_000}`])
    expect(short(series, 'rounds_check_unreadable_reason')).toHaveLength(PARTS.length)
    expect(short(series, 'rounds_check_readable').every((line) => line.endsWith(' 0'))).toBe(true)
  })
})

it('says of a machine that was never heard that it exists, and nothing else', async () => {
  const state = aMachine({ agent: { lastReportAt: null, connected: false, skewMs: null } })
  const checks = Object.fromEntries(
    Object.entries(state.checks).map(([name, facts]) => [
      name,
      { section: { samples: [] }, collectedAt: {}, lastAt: null, samples: facts.samples },
    ]),
  ) as unknown as MachineState['checks']
  const never = { ...state, checks: { ...checks, system: { ...checks.system, section: emptySection('system') } } }
  const series = await seriesOf(never)
  expect(short(series, 'rounds_machine_up')).toEqual(['0'])
  expect(short(series, 'rounds_machine_last_report_timestamp_seconds')).toEqual([])
  expect(short(series, 'rounds_check_unreadable_reason').every((line) => line.endsWith(' never 1'))).toBe(true)
  expect(namesOf(series)).not.toContain('rounds_cpu_busy_ratio')
})

it('counts open findings by severity, and no resolved one', async () => {
  const bad = judged({ samples: { disk: { 'volume:/:availableBytes': 0.1 * GB, 'volume:/:usedBytes': 99 * GB } } })
  const open = bad.findings.filter(({ severity }) => severity === 'critical')
  expect(open.length).toBeGreaterThan(0)
  expect(short(await seriesOf(bad), 'rounds_machine_findings')).toContain(`critical ${open.length}`)
  const findings = bad.findings.map((finding) => ({ ...finding, resolvedAt: NOW }))
  expect(short(await seriesOf({ ...bad, findings }), 'rounds_machine_findings')).toContain('critical 0')
})
