/** Parsers of firewall tools on what the tools really print (tests/fixtures/posture). */
import { describe, expect, it } from 'vitest'
import { POSTURE_SOURCES } from '../../../../agent/checks/posture/index.ts'
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

describe('nft', () => {
  const rule = (chain: string, ...expr: readonly object[]) => ({ rule: { family: 'ip', table: 'filter', chain, expr } })
  const chain = (family: string, policy: string, table = 'filter') => ({
    chain: { family, table, name: 'INPUT', type: 'filter', hook: 'input', prio: 0, policy },
  })
  const ruleset = (...items: readonly object[]) =>
    JSON.stringify({ nftables: [{ metainfo: { version: '1.0.6' } }, ...items] })

  it.each<[string, string | Uint8Array, object]>([
    ['drops by policy', file('nft-drop.json'), { value: { enabled: true, inbound: 'drop' } }],
    ["Docker's chains alone", file('nft-docker.json'), { value: { enabled: false, inbound: 'accept' } }],
    ['no rules', file('nft-empty.json'), { value: { enabled: false, inbound: 'accept' } }],
    ['both versions drop', ruleset(chain('ip', 'drop'), chain('ip6', 'drop')), { value: { inbound: 'drop' } }],
    [
      'IPv6 accepts',
      ruleset(chain('ip', 'drop'), chain('ip6', 'accept')),
      { value: { enabled: true, inbound: 'accept' } },
    ],
    [
      'a last rule that drops',
      ruleset(chain('ip', 'accept'), rule('INPUT', { counter: {} }, { drop: null })),
      { value: { enabled: true, inbound: 'drop' } },
    ],
    [
      'rules, but accepts',
      ruleset(chain('ip', 'accept'), rule('INPUT', { match: {} }, { drop: null })),
      { value: { enabled: true, inbound: 'accept' } },
    ],
    [
      'everything is let in before the rule that drops',
      ruleset(chain('ip', 'accept'), rule('INPUT', { accept: null }), rule('INPUT', { drop: null })),
      { value: { enabled: true, inbound: 'accept' } },
    ],
    [
      'everything is let in under a policy that drops',
      ruleset(chain('ip', 'drop'), rule('INPUT', { counter: {} }, { accept: null })),
      { value: { enabled: true, inbound: 'accept' } },
    ],
    [
      'a jump to libvirt',
      ruleset(chain('ip', 'accept'), rule('INPUT', { jump: { target: 'LIBVIRT_INP' } })),
      { value: { enabled: false } },
    ],
    ['bans of fail2ban', ruleset(chain('inet', 'accept', 'f2b-table')), { value: { enabled: false } }],
    [
      'a chain that lets everything in, without a condition',
      ruleset(chain('ip', 'drop'), rule('INPUT', { jump: { target: 'ours' } }), rule('ours', { accept: null })),
      { value: { enabled: true, inbound: 'accept' } },
    ],
    [
      'chains that call each other',
      ruleset(
        chain('ip', 'drop'),
        rule('INPUT', { goto: { target: 'ours' } }),
        rule('ours', { jump: { target: 'ours' } }),
      ),
      { value: { enabled: true, inbound: 'drop' } },
    ],
    ['no metainfo', '{"nftables":[]}', { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, json, want) => expect(reading('posture/nft', json)).toMatchObject(want))

  it('answers root only', () => {
    const stderr =
      'Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed: Operation not permitted\n'
    expect(reading('posture/nft', '', 1, stderr)).toMatchObject({ code: 'access-denied' })
    expect(reading('posture/nft', '', 1, 'x')).toMatchObject({ code: 'exit' })
  })
})

describe('iptables', () => {
  const drop = file('iptables-drop.txt').toString()
  it.each<[string, string, object]>([
    ['drops by policy', drop, { value: { enabled: true, inbound: 'drop' } }],
    ["Docker's chains alone", file('iptables-docker.txt').toString(), { value: { enabled: false, inbound: 'accept' } }],
    [
      'everything is let in under a policy that drops',
      drop.replace('COMMIT', '-A INPUT -j ACCEPT\nCOMMIT'),
      { value: { enabled: true, inbound: 'accept' } },
    ],
    [
      'everything is let in before the rule that drops',
      '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j ACCEPT\n-A INPUT -j DROP\nCOMMIT\n',
      { value: { enabled: true, inbound: 'accept' } },
    ],
    [
      'a rule with counters (iptables-save -c)',
      '*filter\n:INPUT DROP [0:0]\n[1:60] -A INPUT -j ACCEPT\nCOMMIT\n',
      { value: { enabled: true, inbound: 'accept' } },
    ],
    [
      'a chain that lets everything in, without a condition',
      '*filter\n:INPUT DROP [0:0]\n:ours - [0:0]\n-A INPUT -j ours\n-A ours -p icmp -j DROP\n-A ours -j ACCEPT\nCOMMIT\n',
      { value: { enabled: true, inbound: 'accept' } },
    ],
    [
      'a chain that returns before it lets everything in',
      '*filter\n:INPUT DROP [0:0]\n-A INPUT -j ours\n-A ours -j RETURN\n-A ours -j ACCEPT\nCOMMIT\n',
      { value: { enabled: true, inbound: 'drop' } },
    ],
    [
      'chains that call each other',
      '*filter\n:INPUT DROP [0:0]\n-A INPUT -j a\n-A a -j b\n-A b -j a\nCOMMIT\n',
      { value: { enabled: true, inbound: 'drop' } },
    ],
    ['brackets of something else', '[]\n', { code: 'parse' }],
    ['a comment alone', '# Generated by iptables-save v1.8.9\n', { code: 'parse' }],
    ['no table of filters', '*nat\nCOMMIT\n', { value: { enabled: false, inbound: 'accept' } }],
    [
      'a last rule that rejects',
      drop
        .replace(':INPUT DROP', ':INPUT ACCEPT')
        .replace('COMMIT', '-A INPUT -j REJECT --reject-with icmp-port-unreachable\nCOMMIT'),
      { value: { enabled: true, inbound: 'drop' } },
    ],
    [
      'a jump to fail2ban',
      drop
        .replace(':INPUT DROP', ':INPUT ACCEPT')
        .replace(/-A INPUT.*\n/g, '')
        .replace('COMMIT', '-A INPUT -p tcp -j f2b-sshd\nCOMMIT'),
      { value: { enabled: false } },
    ],
    ['cut short', drop.replace('COMMIT\n', ''), { code: 'parse' }],
    ['noise', 'hello\n', { code: 'parse' }],
    ['nothing', '', { code: 'empty' }],
  ])('%s', (_, text, want) => expect(reading('posture/iptables', text)).toMatchObject(want))
})

describe('ufw and firewalld', () => {
  it.each<[string, string, string, number, string, object]>([
    [
      'ufw active',
      'ufw',
      'Status: active\nDefault: deny (incoming), allow (outgoing)\n',
      0,
      '',
      { value: { enabled: true, inbound: 'drop' } },
    ],
    [
      'ufw lets all in',
      'ufw',
      'Status: active\nDefault: allow (incoming), allow (outgoing)\n',
      0,
      '',
      { value: { enabled: true, inbound: 'accept' } },
    ],
    ['ufw inactive', 'ufw', 'Status: inactive\n', 0, '', { value: { enabled: false, inbound: null } }],
    ['ufw refuses', 'ufw', '', 1, 'ERROR: You need to be root to run this script\n', { code: 'access-denied' }],
    ['ufw fails', 'ufw', '', 1, 'ERROR: x', { code: 'exit' }],
    ['two answers', 'ufw', 'Status: active\nStatus: inactive\n', 0, '', { code: 'parse' }],
    [
      'firewalld runs',
      'firewalld',
      'running\npublic (default, active)\n  target: default\n',
      0,
      '',
      { value: { enabled: true, inbound: 'drop' } },
    ],
    [
      'firewalld trusts all',
      'firewalld',
      'running\ntrusted\n  target: ACCEPT\n',
      0,
      '',
      { value: { inbound: 'accept' } },
    ],
    [
      'a zone of two trusts all',
      'firewalld',
      'running\npublic (active)\n  target: default\nhome (active)\n  target: ACCEPT\n',
      0,
      '',
      { value: { inbound: 'accept' } },
    ],
    ['a target cut short', 'firewalld', 'running\npublic\n  target: ACC', 0, '', { value: { inbound: null } }],
    ['firewalld stopped', 'firewalld', '', 252, 'not running\n', { value: { enabled: false } }],
    ['firewalld refuses', 'firewalld', '', 1, 'Authorization failed.\n', { code: 'access-denied' }],
    [
      'unit stopped',
      'firewalld',
      '● firewalld.service - x\n   Loaded: loaded (/x; disabled; preset: enabled)\n   Active: inactive (dead)\n',
      3,
      '',
      { value: { enabled: false, startsAtBoot: false } },
    ],
  ])('%s', (_, tool, stdout, exitCode, stderr, want) => {
    expect(reading(`posture/${tool}`, stdout, exitCode, stderr)).toMatchObject(want)
  })
})
