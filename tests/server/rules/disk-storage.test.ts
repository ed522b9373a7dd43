/** Tables of the rules about pools, RAID controllers and logged errors of drives. */
import type { Controller, ControllerDrive, DeviceErrors, Pool } from '../../../shared/checks/disk.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/units.ts'
import { NOW } from '../assess/sections.ts'
import { type Row, ruleTable } from './rule-table.ts'

const aPool = (change: Partial<Pool> = {}): Pool => ({
  name: 'tank',
  kind: 'zfs',
  state: 'healthy',
  members: [
    { device: 'sda', state: 'active', errors: 0 },
    { device: 'sdb', state: 'active', errors: 0 },
  ],
  readErrors: 0,
  writeErrors: 0,
  checksumErrors: 0,
  dataErrors: 0,
  lastScrub: 'clean',
  ...change,
})
const pool = (change: Partial<Pool> = {}, samples: { readonly [key: string]: number | null } = {}): Row[1] => ({
  parts: { disk: { pools: read('disk/zpool-status', [aPool(change)]) } },
  samples: { disk: samples },
})
const noPools = (code: 'unsupported' | 'timeout'): Row[1] => ({
  parts: { disk: { pools: failed('disk/zpool-status', { code, detail: '' }) } },
})
const untold = { readErrors: null, writeErrors: null, checksumErrors: null, dataErrors: null, lastScrub: null }

ruleTable('disk/pool-degraded', [
  ['healthy', pool(), 'pass'],
  [
    'a member is gone',
    pool({ state: 'degraded', members: [{ device: 'sdb', state: 'missing', errors: 0 }] }),
    'critical',
  ],
  [
    'healthy by its own word, with a bad member',
    pool({ members: [{ device: 'sdb', state: 'faulty', errors: 0 }] }),
    'critical',
  ],
  ['errors alone', pool({ state: 'degraded' }), 'warning'],
  ['an LVM volume without one of its disks', pool({ kind: 'lvm', state: 'degraded', members: [] }), 'critical'],
  ['rebuilding', pool({ state: 'rebuilding' }), 'warning'],
  ['faulted', pool({ state: 'faulted' }), 'critical'],
  ['not proven', pool({ state: 'unknown' }), 'unknown parse'],
  ['zpool hangs', noPools('timeout'), 'unknown timeout'],
  ['none here', noPools('unsupported'), 'not-applicable'],
])

ruleTable('disk/pool-errors', [
  ['none', pool(), 'pass'],
  ['checksum errors at first sight', pool({ checksumErrors: 56 }), 'warning'],
  ['a member alone counts them', pool({ members: [{ device: 'sdb', state: 'active', errors: 5 }] }), 'warning'],
  [
    'checksum errors that grow',
    { ...pool({ checksumErrors: 56 }), before: [{ ago: DAY_MS, ...pool({ checksumErrors: 2 }) }] },
    'critical',
  ],
  ['lost data', pool({ dataErrors: 1 }), 'critical'],
  ['a scrub that repaired something', pool({ lastScrub: 'repaired' }), 'warning'],
  ['a scrub that could not', pool({ lastScrub: 'errors' }), 'critical'],
  ['zpool list tells no counters', pool(untold), 'unknown empty'],
  ['LVM keeps no counters', pool({ kind: 'lvm', ...untold }), 'not-applicable'],
  [
    'a counter that is no longer told',
    { ...pool({ kind: 'lvm', ...untold }), before: [{ ago: DAY_MS, ...pool({ kind: 'lvm' }) }] },
    'unknown empty',
  ],
])

const fill = (used: number | null, metadata?: number | null): Row[1] =>
  pool(
    { kind: 'lvm', ...untold },
    { 'pool:tank:usedPermille': used, ...(metadata === undefined ? {} : { 'pool:tank:metadataPermille': metadata }) },
  )
ruleTable('disk/pool-full', [
  ['79.9 %', fill(799), 'pass'],
  ['80 %', fill(800), 'warning'],
  ['90 %', fill(900), 'critical'],
  ['full metadata of a roomy pool', fill(100, 960), 'critical'],
  ['metadata that failed', fill(100, null), 'unknown empty'],
  ['fill that failed', fill(null, 100), 'unknown empty'],
  ['fill that is not told', pool(), 'not-applicable'],
  ['still within the clear band', { ...fill(760), before: [{ ago: HOUR_MS, ...fill(810) }] }, 'warning'],
])

const scrubbed = (days: number): Row[1] => pool({}, { 'pool:tank:scrubbedAt': NOW - days * DAY_MS })
ruleTable('disk/scrub-old', [
  ['a month ago', scrubbed(31), 'pass'],
  ['46 days ago', scrubbed(46), 'warning'],
  ['121 days ago', scrubbed(121), 'critical'],
  ['never, and seen for the first time', pool({ lastScrub: null }), 'unknown needs-history'],
  [
    'never in 46 days',
    { ...pool({ lastScrub: null }), before: [{ ago: 46 * DAY_MS, ...pool({ lastScrub: null }) }] },
    'warning',
  ],
  [
    'canceled, never finished',
    { ...pool({ lastScrub: 'canceled' }), before: [{ ago: 46 * DAY_MS, ...pool() }] },
    'warning',
  ],
  ['a result without its date', pool(), 'unknown empty'],
  ['LVM is not scrubbed', pool({ kind: 'lvm' }), 'not-applicable'],
])

