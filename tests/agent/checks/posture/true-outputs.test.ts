/** Forms of outputs that machines in the field print and that were read wrongly once. SOURCE: written by us after the manuals and sources of the tools named. */
import { describe, expect, it } from 'vitest'
import { told } from './parse.ts'

describe('a firewall that lets everything in is none', () => {
  const ufw = (rule: string) =>
    `Status: active\nLogging: on (low)\nDefault: deny (incoming), allow (outgoing), disabled (routed)\nNew profiles: skip\n\nTo                         Action      From\n--                         ------      ----\n${rule}\n`
  it.each([
    ['a port', '22/tcp                     ALLOW IN    Anywhere', 'drop'],
    ['everything from one network', 'Anywhere                   ALLOW IN    192.168.7.0/24', 'drop'],
    ['everything on an interface', 'Anywhere on wg0            ALLOW IN    Anywhere', 'drop'],
    ['everything outward', 'Anywhere                   ALLOW OUT   Anywhere', 'drop'],
    ['everything', 'Anywhere                   ALLOW IN    Anywhere', 'accept'],
    ['everything by IPv6', 'Anywhere (v6)              ALLOW IN    Anywhere (v6)              # test', 'accept'],
    ['everything, numbered', '[ 3] Anywhere                   ALLOW IN    Anywhere', 'accept'],
  ])('ufw: %s', (_, rule, inbound) => expect(told('ufw', ufw(rule))).toMatchObject({ enabled: true, inbound }))

  const zone = (name: string, target: string) =>
    `${name}\n  target: ${target}\n  icmp-block-inversion: no\n  interfaces: eth0\n  services: ssh\n  rich rules: \n`
  it.each([
    ['the zone in use', zone('public (active)', 'default'), { enabled: true, inbound: 'drop' }],
    ['firewalld 2', zone('public (default, active)', '%%REJECT%%'), { enabled: true, inbound: 'drop' }],
    ['an open zone in use', zone('trusted (active)', 'ACCEPT'), { enabled: true, inbound: 'accept' }],
    [
      'all zones',
      `${zone('home', 'default')}\n${zone('public (active)', 'default')}\n${zone('trusted', 'ACCEPT')}`,
      { inbound: 'drop' },
    ],
    [
      'all zones, an open one in use',
      `${zone('public (active)', 'default')}\n${zone('lab (active)', 'ACCEPT')}`,
      { inbound: 'accept' },
    ],
    [
      'the daemon runs, the default zone is not in use',
      `running\n${zone('public', 'default')}\n${zone('trusted (active)', 'ACCEPT')}`,
      { inbound: 'accept' },
    ],
    [
      'the daemon runs, no zone is in use',
      `running\n${zone('public', 'default')}\n${zone('trusted', 'ACCEPT')}`,
      { enabled: true, inbound: null },
    ],
    ['zones of which none is in use', zone('public', 'default'), { code: 'parse' }],
  ])('firewalld: %s', (_, text, want) => expect(told('firewalld', text)).toMatchObject(want))

  const filter = (rules: string) =>
    `*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:other - [0:0]\n${rules}\nCOMMIT\n`
  it.each([
    ['a jump that decides nothing goes on', '-A INPUT -j other\n-A INPUT -j DROP', 'drop'],
    ['a goto that decides nothing does not come back', '-A INPUT -g other\n-A INPUT -j DROP', 'accept'],
    ['a circle', '-A INPUT -j other\n-A other -j INPUT', 'accept'],
  ])('iptables: %s', (_, rules, inbound) => expect(told('iptables', filter(rules))).toMatchObject({ inbound }))

  it('chains that send on and on are looked through once, and no stack overflows', () => {
    const names = Array.from({ length: 8_000 }, (_, index) => `c${index}`)
    const rules = names.map((name, index) => `-A ${index === 0 ? 'INPUT' : name} -j c${index + 1}`).join('\n')
    expect(told('iptables', filter(rules).replace(':INPUT ACCEPT', ':INPUT DROP'))).toMatchObject({ inbound: 'accept' })
    const item = { family: 'inet', table: 'filter' }
    const jumps = names.map((chain, index) => ({
      rule: { ...item, chain, expr: [{ jump: { target: `c${index + 1}` } }] },
    }))
    const base = { chain: { ...item, name: 'c0', type: 'filter', hook: 'input', policy: 'drop' } }
    const text = JSON.stringify({ nftables: [{ metainfo: { version: '1.1.0' } }, base, ...jumps] })
    expect(told('nft', text)).toMatchObject({ inbound: 'accept' })
  })
})

