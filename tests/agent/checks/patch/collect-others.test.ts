/** Tasks of patch on machines without apt, against a probe that answers from a table: what is asked, and what comes of it. */
import { describe, expect, it } from 'vitest'
import { PATCH_TASKS } from '../../../../agent/checks/patch/index.ts'
import { DAY_MS, HOUR_MS } from '../../../../shared/units.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { fixture } from '../../../support/fixture.ts'
import { sectionOf } from '../../../support/sections.ts'
import { WRITTEN } from './written-outputs.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const text = (name: string) => fixture(`patch/${name}`).toString('utf8')
const written = (id: string, name: string) =>
  JSON.parse(WRITTEN.find((one) => one.id === id && one.name === name)?.text ?? '')

async function collect(
  table: FakeTable,
  probe = fakeProbe(table),
  memos = PATCH_TASKS.map(() => new Map()),
  now = NOW,
) {
  const contributions = []
  for (const [at, task] of PATCH_TASKS.entries()) {
    const memo = memos[at] ?? new Map()
    contributions.push(
      await task.collect({ probe, now, off: new Set(), memo, watch: { watches: [], hookFolder: '/hooks' } }),
    )
  }
  const samples = Object.assign({}, ...contributions.map((one) => one.samples))
  return { section: sectionOf('patch', ...contributions), samples, calls: probe.calls }
}

const CACHE = '/var/cache/dnf/rnd-updates-410363fa6db89d14/repodata'
const DNF: FakeTable = {
  exec: {
    'dnf -C -q check-update': { stdout: text('dnf4-check-update.txt'), exitCode: 100 },
    'dnf -C -q updateinfo list security': text('dnf4-updateinfo-security.txt'),
    'dnf --version': '4.14.0\n',
  },
  files: {
    '/etc/os-release': 'ID="rocky"\nID_LIKE="rhel centos fedora"\n',
    [`${CACHE}/repomd.xml`]: '',
    [`${CACHE}/b68-updateinfo.xml.gz`]: '',
    '/proc/sys/kernel/osrelease': '5.14.0-503.el9.x86_64\n',
    '/boot/vmlinuz-5.14.0-503.el9.x86_64': '',
    '/var/log/dnf.rpm.log': '2026-11-20T10:00:00+0100 SUBDEBUG Upgraded: vim-1-1.noarch\n',
    '/etc/dnf/automatic.conf': text('dnf-automatic.conf'),
  },
  links: {
    '/etc/systemd/system/timers.target.wants/dnf-automatic.timer': '/usr/lib/systemd/system/dnf-automatic.timer',
  },
  stats: { [`${CACHE}/repomd.xml`]: { modifiedAt: NOW - 2 * DAY_MS } },
}

describe('patch on a machine with dnf', () => {
  it('reads everything', async () => {
    const { section, samples } = await collect(DNF)
    expect(section.manager).toMatchObject({ value: { name: 'dnf' } })
    expect(section.updates).toMatchObject({
      value: { security: 1, other: 3, securityUpdates: [{ name: 'rnd-secure' }] },
    })
    expect(section.database).toMatchObject({ value: { broken: false } })
    expect(section.failing).toMatchObject({ code: 'unsupported' })
    expect(section.reboot).toMatchObject({ value: { required: false } })
    expect(section.automatic).toMatchObject({ value: { enabled: false, mechanism: 'dnf-automatic.timer' } })
    expect(samples).toEqual({ 'list:refreshedAt': NOW - 2 * DAY_MS, 'upgrade:lastAt': Date.UTC(2026, 10, 20, 9) })
  })

  it('does not take missing advisories for none', async () => {
    const files = Object.fromEntries(Object.entries(DNF.files ?? {}).filter(([path]) => !path.includes('updateinfo')))
    const bare = { ...DNF, files, exec: { ...DNF.exec, 'dnf -C -q updateinfo list security': '' } }
    expect((await collect(bare)).section.updates).toMatchObject({ value: { security: null, other: 4 } })
    const covered = { ...DNF, exec: { ...DNF.exec, 'dnf -C -q updateinfo list security': '' } }
    expect((await collect(covered)).section.updates).toMatchObject({ value: { security: 0, other: 4 } })
    const unregistered = { stdout: '', stderr: 'This system is not registered with an entitlement server.' }
    const rhel = { ...DNF, exec: { ...DNF.exec, 'dnf -C -q updateinfo list security': unregistered } }
    expect((await collect(rhel)).section.updates).toMatchObject({ value: { security: null, other: 4 } })
  })

  it('believes a quiet answer only when repositories were fetched', async () => {
    const quiet = { ...DNF, exec: { ...DNF.exec, 'dnf -C -q check-update': '' } }
    expect((await collect(quiet)).section.updates).toMatchObject({ value: { security: 0, other: 0 } })
    const files = Object.fromEntries(Object.entries(DNF.files ?? {}).filter(([path]) => !path.startsWith('/var/cache')))
    expect((await collect({ ...quiet, files, stats: {} })).section.updates).toMatchObject({ code: 'empty' })
  })

  it('hears of libraries from needs-restarting, and asks it once', async () => {
    const due = { stdout: '  * glibc\n\nReboot is required to fully utilize these updates.\n', exitCode: 1 }
    const table = { ...DNF, exec: { ...DNF.exec, 'needs-restarting -r': due } }
    const [probe, memos] = [fakeProbe(table), PATCH_TASKS.map(() => new Map())]
    await collect(table, probe, memos)
    const { section, calls } = await collect(table, probe, memos, NOW + HOUR_MS)
    expect(section.reboot).toMatchObject({ value: { required: true, reasons: ['libraries'] } })
    expect(calls.filter((call) => call.startsWith('exec needs-restarting'))).toHaveLength(1)
  })
})

