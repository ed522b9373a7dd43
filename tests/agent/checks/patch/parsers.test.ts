/** Parsers of the room patch on what apt and dpkg really print (tests/fixtures/patch), and on damage of it. */
import { describe, expect, it } from 'vitest'
import { parseWallClock, wallClockToEpoch, zoneOfLink } from '../../../../agent/checks/local-time.ts'
import { notInFuture, parseAptHistory } from '../../../../agent/checks/patch/apt-history.ts'
import { isReleaseList, isSecurityList, newestRefresh } from '../../../../agent/checks/patch/apt-lists.ts'
import { judgeAutomatic, parsePeriodic } from '../../../../agent/checks/patch/apt-periodic.ts'
import { isSecurityOrigin, parseAptSimulation } from '../../../../agent/checks/patch/apt-simulation.ts'
import { bucketUpdates } from '../../../../agent/checks/patch/apt-updates.ts'
import { compareVersions } from '../../../../agent/checks/patch/compare-versions.ts'
import { parseDpkgAudit } from '../../../../agent/checks/patch/dpkg-audit.ts'
import { judgeReboot, newestKernel, type RebootEvidence, splitKernel } from '../../../../agent/checks/patch/reboot.ts'
import { fixture } from '../../../support/fixture.ts'

const text = (name: string) => fixture(`patch/${name}`).toString('utf8')
const simulation = (name: string) => {
  const parsed = parseAptSimulation(text(name))
  if (!parsed.ok) throw new Error(parsed.error.detail)
  return parsed.value
}

describe('parseAptSimulation', () => {
  it('decides security inside the parentheses, not by name', () => {
    const { installs } = simulation('apt-simulate-mixed.txt')
    expect(installs.filter(({ security }) => security).map(({ name }) => name)).toEqual([
      'rnd-kernel-2.0-amd64',
      'rnd-kernel',
      'rnd-sec',
    ])
    expect(installs.find(({ name }) => name === 'security-tools')?.security).toBe(false)
  })

  it('puts each package in one bucket', () => {
    const holds = { names: new Set(['rnd-held']), ignoring: simulation('apt-simulate-mixed-ignore-hold.txt') }
    expect(bucketUpdates(simulation('apt-simulate-mixed.txt'), holds)).toEqual({
      security: 3,
      other: 2,
      phased: 0,
      held: 1,
      heldSecurity: 1,
      keptBack: 1,
      securityUpdates: [
        { name: 'rnd-kernel', version: '2.0' },
        { name: 'rnd-kernel-2.0-amd64', version: '2.0' },
        { name: 'rnd-sec', version: '1.1' },
      ],
    })
    expect(bucketUpdates(simulation('apt-simulate-mixed.txt'), null)).toMatchObject({ held: 0, keptBack: 2 })
  })

  it('reads a machine with nothing to do, and one left half-way', () => {
    expect(simulation('apt-simulate-none.txt')).toMatchObject({ installs: [], notUpgraded: 0, halfInstalled: 0 })
    expect(simulation('apt-simulate-half-configured.txt')).toMatchObject({ installs: [], halfInstalled: 1 })
    const { installs } = simulation('apt-simulate-debian12.txt')
    expect([installs.length, installs.filter(({ security }) => security).length]).toEqual([136, 81])
  })

  it.each([
    [
      'phased in apt 2.5 and later',
      'The following upgrades have been deferred due to phasing:',
      { phased: 2, keptBack: 0 },
    ],
    ['phased in apt 3', 'Not upgrading yet due to phasing:', { phased: 2, keptBack: 0 }],
    ['kept back in apt 3', 'Not upgrading:', { phased: 0, keptBack: 2 }],
  ])('%s', (_, heading, want) => {
    const printed = `${heading}\n  one two\n0 upgraded, 0 newly installed, 0 to remove and 2 not upgraded.\n`
    const parsed = parseAptSimulation(printed)
    expect(parsed.ok && bucketUpdates(parsed.value, null)).toMatchObject(want)
  })

  it('reads the summary of apt 3', () => {
    const line = 'Inst a [1] (2 Debian:13/stable [all])'
    const parsed = parseAptSimulation(
      `Summary:\n  Upgrading: 1, Installing: 0, Removing: 0, Not Upgrading: 3\n${line}\n`,
    )
    expect(parsed).toMatchObject({ ok: true, value: { notUpgraded: 3, installs: [{ name: 'a' }] } })
  })

  it.each([
    ['nothing', '', 'empty'],
    [
      'a line cut in two',
      text('apt-simulate-mixed.txt').replace('Inst rnd-sec [1.0] (1.1 Debian-Sec', 'Inst rnd-sec [1.0'),
      'parse',
    ],
    ['one Inst line less', text('apt-simulate-mixed.txt').replace(/^Inst rnd-sec .*\n/m, ''), 'parse'],
    ['the end missing', text('apt-simulate-mixed.txt').slice(0, 600), 'parse'],
    ['the output twice', text('apt-simulate-mixed.txt').repeat(2), 'parse'],
    ['no summary and no package', 'Reading package lists...\n', 'parse'],
    [
      'no summary and a Conf line less',
      'Inst a [1] (2 D:1/s [all])\nInst b [1] (2 D:1/s [all])\nConf a (2 D:1/s [all])\n',
      'parse',
    ],
  ])('refuses %s', (_, printed, code) => {
    expect(parseAptSimulation(printed)).toMatchObject({ ok: false, error: { code } })
  })

  it.each([
    ['Debian-Security:12/oldstable-security', true],
    ['Debian:9.13/oldstable, Debian-Security:9/oldstable', true],
    ['Ubuntu:22.04/jammy-updates, Ubuntu:22.04/jammy-security', true],
    ['UbuntuESM:16.04/xenial-infra-security', true],
    ['UbuntuESMApps:22.04/jammy-apps-security', true],
    ['Ubuntu:22.04/jammy-updates', false],
    ['Debian:12.10/stable', false],
    ['', false],
  ])('origin %s', (origin, security) => expect(isSecurityOrigin(origin)).toBe(security))
})

