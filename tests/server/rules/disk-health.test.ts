/** Tables of the rules about drives. */
import type { Drive, Smart } from '../../../shared/checks/disk.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { aDrive, anNvme } from '../assess/sections.ts'
import { type Before, type Row, ruleTable } from './rule-table.ts'

const drives = (...list: Drive[]) => ({ parts: { disk: { drives: read('disk/smartctl', list) } } })
const smart = (change: Partial<Smart>, drive: Partial<Drive> = {}) => drives(aDrive(drive, change))
const nvme = (change: Partial<NonNullable<Smart['nvme']>>) => {
  const healthy = {
    criticalWarning: 0,
    mediaErrors: 0,
    availableSparePercent: 100,
    spareThresholdPercent: 10,
    unsafeShutdowns: 0,
  }
  return drives(anNvme({}, { nvme: { ...healthy, ...change } }))
}
const unread = (code: 'access-denied' | 'asleep' | 'timeout' | 'unsupported', drive: Partial<Drive> = {}) =>
  drives(aDrive({ ...drive, smart: failed('disk/smartctl', { code, detail: '' }) }))
const days = (ago: number, change: object): Before => ({ ago: ago * DAY_MS, ...change })

const attribute = (when: 'now' | 'past') => ({ failingAttributes: [{ id: 5, name: 'Reallocated_Sector_Ct', when }] })

ruleTable('disk/drive-failing', [
  ['healthy', smart({}), 'pass'],
  ['the drive says failed', smart({ passed: false }), 'critical'],
  ['an attribute is at its threshold now', smart(attribute('now')), 'critical'],
  ['an attribute was in the past', smart(attribute('past')), 'warning'],
  ['exit bit 8 alone', smart({ exitBits: 8 }), 'critical'],
  ['exit bit 32 alone', smart({ exitBits: 32 }), 'warning'],
  ['exit bit 4 alone says nothing', smart({ exitBits: 4 }), 'pass'],
  ['no verdict is not passed', smart({ passed: null }), 'unknown empty'],
  ['no right to ask', unread('access-denied'), 'unknown access-denied'],
  ['a virtual drive has no health', unread('unsupported', { kind: 'virtual' }), 'not-applicable'],
  ['a virtual drive without rights is no proof', unread('access-denied', { kind: 'virtual' }), 'unknown access-denied'],
  ['asleep and never read', unread('asleep'), 'unknown asleep'],
  ['asleep, last read as failing', { ...unread('asleep'), before: [days(2, smart({ passed: false }))] }, 'critical'],
  ['asleep, last read as healthy', { ...unread('asleep'), before: [days(2, smart({}))] }, 'pass'],
  ['asleep for longer than the proof stands', { ...unread('asleep'), before: [days(31, smart({}))] }, 'unknown asleep'],
  ['a laptop is judged alike', { ...smart({ passed: false }), role: 'laptop' }, 'critical'],
  ['no drives at all', drives(), 'not-applicable'],
  ['the same drive twice: the worse stands', drives(aDrive(), aDrive({}, { passed: false })), 'critical'],
])

ruleTable('disk/sectors-unreadable', [
  ['none', smart({}), 'pass'],
  ['one at first sight', smart({ pendingSectors: 1 }), 'warning'],
  ['uncorrectable counts too', smart({ offlineUncorrectable: 1 }), 'warning'],
  ['nine', smart({ pendingSectors: 9 }), 'warning'],
  ['ten', smart({ pendingSectors: 10 }), 'critical'],
  [
    'grew within a week',
    { ...smart({ pendingSectors: 2 }), before: [days(6, smart({ pendingSectors: 1 }))] },
    'critical',
  ],
  [
    'grew eight days ago, stable since',
    {
      ...smart({ pendingSectors: 2 }),
      before: [days(20, smart({ pendingSectors: 1 })), days(8, smart({ pendingSectors: 2 }))],
    },
    'warning',
  ],
  ['neither number is told', drives(anNvme()), 'not-applicable'],
  [
    'a number that was told is lost',
    { ...smart({ pendingSectors: null }), before: [days(1, smart({ pendingSectors: 0 }))] },
    'unknown empty',
  ],
  [
    'a lost number never lowers the finding',
    {
      ...smart({ pendingSectors: null, offlineUncorrectable: 1 }),
      before: [days(9, smart({ pendingSectors: 12, offlineUncorrectable: 1 }))],
    },
    'unknown empty',
  ],
  [
    'a limit set by a person',
    { ...smart({ pendingSectors: 9 }), policy: { 'disk.pendingCriticalCount': 9 } },
    'critical',
  ],
])

