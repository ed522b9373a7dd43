/** More forms of outputs from the field: clocks, UPSs, accounts and guards. SOURCE: written by us after the manuals and sources of the tools named. */
import { describe, expect, it } from 'vitest'
import { POSTURE_TASKS } from '../../../../agent/checks/posture/index.ts'
import { fakeProbe } from '../../../support/fake-probe.ts'
import { runTask } from '../../../support/run-task.ts'
import { told } from './parse.ts'

describe('clocks', () => {
  const old = (reference: string, stratum: number) =>
    `Reference ID    : ${reference} (ntp.example.org)\nStratum         : ${stratum}\nRef time (UTC)  : Tue Aug 19 16:56:21 2014\nSystem time     : 0.000004000 seconds fast of NTP time\n`
  it.each([
    ['of chrony before 3.0', old('192.0.2.7', 3), { synchronized: true }],
    ['that does not follow anybody', old('0.0.0.0', 0), { synchronized: false }],
    ['that follows itself', old('127.127.1.1', 10), { synchronized: false }],
    [
      'whose leap status says no',
      `${old('192.0.2.7', 3)}Leap status     : Not synchronised\n`,
      { synchronized: false },
    ],
    ['of chrony since 3.0, cut', old('C0000207', 3), { code: 'parse' }],
  ])('chronyc: one %s', (_, text, want) => expect(told('chronyc', text)).toMatchObject(want))

  it('a clock that is seconds off is not kept, whatever its service says', () => {
    const chrony = (offset: string) =>
      `Reference ID    : C0000207 (ntp.example.org)\nStratum         : 3\nSystem time     : ${offset} seconds slow of NTP time\nLeap status     : Normal\n`
    expect(told('chronyc', chrony('0.900000000'))).toMatchObject({ synchronized: true })
    expect(told('chronyc', chrony('7.810536861'))).toMatchObject({ synchronized: false })
    const ntpq = (offset: string) =>
      `     remote           refid      st t when poll reach   delay   offset  jitter\n${'='.repeat(78)}\n*192.0.2.4       192.0.2.9        2 u   54   64  377   35.304 ${offset}   0.771\n`
    expect(told('ntpq', ntpq('+640.5'))).toMatchObject({ synchronized: true })
    expect(told('ntpq', ntpq('-4000.5'))).toMatchObject({ synchronized: false })
  })

  it('timedatectl of the systemd that mixes up its two lines', () => {
    const text = (synchronized: string, active: string) =>
      `                      Local time: Tue 2018-03-06 10:00:00 CET\n       System clock synchronized: ${synchronized}\nsystemd-timesyncd.service active: ${active}\n                 RTC in local TZ: no\n`
    expect(told('timedatectl', text('yes', 'yes'))).toMatchObject({ synchronized: true })
    expect(told('timedatectl', text('no', 'yes'))).toMatchObject({ synchronized: false })
    expect(told('timedatectl', text('yes', 'no'))).toEqual({ code: 'parse' })
  })

  it('ntpq -w: a long name stands on a line of its own', () => {
    const text = `     remote           refid      st t when poll reach   delay   offset  jitter\n${'='.repeat(78)}\n*time-server-with-a-long-name.example.org\n                 192.0.2.9        2 u   54   64  377   35.304   -0.409   0.771\n+192.0.2.4       192.0.2.9        2 u   54   64  377   35.304   -0.409   0.771\n`
    expect(told('ntpq', text)).toMatchObject({ synchronized: true })
    expect(told('ntpq', text.replace('*time', '-time'))).toMatchObject({ synchronized: false })
  })

  const w32tm = (reference: string, source: string, poll: string, age: string, stratum = 4) =>
    `Leap Indicator: 0(no warning)\nStratum: ${stratum} (secondary reference - syncd by (S)NTP)\nPrecision: -23 (119.209ns per tick)\nRoot Delay: 0.0003538s\nRoot Dispersion: 0.0100002s\nReferenceId: ${reference}\nLast Successful Sync Time: 1/2/2026 7:51:39 PM\nSource: ${source}\nPoll Interval: ${poll}\n\nPhase Offset: -0.0000013s\nClockRate: 0.0156250s\nState Machine: 2 (Sync)\nTime Source Flags: 0 (None)\nServer Role: 0 (None)\nLast Sync Error: 0 (The command completed successfully.)\nTime since Last Good Sync Time: ${age}s\n`
  const ip = '0xC0000207 (source IP:  192.0.2.7)'
  it.each([
    [
      'the host of a virtual machine',
      w32tm('0x00000000 (unspecified)', 'VM IC Time Synchronization Provider', '6 (64s)', '15.7', 1),
      true,
    ],
    ['no reference and no host', w32tm('0x00000000 (unspecified)', 'Local CMOS Clock', '6 (64s)', '15.7', 1), false],
    ['a server of the domain', w32tm(ip, 'dc.example.org', '10 (1024s)', '900.5'), true],
    ['one that has not answered for half a day', w32tm(ip, 'dc.example.org', '10 (1024s)', '43200.5'), false],
    ['one that is asked every nine hours', w32tm(ip, 'time.windows.com,0x9', '10 (1024s)', '32000.5'), true],
    ['the same after ten days', w32tm(ip, 'time.windows.com,0x9', '10 (1024s)', '864000.5'), false],
  ])('w32tm: %s', (_, text, synchronized) => expect(told('w32tm', text)).toMatchObject({ synchronized }))
})

