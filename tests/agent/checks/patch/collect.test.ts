/** Tasks of the room patch against a probe that answers from a table: what each missing or strange answer turns into. */
import { describe, expect, it } from 'vitest'
import { PATCH_TASKS } from '../../../../agent/checks/patch/index.ts'
import { DAY_MS } from '../../../../shared/units.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { fixture } from '../../../support/fixture.ts'
import { sectionOf } from '../../../support/sections.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const text = (name: string) => fixture(`patch/${name}`).toString('utf8')
const SIMULATE =
  'apt-get -s -o Debug::NoLocking=true -o APT::Get::Show-User-Simulation-Note=false -o Dir::Log::Planner=/dev/null'
const LISTS = '/var/lib/apt/lists'

const MACHINE: FakeTable = {
  exec: {
    [`${SIMULATE} dist-upgrade`]: text('apt-simulate-mixed.txt'),
    [`${SIMULATE} --ignore-hold dist-upgrade`]: text('apt-simulate-mixed-ignore-hold.txt'),
    'apt-mark showhold': 'rnd-held\n',
    'dpkg --audit': '',
    'apt-config dump': text('apt-config-unattended.txt'),
  },
  files: {
    [`${LISTS}/deb_bookworm_InRelease`]: 'Label: Debian\n',
    [`${LISTS}/deb_bookworm-security_InRelease`]: 'Label: Debian-Security\n',
    '/proc/sys/kernel/osrelease': '6.1.0-40-amd64\n',
    '/boot/vmlinuz-6.1.0-40-amd64': '',
    '/proc/1/comm': 'systemd\n',
    '/usr/bin/unattended-upgrade': '',
    '/run/systemd/system/x': '',
    '/var/log/apt/history.log': text('apt-history.log'),
  },
  links: {
    '/etc/localtime': '/usr/share/zoneinfo/Europe/Zurich',
    '/etc/systemd/system/timers.target.wants/apt-daily-upgrade.timer': '/lib/systemd/system/apt-daily-upgrade.timer',
  },
  stats: { [`${LISTS}/deb_bookworm_InRelease`]: { modifiedAt: NOW - 3 * DAY_MS } },
}

/** A machine with some answers changed; null takes one away. */
function machine(
  change: { readonly [K in 'exec' | 'files' | 'links' | 'stats']?: { readonly [key: string]: unknown } },
): FakeTable {
  const merge = (key: 'exec' | 'files' | 'links' | 'stats') =>
    Object.fromEntries(Object.entries({ ...MACHINE[key], ...change[key] }).filter(([, value]) => value !== null))
  return { exec: merge('exec'), files: merge('files'), links: merge('links'), stats: merge('stats') } as FakeTable
}

async function collect(table: FakeTable, now = NOW, off: readonly string[] = []) {
  const probe = fakeProbe(table)
  const context = { probe, now, off: new Set(off), memo: new Map(), watch: { watches: [], hookFolder: '/hooks' } }
  const contributions = []
  for (const task of PATCH_TASKS) contributions.push(await task.collect(context))
  const samples = Object.assign({}, ...contributions.map((one) => one.samples))
  return { section: sectionOf('patch', ...contributions), samples, calls: probe.calls }
}

const FAILED_RUN = ['INFO Starting unattended upgrades script', 'ERROR Installing the upgrades failed!']
  .map((message) => `2026-11-24 06:12:40,000 ${message}\n`)
  .join('')
const FAILED_BY_HAND =
  '\nStart-Date: 2026-11-23  10:00:00\nUpgrade: a:amd64 (1, 2)\nError: Sub-process failed\nEnd-Date: 2026-11-23  10:01:00\n'

