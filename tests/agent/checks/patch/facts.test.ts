/** What each source says of recordings and of outputs written after the documentation; every expectation was made by hand. */
import { describe, expect, it } from 'vitest'
import { PATCH_SOURCES } from '../../../../agent/checks/patch/index.ts'
import { fixture } from '../../../support/fixture.ts'
import { describeWithSamples, sample } from '../../../support/samples.ts'
import { WRITTEN } from './written-outputs.ts'

const NOW = Date.UTC(2026, 10, 25)
const parse = (id: string, stdout: Uint8Array, exitCode: number | null = 0, stderr = '') => {
  const source = PATCH_SOURCES.find((one) => one.id === id)
  const parsed = source?.parse({ stdout, stderr, exitCode, platform: 'linux', now: NOW })
  if (parsed === undefined) throw new Error(id)
  if (!parsed.ok) return { code: parsed.error.code }
  const { parts, samples } = parsed.value
  const values = Object.entries(parts).map(([part, reading]) => [
    part,
    reading?.state === 'value' ? reading.value : (reading as { code?: string }).code,
  ])
  return { ...Object.fromEntries(values), samples }
}
const waits = (security: number | null, other: number | null, rest: object = {}) => ({
  updates: { security, other, ...rest },
})

describeWithSamples('recordings of others', () => {
  it.each<[string, string, number, object]>([
    ['patch/dnf-check-update', 'rpm/dnf-check-update-rocky8.txt', 100, waits(null, 184)],
    ['patch/dnf-check-update', 'rpm/yum-check-update-rhel7-wrapped-obsoletes.txt', 100, waits(null, 16)],
    ['patch/dnf-check-update', 'rpm/dnf4-upgrades-fedora30.txt', 0, waits(null, 40)],
    ['patch/dnf-check-update', 'rpm/dnf5-upgrades-fedora42.txt', 0, waits(null, 2)],
    ['patch/dnf-updateinfo', 'rpm/dnf4-updateinfo-fedora30.txt', 0, waits(8, 32, { securityAdvisories: 5 })],
    [
      'patch/dnf-updateinfo',
      'rpm/dnf5-updateinfo-fedora42.txt',
      0,
      {
        ...waits(2, null, { securityAdvisories: 1 }),
        samples: { 'security:oldestAt': Date.UTC(2026, 3, 8, 7, 44, 3) },
      },
    ],
    ['patch/dnf-updateinfo', 'rpm/rhel9-updateinfo-unregistered.txt', 0, { code: 'empty' }],
    ['patch/zypper-patches', 'zypper/list-patches-sles15sp5.txt', 0, waits(36, 44)],
    ['patch/zypper-updates', 'zypper/list-updates-sles15sp5.txt', 0, waits(null, 117)],
    ['patch/zypper-updates', 'zypper/list-updates-empty.txt', 0, waits(0, 0)],
    [
      'patch/rpm-needs-restarting',
      'reboot/needs-restarting-r-required.txt',
      1,
      { reboot: { required: true, reasons: ['kernel'] } },
    ],
    [
      'patch/needrestart',
      'reboot/needrestart-b-kernel-pending.txt',
      0,
      { reboot: { required: true, runningKernel: '6.1.0-13-amd64', installedKernel: '6.1.0-15-amd64' } },
    ],
    [
      'patch/windows-updates',
      'windows/updates-three-pending.txt',
      0,
      waits(1, 1, { securityUpdates: [{ name: 'Cumulative Update for Windows Server 2022', version: 'KB5065432' }] }),
    ],
    [
      'patch/softwareupdate-plist',
      'macos/com.apple.SoftwareUpdate.binary.plist',
      0,
      { ...waits(0, 1), automatic: 'empty', samples: { 'list:refreshedAt': Date.UTC(2014, 0, 6, 17, 44, 1) } },
    ],
    [
      'patch/install-history',
      'macos/InstallHistory.plist',
      0,
      { samples: { 'upgrade:lastAt': Date.UTC(2013, 10, 12, 2, 59, 35) } },
    ],
  ])('%s %s', (id, name, exitCode, want) => {
    expect(parse(id, sample(`patch/${name}`), exitCode)).toMatchObject(want)
  })
})

