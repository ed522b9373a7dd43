/** /proc/mdstat: the traps of collectors.md 2.4. SOURCE of the tables: written by us after drivers/md/md.c (md_seq_show). */
import { describe, expect, it } from 'vitest'
import { type KernelFacts, withKernelFacts } from '../../../../agent/checks/disk/array-state.ts'
import { parseMdstat } from '../../../../agent/checks/disk/mdstat.ts'
import type { RaidArray } from '../../../../shared/checks/disk.ts'

const table = (...lines: string[]) =>
  ['Personalities : [raid1] [raid6]', ...lines, '', 'unused devices: <none>', ''].join('\n')
const RAID1 = 'md0 : active raid1 sda1[0] sdb1[1]'
const FULL = '      1000 blocks super 1.2 [2/2] [UU]'
const DEGRADED = '      1000 blocks super 1.2 [2/1] [U_]'

function one(...lines: string[]): RaidArray {
  const report = parseMdstat(table(...lines))
  const array = report.ok ? report.value.arrays[0] : undefined
  if (array === undefined) throw new Error(JSON.stringify(report))
  return array
}

describe('parseMdstat', () => {
  it.each<[string, string[], Partial<RaidArray>]>([
    ['healthy', [RAID1, FULL], { state: 'healthy', membersWanted: 2, membersActive: 2, redundancyLeft: 1 }],
    [
      'read-only until the first write is healthy',
      ['md0 : active (auto-read-only) raid1 sda1[0] sdb1[1]', FULL],
      { state: 'healthy', level: 'raid1' },
    ],
    [
      'a removed disk vanishes from the head',
      ['md0 : active raid1 sda1[0]', DEGRADED],
      { state: 'degraded', redundancyLeft: 0 },
    ],
    [
      'count and mask differ: the worse holds',
      [RAID1, '      1000 blocks [2/2] [U_]'],
      { state: 'degraded', membersActive: 1 },
    ],
    ['recovery', [RAID1, DEGRADED, '      [=>..] recovery =  8.5% (1/2) finish=17.0min'], { state: 'rebuilding' }],
    ['recovery that waits', [RAID1, DEGRADED, '      resync=DELAYED'], { state: 'degraded' }],
    ['check is no degradation', [RAID1, FULL, '      [=>..] check = 99.9% (1/2)'], { state: 'checking' }],
    ['resync of a full mask', [RAID1, FULL, '      resync=PENDING'], { state: 'rebuilding' }],
    [
      'faulty member beside a full mask',
      ['md0 : active raid1 sda1[0] sdb1[1] sdc1[2](F)', FULL],
      {
        state: 'healthy',
        members: [
          { device: 'sda1', state: 'active' },
          { device: 'sdb1', state: 'active' },
          { device: 'sdc1', state: 'faulty' },
        ],
      },
    ],
    [
      'raid0 has no counts',
      ['md0 : active raid0 sda[0] sdb[1]', '      1000 blocks 64k chunks'],
      { state: 'healthy', membersWanted: null, redundancyLeft: null },
    ],
    [
      'raid0 with a faulty member',
      ['md0 : active raid0 sda[0](F) sdb[1]', '      1000 blocks 64k chunks'],
      { state: 'degraded' },
    ],
    ['raid1 without counts is not proven', [RAID1], { state: 'unknown' }],
    ['inactive', ['md0 : inactive sda[0](S)', '      1000 blocks'], { state: 'inactive', level: null }],
    [
      'inactive container of firmware RAID is normal',
      ['md0 : inactive sda[1](S) sdb[0](S)', '      5288 blocks super external:imsm'],
      { state: 'healthy', level: null },
    ],
    [
      'inactive member array of a container is not',
      ['md1 : inactive sda[1](S)', '      5288 blocks super external:/md0/0'],
      { state: 'inactive' },
    ],
    [
      'raid6 that lost two',
      ['md0 : active raid6 a[0] b[1] c[2] d[3]', '      9 blocks level 6, 4k chunk, algorithm 2 [6/4] [UUUU__]'],
      { state: 'degraded', redundancyLeft: 0 },
    ],
    [
      'raid10 with three copies',
      ['md0 : active raid10 a[0] b[1] c[2]', '      9 blocks 512K chunks 3 near-copies [3/3] [UUU]'],
      { redundancyLeft: 2 },
    ],
    [
      'journal and write-mostly',
      ['md0 : active raid5 a[0](W) b[1] c[3](J)', '      9 blocks [2/2] [UU]'],
      {
        members: [
          { device: 'a', state: 'active' },
          { device: 'b', state: 'active' },
          { device: 'c', state: 'other' },
        ],
      },
    ],
  ])('%s', (_, lines, want) => {
    expect(one(...lines)).toMatchObject(want)
  })

  it('gives the progress as a sample, never in the section', () => {
    const report = parseMdstat(table(RAID1, DEGRADED, '      [==>..]  recovery = 12.6% (1/2) finish=1min'))
    expect(report).toMatchObject({ ok: true, value: { samples: { 'array:md0:rebuildPermille': 126 } } })
  })

  it.each<[string, string, string]>([
    ['nothing', '', 'empty'],
    ['another file', 'MemTotal: 1 kB\n', 'parse'],
    ['a status line without its array', table(FULL), 'parse'],
    ['two status lines: an array was cut out', table(RAID1, FULL, FULL), 'parse'],
    ['one array twice', table(RAID1, FULL, RAID1, FULL), 'parse'],
    ['its end is missing, and what is there is whole', `Personalities : [raid1]\n${RAID1}\n${FULL}\n`, 'parse'],
    ['its end is missing, and no array is there', 'Personalities : [raid1]\n', 'parse'],
    ['a head that is not understood', table('md0 : exploded raid1 sda[0]'), 'parse'],
  ])('%s is a failure', (_, text, code) => {
    expect(parseMdstat(text)).toMatchObject({ ok: false, error: { code } })
  })

  it('tells a damaged array although its end is missing', () => {
    const report = parseMdstat(`Personalities : [raid1]\n${RAID1}\n${DEGRADED}\n`)
    expect(report).toMatchObject({ ok: true, value: { arrays: [{ name: 'md0', state: 'degraded' }] } })
  })

  it('finds no array where there is none', () => {
    expect(parseMdstat(table())).toEqual({ ok: true, value: { arrays: [], samples: {} } })
  })
})

