/** `data/lock`: one server per data folder. Holds pid and start time, so that a stale lock of a dead process is seen as such. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, type Result } from '../../shared/result.ts'

/** Gives the folder free. Twice is harmless. */
export type ReleaseLock = () => void

type Holder = { readonly pid: number; readonly started: string }

/** Start of a process: boot id and clock ticks since boot (proc(5), stat field 22). Empty where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the program's name in brackets and may hold spaces: count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}:${fields[19] ?? ''}`
  } catch {
    return ''
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return startOf(pid) === started
}

function readHolder(path: string): Holder | null {
  try {
    const [pid, started] = readFileSync(path, 'utf8').trim().split(' ')
    return Number.isSafeInteger(Number(pid)) && Number(pid) > 0 ? { pid: Number(pid), started: started ?? '' } : null
  } catch {
    return null
  }
}

/** @returns whether the file was made by us; false: somebody has it. */
function tryCreate(path: string, text: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600)
    writeSync(file, text)
    fsyncSync(file)
    closeSync(file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Takes the folder for this process. Error: a sentence that names the process that has it. */
export function lockData(folder: string): Result<ReleaseLock, string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'lock')
  const own = `${process.pid} ${startOf(process.pid)}\n`
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (tryCreate(path, own)) return ok(() => releaseLock(path, own))
    const holder = readHolder(path)
    if (holder !== null && isAlive(holder)) {
      return err(
        `The data folder ${folder} is in use by process ${holder.pid}. Stop that server, or set ROUNDS_DATA to another folder.`,
      )
    }
    unlinkSync(path)
  }
  return err(`The lock ${path} keeps coming back. Remove it when no server runs on this folder.`)
}

function releaseLock(path: string, own: string): void {
  try {
    if (readFileSync(path, 'utf8') === own) unlinkSync(path)
  } catch {
    // Gone already: the folder is free, which is what was wanted.
  }
}
