/** English texts of the facts of `disk`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { wordOf as of, joinParts as parts, sayYesNo as yes } from '../../fact-words.ts'

const ARRAY = {
  healthy: 'all members present',
  degraded: 'a member is missing',
  rebuilding: 'rebuilding',
  checking: 'being checked',
  inactive: 'not running',
  unknown: 'state not told',
}
const POOL = {
  healthy: 'healthy',
  degraded: 'works with less than it should',
  rebuilding: 'rebuilding',
  faulted: 'can no longer be used',
  unknown: 'state not told',
}
const SCRUB = {
  clean: 'last check clean',
  repaired: 'last check repaired errors',
  errors: 'last check found errors',
  canceled: 'last check canceled',
}
const CONTROLLER = { healthy: 'healthy', degraded: 'degraded', failed: 'failed', unknown: 'state not told' }
const BATTERY = {
  healthy: 'cache battery good',
  learning: 'cache battery learning',
  degraded: 'cache battery weak',
  failed: 'cache battery failed',
  absent: 'no cache battery',
}
const DEVICE_ERROR = {
  'bad-block': 'bad blocks',
  retry: 'repeated accesses',
  reset: 'resets',
  controller: 'controller errors',
  'file-system': 'file system errors',
  predicted: 'failure foretold',
}

/** By key. */
export const diskFacts: FactTextsOf<'disk'> = {
  'disk.drives': {
    name: 'Drives',
    say: (v, f) => (v.count === 0 ? 'None found' : n(f, v.count, '# drive', '# drives')),
  },
  'disk.drive': {
    name: null,
    say: (v, f) =>
      parts(
        yes(v.passed, 'Passes its own test', 'Fails its own test', 'Gives no verdict'),
        v.capacityBytes !== null && f.bytes(v.capacityBytes),
        v.pendingSectors !== null &&
          v.pendingSectors > 0 &&
          n(f, v.pendingSectors, '# sector pending', '# sectors pending'),
        v.uncorrectable !== null && v.uncorrectable > 0 && `${f.count(v.uncorrectable)} uncorrectable`,
        v.reallocatedSectors !== null &&
          v.reallocatedSectors > 0 &&
          n(f, v.reallocatedSectors, '# sector replaced', '# sectors replaced'),
        v.wearPercent !== null && `${f.percent(v.wearPercent)} of its life used`,
        v.powerOnHours !== null && `${f.count(v.powerOnHours)} h`,
        v.temperatureCelsius !== null && `${f.count(v.temperatureCelsius)} °C`,
      ),
  },
  'disk.arrays': {
    name: 'RAID arrays',
    say: (v, f) => (v.count === 0 ? 'None' : n(f, v.count, '# array', '# arrays')),
  },
  'disk.array': {
    name: null,
    say: (v, f) =>
      parts(
        of(ARRAY, v.state),
        v.level,
        v.membersActive !== null &&
          v.membersWanted !== null &&
          `${f.count(v.membersActive)} of ${f.count(v.membersWanted)} members`,
        v.rebuildPercent !== null && `${f.percent(v.rebuildPercent)} done`,
      ),
  },
  'disk.volumes': { name: 'Volumes', say: (v, f) => (v.count === 0 ? 'None' : n(f, v.count, '# volume', '# volumes')) },
  'disk.volume': {
    name: null,
    say: (v, f) =>
      parts(
        v.availableBytes !== null &&
          v.totalBytes !== null &&
          `${f.bytes(v.availableBytes)} free of ${f.bytes(v.totalBytes)}`,
        v.usedPercent !== null && `${f.percent(v.usedPercent)} used`,
        v.daysUntilFull !== null && `full in ${f.span(v.daysUntilFull * 86_400_000)} at this pace`,
        v.readOnly === 'yes' && 'read-only',
        v.errors !== null && v.errors > 0 && n(f, v.errors, '# error counted', '# errors counted'),
        v.fsType,
      ),
  },
  'disk.pools': { name: 'Storage pools', say: (v, f) => (v.count === 0 ? 'None' : n(f, v.count, '# pool', '# pools')) },
  'disk.pool': {
    name: null,
    say: (v, f) =>
      parts(
        of(POOL, v.state),
        v.kind,
        v.usedPercent !== null && `${f.percent(v.usedPercent)} used`,
        v.errors !== null && v.errors > 0 && n(f, v.errors, '# error counted', '# errors counted'),
        v.dataErrors !== null && v.dataErrors > 0 && `data lost in ${n(f, v.dataErrors, '# place', '# places')}`,
        of(SCRUB, v.lastScrub),
        v.scrubbedAt !== null && `checked ${f.moment(v.scrubbedAt)}`,
      ),
  },
  'disk.controllers': {
    name: 'RAID controllers',
    say: (v, f) => (v.count === 0 ? 'None' : n(f, v.count, '# controller', '# controllers')),
  },
  'disk.controller': {
    name: null,
    say: (v, f) =>
      parts(
        of(CONTROLLER, v.state),
        n(f, v.drives, '# drive', '# drives'),
        v.badDrives > 0 && n(f, v.badDrives, '# of them failed or failing', '# of them failed or failing'),
        of(BATTERY, v.battery),
        v.name,
      ),
  },
  'disk.device-errors': {
    name: 'Errors logged about devices',
    say: (v, f) => (v.count === 0 ? 'None' : n(f, v.count, '# kind of error', '# kinds of errors')),
  },
  'disk.device-error': {
    name: null,
    say: (v, f) => `${of(DEVICE_ERROR, v.kind)}: ${f.count(v.count)} within ${f.count(v.withinHours)} h`,
  },
}
