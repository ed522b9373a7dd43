/** Tasks of the room posture against a probe that answers from a table. */
import { describe, expect, it } from 'vitest'
import { POSTURE_TASKS } from '../../../../agent/checks/posture/index.ts'
import { type FakeTable, fakeProbe } from '../../../support/fake-probe.ts'
import { fixture } from '../../../support/fixture.ts'
import { sectionOf } from '../../../support/sections.ts'

const text = (name: string) => fixture(`posture/${name}`).toString('utf8')
const HEADER = '  sl  local_address rem_address   st\n'
const LISTEN = (address: string, port: number) =>
  `   0: ${address}:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 5 1\n`
const BASE = { '/proc/1/comm': 'systemd\n', '/proc/net/tcp': HEADER, '/proc/net/tcp6': HEADER }
const SYSTEMD = { '/run/systemd/system/x': '' }

async function collect(table: FakeTable, now = 1_000) {
  const probe = fakeProbe({ ...table, files: { ...BASE, ...table.files } })
  const context = { probe, now, off: new Set<string>(), memo: new Map(), watch: { watches: [], hookFolder: '/hooks' } }
  const contributions = []
  for (const task of POSTURE_TASKS) contributions.push(await task.collect(context))
  const section = sectionOf('posture', ...contributions)
  return { section, samples: Object.assign({}, ...contributions.map((one) => one.samples)) }
}

describe('firewall', () => {
  const ufw = 'Status: active\nDefault: deny (incoming), allow (outgoing)\n'
  const ufwLink = { '/etc/systemd/system/multi-user.target.wants/ufw.service': '/lib/systemd/system/ufw.service' }
  const ipv6 = '20010db8000000000000000000000001 02 40 00 80     eth0\n'
  const dropV4 = JSON.stringify({
    nftables: [
      { metainfo: {} },
      { chain: { family: 'ip', table: 'f', name: 'i', type: 'filter', hook: 'input', policy: 'drop' } },
    ],
  })

  it.each<[string, FakeTable, object]>([
    [
      'ufw, started at boot',
      { exec: { ufw }, files: SYSTEMD, links: ufwLink },
      { value: { tool: 'ufw', enabled: true, startsAtBoot: true, inbound: 'drop' } },
    ],
    ['ufw, not started at boot', { exec: { ufw }, files: SYSTEMD }, { value: { startsAtBoot: false } }],
    ['ufw without systemd', { exec: { ufw } }, { value: { startsAtBoot: null } }],
    [
      'ufw off, nft filters',
      { exec: { ufw: 'Status: inactive\n', nft: text('nft-drop.json') } },
      { value: { tool: 'nftables', enabled: true } },
    ],
    [
      'ufw off, nothing filters',
      { exec: { ufw: 'Status: inactive\n', nft: text('nft-empty.json') } },
      { value: { tool: 'ufw', enabled: false, inbound: 'accept' } },
    ],
    [
      'ufw off, and rules could not be read',
      { exec: { ufw: 'Status: inactive\n' } },
      { state: 'failed', code: 'tool-missing' },
    ],
    [
      'not root',
      { exec: { ufw: { exitCode: 1, stderr: 'ERROR: You need to be root to run this script' } } },
      { code: 'access-denied' },
    ],
    [
      'firewalld',
      {
        exec: {
          'firewall-cmd --state': 'running\n',
          'firewall-cmd --list-all-zones': 'public (active)\n  target: default\n\ntrusted\n  target: ACCEPT\n',
        },
      },
      { value: { tool: 'firewalld', inbound: 'drop' } },
    ],
    [
      'Docker alone is no firewall',
      { exec: { nft: text('nft-docker.json') } },
      { value: { tool: null, enabled: false } },
    ],
    [
      'nft empty, old iptables hidden',
      { exec: { nft: text('nft-empty.json') }, files: { '/proc/net/ip_tables_names': 'filter\n' } },
      { code: 'tool-missing' },
    ],
    [
      'nft empty, iptables drops',
      { exec: { nft: text('nft-empty.json'), 'iptables-save': text('iptables-drop.txt') } },
      { value: { tool: 'iptables', inbound: 'drop' } },
    ],
    [
      'IPv6 reaches it unfiltered',
      { exec: { nft: dropV4 }, files: { '/proc/net/if_inet6': ipv6 } },
      { value: { enabled: true, inbound: 'accept' } },
    ],
    [
      'no IPv6',
      { exec: { nft: dropV4 }, files: { '/proc/net/if_inet6': ipv6.replace(' 00 ', ' 20 ') } },
      { value: { inbound: 'drop' } },
    ],
    [
      'iptables and IPv6: not told',
      { exec: { 'iptables-save': text('iptables-drop.txt') }, files: { '/proc/net/if_inet6': ipv6 } },
      { value: { inbound: null } },
    ],
    [
      'no tool, old tables readable and empty',
      { files: { '/proc/net/ip_tables_names': '' } },
      { value: { tool: null, enabled: false } },
    ],
    ['no tool, nothing readable', {}, { code: 'tool-missing' }],
    ['nft times out', { exec: { nft: { code: 'timeout', detail: 'x' } } }, { code: 'timeout' }],
    ['container', { exec: { ufw }, files: { '/.dockerenv': '' } }, { code: 'unsupported' }],
  ])('%s', async (_, table, want) => expect((await collect(table)).section.firewall).toMatchObject(want))
})