describe('parseAptHistory', () => {
  const entry = (end: string, more = 'Upgrade: a:amd64 (1, 2)\n') =>
    `\nStart-Date: 2026-01-01  10:00:00\nCommandline: apt-get upgrade\n${more}${end}`

  it('takes the newest upgrade that went through', () => {
    expect(parseAptHistory(text('apt-history.log'), 'UTC')).toMatchObject({
      ok: true,
      value: { upgradedAt: Date.UTC(2026, 4, 9, 7, 28, 50) },
    })
  })

  it.each([
    ['an error', entry('Error: Sub-process returned an error code (1)\nEnd-Date: 2026-01-01  10:01:00\n'), null],
    ['interrupted', entry(''), null],
    ['installed only', entry('End-Date: 2026-01-01  10:01:00\n', 'Install: b:amd64 (1)\n'), null],
    ['summer and winter', entry('End-Date: 2026-07-01  12:00:00\n'), Date.UTC(2026, 6, 1, 10)],
    ['winter', entry('End-Date: 2026-01-15  12:00:00\n'), Date.UTC(2026, 0, 15, 11)],
  ])('%s', (_, log, want) =>
    expect(parseAptHistory(log, 'Europe/Zurich')).toMatchObject({ ok: true, value: { upgradedAt: want } }),
  )

  const failure = (more?: string) =>
    entry('Error: Sub-process /usr/bin/dpkg returned an error code (1)\nEnd-Date: 2026-01-15  12:00:00\n', more)
  const good = entry('End-Date: 2026-01-14  12:00:00\n')
  it.each<[string, string, { readonly times: number; readonly at: number | null }]>([
    ['none', good, { times: 0, at: null }],
    ['three in a row', good + failure() + failure() + failure(), { times: 3, at: Date.UTC(2026, 0, 15, 11) }],
    ['ended by an upgrade', failure() + failure() + good, { times: 0, at: null }],
    ['not ended by one that was interrupted', failure() + entry(''), { times: 1, at: Date.UTC(2026, 0, 15, 11) }],
    ['an attempt to mend it', failure() + failure(''), { times: 2, at: Date.UTC(2026, 0, 15, 11) }],
    ['not an update', failure('Install: b:amd64 (1)\n'), { times: 0, at: null }],
  ])('failures: %s', (_, log, failures) =>
    expect(parseAptHistory(log, 'Europe/Zurich')).toMatchObject({ value: { failures } }),
  )

  it('refuses what is no history, and does not believe the future', () => {
    expect(parseAptHistory('', 'UTC')).toMatchObject({ error: { code: 'empty' } })
    expect(parseAptHistory('noise', 'UTC')).toMatchObject({ error: { code: 'parse' } })
    expect(parseAptHistory(entry('End-Date: 2026-01-15  12:00:00\n'), 'No/Where')).toMatchObject({
      value: { upgradedAt: null },
    })
    expect(notInFuture(Date.UTC(2027, 0, 1), Date.UTC(2026, 0, 1))).toBeNull()
  })

  it('knows days that do not exist, repeated hours and zones', () => {
    expect(parseWallClock('2026-02-31  10:00:00')).toBeNull()
    expect(parseWallClock('yesterday')).toBeNull()
    const repeated = wallClockToEpoch(Date.UTC(2026, 9, 25, 2, 30), 'Europe/Zurich')
    expect(repeated).toBe(Date.UTC(2026, 9, 25, 0, 30))
    expect(zoneOfLink('/usr/share/zoneinfo/Europe/Zurich')).toBe('Europe/Zurich')
    expect(zoneOfLink('/etc/localtime.bak')).toBeNull()
  })
})