const aCardDrive = (change: Partial<ControllerDrive> = {}): ControllerDrive => ({
  slot: '252:0',
  model: 'ST16000',
  serial: 'Z1',
  state: 'online',
  mediaErrors: 0,
  otherErrors: 3,
  predictiveFailures: 0,
  ...change,
})
const card = (change: Partial<Controller> = {}, charge?: number): Row[1] => ({
  parts: {
    disk: {
      controllers: read('disk/storcli', [
        {
          id: 'storcli:0',
          model: 'PERC H730',
          serial: null,
          firmware: null,
          state: 'healthy',
          battery: 'healthy',
          drives: [aCardDrive()],
          ...change,
        },
      ]),
    },
  },
  samples: { disk: { 'controller:storcli:0:chargePercent': charge } },
})
const drive = (change: Partial<ControllerDrive>): Row[1] => card({ drives: [aCardDrive(change)] })
const hidden: Row[1] = {
  parts: { disk: { controllers: failed('disk/controllers', { code: 'tool-missing', detail: '' }) } },
}

ruleTable('disk/controller-faulty', [
  ['healthy', card(), 'pass'],
  ['degraded', card({ state: 'degraded' }), 'warning'],
  ['failed', card({ state: 'failed' }), 'critical'],
  ['not told', card({ state: 'unknown' }), 'unknown empty'],
  ['battery failed', card({ battery: 'failed' }), 'critical'],
  ['battery weak', card({ battery: 'degraded' }), 'warning'],
  ['battery learning', card({ battery: 'learning' }, 60), 'info'],
  ['no battery', card({ battery: 'absent' }), 'pass'],
  ['charge 79 %', card({}, 79), 'warning'],
  ['charge 39 %', card({}, 39), 'critical'],
  [
    'a battery that is no longer told',
    { ...card({ battery: null }), before: [{ ago: DAY_MS, ...card() }] },
    'unknown empty',
  ],
  ['a card whose tool is missing', hidden, 'unknown tool-missing'],
])

ruleTable('disk/controller-drive-failing', [
  ['online', drive({}), 'pass'],
  ['failed under an optimal card', drive({ state: 'failed' }), 'critical'],
  ['missing', drive({ state: 'missing' }), 'critical'],
  ['foretold', drive({ state: 'predicted' }), 'warning'],
  ['foreign', drive({ state: 'foreign' }), 'warning'],
  ['rebuilding', drive({ state: 'rebuilding' }), 'warning'],
  ['unconfigured and good', drive({ state: 'unconfigured' }), 'pass'],
  ['media errors at first sight', drive({ mediaErrors: 14 }), 'warning'],
  [
    'media errors that grow',
    { ...drive({ mediaErrors: 14 }), before: [{ ago: DAY_MS, ...drive({ mediaErrors: 9 }) }] },
    'critical',
  ],
  ['state not told', drive({ state: 'unknown' }), 'unknown parse'],
  [
    'media errors no longer told',
    { ...drive({ mediaErrors: null }), before: [{ ago: DAY_MS, ...drive({}) }] },
    'unknown empty',
  ],
  ['a card that tells nothing', card({ state: 'unknown', drives: [] }), 'unknown empty'],
  ['a card whose tool is missing', hidden, 'unknown tool-missing'],
])

const logged = (...list: DeviceErrors[]): Row[1] => ({
  parts: { disk: { deviceErrors: read('disk/kernel-log', list) } },
})
const errors = (count: number, kind: DeviceErrors['kind'] = 'bad-block', device = 'sda') => ({
  device,
  kind,
  count,
  withinHours: 24,
})
ruleTable('disk/device-errors', [
  ['none', logged(), 'pass'],
  ['one', logged(errors(1)), 'info'],
  ['three', logged(errors(3)), 'warning'],
  ['ten', logged(errors(10)), 'critical'],
  ['kinds of one drive together', logged(errors(2), errors(1, 'reset')), 'warning'],
  ['a file system', logged(errors(1, 'file-system')), 'warning'],
  ['a failure foretold', logged(errors(1, 'predicted')), 'critical'],
  ['two drives', logged(errors(1), errors(10, 'reset', 'sdb')), { sda: 'info', sdb: 'critical' }],
  [
    'no right to the log',
    { parts: { disk: { deviceErrors: failed('disk/kernel-log', { code: 'access-denied', detail: '' }) } } },
    'unknown access-denied',
  ],
  [
    'a container',
    { parts: { disk: { deviceErrors: failed('disk/kernel-log', { code: 'unsupported', detail: '' }) } } },
    'not-applicable',
  ],
])