describe('a UPS with something wrong is not simply online', () => {
  const nut = (lines: string) => `battery.charge: 100\ndevice.type: ups\n${lines}\n`
  it.each([
    ['OL', 'ups.status: OL', 'online', false],
    ['OL CHRG', 'ups.status: OL CHRG', 'online', false],
    ['a battery that is bad', 'ups.alarm: Battery voltage too low!\nups.status: ALARM OL', 'online', true],
    ['a test that failed', 'ups.alarm: UPS selftest failed!\nups.status: ALARM OL', 'online', true],
    ['a result of the test', 'ups.status: OL\nups.test.result: Done and error', 'online', true],
    ['a test that went well', 'ups.status: OL\nups.test.result: Done and passed', 'online', false],
    ['any other alarm', 'ups.alarm: Fan failure!\nups.status: ALARM OL', 'unknown', false],
    ['too much load', 'ups.status: OL OVER', 'unknown', false],
    ['discharging although it is online', 'ups.status: OL DISCHRG', 'unknown', false],
    ['a calibration', 'ups.status: OL CAL DISCHRG', 'online', false],
    ['an alarm on battery', 'ups.alarm: Fan failure!\nups.status: ALARM OB DISCHRG', 'on-battery', false],
  ])('nut: %s', (_, lines, status, replaceBattery) =>
    expect(told('nut', nut(lines))).toMatchObject([{ status, replaceBattery }]),
  )

  it.each([
    ['ONLINE', 'NO', 'online', false],
    ['ONLINE NOBATT', 'NO', 'online', true],
    ['ONLINE', 'BT', 'online', true],
    ['ONLINE', 'NG', 'unknown', false],
    ['ONLINE OVERLOAD', 'OK', 'unknown', false],
    ['ONBATT OVERLOAD', 'NG', 'on-battery', false],
  ])('apcaccess: %s, self-test %s', (status, test, want, replaceBattery) => {
    const text = `APC      : 001,034,0820\nUPSNAME  : rack\nSTATUS   : ${status} \nSELFTEST : ${test}\nEND APC  : 2026-01-02 09:34:33 +0100\n`
    expect(told('apcaccess', text)).toMatchObject([{ status: want, replaceBattery }])
  })
})

describe('accounts and guards', () => {
  it.each([
    ['nobody', {}, false],
    ['KDE', { '/etc/sddm.conf.d/kde_settings.conf': '[Autologin]\nSession=plasma\nUser=ann\n' }, true],
    [
      'KDE, switched off',
      { '/etc/sddm.conf.d/kde_settings.conf': '[Autologin]\nSession=\nUser=\n\n[General]\nNumlock=on\n' },
      false,
    ],
    ['lightdm', { '/etc/lightdm/lightdm.conf.d/50-x.conf': '[Seat:*]\nautologin-user=ann\n' }, true],
  ])('signs in by itself: %s', async (_, more, automaticLogin) => {
    const files = {
      '/proc/1/comm': 'systemd\n',
      '/etc/X11/default-display-manager': '/usr/bin/sddm\n',
      '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000::/home/ann:/bin/bash\n',
      '/etc/group': 'root:x:0:\nsudo:x:27:ann\n',
      '/etc/shadow': 'root:!:20000:0:99999:7:::\nann:$y$x:20000:0:99999:7:::\n',
      ...more,
    }
    const { section } = await runTask(POSTURE_TASKS, 'posture/accounts', fakeProbe({ files }), {})
    expect(section.accounts).toMatchObject({ value: { automaticLogin } })
  })
  it('a file of groups without any for administrators is cut', () => {
    expect(told('linux-accounts', 'root:x:0:\ndaemon:x:1:\nwheel:x:10:ann\n')).toMatchObject({ administrators: 1 })
    expect(told('linux-accounts', 'root:x:0:\ndaemon:x:1:\n')).toMatchObject({ administrators: null })
  })
  it('a group of macOS without a member, not even root, is cut', () => {
    expect(told('dscl-admin', 'GroupMembership: root\n')).toMatchObject({ administrators: 0 })
    expect(told('dscl-admin', 'GroupMembership: \n')).toEqual({ code: 'parse' })
  })
  it.each([
    ['enabled.', { sip: true }],
    ['enabled', { code: 'parse' }],
    ['enabled (Custom', { sip: false }],
    ['disabled.', { sip: false }],
    ['disabled (Apple Internal).', { sip: false }],
  ])('csrutil: %s', (words, want) => {
    expect(told('csrutil', `System Integrity Protection status: ${words}\n`)).toMatchObject(want)
  })
  it.each([
    ['SMB1Protocol', 'Disabled', { enabled: false }],
    ['SMB1Protocol-Server', 'Enabled', { enabled: true }],
    ['SMB1Protocol-Client', 'Disabled', { code: 'empty' }],
    ['SMB1Protocol-Deprecation', 'Enabled', { code: 'empty' }],
  ])('feature %s %s', (name, state, want) => {
    expect(told('windows-smb1', `FeatureName : ${name}\nState       : ${state}\n`)).toMatchObject(want)
  })
})