it('patch on a machine with zypper', async () => {
  const { section, samples } = await collect({
    exec: {
      'zypper --non-interactive --no-refresh --xmlout list-patches --all': text('zypper-list-patches.xml'),
      'zypper --non-interactive --no-refresh --xmlout list-updates': text('zypper-list-updates.xml'),
      'zypper needs-rebooting': text('zypper-needs-rebooting.txt'),
    },
    files: {
      '/etc/os-release': "ID='opensuse-leap'\n",
      '/proc/sys/kernel/osrelease': '6.4.0-1-default\n',
      '/boot/vmlinuz-6.4.0-1-default': '',
    },
  })
  expect(section.updates).toMatchObject({ value: { security: 1, other: 1 } })
  expect(section.reboot).toMatchObject({ value: { required: false } })
  expect(section.automatic).toMatchObject({ value: { enabled: false, mechanism: null } })
  expect(samples['security:oldestAt']).toBe(Date.UTC(2026, 9, 1, 10))
})

it('patch on a machine with pacman', async () => {
  const { section } = await collect({
    exec: { 'pacman -Qu': text('pacman-qu.txt') },
    files: { '/etc/os-release': 'ID=arch\n' },
  })
  expect(section.updates).toMatchObject({ value: { security: null, other: 1 } })
})

describe('patch on Windows', () => {
  const blocks = (lookedAt: number) => ({
    'windows-updates': { ok: written('patch/windows-updates', 'of every kind') },
    'windows-updates-online': { ok: written('patch/windows-updates', 'none') },
    'windows-update-history': { ok: written('patch/windows-update-history', 'one keeps failing') },
    'windows-update-results': { ok: [{ Kind: 'results', LastSearchSuccessDate: new Date(lookedAt).toISOString() }] },
    'windows-update-policy': { ok: [written('patch/windows-update-policy', 'default of a client')] },
    'windows-reboot': { ok: [written('patch/windows-reboot', 'renames only')] },
  })
  const table = (lookedAt: number): FakeTable => ({
    platform: 'win32',
    exec: { powershell: () => JSON.stringify({ rounds: 1, blocks: blocks(lookedAt) }) },
  })

  it('reads everything without going online while Windows looks by itself', async () => {
    const { section, samples, calls } = await collect(table(NOW - HOUR_MS))
    expect(section.updates).toMatchObject({ value: { security: 1, other: 2 } })
    expect(section.failing).toMatchObject({ value: [{ times: 3 }] })
    expect(section.automatic).toMatchObject({ value: { enabled: true } })
    expect(section.reboot).toMatchObject({ value: { required: false } })
    expect(section.database).toMatchObject({ code: 'unsupported' })
    expect(samples).toMatchObject({
      'list:refreshedAt': NOW - HOUR_MS,
      'security:oldestAt': Date.UTC(2026, 10, 11, 18),
    })
    expect(calls.join()).not.toContain('$searcher.Online = $true')
  })

  it('looks online when Windows has not, at most twice a day', async () => {
    const old = table(NOW - 9 * DAY_MS)
    const [probe, memos] = [fakeProbe(old), PATCH_TASKS.map(() => new Map())]
    const first = await collect(old, probe, memos)
    expect(first.section.updates).toMatchObject({ value: { security: 0 } })
    expect(first.samples['list:refreshedAt']).toBe(NOW)
    for (const hours of [6, 11, 13]) await collect(old, probe, memos, NOW + hours * HOUR_MS)
    const online = probe.calls.filter((call) => call.includes('$searcher.Online = $true'))
    expect(online).toHaveLength(2)
  })

  it('says why nothing was told', async () => {
    const { section } = await collect({
      platform: 'win32',
      exec: { powershell: { code: 'timeout', detail: 'killed' } },
    })
    for (const part of ['updates', 'failing', 'automatic', 'reboot'] as const)
      expect(section[part]).toMatchObject({ code: 'timeout' })
  })
})

it('patch on macOS', async () => {
  const list = WRITTEN.find(({ id, name }) => id === 'patch/softwareupdate-list' && name === 'macOS 14')?.text ?? ''
  const plist = (body: string) => `<?xml version="1.0"?><plist version="1.0"><dict>${body}</dict></plist>`
  const on = ['AutomaticCheckEnabled', 'AutomaticDownload', 'AutomaticallyInstallMacOSUpdates', 'CriticalUpdateInstall']
  const table: FakeTable = {
    platform: 'darwin',
    exec: { 'softwareupdate --list': list },
    files: {
      '/Library/Preferences/com.apple.SoftwareUpdate.plist': plist(
        on.map((key) => `<key>${key}</key><true/>`).join(''),
      ),
      '/System/Library/CoreServices/SystemVersion.plist': plist('<key>ProductVersion</key><string>14.5</string>'),
    },
  }
  const [probe, memos] = [fakeProbe(table), PATCH_TASKS.map(() => new Map())]
  await collect(table, probe, memos)
  const { section, samples, calls } = await collect(table, probe, memos, NOW + 6 * HOUR_MS)
  expect(section.updates).toMatchObject({ value: { security: 1, other: 1 } })
  expect(section.automatic).toMatchObject({ value: { enabled: true } })
  expect(section.reboot).toMatchObject({ code: 'unsupported' })
  expect(samples['list:refreshedAt']).toBe(NOW)
  expect(calls.filter((call) => call.startsWith('exec softwareupdate'))).toHaveLength(1)
  const managed = plist('<key>AutomaticallyInstallMacOSUpdates</key><false/>')
  const files = { ...table.files, '/Library/Managed Preferences/com.apple.SoftwareUpdate.plist': managed }
  expect((await collect({ ...table, files })).section.automatic).toMatchObject({ value: { enabled: false } })
})
