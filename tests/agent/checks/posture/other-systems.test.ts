/**
 * Firewall, sign-in and clock of macOS, accounts of Linux, clocks of every system. SOURCE: written by us after socketfilterfw(8), dscl(1),
 * sysadminctl(8), launchctl(1), passwd(5), shadow(5), ntpq(8), `w32tm /?` and the recordings' order of fields.
 */
import { describe, expect, it } from 'vitest'
import { parsePosture, told } from './parse.ts'

const mac = (id: string, text: string, exitCode = 0, stderr = '') =>
  told(id, text, { platform: 'darwin', exitCode, stderr })
const NOBODY = {
  administrators: null,
  guestEnabled: null,
  automaticLogin: null,
  emptyPasswords: null,
  builtinAdministratorEnabled: null,
}

describe('firewall of macOS', () => {
  const state = (enabled: boolean) => ({
    tool: 'application-firewall',
    enabled,
    startsAtBoot: enabled,
    inbound: enabled ? 'drop' : 'accept',
  })
  const missing = 'The domain/default pair of (/Library/Preferences/com.apple.alf, globalstate) does not exist\n'
  it.each<[string, string, number, string, unknown]>([
    ['on', 'Firewall is enabled. (State = 1) \n', 0, '', state(true)],
    ['blocks all', 'Firewall is enabled. (State = 2)\nBlock all ENABLED!\n', 0, '', state(true)],
    ['off', 'Firewall is disabled. (State = 0)\n', 0, '', state(false)],
    ['globalstate 2', '2\n', 0, '', state(true)],
    ['globalstate 0', '0', 0, '', state(false)],
    ['a missing property list is not off', '', 1, missing, { code: 'exit' }],
    [
      'system_profiler',
      'Firewall:\n\n    Firewall Settings:\n\n      Mode: Allow all incoming connections\n',
      0,
      '',
      state(false),
    ],
    [
      'the property list',
      '<plist version="1.0"><dict><key>globalstate</key><integer>1</integer></dict></plist>',
      0,
      '',
      state(true),
    ],
    ['the property list without it', '<plist version="1.0"><dict></dict></plist>', 0, '', { code: 'parse' }],
    ['on and off', 'Firewall is enabled. (State = 1)\nFirewall is disabled. (State = 0)\n', 0, '', { code: 'parse' }],
    ['nothing', '', 0, '', { code: 'empty' }],
  ])('%s', (_, text, exitCode, stderr, want) => expect(mac('socketfilterfw', text, exitCode, stderr)).toEqual(want))
  it.each<[string, number, string, unknown]>([
    [
      'Status: Enabled for 0 days 00:01:20    Debug: Urgent\n',
      0,
      '',
      { tool: 'pf', enabled: true, startsAtBoot: null, inbound: null },
    ],
    ['Status: Disabled\n', 0, '', { tool: 'pf', enabled: false, startsAtBoot: null, inbound: null }],
    ['', 1, 'pfctl: /dev/pf: Permission denied\n', { code: 'access-denied' }],
  ])('pf %s', (text, exitCode, stderr, want) => expect(mac('pf', text, exitCode, stderr)).toEqual(want))
})

describe('sign-in of macOS', () => {
  it.each<[string, string, string, string, unknown]>([
    [
      'administrators without root',
      'dscl-admin',
      'GroupMembership: root alice bob\n',
      '',
      { ...NOBODY, administrators: 2 },
    ],
    [
      'a wrapped list',
      'dscl-admin',
      'GroupMembership:\n root\n alice\n bob carol\nRecordName: admin\n',
      '',
      { ...NOBODY, administrators: 3 },
    ],
    ['no such key', 'dscl-admin', 'No such key: GroupMembership\n', '', { code: 'parse' }],
    ['guest off', 'macos-login-window', '{\n    GuestEnabled = 0;\n}\n', '', { ...NOBODY, guestEnabled: false }],
    [
      'guest on, somebody signed in',
      'macos-login-window',
      '{\n    GuestEnabled = 1;\n    autoLoginUser = alice;\n}\n',
      '',
      { ...NOBODY, guestEnabled: true, automaticLogin: true },
    ],
    [
      'the whole property list proves by absence',
      'macos-login-window',
      '<?xml version="1.0"?><plist version="1.0"><dict><key>GuestEnabled</key><false/></dict></plist>',
      '',
      { ...NOBODY, guestEnabled: false, automaticLogin: false },
    ],
    [
      'sysadminctl',
      'macos-login-window',
      '',
      '2026-01-01 sysadminctl[1] Guest account disabled.\n',
      { ...NOBODY, guestEnabled: false },
    ],
    [
      'no user is signed in by itself',
      'macos-login-window',
      '',
      'The domain/default pair of (/Library/Preferences/com.apple.loginwindow, autoLoginUser) does not exist\n',
      { ...NOBODY, automaticLogin: false },
    ],
    [
      'lock at once',
      'screen-lock-macos',
      '',
      '2026-01-01 sysadminctl[1:2] screenLock delay is immediate\n',
      { state: 'on', afterSeconds: 0 },
    ],
    [
      'lock after five minutes',
      'screen-lock-macos',
      '',
      'screenLock delay is 300 seconds\n',
      { state: 'on', afterSeconds: 300 },
    ],
    ['no lock', 'screen-lock-macos', '', 'screenLock is off\n', { state: 'off', afterSeconds: null }],
    ['askForPassword', 'screen-lock-macos', '1\n', '', { state: 'on', afterSeconds: null }],
    ['nothing', 'screen-lock-macos', '', '', { code: 'empty' }],
  ])('%s', (_, id, text, stderr, want) => expect(mac(id, text, 0, stderr)).toEqual(want))
})