ruleTable('disk/sectors-reallocated', [
  ['none', smart({}), 'pass'],
  ['one at first sight', smart({ reallocatedSectors: 1 }), 'warning'],
  ['49', smart({ reallocatedSectors: 49 }), 'warning'],
  ['50', smart({ reallocatedSectors: 50 }), 'critical'],
  [
    'four more in a week',
    { ...smart({ reallocatedSectors: 5 }), before: [days(6, smart({ reallocatedSectors: 1 }))] },
    'warning',
  ],
  [
    'five more in a week',
    { ...smart({ reallocatedSectors: 6 }), before: [days(6, smart({ reallocatedSectors: 1 }))] },
    'critical',
  ],
  [
    '20 more in a month, four a week',
    {
      ...smart({ reallocatedSectors: 21 }),
      before: [
        days(29, smart({ reallocatedSectors: 1 })),
        days(20, smart({ reallocatedSectors: 10 })),
        days(10, smart({ reallocatedSectors: 21 })),
      ],
    },
    'critical',
  ],
  ['a few on an SSD are wear', smart({ reallocatedSectors: 3 }, { kind: 'ssd' }), 'info'],
  [
    'growing on an SSD',
    {
      ...smart({ reallocatedSectors: 3 }, { kind: 'ssd' }),
      before: [days(3, smart({ reallocatedSectors: 2 }, { kind: 'ssd' }))],
    },
    'warning',
  ],
  ['not told', drives(anNvme()), 'not-applicable'],
])

ruleTable('disk/errors-uncorrected', [
  ['none', smart({}), 'pass'],
  ['reported at first sight', smart({ reportedUncorrectable: 1 }), 'warning'],
  [
    'reported, one more in a week',
    { ...smart({ reportedUncorrectable: 2 }), before: [days(6, smart({ reportedUncorrectable: 1 }))] },
    'critical',
  ],
  [
    'reported, one more eight days ago',
    {
      ...smart({ reportedUncorrectable: 2 }),
      before: [days(20, smart({ reportedUncorrectable: 1 })), days(8, smart({ reportedUncorrectable: 2 }))],
    },
    'warning',
  ],
  ['media errors of NVMe', nvme({ mediaErrors: 3 }), 'warning'],
  [
    'media errors growing in a month',
    { ...nvme({ mediaErrors: 4 }), before: [days(20, nvme({ mediaErrors: 3 }))] },
    'critical',
  ],
  ['SCSI defects', smart({ scsi: { grownDefects: 2, uncorrectedErrors: 0 } }), 'warning'],
  ['end to end at first sight', smart({ endToEndErrors: 1 }), 'warning'],
  ['spin retries grew', { ...smart({ spinRetries: 2 }), before: [days(3, smart({ spinRetries: 1 }))] }, 'critical'],
  [
    'a number that was told is lost',
    { ...smart({ endToEndErrors: null }), before: [days(1, smart({}))] },
    'unknown empty',
  ],
])

ruleTable('disk/cable-errors', [
  ['none', smart({}), 'pass'],
  ['old errors at first sight', smart({ crcErrors: 3_000 }), 'unknown needs-history'],
  [
    'old errors that stand still for a week',
    { ...smart({ crcErrors: 3_000 }), before: [days(8, smart({ crcErrors: 3_000 }))] },
    'pass',
  ],
  [
    'four more in a week',
    { ...smart({ crcErrors: 14 }), before: [days(8, smart({ crcErrors: 10 })), days(7.5, smart({ crcErrors: 10 }))] },
    'pass',
  ],
  ['five more in a week', { ...smart({ crcErrors: 15 }), before: [days(6, smart({ crcErrors: 10 }))] }, 'warning'],
  [
    '100 more, most of them days ago',
    { ...smart({ crcErrors: 110 }), before: [days(6, smart({ crcErrors: 10 })), days(4, smart({ crcErrors: 110 }))] },
    'warning',
  ],
  [
    '100 more in a day',
    { ...smart({ crcErrors: 110 }), before: [days(6, smart({ crcErrors: 10 })), days(0.5, smart({ crcErrors: 10 }))] },
    'critical',
  ],
  ['not told', drives(anNvme()), 'not-applicable'],
])

ruleTable('disk/worn', [
  ['69 %', smart({ wearPercent: 69 }, { kind: 'ssd' }), 'pass'],
  ['70 %', smart({ wearPercent: 70 }, { kind: 'ssd' }), 'info'],
  ['80 %', smart({ wearPercent: 80 }, { kind: 'ssd' }), 'warning'],
  ['94 %', smart({ wearPercent: 94 }, { kind: 'ssd' }), 'warning'],
  ['95 %', smart({ wearPercent: 95 }, { kind: 'ssd' }), 'critical'],
  ['more than 100 %', smart({ wearPercent: 140 }, { kind: 'nvme' }), 'critical'],
  ['spinning drives do not say', smart({}), 'not-applicable'],
  [
    'a wear that was told is lost',
    { ...smart({ wearPercent: null }, { kind: 'ssd' }), before: [days(1, smart({ wearPercent: 5 }, { kind: 'ssd' }))] },
    'unknown empty',
  ],
])

