/** Answers in other languages and of other releases than those recorded: each was read wrongly, or not at all, on a recording of somebody else. */
import { describe, expect, it } from 'vitest'
import { PATCH_SOURCES } from '../../../../agent/checks/patch/index.ts'

const NOW = Date.UTC(2026, 10, 25)
const parse = (id: string, text: string, exitCode = 0) => {
  const source = PATCH_SOURCES.find((one) => one.id === `patch/${id}`)
  const parsed = source?.parse({ stdout: Buffer.from(text), stderr: '', exitCode, platform: 'linux', now: NOW })
  if (parsed === undefined) throw new Error(id)
  return parsed.ok ? parsed.value.parts : { code: parsed.error.code }
}
const waits = (security: number | null, other: number | null, rest: object = {}) => ({
  updates: { value: { security, other, ...rest } },
})

describe('unattended-upgrades writes in the language of the machine', () => {
  const run = (day: number, ...lines: readonly string[]) =>
    ['INFO Anfängliche Blacklist:', 'INFO Skript für unbeaufsichtigte Upgrades wird gestartet.', ...lines]
      .map((line, at) => `2026-11-${day} 06:00:0${at},000 ${line}\n`)
      .join('')
  const origins = 'INFO Erlaubte Ursprünge sind: o=Debian,n=bookworm,l=Debian-Security'
  const bad = (day: number) => run(day, origins, 'ERROR Installieren der Upgrades ist fehlgeschlagen!')
  const good = (day: number) => run(day, origins, 'INFO Es wurden keine Pakete gefunden.')

  it.each([
    ['four bad days', bad(10) + bad(11) + bad(12) + bad(13), [{ name: 'unattended-upgrades', times: 4 }]],
    ['good days', good(10) + good(11), []],
    ['bad days, then a good one', bad(10) + bad(11) + bad(12) + good(13), []],
    ['a good day, then bad ones', good(10) + bad(11) + bad(12), [{ name: 'unattended-upgrades', times: 2 }]],
  ])('%s', (_, log, value) => expect(parse('unattended-upgrades', log)).toMatchObject({ failing: { value } }))

  it('in English a run that does not say how it ended still proves nothing', () => {
    const english = (bad(10) + good(11)).replaceAll(
      'Skript für unbeaufsichtigte Upgrades wird gestartet.',
      'Starting unattended upgrades script',
    )
    expect(parse('unattended-upgrades', english)).toMatchObject({ failing: { value: [{ times: 1 }] } })
  })
})

describe('titles of Windows', () => {
  it.each([
    ['2026-09 Sicherheitsupdate (KB5129195) (26200.9457) [14.09.2026 00:00:00]', waits(1, 0)],
    ['2026-09 Kumulatives Update für Windows 11, Version 25H2 (KB5129195) [14.09.2026 00:00:00]', waits(1, 0)],
    ['2026-09 Mise à jour cumulative pour Windows 11 (KB5129195) [14/09/2026 00:00:00]', waits(1, 0)],
    ['2026-09 Kumulative Updatevorschau für Windows 11 (KB5129196) [14.09.2026 00:00:00]', waits(null, 1)],
    [
      'Update für Windows Security platform - KB5007651 (Version 10.0.29628.1000) [30.07.2026 00:00:00]',
      waits(null, 0),
    ],
  ])('%s', (title, want) => expect(parse('windows-updates', title)).toMatchObject(want))
})

describe('zypper of earlier releases', () => {
  const HEADING =
    'Repository | Name | Category | Severity | Interactive | Status | Summary\n-----------+------+----------+----------+-------------+--------+--------\n'
  const row = (name: string, category: string, status = 'needed') =>
    `Updates | ${name} | ${category} | low | --- | ${status} | x\n`

  it('counts the table of zypper itself and that of all others', () => {
    const both = `Needed software management updates will be installed first:\n\n${HEADING}${row('a', 'security')}\nThe following updates are also available:\n\n${HEADING}${row('b', 'security')}${row('c', 'recommended')}`
    expect(parse('zypper-patches', both)).toMatchObject(waits(2, 1))
    expect(parse('zypper-patches', `${both}\n3 patches needed (2 security patches)\n`)).toMatchObject(waits(2, 1))
    expect(parse('zypper-patches', `${both}\n4 patches needed (2 security patches)\n`)).toEqual({ code: 'parse' })
    expect(parse('zypper-patches', both.replace(row('c', 'recommended'), ''))).toMatchObject(waits(2, 0))
    expect(parse('zypper-patches', both.replace('Summary\n', 'Other\n'))).toEqual({ code: 'parse' })
  })

  it('reads the status with a capital, the patch of an issue, and patch-check without a table', () => {
    expect(parse('zypper-patches', HEADING + row('a', 'security', 'Needed'))).toMatchObject(waits(1, 0))
    const issues =
      'Issue | No. | Patch | Category | Severity | Interactive | Status | Summary\n------+-----+-------+----------+----------+-------------+--------+--------\nbugzilla | 1 | a | security | low | --- | needed | x\ncve | CVE-1 | a | security | low | --- | needed | x\n'
    expect(parse('zypper-patches', issues)).toMatchObject(waits(1, 0, { securityUpdates: [{ name: 'a' }] }))
    const said = 'Reading installed packages...\n3 patches needed (1 security patch)\n'
    expect(parse('zypper-patches', said, 101)).toMatchObject(waits(1, 2))
    expect(parse('zypper-patches', '0 patches needed (0 security patches)\n')).toMatchObject(waits(0, 0))
    expect(parse('zypper-patches', '0 patches needed (0 security patches)\n', 101)).toEqual({ code: 'parse' })
  })
})