describe('launchd', () => {
  const parts = (text: string, exitCode = 0, stderr = '') => {
    const parsed = parsePosture('launchctl-ssh', text, { exitCode, stderr })
    if (!parsed.ok) return parsed.error.code
    const { sshd, remoteDesktop } = parsed.value.parts
    return [
      sshd?.state === 'value' && sshd.value.running,
      remoteDesktop?.state === 'value' && remoteDesktop.value.enabled,
    ]
  }
  it.each<[string, string, number, string, unknown]>([
    ['new words', '\t"com.openssh.sshd" => enabled\n\t"com.apple.screensharing" => disabled\n', 0, '', [true, false]],
    [
      'old words: false is "not disabled"',
      '\t"com.openssh.sshd" => false\n\t"com.apple.screensharing" => true\n',
      0,
      '',
      [true, false],
    ],
    ['loaded', 'system/com.openssh.sshd = {\n\tactive count = 1\n}\n', 0, '', [true, false]],
    ['not loaded', '', 113, 'Could not find service "com.openssh.sshd" in domain for system\n', [false, false]],
    ['systemsetup', 'Remote Login: On\n', 0, '', [true, false]],
    [
      'systemsetup refuses with exit 0',
      'You need administrator access to run this tool... exiting!\n',
      0,
      '',
      'access-denied',
    ],
    ['neither is named', '\t"com.apple.ftpd" => disabled\n', 0, '', 'parse'],
    ['both words', '\t"com.openssh.sshd" => enabled\n\t"com.openssh.sshd" => disabled\n', 0, '', 'parse'],
  ])('%s', (_, text, exitCode, stderr, want) => expect(parts(text, exitCode, stderr)).toEqual(want))
})

