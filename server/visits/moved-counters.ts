/** Error counters of disks that grew between two sights of the same drive. A drive seen on one side only has not moved. Pure. */
import type { Drive } from '../../shared/checks/disk.ts'
import { smartNumbers } from '../facts/smart-numbers.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { MovedCounter } from './since-visit.ts'

/** Fields that count faults. What grows in normal life (wear, unsafe shutdowns, log entries) is none. */
const COUNTERS = new Set([
  'reallocatedSectors',
  'pendingSectors',
  'offlineUncorrectable',
  'reportedUncorrectable',
  'commandTimeouts',
  'crcErrors',
  'endToEndErrors',
  'spinRetries',
  'nvme.mediaErrors',
  'scsi.grownDefects',
  'scsi.uncorrectedErrors',
])

const drivesOf = ({ checks }: MachineState): readonly Drive[] => {
  const { drives } = checks.disk.section
  return drives.state === 'value' ? drives.value : []
}

/** A drive left asleep has its last proven numbers in the machine's memory, so both are asked. */
function countersOf(state: MachineState, { key, smart }: Drive): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>()
  for (const counter of COUNTERS) {
    const known = state.memory[`disk/smart:${key}:${counter}`]
    if (known !== undefined) numbers.set(counter, known.value)
  }
  if (smart.state !== 'value') return numbers
  for (const [field, value] of smartNumbers(smart.value)) {
    if (COUNTERS.has(field) && value !== null) numbers.set(field, value)
  }
  return numbers
}

/** @returns the counters that are higher now, by machine name and drive. */
export function movedCounters(before: readonly MachineState[], now: readonly MachineState[]): readonly MovedCounter[] {
  const past = new Map(before.map((state) => [state.id, state]))
  const moved = now.flatMap((state) => {
    const was = past.get(state.id)
    if (was === undefined) return []
    const drives = new Map(drivesOf(was).map((drive) => [drive.key, countersOf(was, drive)]))
    return drivesOf(state).flatMap((drive) => grown(state, drive, drives.get(drive.key)))
  })
  return moved.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
}

const sortKey = ({ name, drive, counter }: MovedCounter) => [name, drive, counter].join('\n')

function grown(
  state: MachineState,
  drive: Drive,
  was: ReadonlyMap<string, number> | undefined,
): readonly MovedCounter[] {
  if (was === undefined) return []
  return [...countersOf(state, drive)].flatMap(([counter, after]) => {
    const value = was.get(counter)
    if (value === undefined || after <= value) return []
    return [{ machineId: state.id, name: state.name, drive: drive.key, counter, before: value, after }]
  })
}