describe('others', () => {
  it('pacman marks what is ignored in the language of the machine', () => {
    expect(parse('pacman', 'linux 6.1-1 -> 6.2-1 [Ignoriert]\n')).toMatchObject(waits(null, 0, { held: 1 }))
  })

  it('apt list in German', () => {
    const rows =
      'libc6/stable-security 2.36-9+deb12u9 amd64 [aktualisierbar von: 2.36-9+deb12u8]\nbase-files/stable 12.4 amd64 [aktualisierbar von: 12.3]\n'
    expect(parse('apt-list', `Auflistung… Fertig\n${rows}`)).toMatchObject(waits(1, 1))
    expect(parse('apt-list', `Auflistung...\n${rows}`)).toMatchObject(waits(1, 1))
    expect(parse('apt-list', rows)).toEqual({ code: 'parse' })
  })

  it('marks of a restart by the names of three scripts; file renames alone are none', () => {
    const reboot = (text: string) => parse('windows-reboot', text)
    const toolkit = (cbs: string) =>
      `IsFileRenameRebootPending    : True\nIsWindowsUpdateRebootPending : False\nIsCBServicingRebootPending   : ${cbs}\nIsSystemRebootPending        : True\n`
    expect(reboot(toolkit('True'))).toMatchObject({ reboot: { value: { required: true } } })
    expect(reboot(toolkit('False'))).toMatchObject({ reboot: { value: { required: false } } })
    const detailed = {
      ComponentBasedServicing: false,
      PendingFileRenameOperations: true,
      WindowsUpdateAutoUpdate: false,
    }
    expect(reboot(JSON.stringify(detailed))).toMatchObject({ reboot: { value: { required: false } } })
    expect(reboot(JSON.stringify({ ...detailed, SystemCenterConfigManager: true }))).toMatchObject({
      reboot: { value: { required: true, reasons: ['update'] } },
    })
  })

  it('yum tells the kernel with its version', () => {
    const said =
      'Core libraries or services have been updated:\n  kernel -> 3.10.0-1160.el7\n\nReboot is required to ensure that your system benefits from these updates.\n'
    expect(parse('rpm-needs-restarting', said, 1)).toMatchObject({ reboot: { value: { reasons: ['kernel'] } } })
  })
})

describe('switches of macOS', () => {
  const key = (name: string, value: string) => `\t<key>${name}</key>\n\t${value}\n`
  const plist = (...keys: readonly string[]) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n${keys.join('')}</dict>\n</plist>\n`
  const own = key('LastSuccessfulDate', '<date>2026-11-24T03:00:00Z</date>')
  const version = (text: string) => key('LastAttemptSystemVersion', `<string>${text}</string>`)
  const on = { automatic: { value: { enabled: true } } }
  const off = { automatic: { value: { enabled: false } } }

  it.each<[string, string, object]>([
    ['none set', plist(own), on],
    ['none set, macOS 15', plist(own, version('15.7.2 (24G325)')), on],
    [
      'none set, macOS 12, where releases were not installed by default',
      plist(own, version('12.7 (21G816)')),
      { automatic: { code: 'empty' } },
    ],
    ['set on macOS 12', plist(own, version('12.7 (21G816)'), key('AutomaticallyInstallMacOSUpdates', '<true/>')), on],
    [
      'one that is no switch',
      plist(own, key('CriticalUpdateInstall', '<string>NO</string>')),
      { automatic: { code: 'empty' } },
    ],
    ['one off', plist(own, key('CriticalUpdateInstall', '<false/>')), off],
    [
      'no file of the machine: some switches only',
      plist(key('AutomaticCheckEnabled', '<true/>')),
      { automatic: { code: 'empty' } },
    ],
  ])('%s', (_, text, want) => expect(parse('softwareupdate-plist', text)).toMatchObject(want))

  it('a switch cannot be cut out of the file', () => {
    const whole = plist(own, key('CriticalUpdateInstall', '<false/>'))
    for (const [at, line] of whole.split('\n').entries()) {
      const cut = whole.split('\n').toSpliced(at, 1).join('\n')
      expect(parse('softwareupdate-plist', cut), line).not.toMatchObject(on)
    }
  })
})