describe('sshd', () => {
  const sshd = text('sshd-T-debian12.txt')
  const on = (address: string, port = 22) => ({ '/proc/net/tcp': HEADER + LISTEN(address, port) })

  it.each<[string, FakeTable, object]>([
    [
      'listens for everybody',
      { exec: { sshd }, files: { ...on('00000000'), '/proc/9/comm': 'sshd\n' } },
      { value: { running: true, rootLogin: 'keys-only', passwordLogin: true, ports: [22], reachable: true } },
    ],
    ['listens to itself', { exec: { sshd }, files: on('0100007F') }, { value: { running: true, reachable: false } }],
    ['installed, nothing listens', { exec: { sshd } }, { value: { running: false, ports: [] } }],
    [
      'installed, socket of systemd',
      {
        exec: { sshd: { exitCode: 255, stderr: 'x' } },
        links: { '/etc/systemd/system/sockets.target.wants/ssh.socket': '/x' },
      },
      { code: 'exit' },
    ],
    [
      'not root, it listens',
      { exec: { sshd: { exitCode: 1, stderr: 'sshd: no hostkeys available -- exiting.' } }, files: on('00000000') },
      { code: 'access-denied' },
    ],
    [
      'not root, nothing listens',
      { exec: { sshd: { exitCode: 1, stderr: 'sshd: no hostkeys available -- exiting.' } } },
      { value: { running: false } },
    ],
    [
      'runs with an older configuration',
      { exec: { sshd }, files: { ...on('00000000', 2222), '/proc/9/comm': 'sshd\n' } },
      { code: 'stale' },
    ],
    ['no server', {}, { value: { running: false } }],
    [
      'dropbear',
      { files: { ...on('00000000'), '/proc/9/comm': 'dropbear\n' } },
      { value: { running: true, rootLogin: null, reachable: true } },
    ],
    ['something else on port 22', { files: on('00000000') }, { code: 'unsupported' }],
    [
      'processes are hidden',
      { exec: { sshd }, files: { '/proc/1/comm': { code: 'access-denied', detail: 'no' } } },
      { code: 'access-denied' },
    ],
    [
      'listeners are not readable',
      { files: { '/proc/net/tcp': { code: 'access-denied', detail: 'no' } } },
      { code: 'access-denied' },
    ],
  ])('%s', async (_, table, want) => expect((await collect(table)).section.sshd).toMatchObject(want))
})

describe('clock', () => {
  const show = (synchronized: string) => `NTP=yes\nNTPSynchronized=${synchronized}\n`
  const timesyncd = { '/proc/9/comm': 'systemd-timesyn\n' }
  const chronyd = { '/proc/9/comm': 'chronyd\n' }

  it.each<[string, FakeTable, object]>([
    [
      'timesyncd',
      { exec: { timedatectl: show('yes') }, files: timesyncd },
      { value: { synchronized: true, tool: 'systemd-timesyncd', enabled: true } },
    ],
    [
      'timesyncd has no answer',
      { exec: { timedatectl: show('no') }, files: timesyncd },
      { value: { synchronized: false } },
    ],
    ['nothing keeps it', { exec: { timedatectl: show('no') } }, { value: { synchronized: false, tool: null } }],
    [
      'chrony',
      { exec: { chronyc: text('chronyc-unsynchronized.csv') }, files: chronyd },
      { value: { synchronized: false, tool: 'chrony' } },
    ],
    [
      'chrony does not answer',
      { exec: { chronyc: { stdout: '506 Cannot talk to daemon\n', exitCode: 1 } }, files: chronyd },
      { code: 'exit' },
    ],
    ['no tool', {}, { code: 'tool-missing' }],
    [
      'container',
      { exec: { timedatectl: show('yes') }, files: { '/run/systemd/container': 'lxc' } },
      { code: 'unsupported' },
    ],
  ])('%s', async (_, table, want) => expect((await collect(table)).section.time).toMatchObject(want))
})

describe('an unchanged machine', () => {
  it('gives the same section when only the offset moved', async () => {
    const at = (offset: string) =>
      collect({
        exec: {
          chronyc: `D42D9003,x,3,1.0,${offset},0,0,0,0,0,0,0,1.0,Normal\n`,
          sshd: text('sshd-T-debian12.txt'),
          nft: text('nft-drop.json'),
        },
        files: { '/proc/9/comm': 'chronyd\n' },
      })
    const [one, two] = [await at('0.001'), await at('-0.002')]
    expect(JSON.stringify(two.section)).toBe(JSON.stringify(one.section))
    expect([one.samples, two.samples]).toEqual([
      { 'time:offsetMicroseconds': 1_000 },
      { 'time:offsetMicroseconds': 2_000 },
    ])
  })

  it.each(['darwin', 'win32'] as const)('says of every part why it was not read on a bare %s', async (platform) => {
    const { section } = await collect({ platform })
    const { samples: _, ...parts } = section
    for (const [name, part] of Object.entries(parts)) expect(part.state, name).not.toBe('never')
    for (const part of ['firewall', 'sshd', 'time', 'encryption'] as const)
      expect(section[part]).toMatchObject({ state: 'failed', code: 'tool-missing' })
  })
})
