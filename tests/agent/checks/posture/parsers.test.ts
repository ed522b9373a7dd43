/** Parsers of sign-in and clock on what the tools really print (tests/fixtures/posture). */
import { describe, expect, it } from 'vitest'
import { POSTURE_SOURCES } from '../../../../agent/checks/posture/index.ts'
import { parseListeners } from '../../../../agent/checks/posture/listeners.ts'
import { fixture } from '../../../support/fixture.ts'
import { sectionOf } from '../../../support/sections.ts'

const file = (name: string) => fixture(`posture/${name}`)
const parse = (id: string, stdout: Uint8Array | string, exitCode: number | null = 0, stderr = '') => {
  const source = POSTURE_SOURCES.find((one) => one.id === id)
  if (source === undefined) throw new Error(id)
  return source.parse({ stdout: Buffer.from(stdout), stderr, exitCode, platform: 'linux', now: 0 })
}
/** The reading of the source's part, or the error of the parser. */
const reading = (id: string, stdout: Uint8Array | string, exitCode: number | null = 0, stderr = '') => {
  const parsed = parse(id, stdout, exitCode, stderr)
  if (!parsed.ok) return parsed.error
  sectionOf<'posture'>('posture', parsed.value)
  return Object.values(parsed.value.parts)[0]
}

describe('sshd -T', () => {
  const plain = file('sshd-T-debian12.txt').toString()
  const set = (key: string, value: string) => plain.replace(new RegExp(`^${key} .*$`, 'm'), `${key} ${value}`)

  it.each<[string, string, object]>([
    [
      'Debian 12 as packaged',
      plain,
      { value: { running: true, rootLogin: 'keys-only', passwordLogin: true, ports: [22], reachable: true } },
    ],
    ['root by password', set('permitrootlogin', 'yes'), { value: { rootLogin: 'yes' } }],
    ['no root', set('permitrootlogin', 'no'), { value: { rootLogin: 'no' } }],
    ['forced commands', set('permitrootlogin', 'forced-commands-only'), { value: { rootLogin: 'forced-commands' } }],
    ['a word not known', set('permitrootlogin', 'maybe'), { value: { rootLogin: null } }],
    ['keys only', set('passwordauthentication', 'no'), { value: { passwordLogin: false } }],
    [
      'password through PAM',
      set('passwordauthentication', 'no').replace(
        'kbdinteractiveauthentication no',
        'kbdinteractiveauthentication yes',
      ),
      { value: { passwordLogin: true } },
    ],
    [
      'no line on interactive',
      set('passwordauthentication', 'no').replace(/^kbdinteractive.*\n/m, ''),
      { value: { passwordLogin: null } },
    ],
    [
      'loopback only',
      plain.replace('[::]:22', '[::1]:22').replace('0.0.0.0:22', '127.0.0.1:22'),
      { value: { reachable: false } },
    ],
    ['two ports', plain.replace('port 22\n', 'port 22\nport 2222\n'), { value: { ports: [22, 2222] } }],
    ['no port', plain.replace('port 22\n', ''), { code: 'parse' }],
    ['no rule on root', plain.replace(/^permitrootlogin.*\n/m, ''), { code: 'parse' }],
    ['two rules on root', `${plain}permitrootlogin yes\n`, { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, text, want) => expect(reading('posture/sshd-config', text)).toMatchObject(want))

  it('tells why it has no answer', () => {
    expect(reading('posture/sshd-config', '', 1, 'sshd: no hostkeys available -- exiting.\n')).toMatchObject({
      code: 'access-denied',
    })
    expect(
      reading('posture/sshd-config', '', 255, 'Missing privilege separation directory: /run/sshd\n'),
    ).toMatchObject({ code: 'exit' })
  })
})

describe('clock', () => {
  const chrony = (leap: string, reference = 'D42D9003', stratum = '3') =>
    `${reference},ntp,${stratum},1.0,-0.00213,0,0,0,0,0,0,0,1.0,${leap}\n`
  it.each<[string, string, string | Uint8Array, number, object]>([
    ['chrony keeps it', 'chronyc', chrony('Normal'), 0, { value: { synchronized: true, tool: 'chrony' } }],
    ['a leap second comes', 'chronyc', chrony('Insert second'), 0, { value: { synchronized: true } }],
    ['no source', 'chronyc', file('chronyc-unsynchronized.csv'), 0, { value: { synchronized: false } }],
    ['its own clock is no source', 'chronyc', file('chronyc-local-clock.csv'), 0, { value: { synchronized: false } }],
    ['stratum 16', 'chronyc', chrony('Normal', 'D42D9003', '16'), 0, { value: { synchronized: false } }],
    ['an odd leap status', 'chronyc', chrony('Odd'), 0, { code: 'parse' }],
    ['chronyd is silent', 'chronyc', '506 Cannot talk to daemon\n', 1, { code: 'exit' }],
    [
      'systemd keeps it',
      'timedatectl',
      'Timezone=Etc/UTC\nNTP=yes\nNTPSynchronized=yes\n',
      0,
      { value: { synchronized: true, enabled: true } },
    ],
    [
      'systemd lost it',
      'timedatectl',
      'NTP=yes\nNTPSynchronized=no\n',
      0,
      { value: { synchronized: false, enabled: true } },
    ],
    ['switched off', 'timedatectl', 'NTP=no\nNTPSynchronized=no\n', 0, { value: { enabled: false } }],
    ['no answer on it', 'timedatectl', 'NTP=yes\n', 0, { code: 'parse' }],
    ['two answers', 'timedatectl', 'NTPSynchronized=yes\nNTPSynchronized=no\n', 0, { code: 'parse' }],
    ['no bus', 'timedatectl', '', 1, { code: 'exit' }],
  ])('%s', (_, tool, stdout, exitCode, want) =>
    expect(reading(`posture/${tool}`, stdout, exitCode)).toMatchObject(want),
  )

  it('gives the offset in microseconds', () => {
    const parsed = parse('posture/chronyc', chrony('Normal'))
    expect(parsed).toMatchObject({ value: { samples: { 'time:offsetMicroseconds': 2_130 } } })
  })
})

describe('listeners', () => {
  const row = (address: string, port: string, state: string) =>
    `   0: ${address}:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000 0 0 590 1`
  it.each([
    ['00000000', '0016', '0A', [{ port: 22, loopback: false }]],
    ['0100007F', '0016', '0A', [{ port: 22, loopback: true }]],
    ['00000000000000000000000000000000', '0016', '0A', [{ port: 22, loopback: false }]],
    ['00000000000000000000000001000000', '0016', '0A', [{ port: 22, loopback: true }]],
    ['0000000000000000FFFF00000100007F', '1F90', '0A', [{ port: 8080, loopback: true }]],
    ['0100007F', '0016', '01', []],
    ['short', '0016', '0A', []],
  ])('%s:%s %s', (address, port, state, want) =>
    expect(parseListeners(`  sl local\n${row(address, port, state)}\n`)).toEqual(want),
  )
})