describe('recordings of our own', () => {
  it.each<[string, string, number, object]>([
    ['patch/dnf-check-update', 'dnf4-check-update.txt', 100, waits(null, 4)],
    ['patch/dnf-check-update', 'dnf4-check-update-fr.txt', 100, waits(null, 4)],
    [
      'patch/dnf-updateinfo',
      'dnf4-updateinfo-list.txt',
      0,
      waits(1, 1, { securityUpdates: [{ name: 'rnd-secure', version: '1.1-1' }] }),
    ],
    ['patch/dnf-updateinfo', 'dnf4-updateinfo-summary.txt', 0, waits(1, null)],
    [
      'patch/zypper-patches',
      'zypper-list-patches.xml',
      0,
      { ...waits(1, 1), samples: { 'security:oldestAt': Date.UTC(2026, 9, 1, 10) } },
    ],
    ['patch/zypper-patches', 'zypper-list-patches-fr.txt', 0, waits(1, 1)],
    ['patch/zypper-patches', 'zypper-patch-check.txt', 101, waits(1, 1)],
    ['patch/zypper-patches', 'zypper-norepo.xml', 0, { code: 'empty' }],
    ['patch/zypper-updates', 'zypper-list-updates.xml', 0, waits(null, 4)],
    ['patch/zypper-needs-rebooting', 'zypper-needs-rebooting.txt', 0, { reboot: { required: false } }],
    ['patch/pacman', 'pacman-qu.txt', 0, waits(null, 1)],
    ['patch/pacman', 'pacman-qu-ignored.txt', 0, waits(null, 0, { held: 1 })],
    ['patch/needrestart', 'needrestart-b.txt', 0, { code: 'unsupported' }],
    ['patch/dnf-automatic', 'dnf-automatic.conf', 0, { automatic: { enabled: false } }],
  ])('%s %s', (id, name, exitCode, want) => {
    expect(parse(id, fixture(`patch/${name}`), exitCode)).toMatchObject(want)
  })
})

describe('written outputs', () => {
  it.each<[string, string, object]>([
    ['patch/dnf-updateinfo', 'dnf 5 as JSON', waits(1, 1)],
    ['patch/dnf-updateinfo', 'dnf 5 summary', waits(2, null)],
    ['patch/rpm-needs-restarting', 'not due', { reboot: { required: false } }],
    [
      'patch/rpm-ostree',
      'a staged deployment and a cached update',
      { reboot: { required: true, reasons: ['update'] }, ...waits(1, 1) },
    ],
    ['patch/rpm-ostree', 'nothing staged', { reboot: { required: false }, updates: 'empty' }],
    ['patch/apk', 'two wait', waits(null, 2)],
    ['patch/apk', 'none waits', waits(0, 0)],
    ['patch/apk', 'as a list', waits(null, 1)],
    ['patch/apt-check', 'two numbers', waits(122, 56)],
    ['patch/apt-check', 'sentences', waits(122, 56)],
    [
      'patch/unattended-upgrades',
      'failed twice',
      {
        failing: [{ name: 'unattended-upgrades', times: 2 }],
        samples: { 'upgrade:lastAt': Date.UTC(2026, 10, 20, 6, 13, 40) },
      },
    ],
    [
      'patch/windows-updates',
      'of every kind',
      {
        ...waits(1, 2, {
          securityUpdates: [
            { name: 'Cumulative Update for Windows 11 Version 24H2 for x64-based Systems', version: 'KB5068861' },
          ],
        }),
        samples: { 'security:oldestAt': Date.UTC(2026, 10, 11, 18) },
      },
    ],
    ['patch/windows-updates', 'none', waits(0, 0)],
    ['patch/windows-updates', 'found with errors', { code: 'exit' }],
    [
      'patch/windows-update-history',
      'one keeps failing',
      {
        failing: [{ name: 'Cumulative Update for Windows 11', times: 3 }],
        samples: { 'upgrade:lastAt': Date.UTC(2026, 8, 12, 3), 'failing:lastAt': Date.UTC(2026, 10, 22, 3) },
      },
    ],
    [
      'patch/windows-update-policy',
      'default of a client',
      { automatic: { enabled: true, mechanism: 'Windows Update' } },
    ],
    ['patch/windows-update-policy', 'switched off', { automatic: { enabled: false } }],
    ['patch/windows-reboot', 'renames only', { reboot: { required: false } }],
    ['patch/windows-reboot', 'after an update', { reboot: { required: true, reasons: ['update'] } }],
    [
      'patch/softwareupdate-list',
      'macOS 14',
      waits(1, 1, { securityUpdates: [{ name: 'macOS Sonoma 14.6.1', version: '14.6.1' }] }),
    ],
    ['patch/softwareupdate-list', 'macOS 10.13', waits(2, 0)],
    ['patch/softwareupdate-list', 'none', waits(0, 0)],
  ])('%s: %s', (id, name, want) => {
    const written = WRITTEN.find((one) => one.id === id && one.name === name)
    expect(parse(id, Buffer.from(written?.text ?? ''), written?.exitCode)).toMatchObject(want)
  })
})

