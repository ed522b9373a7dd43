/** One agent per data folder: a lock file with process id and start time, so that a recycled id does not lock anybody out. */
import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { err, ok, type Result } from '../shared/result.ts'
import { readJsonFile } from './atomic-file.ts'

type Holder = { readonly pid: number; readonly startedAt: string }

/** Takes the lock. Error: a sentence that names who holds it. The returned function gives it back. */
export function takeLock(path: string): Result<() => void, string> {
  for (let attempt = 0; attempt < 2; attempt++) {
    if (tryCreate(path)) return ok(() => release(path))
    const holder = readHolder(path)
    if (holder !== null && isAlive(holder)) {
      return err(
        `An agent runs already on this data folder (process ${holder.pid}). Stop it first, or use another ROUNDS_AGENT_DATA.`,
      )
    }
    release(path)
  }
  return err(`The lock ${path} cannot be taken. Remove it when no agent runs.`)
}

/** @returns the process id of the agent that runs on this folder, or null. */
export function findRunning(path: string): number | null {
  const holder = readHolder(path)
  return holder !== null && isAlive(holder) ? holder.pid : null
}

function tryCreate(path: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600)
    writeSync(file, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) }))
    closeSync(file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function release(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Gone already: another process cleaned it up.
  }
}

function readHolder(path: string): Holder | null {
  const stored = readJsonFile(path)
  if (typeof stored !== 'object' || stored === null || !('pid' in stored) || !('startedAt' in stored)) return null
  return typeof stored.pid === 'number' ? { pid: stored.pid, startedAt: String(stored.startedAt) } : null
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return startOf(pid) === startedAt
}

/** Start time in clock ticks since boot (field 22 of /proc/<pid>/stat, proc(5)) with the boot id; empty where /proc is absent. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`
  } catch {
    return ''
  }
}