describe('lsblk', () => {
  const head = 'NAME              MAJ:MIN RM   SIZE RO TYPE  MOUNTPOINT\n'
  const luks = `${head}sda                 8:0    0   100G  0 disk
├─sda1              8:1    0   512M  0 part  /boot
├─sda2              8:2    0    80G  0 part
│ └─crypt         254:0    0    80G  0 crypt
│   ├─vg-swap     254:1    0     8G  0 lvm   [SWAP]
│   └─vg-root     254:2    0    72G  0 lvm   /
└─sda3              8:3    0    19G  0 part  /srv
`
  const root = (state: string) => expect.objectContaining({ mount: '/', state })
  it('a tree as it is', () => {
    expect(told('lsblk-encryption', luks)).toEqual([
      root('protected'),
      expect.objectContaining({ mount: '/srv', state: 'off' }),
    ])
  })
  it.each([
    ['the last disk', luks.replace(/└─sda3.*\n/, '')],
    ['the last volume', `${luks.slice(0, luks.indexOf('│   └─'))}└─sda3 8:3 0 19G 0 part /srv\n`],
    ['everything after the swap', luks.slice(0, luks.indexOf('│   └─'))],
  ])('without %s nothing is called encrypted', (_, text) => {
    expect(told('lsblk-encryption', text)).toMatchObject({ code: expect.stringMatching(/^(?:parse|empty)$/) })
  })
  it('what is open is told although lines are missing', () => {
    const open = `${head}sda 8:0 0 9G 0 disk\n|-sda1 8:1 0 9G 0 part /\n|-sda2 8:2 0 1G 0 part [SWAP]\n`
    expect(told('lsblk-encryption', open)).toEqual([root('off')])
  })
  it('volumes whose names begin like those of memory and drives for discs', () => {
    const tree = {
      blockdevices: [
        {
          name: 'sda',
          type: 'disk',
          children: [
            { name: 'sda1', type: 'crypt', mountpoint: '/' },
            { name: 'srv-data', type: 'lvm', mountpoint: '/srv' },
            { name: 'ramses-db', type: 'lvm', mountpoint: '/db' },
          ],
        },
        { name: '/dev/sr0', type: 'disk', mountpoint: '/cd' },
        { name: 'loop3p1', type: 'part', mountpoint: '/l' },
      ],
    }
    expect(told('lsblk-encryption', JSON.stringify(tree))).toEqual(
      ['/', '/srv', '/db'].map((mount) => expect.objectContaining({ mount })),
    )
  })
  it('a list that does not tell what lies on what is no proof of either', () => {
    const row = (name: string, type: string, mount: string) =>
      `NAME="${name}" MAJ:MIN="8:0" FSUSE%="3%" RM="0" TYPE="${type}" MOUNTPOINT="${mount}"`
    const text = [row('sda', 'disk', ''), row('c', 'crypt', ''), row('vg-root', 'lvm', '/')].join('\n')
    expect(told('lsblk-encryption', text)).toEqual({ code: 'parse' })
    expect(told('lsblk-encryption', text.replace('"crypt"', '"part"'))).toEqual([root('off')])
    expect(told('lsblk-encryption', row('c', 'crypt', '/'))).toEqual([root('protected')])
  })
  it('names with a space (util-linux 2.17), removable disks', () => {
    const text = `${head}sda 8:0 0 9G 0 disk\n\`-vg-root (dm-0) 253:0 0 9G 0 lvm /\nsdb 8:16 1 9G 0 disk\n\`-vg-x (dm-1) 253:1 1 9G 0 lvm /x\n`
    expect(told('lsblk-encryption', text)).toEqual([root('off')])
  })
  it('more devices, or deeper, than can be looked through', () => {
    const deep = (left: number): object => ({
      name: `d${left}`,
      type: 'crypt',
      mountpoint: '/',
      ...(left === 0 ? {} : { children: [deep(left - 1)] }),
    })
    expect(told('lsblk-encryption', JSON.stringify({ blockdevices: [deep(40)] }))).toEqual({ code: 'parse' })
    const many = Array.from({ length: 5_001 }, (_, index) => ({ name: `d${index}`, type: 'crypt', mountpoint: '/' }))
    expect(told('lsblk-encryption', JSON.stringify({ blockdevices: many }))).toEqual({ code: 'parse' })
  })
})
