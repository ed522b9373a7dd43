/** English texts of the facts. Parts are joined by a middle dot; what the source did not say is left out, never shown as zero. */

import { counted as n } from '../counted.ts'
import type { FactTexts } from '../fact-text.ts'

const parts = (...all: readonly (string | null | false)[]) =>
  all.filter((part) => part !== null && part !== false && part !== '').join(' · ')
const yes = (value: 'yes' | 'no' | null, whenYes: string, whenNo: string, unknown: string | null) =>
  value === 'yes' ? whenYes : value === 'no' ? whenNo : unknown

const ARRAY = {
  healthy: 'all members present',
  degraded: 'a member is missing',
  rebuilding: 'rebuilding',
  checking: 'being checked',
  inactive: 'not running',
  unknown: 'state not told',
}
const ROOT = {
  yes: 'root may log in',
  no: 'root may not log in',
  'keys-only': 'root only with a key',
  'forced-commands': 'root only for fixed commands',
}
const RESULT = { success: 'last run good', partial: 'last run incomplete', failed: 'last run failed' }
const HOLDS = {
  databases: 'databases',
  'home-folders': 'home folders with files',
  shares: 'shared folders',
  mail: 'mail',
  'none-seen': 'no data seen',
}
const of = (words: { readonly [word: string]: string }, word: string | null) =>
  word === null ? null : (words[word] ?? word)

