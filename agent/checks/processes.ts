/** Names of the running programs, from /proc/<pid>/comm. I/O through the probe; starts nothing. */
import type { Failure } from '../../shared/reading.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Probe } from '../probe/probe.ts'
import { decode } from './decode.ts'

/** The kernel keeps 15 characters of a name (proc(5), TASK_COMM_LEN 16). */
const COMM_LENGTH = 15

/** Running programs; `has` knows that the kernel cuts names at 15 characters. */
export type ProcessNames = { has(name: string): boolean }

/**
 * Reads which programs run now. A process that ends meanwhile is skipped.
 * Errors: those of `/proc`; `access-denied` when process 1 is hidden (hidepid), because then a missing name proves nothing.
 */
export async function readProcessNames(probe: Probe): Promise<Result<ProcessNames, Failure>> {
  const entries = await probe.list('/proc')
  if (!entries.ok) return entries
  const ids = entries.value.map(({ name }) => name).filter((name) => /^\d+$/.test(name))
  const names = new Set<string>()
  let sawFirst = false
  for (const id of ids) {
    const comm = await probe.readFile(`/proc/${id}/comm`, { maxBytes: 64 })
    if (!comm.ok) continue
    names.add(decode(comm.value).trim())
    sawFirst ||= id === '1'
  }
  if (!sawFirst) return err({ code: 'access-denied', detail: '/proc shows only some of the processes' })
  return ok(processNames(names))
}

/** @returns the names as a lookup. Pure. */
export function processNames(names: Iterable<string>): ProcessNames {
  const known = new Set(names)
  return { has: (name) => known.has(name.slice(0, COMM_LENGTH)) }
}