ruleTable('disk/nvme-warning', [
  ['healthy', nvme({}), 'pass'],
  ['too hot', nvme({ criticalWarning: 2 }), 'warning'],
  ['read-only', nvme({ criticalWarning: 8 }), 'critical'],
  ['persistent memory', nvme({ criticalWarning: 32 }), 'warning'],
  ['hot and unreliable', nvme({ criticalWarning: 6 }), 'critical'],
  ['spare 21, threshold 10', nvme({ availableSparePercent: 21 }), 'pass'],
  ['spare 20, threshold 10', nvme({ availableSparePercent: 20 }), 'warning'],
  ['spare 10, threshold 10', nvme({ availableSparePercent: 10 }), 'critical'],
  ['Optane has no threshold', nvme({ availableSparePercent: 5, spareThresholdPercent: 0 }), 'pass'],
  ['Apple says 99', nvme({ availableSparePercent: 99, spareThresholdPercent: 99 }), 'pass'],
  ['no warning bits told', nvme({ criticalWarning: null }), 'unknown empty'],
  ['not NVMe', smart({}), 'not-applicable'],
])

ruleTable('disk/self-test-failed', [
  ['passed', smart({ lastSelfTest: 'passed' }), 'pass'],
  ['failed', smart({ lastSelfTest: 'failed' }), 'critical'],
  ['aborted proves nothing', smart({ lastSelfTest: 'aborted' }), 'not-applicable'],
  ['none recorded', smart({ lastSelfTest: null }), 'not-applicable'],
  [
    'one that was told is lost',
    { ...smart({ lastSelfTest: null }), before: [days(1, smart({ lastSelfTest: 'failed' }))] },
    'unknown empty',
  ],
])

const heat = (celsius: number | null | undefined, kind: Drive['kind'] = 'hdd'): Row[1] => ({
  ...smart({}, { kind }),
  samples: { disk: { 'drive:WD/1:temperatureCelsius': celsius } },
})
ruleTable('disk/too-hot', [
  ['hdd 49', heat(49), 'pass'],
  ['hdd 50', heat(50), 'warning'],
  ['hdd 60', heat(60), 'critical'],
  ['ssd 59', heat(59, 'ssd'), 'pass'],
  ['ssd 60', heat(60, 'ssd'), 'warning'],
  ['ssd 70', heat(70, 'ssd'), 'critical'],
  ['nvme 69', heat(69, 'nvme'), 'pass'],
  ['nvme 70', heat(70, 'nvme'), 'warning'],
  ['nvme 80', heat(80, 'nvme'), 'critical'],
  ['unknown kind as SSD', heat(59, 'unknown'), 'pass'],
  ['measured and failed', heat(null), 'unknown empty'],
  ['cooled by less than the clear band', { ...heat(46), before: [{ ago: HOUR_MS, ...heat(52) }] }, 'warning'],
  ['cooled beyond the clear band', { ...heat(45), before: [{ ago: HOUR_MS, ...heat(52) }] }, 'pass'],
])

ruleTable('disk/gone', [
  ['all there', smart({}), 'pass'],
  ['missing once', { ...drives(), before: [days(1, smart({}))] }, 'unknown needs-history'],
  ['missing twice', { ...drives(), before: [days(2, smart({})), days(1, drives())] }, 'critical'],
  [
    'a USB drive missing twice',
    { ...drives(), before: [days(2, smart({}, { type: 'usbjmicron' })), days(1, drives())] },
    'warning',
  ],
  ['back again', { ...smart({}), before: [days(3, smart({})), days(2, drives()), days(1, drives())] }, 'pass'],
])

ruleTable('disk/health-unreadable', [
  ['read', smart({}), 'pass'],
  ['unreadable at first sight', unread('access-denied'), 'unknown access-denied'],
  ['for six days', { ...unread('access-denied'), before: [days(6, unread('access-denied'))] }, 'unknown access-denied'],
  ['for eight days', { ...unread('access-denied'), before: [days(8, unread('access-denied'))] }, 'warning'],
  [
    'asleep is not unreadable',
    { ...unread('asleep'), before: [days(8, smart({})), days(1, unread('asleep'))] },
    'pass',
  ],
  ['virtual', unread('unsupported', { kind: 'virtual' }), 'not-applicable'],
])
