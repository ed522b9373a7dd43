/** Fingerprints of the files whose change makes a task due early. Reads file facts through the probe, nothing else. */
import type { Probe } from '../probe/probe.ts'
import type { AnyTask } from './run-task.ts'

/** @returns per task with wake files: times and sizes of all of them as one text. A file that cannot be looked at counts as absent. */
export async function readWakeStamps(probe: Probe, tasks: readonly AnyTask[]): Promise<ReadonlyMap<string, string>> {
  const stamps = new Map<string, string>()
  for (const task of tasks) {
    if (task.wake === undefined || task.wake.length === 0) continue
    const facts = await Promise.all(task.wake.map((path) => probe.stat(path, { follow: true })))
    stamps.set(task.id, facts.map((one) => (one.ok ? `${one.value.modifiedAt}:${one.value.sizeBytes}` : '-')).join(' '))
  }
  return stamps
}