describe('automatic updates', () => {
  const there = { installed: true, starter: 'apt-daily-upgrade.timer' }
  const enabled = (config: string, evidence: Parameters<typeof judgeAutomatic>[1] = there) => {
    const periodic = parsePeriodic(config)
    const part = periodic.ok ? judgeAutomatic(periodic.value, evidence) : null
    return part?.state === 'value' ? part.value.enabled : null
  }
  const whole = text('apt-config-unattended.txt')

  it.each<[string, string, Parameters<typeof judgeAutomatic>[1], boolean | null]>([
    ['installed, configured, started', whole, there, true],
    ['not installed', whole, { ...there, installed: false }, false],
    ['nothing starts it', whole, { ...there, starter: null }, false],
    ['no origin may be installed', text('apt-config-no-origins.txt'), there, false],
    ['switched off', whole.replace('Unattended-Upgrade "1"', 'Unattended-Upgrade "0"'), there, false],
    ['lists are not refreshed', whole.replace('Update-Package-Lists "1"', 'Update-Package-Lists "0"'), there, false],
    ['all of APT::Periodic off', `${whole}APT::Periodic::Enable "0";\n`, there, false],
    ['a later setting wins', `${whole}APT::Periodic::Unattended-Upgrade "0";\n`, there, false],
    ['not the output', 'E: no such thing', there, null],
    ['nothing', '', there, null],
  ])('%s', (_, config, evidence, want) => expect(enabled(config, evidence)).toBe(want))
})

describe('package database', () => {
  it('names what is broken, without packages that only lack checksums', () => {
    expect(parseDpkgAudit(text('dpkg-audit-broken.txt'))).toEqual({ ok: true, value: ['bar-lib', 'baz', 'foo'] })
    expect(parseDpkgAudit('')).toEqual({ ok: true, value: [] })
    const checksums =
      'The following packages are missing the md5sums control file in the\ndatabase:\n old  an old one\n'
    expect(parseDpkgAudit(checksums)).toEqual({ ok: true, value: [] })
    expect(parseDpkgAudit('dpkg: error: cannot read')).toMatchObject({ error: { code: 'parse' } })
  })
})