describe('accounts of Linux', () => {
  const PASSWD =
    'root:x:0:0:root:/root:/bin/bash\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nann:x:1000:1000:,,,:/home/ann:/bin/bash\n'
  const GROUP = 'root:x:0:\nsudo:x:27:ann,bob\nusers:x:100:zoe\n'
  const SHADOW = 'root:$y$j9T$hash:19000:0:99999:7:::\nbin:*:19000:0:99999:7:::\nann:!:19000:0:99999:7:::\n'
  it.each<[string, string, unknown]>([
    [
      'all three',
      PASSWD + GROUP + SHADOW,
      { ...NOBODY, administrators: 2, emptyPasswords: 0, builtinAdministratorEnabled: true },
    ],
    [
      'root is locked',
      SHADOW.replace(/root:[^:]*/, 'root:!'),
      { ...NOBODY, emptyPasswords: 0, builtinAdministratorEnabled: false },
    ],
    [
      'an empty password',
      SHADOW.replace('ann:!', 'ann:'),
      { ...NOBODY, emptyPasswords: 1, builtinAdministratorEnabled: true },
    ],
    [
      'an empty password without a shell is none',
      `${PASSWD}bin::19000:0:99999:7:::\n`,
      { ...NOBODY, emptyPasswords: 0 },
    ],
    ['a second number 0', `toor:x:0:0::/root:/bin/sh\n${PASSWD}${GROUP}`, { ...NOBODY, administrators: 3 }],
    ['the group is somebody’s own', `eve:x:1001:27::/home/eve:/bin/sh\n${GROUP}`, { ...NOBODY, administrators: 3 }],
    ['no password file told', PASSWD, NOBODY],
    ['another line', `${PASSWD}hello\n`, { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, text, want) => expect(told('linux-accounts', text)).toEqual(want))
})

describe('clocks', () => {
  const NTPQ = `     remote           refid      st t when poll reach   delay   offset  jitter\n${'='.repeat(78)}\n`
  const peer = (tally: string, remote = '192.0.2.1', reach = '377', offset = '-0.512') =>
    `${tally}${remote}     .GPS.            1 u   12   64  ${reach}    0.512   ${offset}   0.033\n`
  const ntp = (synchronized: boolean) => ({ synchronized, tool: 'ntpd', enabled: true })
  it.each<[string, string, unknown]>([
    ['follows one', NTPQ + peer('*') + peer('+', '192.0.2.2'), ntp(true)],
    ['follows none', NTPQ + peer(' ', '192.0.2.1', '0'), ntp(false)],
    ['its own clock', NTPQ + peer('*', '127.127.1.0'), ntp(false)],
    ['one that does not answer', NTPQ + peer('*', '192.0.2.1', '0'), ntp(false)],
    ['no association', "No association ID's returned\n", ntp(false)],
    ['a heading alone', NTPQ, { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('ntpq: %s', (_, text, want) => expect(told('ntpq', text)).toEqual(want))

  const GERMAN =
    'Sprungindikator: 0(keine Warnung)\nStratum: 4 (Sekundärreferenz - synchr. über (S)NTP)\nPräzision: -23 (119,209ns pro Tick)\nStammverzögerung: 0,0296267s\nStammabweichung: 0,0448955s\nReferenz-ID: 0x28779426 (Quell-IP:  40.119.148.38)\nLetzte erfolgr. Synchronisierungszeit: 16.09.2023 12:47:56\nQuelle: time.windows.com,0x8\nAbrufintervall: 7 (128s)\n\nPhasenoffset: -0,0000039s\nTaktrate: 0,0156250s\nComputerstatus: 2 (Synchronisierung)\nZeitquellenkennzeichen: 0 (Keine)\nServerfunktion: 0 (Keine)\nLetzter Synchronisierungsfehler: 0 (Der Befehl wurde erfolgreich\nausgeführt.)\nZeit seit der letzten erfolgr. Synchronisierung: 7,8834592s\n'
  const w32 = (synchronized: boolean) => ({ synchronized, tool: 'w32time', enabled: true })
  it.each<[string, string, string, unknown]>([
    ['translated and wrapped', GERMAN, '', w32(true)],
    ['a narrow space before the colon', GERMAN.replaceAll(':', '\u202f:'), '', w32(true)],
    ['short form', GERMAN.split('\n\n')[0] ?? '', '', w32(true)],
    ['leap 3', GERMAN.replace('0(keine', '3(nicht'), '', w32(false)],
    ['stratum 0', GERMAN.replace('4 (Sek', '0 (Sek'), '', w32(false)],
    ['its own clock', GERMAN.replace('0x28779426', '0x4C4F434C'), '', w32(false)],
    ['the last attempt failed', GERMAN.replace('fehler: 0', 'fehler: 1'), '', w32(false)],
    ['the line about it is missing', GERMAN.replace(/Letzter Sync[\s\S]*?\)\n/, ''), '', { code: 'parse' }],
    ['the leap is missing', GERMAN.replace(/^.*\n/, ''), '', { code: 'parse' }],
    [
      'the service is stopped',
      'The following error occurred: The service has not been started. (0x80070426)\n',
      '',
      { synchronized: false, tool: null, enabled: false },
    ],
    ['refused', 'Fehler: Zugriff verweigert (0x80070005)\n', '', { code: 'access-denied' }],
    ['nothing', '', '', { code: 'empty' }],
  ])('w32tm: %s', (_, text, stderr, want) => expect(told('w32tm', text, { stderr })).toEqual(want))

  it.each<[string, string, number, unknown]>([
    [
      'close',
      '+0.012345 +/- 0.023456 time.apple.com 17.253.14.125\n',
      0,
      { synchronized: true, tool: 'timed', enabled: null },
    ],
    [
      'far off',
      '2026-01-01 00:00:00.1 (+0100) -75.2 +/- 0.02 time.apple.com 17.253.14.125 s1 no-leap\n',
      0,
      { synchronized: false, tool: 'timed', enabled: null },
    ],
    ['no server', 'sntp: Exchange failed: Timeout\n', 1, { code: 'timeout' }],
    ['network time off', 'Network Time: Off\n', 0, { synchronized: false, tool: 'timed', enabled: false }],
    ['network time on proves nothing', 'Network Time: On\n', 0, { code: 'parse' }],
  ])('sntp: %s', (_, text, exitCode, want) => expect(told('sntp', text, { exitCode })).toEqual(want))
})
