/** Tables of the rules about arrays and volumes. */
import type { RaidArray, Volume } from '../../../shared/checks/disk.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, GB, HOUR_MS } from '../../../shared/units.ts'
import { anArray, aVolume, NOW } from '../assess/sections.ts'
import { type Row, ruleTable } from './rule-table.ts'

const array = (change: Partial<RaidArray>): Row[1] => ({
  parts: { disk: { arrays: read('disk/mdstat', [anArray(change)]) } },
})
const noArrays = (code: 'unsupported' | 'tool-missing' | 'access-denied'): Row[1] => ({
  parts: { disk: { arrays: failed('disk/mdstat', { code, detail: '' }) } },
})

ruleTable('disk/raid-degraded', [
  ['healthy', array({}), 'pass'],
  ['degraded', array({ state: 'degraded', membersActive: 1 }), 'critical'],
  ['rebuilding', array({ state: 'rebuilding', membersActive: 1 }), 'warning'],
  ['checking is not degraded', array({ state: 'checking' }), 'pass'],
  ['checking with a member short', array({ state: 'checking', membersActive: 1 }), 'critical'],
  ['inactive', array({ state: 'inactive', membersActive: null }), 'critical'],
  ['a member is named missing', array({ members: [{ device: 'slot 1', state: 'missing' }] }), 'critical'],
  ['raid0 counts no members', array({ level: 'raid0', membersWanted: null, membersActive: null }), 'pass'],
  ['a state without a name', array({ state: 'unknown' }), 'unknown parse'],
  ['no arrays on this system', noArrays('unsupported'), 'not-applicable'],
  ['no right to look', noArrays('access-denied'), 'unknown access-denied'],
])

ruleTable('disk/raid-member-failed', [
  ['none', array({}), 'pass'],
  ['one, redundancy left', array({ members: [{ device: 'sda1', state: 'faulty' }] }), 'warning'],
  ['one, no redundancy left', array({ redundancyLeft: 0, members: [{ device: 'sda1', state: 'faulty' }] }), 'critical'],
  ['redundancy not known', array({ redundancyLeft: null, members: [{ device: 'sda1', state: 'faulty' }] }), 'warning'],
  ['no arrays on this system', noArrays('tool-missing'), 'not-applicable'],
  ['no right to look', noArrays('access-denied'), 'unknown access-denied'],
])

const volumes = (...list: Volume[]) => ({ parts: { disk: { volumes: read('disk/volumes', list) } } })
const space = (totalGb: number, freeGb: number | null | undefined, change: Partial<Volume> = {}): Row[1] => ({
  ...volumes(aVolume({ size: read('disk/volumes', { totalBytes: totalGb * GB, inodesTotal: 1_000_000 }), ...change })),
  samples: {
    disk: {
      'volume:/:availableBytes': typeof freeGb === 'number' ? freeGb * GB : freeGb,
      'volume:/:usedBytes': typeof freeGb === 'number' ? (totalGb - freeGb) * GB : freeGb,
    },
  },
})
const data = { system: false }

ruleTable('disk/space-low', [
  ['half full', space(100, 50), 'pass'],
  ['system disk, used 84.9 %', space(100, 15.1), 'pass'],
  ['system disk, used 85 %', space(100, 15), 'warning'],
  ['system disk, used 90 % with the guard met', space(300, 30), 'pass'],
  ['system disk, used 92 % and 7.9 GB free', space(98.75, 7.9), 'critical'],
  ['system disk, used 92 % and 8 GB free', space(100, 8), 'warning'],
  ['system disk, under 1 GB free', space(10, 0.99), 'critical'],
  ['data, used 86 % of 1 TB leaves enough', space(1_000, 140, data), 'pass'],
  ['data, used 91 % of 100 GB', space(100, 9, data), 'warning'],
  ['data, used 92 % of 100 GB', space(100, 8, data), 'critical'],
  ['data, 4.9 % free of 4 TB', space(4_000, 196, data), 'warning'],
  ['data, 5 % free of 4 TB', space(4_000, 200, data), 'pass'],
  ['data, 2.9 % free of 4 TB', space(4_000, 116, data), 'critical'],
  ['3 % free of 4 TB is not under 3 %', space(4_000, 120, data), 'warning'],
  ['a tiny volume filled up', space(0.064, 0, data), 'critical'],
  ['still within the clear band', { ...space(100, 19), before: [{ ago: HOUR_MS, ...space(100, 15) }] }, 'warning'],
  ['beyond the clear band', { ...space(100, 20), before: [{ ago: HOUR_MS, ...space(100, 15) }] }, 'pass'],
  [
    'nearly full until 8 % are free',
    { ...space(4_000, 310, data), before: [{ ago: HOUR_MS, ...space(4_000, 100, data) }] },
    'warning',
  ],
  [
    '8 % are free again',
    { ...space(4_000, 320, data), before: [{ ago: HOUR_MS, ...space(4_000, 100, data) }] },
    'pass',
  ],
  ['numbers that failed', space(100, null), 'unknown empty'],
  ['numbers that are not there', space(100, undefined), 'unknown empty'],
  ['a dead mount', space(100, 1, { size: failed('disk/volumes', { code: 'hung', detail: '' }) }), 'unknown hung'],
  ['read-only on purpose', space(100, 0, { readOnly: true, readOnlyExpected: true }), 'not-applicable'],
  ['a laptop is judged alike', { ...space(100, 15), role: 'laptop' }, 'warning'],
  [
    'a limit set by a person',
    { ...space(100, 29), policy: { 'disk.spaceWarningPercent': 70, 'disk.systemGuardWarningBytes': 40 * GB } },
    'warning',
  ],
  ['no volumes', volumes(), 'not-applicable'],
])