describe('updates that keep failing', () => {
  const UU = '/var/log/unattended-upgrades/unattended-upgrades.log'
  const HISTORY = '/var/log/apt/history.log'
  it.each<[string, Record<string, string | null>, object, number | null]>([
    ['neither log', { [HISTORY]: null }, { code: 'unsupported' }, null],
    ['the history alone', {}, { source: 'patch/apt-history', value: [] }, null],
    [
      'a history that failed',
      { [HISTORY]: FAILED_BY_HAND },
      { value: [{ name: 'apt', times: 1 }] },
      Date.UTC(2026, 10, 23, 9, 1),
    ],
    ['both empty, just rotated', { [UU]: '', [HISTORY]: '' }, { value: [] }, null],
    [
      'a log that is none hides no failure',
      { [UU]: 'x', [HISTORY]: FAILED_BY_HAND },
      { value: [{ name: 'apt', times: 1 }] },
      Date.UTC(2026, 10, 23, 9, 1),
    ],
    ['a log that is none proves nothing', { [UU]: 'x' }, { code: 'parse' }, null],
    [
      'both fail',
      { [UU]: FAILED_RUN, [HISTORY]: FAILED_BY_HAND },
      {
        value: [
          { name: 'unattended-upgrades', times: 1 },
          { name: 'apt', times: 1 },
        ],
      },
      Date.UTC(2026, 10, 24, 5, 12, 40),
    ],
  ])('%s', async (_, files, failing, at) => {
    const { section, samples } = await collect(machine({ files }))
    expect(section.failing).toMatchObject(failing)
    expect(samples['failing:lastAt'] ?? null).toBe(at)
  })
})