describe('restart', () => {
  const at: RebootEvidence = {
    flag: false,
    runningKernel: '6.1.0-9-amd64',
    installed: ['6.1.0-9-amd64'],
    container: null,
  }

  it.each<[string, Partial<RebootEvidence>, object]>([
    ['the newest runs', {}, { value: { required: false, reasons: [], installedKernel: '6.1.0-9-amd64' } }],
    [
      'a newer one is installed',
      { installed: ['6.1.0-9-amd64', '6.1.0-40-amd64'] },
      { value: { required: true, reasons: ['kernel'], installedKernel: '6.1.0-40-amd64' } },
    ],
    ['flag and kernel', { flag: true, installed: ['6.1.0-40-amd64'] }, { value: { reasons: ['flag', 'kernel'] } }],
    ['another flavor', { installed: ['6.1.0-9-amd64', '6.9.0-1-cloud-amd64'] }, { value: { required: false } }],
    ['no kernel of its flavor', { installed: ['6.1.0-40-cloud-amd64'] }, { code: 'empty' }],
    ['no kernel at all: the hypervisor brings it', { installed: [] }, { code: 'unsupported' }],
    ['the running one is not readable', { runningKernel: null, installed: [] }, { code: 'empty' }],
    ['the folders of kernels may not be read', { installed: null }, { code: 'access-denied' }],
    [
      'flag alone',
      { flag: true, installed: [] },
      { value: { required: true, reasons: ['flag'], installedKernel: null } },
    ],
    [
      'container: the kernel is not its own',
      { container: 'lxc', installed: ['6.1.0-40-amd64'] },
      { value: { required: false, installedKernel: null } },
    ],
  ])('%s', (_, more, want) => expect(judgeReboot({ ...at, ...more })).toMatchObject(want))

  it.each([
    ['6.1.0-40-amd64', '6.1.0-40', 'amd64'],
    ['6.12.48+deb13-cloud-amd64', '6.12.48+deb13', 'cloud-amd64'],
    ['6.1.0-0.deb11.13-amd64', '6.1.0-0.deb11.13', 'amd64'],
    ['5.15.0-105-generic', '5.15.0-105', 'generic'],
    ['6.8.12-4-pve', '6.8.12-4', 'pve'],
    ['6.6.31+rpt-rpi-v8', '6.6.31+rpt', 'rpi-v8'],
    ['5.14.0-427.el9.x86_64', '5.14.0-427.el9.x86_64', ''],
  ])('%s', (release, version, flavor) => expect(splitKernel(release)).toEqual({ version, flavor }))

  it('sorts by version, not by text', () => {
    expect(newestKernel('6.1.0-9-amd64', ['6.1.0-10-amd64', '6.1.0-9-amd64', '6.1.0-40-rt-amd64'])).toBe(
      '6.1.0-10-amd64',
    )
    const sorted = ['6.2~rc1', '6.2', '6.2+b1', '6.10', '6.10.1', '7'].toSorted(compareVersions)
    expect(sorted).toEqual(['6.2~rc1', '6.2', '6.2+b1', '6.10', '6.10.1', '7'])
    expect(compareVersions('6.01', '6.1')).toBe(0)
    expect(compareVersions('9'.repeat(40), `1${'0'.repeat(40)}`)).toBeLessThan(0)
  })
})

describe('package lists', () => {
  const list = (name: string, head = '') => ({ name, head, modifiedAt: 5 })
  it.each([
    ['security.debian.org_debian-security_dists_bookworm-security_InRelease', '', true],
    ['archive.ubuntu.com_ubuntu_dists_jammy-security_InRelease', '', true],
    ['mirror.local_x_InRelease', 'Origin: Debian\nLabel: Debian-Security\nSuite: stable\n', true],
    ['deb.debian.org_debian_dists_bookworm_InRelease', 'Origin: Debian\nLabel: Debian\nSuite: stable\n', false],
  ])('%s', (name, head, want) => expect(isSecurityList(list(name, head))).toBe(want))

  it('knows which files are lists and how old they are', () => {
    expect(['a_InRelease', 'a_Release', 'a_main_Packages.lz4', 'lock'].map(isReleaseList)).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(newestRefresh([list('a'), { ...list('b'), modifiedAt: 9 }], null)).toBe(9)
    expect(newestRefresh([list('a')], 7)).toBe(7)
    expect(newestRefresh([], null)).toBeNull()
  })
})