const growth = (freeGb: number, gbPerDay: number, lastAt = NOW): Row[1] => ({
  ...space(10_000, freeGb),
  trends: { 'disk/volume:/:usedBytes': { days: 10, perDay: gbPerDay * GB, mean: GB, lastAt } },
})
ruleTable('disk/filling-up', [
  ['does not grow', growth(50, 0), 'pass'],
  ['shrinks', growth(50, -3), 'pass'],
  ['full in 91 days', growth(91, 1), 'pass'],
  ['full in 90 days', growth(90, 1), 'info'],
  ['full in 30 days', growth(30, 1), 'warning'],
  ['full in 7 days', growth(7, 1), 'critical'],
  ['full today', growth(0, 1), 'critical'],
  ['a trend that ended a week ago', growth(7, 1, NOW - 7 * DAY_MS), 'unknown needs-history'],
  ['still within the clear band', { ...growth(44, 1), before: [{ ago: HOUR_MS, ...growth(30, 1) }] }, 'warning'],
  ['beyond the clear band', { ...growth(46, 1), before: [{ ago: HOUR_MS, ...growth(30, 1) }] }, 'info'],
  [
    'free space that failed',
    { ...growth(1, 1), samples: { disk: { 'volume:/:availableBytes': null } } },
    'unknown empty',
  ],
])

const inodes = (free: number | null | undefined, total: number | null = 1_000): Row[1] => ({
  ...volumes(aVolume({ size: read('disk/volumes', { totalBytes: GB, inodesTotal: total }) })),
  samples: { disk: { 'volume:/:inodesFree': free } },
})
ruleTable('disk/inodes-low', [
  ['10 % free', inodes(100), 'pass'],
  ['9.9 % free', inodes(99), 'warning'],
  ['5 % free', inodes(50), 'warning'],
  ['4.9 % free', inodes(49), 'critical'],
  ['no fixed number', inodes(0, null), 'not-applicable'],
  ['failed', inodes(null), 'unknown empty'],
  ['not there', inodes(undefined), 'unknown empty'],
  ['still within the clear band', { ...inodes(129), before: [{ ago: HOUR_MS, ...inodes(99) }] }, 'warning'],
  ['beyond the clear band', { ...inodes(130), before: [{ ago: HOUR_MS, ...inodes(99) }] }, 'pass'],
])

const volume = (change: Partial<Volume>): Row[1] => volumes(aVolume(change))
ruleTable('disk/read-only', [
  ['writable', volume({}), 'pass'],
  ['turned read-only', volume({ readOnly: true, readOnlyExpected: false }), 'critical'],
  ['read-only on purpose', volume({ readOnly: true, readOnlyExpected: true }), 'pass'],
  ['read-only, reason not known', volume({ readOnly: true, readOnlyExpected: null }), 'unknown empty'],
  ['errors counted', volume({ errorCount: 1 }), 'critical'],
  [
    'errors that stand still for a month',
    { ...volume({ errorCount: 1 }), before: [{ ago: 31 * DAY_MS, ...volume({ errorCount: 1 }) }] },
    'warning',
  ],
  ['no count kept', volume({ errorCount: null }), 'pass'],
  [
    'a count that was kept is lost',
    { ...volume({ errorCount: null }), before: [{ ago: DAY_MS, ...volume({ errorCount: 4 }) }] },
    'unknown empty',
  ],
])

const silent = (code: 'hung' | 'timeout' | 'access-denied', network: boolean): Row[1] =>
  volume({ network, size: failed('disk/volumes', { code, detail: '' }) })
ruleTable('disk/volume-silent', [
  ['answers', volume({}), 'pass'],
  ['a share hangs', silent('hung', true), 'warning'],
  ['a share answers too late', silent('timeout', true), 'warning'],
  ['a local one hangs', silent('hung', false), 'critical'],
  ['no right to ask', silent('access-denied', true), 'unknown access-denied'],
])