describe('withKernelFacts', () => {
  const none: KernelFacts = { arrayState: null, degraded: null, syncAction: null, mismatchCount: null }
  it.each<[string, string[], Partial<KernelFacts>, RaidArray['state']]>([
    ['nothing in /sys', [RAID1, FULL], {}, 'healthy'],
    ['degraded by number', [RAID1, FULL], { degraded: 1 }, 'degraded'],
    ['being recovered', [RAID1, DEGRADED], { degraded: 1, syncAction: 'recover' }, 'rebuilding'],
    ['DELAYED was a resync', [RAID1, FULL, 'resync=DELAYED'], { degraded: 0, syncAction: 'resync' }, 'rebuilding'],
    ['/sys cannot make a degraded array whole', [RAID1, DEGRADED], { degraded: 0, syncAction: 'idle' }, 'degraded'],
    ['a broken raid0', ['md0 : active raid0 a[0] b[1]', '9 blocks 64k chunks'], { arrayState: 'broken' }, 'inactive'],
    ['check', [RAID1, FULL], { degraded: 0, syncAction: 'check' }, 'checking'],
    ['not proven stays not proven', [RAID1], { degraded: 0, syncAction: 'idle' }, 'unknown'],
  ])('%s', (_, lines, facts, state) => {
    const array = withKernelFacts(one(...lines), { ...none, ...facts, mismatchCount: 128 })
    expect(array).toMatchObject({ state, mismatchCount: 128 })
  })
})