describe('patch on a Debian machine', () => {
  it('reads everything', async () => {
    const { section, samples } = await collect(MACHINE)
    expect(section).toMatchObject({
      samples: ['list:refreshedAt', 'upgrade:lastAt'],
      manager: { value: { name: 'apt' } },
      updates: { value: { security: 3, other: 2, held: 1, heldSecurity: 1, keptBack: 1, phased: 0 } },
      database: { value: { broken: false, problems: [] } },
      automatic: { value: { enabled: true, mechanism: 'unattended-upgrades' } },
      reboot: { value: { required: false, installedKernel: '6.1.0-40-amd64' } },
    })
    expect(samples).toEqual({ 'list:refreshedAt': NOW - 3 * DAY_MS, 'upgrade:lastAt': Date.UTC(2026, 4, 9, 5, 28, 50) })
  })

  it('asks no network, locks nothing and simulates only', async () => {
    const { calls } = await collect(MACHINE)
    const started = calls.filter((call) => call.startsWith('exec '))
    for (const call of started.filter((one) => one.includes('apt-get'))) expect(call).toContain(' -s ')
    expect(started.join('\n')).not.toMatch(/\bupdate\b|\binstall\b/)
  })

  it('gives the same section when only times and the history moved', async () => {
    const later = machine({
      stats: { [`${LISTS}/deb_bookworm_InRelease`]: { modifiedAt: NOW + DAY_MS } },
      files: { '/var/log/apt/history.log': text('apt-history.log').replaceAll('2026-05-09', '2026-11-26') },
    })
    const [one, two] = [await collect(MACHINE), await collect(later, NOW + 2 * DAY_MS)]
    expect(JSON.stringify(two.section)).toBe(JSON.stringify(one.section))
    expect(two.samples).not.toEqual(one.samples)
  })

  const none = { [`${SIMULATE} dist-upgrade`]: text('apt-simulate-none.txt'), 'apt-mark showhold': '' }
  it.each<[string, Parameters<typeof machine>[0], string, object]>([
    ['no update and a security list', { exec: none }, 'updates', { value: { security: 0, other: 0 } }],
    [
      'no update, but no list in which a security update would stand',
      { exec: none, files: { [`${LISTS}/deb_bookworm-security_InRelease`]: null } },
      'updates',
      { state: 'failed', code: 'empty' },
    ],
    [
      'no list at all',
      {
        exec: none,
        files: { [`${LISTS}/deb_bookworm-security_InRelease`]: null, [`${LISTS}/deb_bookworm_InRelease`]: null },
        stats: { [`${LISTS}/deb_bookworm_InRelease`]: null },
      },
      'updates',
      { state: 'failed', code: 'empty' },
    ],
    [
      'apt times out',
      { exec: { [`${SIMULATE} dist-upgrade`]: { code: 'timeout', detail: 'x' } } },
      'updates',
      { code: 'timeout' },
    ],
    ['holds cannot be read', { exec: { 'apt-mark showhold': { exitCode: 100 } } }, 'updates', { code: 'exit' }],
    [
      'holds, but no second simulation',
      { exec: { [`${SIMULATE} --ignore-hold dist-upgrade`]: { exitCode: 100, stderr: 'E: no' } } },
      'updates',
      { code: 'exit' },
    ],
    [
      'unmet dependencies',
      { exec: { [`${SIMULATE} dist-upgrade`]: { exitCode: 100, stderr: text('apt-unmet.stderr.txt') } } },
      'database',
      { value: { broken: true } },
    ],
    [
      'half-configured',
      { exec: { ...none, [`${SIMULATE} dist-upgrade`]: text('apt-simulate-half-configured.txt') } },
      'database',
      { value: { broken: true } },
    ],
    [
      'broken packages',
      { exec: { 'dpkg --audit': text('dpkg-audit-broken.txt') } },
      'database',
      { value: { broken: true, problems: ['bar-lib', 'baz', 'foo'] } },
    ],
    ['dpkg was interrupted', { files: { '/var/lib/dpkg/updates/0003': '' } }, 'database', { value: { broken: true } }],
    [
      'scratch file of dpkg',
      { files: { '/var/lib/dpkg/updates/tmp.i': '' } },
      'database',
      { value: { broken: false } },
    ],
    [
      'dpkg works right now',
      { files: { '/var/lib/dpkg/updates/0003': '', '/proc/77/comm': 'dpkg\n' } },
      'database',
      { code: 'locked' },
    ],
    ['audit fails', { exec: { 'dpkg --audit': { exitCode: 2, stderr: 'dpkg: error' } } }, 'database', { code: 'exit' }],
    [
      'timer masked',
      { links: { '/etc/systemd/system/apt-daily-upgrade.timer': '/dev/null' } },
      'automatic',
      { value: { enabled: false } },
    ],
    [
      'timer off',
      { links: { '/etc/systemd/system/timers.target.wants/apt-daily-upgrade.timer': null } },
      'automatic',
      { value: { enabled: false } },
    ],
    [
      'package missing',
      { files: { '/usr/bin/unattended-upgrade': null } },
      'automatic',
      { value: { enabled: false, mechanism: null } },
    ],
    ['no apt-config', { exec: { 'apt-config dump': null } }, 'automatic', { code: 'tool-missing' }],
    ['flag', { files: { '/run/reboot-required': '' } }, 'reboot', { value: { required: true, reasons: ['flag'] } }],
    [
      'newer kernel',
      { files: { '/boot/vmlinuz-6.1.0-41-amd64': '' } },
      'reboot',
      { value: { required: true, reasons: ['kernel'] } },
    ],
    ['kernel unknown', { files: { '/proc/sys/kernel/osrelease': null } }, 'reboot', { code: 'empty' }],
    [
      'container',
      { files: { '/.dockerenv': '', '/boot/vmlinuz-6.1.0-41-amd64': '' } },
      'reboot',
      { value: { required: false, installedKernel: null } },
    ],
  ])('%s', async (_, change, part, want) => {
    const { section } = await collect(machine(change))
    expect(section[part as 'updates']).toMatchObject(want)
  })
})

describe('patch elsewhere', () => {
  it('says what was looked at where no manager is known', async () => {
    const { section } = await collect({ files: { '/usr/bin/other': '' } })
    for (const part of ['manager', 'updates', 'database', 'automatic', 'reboot'] as const) {
      expect(section[part]).toMatchObject({ state: 'failed', code: 'unsupported' })
    }
    expect(section.manager).toMatchObject({ detail: expect.stringContaining('dnf') })
  })

  it('says so when it is switched off', async () => {
    const { section } = await collect(MACHINE, NOW, ['patch/apt', 'patch/apt-config', 'patch/reboot'])
    for (const part of ['updates', 'automatic', 'reboot'] as const)
      expect(section[part]).toMatchObject({ code: 'disabled' })
  })
})
