/** English texts of the facts of `system`. */
import { counted as n } from '../../counted.ts'
import type { FactTextsOf } from '../../fact-text.ts'
import { joinParts as parts } from '../../fact-words.ts'

/** By key. */
export const systemFacts: FactTextsOf<'system'> = {
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
  'system.crashes': {
    name: 'Ends that nobody wanted',
    say: (v, f) => {
      const span = `in ${n(f, v.withinDays, '# day', '# days')}`
      if (v.unexpectedShutdowns === 0 && (v.systemStops ?? 0) === 0) return `None ${span}`
      return parts(
        v.unexpectedShutdowns > 0 &&
          `${n(f, v.unexpectedShutdowns, '# loss of power or freeze', '# losses of power or freezes')} ${span}`,
        v.systemStops !== null &&
          v.systemStops > 0 &&
          `${n(f, v.systemStops, '# stop of the system itself', '# stops of the system itself')} ${span}`,
      )
    },
  },
}