describe('what is no answer', () => {
  it.each<[string, string, number | null, string, string]>([
    ['patch/dnf-check-update', '', 0, fixture('patch/dnf4-dead-mirror.stderr.txt').toString(), 'exit'],
    ['patch/dnf-check-update', '', 1, 'Error: Failed to download metadata', 'exit'],
    ['patch/dnf-check-update', '', 100, '', 'parse'],
    ['patch/dnf-check-update', 'This system is not registered with an entitlement server.\n', 0, '', 'empty'],
    ['patch/dnf-check-update', 'Unable to read\nUpdating some thing\n', 0, '', 'parse'],
    ['patch/zypper-patches', '', 7, 'System management is locked by the application with pid 1.', 'locked'],
    ['patch/zypper-patches', 'No updates found.\n', 6, '', 'empty'],
    ['patch/zypper-patches', 'No updates found.\n', 106, '', 'exit'],
    ['patch/zypper-patches', 'Keine Aktualisierungen gefunden.\n', 0, '', 'parse'],
    ['patch/pacman', '', 1, '==> ERROR: Cannot fetch updates', 'exit'],
    ['patch/pacman', '', 0, '', 'empty'],
    ['patch/rpm-needs-restarting', '', 1, 'Error: cache', 'exit'],
    ['patch/needrestart', 'NEEDRESTART-VER: 3.6\n', 0, '', 'empty'],
    ['patch/softwareupdate-list', "Can't connect to the Apple Software Update server\n", 0, '', 'exit'],
    ['patch/softwareupdate-list', '', 0, '', 'empty'],
    ['patch/windows-updates', '', 1, 'Exception from HRESULT: 0x8024402C', 'exit'],
    ['patch/windows-update-policy', '{"NoAutoUpdate":0}', 0, '', 'empty'],
    ['patch/windows-reboot', '{"CbsRebootPending":false}', 0, '', 'empty'],
    ['patch/apt-check', '', 0, 'E: Error: BrokenCount > 0', 'exit'],
  ])('%s %j exit %s', (id, stdout, exitCode, stderr, code) => {
    expect(parse(id, Buffer.from(stdout), exitCode, stderr)).toEqual({ code })
  })

  it('reads "none" where it is told: on stderr too', () => {
    expect(
      parse('patch/softwareupdate-list', Buffer.from('Software Update Tool\n'), 0, 'No new software available.\n'),
    ).toMatchObject(waits(0, 0))
    expect(parse('patch/pacman', Buffer.alloc(0), 2)).toMatchObject(waits(0, 0))
    expect(
      parse(
        'patch/dnf-check-update',
        Buffer.from('Last metadata expiration check: 0:05:17 ago on Mon 28 Apr 2025 04:01:03 PM UTC.\n'),
      ),
    ).toMatchObject(waits(0, 0))
    expect(parse('patch/apt-check', Buffer.alloc(0), 0, '178;122')).toMatchObject(waits(122, 56))
  })
})