/** The English texts of the facts, by key. */
export const facts: FactTexts = {
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
  'patch.manager': { name: 'Package manager', say: (v) => v.name },
  'patch.updates': {
    name: 'Updates that wait',
    say: (v, f) =>
      parts(
        v.security === 0
          ? 'None for security'
          : `${n(f, v.security, '# for security', '# for security')}${v.names === '' ? '' : ` (${v.names})`}`,
        v.other > 0 && n(f, v.other, '# other', '# others'),
        v.phased > 0 && `${f.count(v.phased)} phased by the distributor`,
        v.held > 0 && `${f.count(v.held)} held`,
        v.heldSecurity > 0 && `${f.count(v.heldSecurity)} held for security`,
        v.keptBack > 0 && `${f.count(v.keptBack)} kept back`,
      ),
  },
  'patch.database': {
    name: 'Package database',
    say: (v) => (v.broken === 'yes' ? parts('Broken', v.problems) : (yes(v.broken, '', 'Sound', 'Not told') ?? '')),
  },
  'patch.automatic': {
    name: 'Automatic updates',
    say: (v) => parts(yes(v.enabled, 'On', 'Off', 'Not told'), v.mechanism),
  },
  'patch.reboot': {
    name: 'Restart',
    say: (v) =>
      parts(
        yes(v.required, 'Needed', 'Not needed', 'Not told'),
        v.reasons,
        v.required === 'yes' && v.installed !== null && `${v.running ?? '?'} runs, ${v.installed} is installed`,
      ),
  },
  'patch.list': {
    name: 'List of updates',
    say: (v, f) => (v.refreshedAt === null ? 'Never refreshed' : `From ${f.moment(v.refreshedAt)}`),
  },
  'patch.upgrade': { name: 'Last upgrade', say: (v, f) => (v.lastAt === null ? 'None recorded' : f.moment(v.lastAt)) },
  'antivirus.products': {
    name: 'Products',
    say: (v, f) => (v.count === 0 ? 'None of the known products was seen' : n(f, v.count, '# product', '# products')),
  },
  'antivirus.product': {
    name: null,
    say: (v, f) =>
      parts(
        yes(v.running, 'Running', 'Not running', 'Not told whether it runs'),
        yes(v.realTime, 'watches files as they are used', 'does not watch files as they are used', null),
        yes(v.updaterRunning, 'updater running', 'updater not running', null),
        v.signaturesAt !== null && `signatures of ${f.moment(v.signaturesAt)}`,
        v.engineVersion,
      ),
  },
  'backup.tools': { name: 'Backup tools', say: (v) => (v.count === 0 ? 'None of the known tools was seen' : v.names) },
  'backup.jobs': {
    name: 'Backup jobs',
    say: (v, f) => (v.count === 0 ? 'None is watched' : n(f, v.count, '# job', '# jobs')),
  },
  'backup.job': {
    name: null,
    say: (v, f) =>
      parts(
        v.lastSuccessAt === null ? 'No good copy seen' : `Last good copy ${f.moment(v.lastSuccessAt)}`,
        of(RESULT, v.lastResult),
        v.bytes !== null && f.bytes(v.bytes),
        v.copies !== null && n(f, v.copies, '# copy', '# copies'),
        v.tooSmall === 'yes' && 'smaller than it should be',
        v.sameDisk === 'yes' && 'on the same disk',
        yes(v.offsite, 'off site', 'on site', null),
        yes(v.encrypted, 'encrypted', 'not encrypted', null),
        v.destination,
      ),
  },
  'backup.holds-data': {
    name: 'Data to protect',
    say: (v) => parts(yes(v.holds, 'Yes', 'None seen', 'Not told'), v.holds === 'yes' && of(HOLDS, v.reason), v.detail),
  },
  'posture.firewall': {
    name: 'Firewall',
    say: (v) =>
      parts(
        yes(v.enabled, 'On', 'Off', 'Not told'),
        v.tool,
        yes(v.startsAtBoot, 'comes back after a restart', 'does not come back after a restart', null),
        v.inbound === 'drop' && 'refuses what no rule allows',
        v.inbound === 'accept' && 'accepts what no rule refuses',
      ),
  },
  'posture.sshd': {
    name: 'Remote login (SSH)',
    say: (v) =>
      v.running === 'no'
        ? 'No server listens'
        : parts(
            v.ports === '' ? 'Runs' : `Listens on ${v.ports}`,
            yes(v.reachable, 'reachable from outside', 'this machine only', null),
            of(ROOT, v.rootLogin),
            yes(v.passwordLogin, 'passwords accepted', 'keys only', null),
          ),
  },
  'posture.time': {
    name: 'Clock',
    say: (v, f) =>
      parts(
        yes(v.synchronized, 'Kept in step', 'Not kept in step', 'Not told'),
        v.tool,
        v.offsetMs !== null && `${f.count(Math.round(v.offsetMs))} ms off`,
      ),
  },
  'system.os': { name: 'Operating system', say: (v) => parts(v.name, v.kernel !== null && `kernel ${v.kernel}`) },
  'system.boot': { name: 'Started', say: (v, f) => f.moment(v.bootedAt) },
  'system.virtualization': {
    name: 'Kind',
    say: (v) =>
      v.kind === 'none' ? 'Physical machine' : parts(v.container === 'yes' ? 'Container' : 'Virtual machine', v.kind),
  },
  'system.hardware': {
    name: 'Hardware',
    say: (v, f) =>
      parts(
        [v.vendor, v.model].filter((word) => word !== null).join(' '),
        v.cpu,
        v.cpuThreads !== null && n(f, v.cpuThreads, '# thread', '# threads'),
        v.memoryBytes !== null && `${f.bytes(v.memoryBytes)} of memory`,
        v.serial !== null && `serial ${v.serial}`,
        v.biosDate !== null && `firmware of ${v.biosDate}`,
      ) || 'Nothing told',
  },
  'system.batteries': {
    name: 'Batteries',
    say: (v, f) => (v.count === 0 ? 'None' : n(f, v.count, '# battery', '# batteries')),
  },
  'system.battery': {
    name: null,
    say: (v, f) =>
      parts(
        v.healthPercent === null ? 'Capacity not told' : `${f.percent(v.healthPercent)} of its first capacity`,
        v.cycles !== null && n(f, v.cycles, '# cycle', '# cycles'),
      ),
  },
  'system.memory': {
    name: 'Memory in use',
    say: (v, f) =>
      parts(
        v.totalBytes === null ? f.bytes(v.usedBytes) : `${f.bytes(v.usedBytes)} of ${f.bytes(v.totalBytes)}`,
        v.swapUsedBytes !== null && v.swapUsedBytes > 0 && `${f.bytes(v.swapUsedBytes)} swapped out`,
      ),
  },
  'system.load': {
    name: 'Processor',
    say: (v, f) =>
      parts(v.busyPercent !== null && `${f.percent(v.busyPercent)} busy`, v.load !== null && `load ${f.count(v.load)}`),
  },
  'agent.link': {
    name: 'Connection',
    say: (v, f) =>
      parts(yes(v.connected, 'Connected', 'Not connected', 'Not told'), `promises a report every ${f.age(v.everyMs)}`),
  },
  'agent.clock': {
    name: 'Clock against the server',
    say: (v, f) =>
      Math.abs(v.skewMs) < 1_000
        ? 'Less than a second apart'
        : `${f.span(Math.abs(v.skewMs))} ${v.skewMs > 0 ? 'behind' : 'ahead'}`,
  },
  'agent.build': { name: 'Version', say: (v) => v.build },
  'agent.gap': { name: 'Lost records', say: (v, f) => `Records ${f.count(v.from)} to ${f.count(v.to)} (${v.why})` },
}
