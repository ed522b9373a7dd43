/** Values of the rules about pools, RAID controllers and logged errors, in the shapes that matter for their texts. */
import type { RuleValues } from '../../../shared/rules.ts'
import type { StorageRule } from '../../../shared/text/en/rules/disk-storage.ts'
import { DAY_MS } from '../../../shared/units.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const pool = { pool: 'tank', kind: 'zfs' }
const none = {
  readErrors: null,
  writeErrors: null,
  checksumErrors: null,
  dataErrors: null,
  lastScrub: null,
  grewBy: null,
}
const card = { controller: 'storcli:0', model: 'PERC H730' }
const disk = { controller: 'storcli:0', drive: '252:3', model: 'ST16000NM001G', mediaErrors: null, grewBy: null }

/** At least one set of values per rule. */
export const STORAGE_VALUES: { readonly [R in StorageRule]: readonly [RuleValues[R], ...RuleValues[R][]] } = {
  'disk/pool-degraded': [
    { ...pool, state: 'faulted', members: 'sdb' },
    { ...pool, state: 'degraded', members: 'sdb, sdc' },
    { ...pool, kind: 'lvm', pool: 'vg0/thin', state: 'degraded', members: '' },
    { ...pool, kind: 'storage-spaces', state: 'rebuilding', members: '' },
    { ...pool, kind: 'bcache', pool: 'bcache0', state: 'degraded', members: '' },
  ],
  'disk/pool-errors': [
    { ...pool, ...none, dataErrors: 3 },
    { ...pool, ...none, lastScrub: 'errors' },
    { ...pool, ...none, lastScrub: 'repaired' },
    { ...pool, ...none },
    { pool: '/srv', kind: 'btrfs', ...none, readErrors: 1, writeErrors: 2, checksumErrors: 15_360, grewBy: 4 },
    { ...pool, ...none, checksumErrors: 56 },
  ],
  'disk/pool-full': [
    { ...pool, usedPercent: 82.4, what: 'data' },
    { pool: 'vg0/thin', kind: 'lvm', usedPercent: 96, what: 'metadata' },
    { pool: 'vg0/thin', kind: 'lvm', usedPercent: 91, what: 'data' },
  ],
  'disk/scrub-old': [
    { ...pool, scrubbedAt: NOW - 60 * DAY_MS, ageMs: 60 * DAY_MS },
    { pool: '/srv', kind: 'btrfs', scrubbedAt: null, ageMs: 130 * DAY_MS },
  ],
  'disk/controller-faulty': [
    { ...card, state: 'failed', battery: '', chargePercent: null },
    { ...card, state: 'degraded', battery: 'healthy', chargePercent: null },
    { ...card, state: 'healthy', battery: 'failed', chargePercent: 12 },
    { ...card, state: 'healthy', battery: 'degraded', chargePercent: null },
    { ...card, state: 'healthy', battery: 'learning', chargePercent: 70 },
    { ...card, state: 'healthy', battery: 'healthy', chargePercent: 30 },
  ],
  'disk/controller-drive-failing': [
    { ...disk, state: 'failed' },
    { ...disk, state: 'missing' },
    { ...disk, state: 'predicted' },
    { ...disk, state: 'foreign' },
    { ...disk, state: 'rebuilding' },
    { ...disk, state: 'online', mediaErrors: 1 },
    { ...disk, state: 'online', mediaErrors: 14, grewBy: 3 },
  ],
  'disk/device-errors': [
    { device: 'sda', kind: 'bad-block', count: 1, withinHours: 24 },
    { device: 'ata3.00', kind: 'reset', count: 12, withinHours: 24 },
    { device: 'ata3.00', kind: 'retry', count: 12, withinHours: 24 },
    { device: '', kind: 'file-system', count: 2, withinHours: 168 },
    { device: 'sda', kind: 'controller', count: 2, withinHours: 24 },
    { device: 'sda', kind: 'predicted', count: 1, withinHours: 168 },
  ],
}
