/** Ends a child with everything that it started. I/O. */
import { spawn } from 'node:child_process'
import { windowsRoot } from './platforms.ts'

/** Sends a signal to a process group. Replaced in tests that need a child which cannot be ended. */
export type SignalGroup = (pid: number, signal: 'SIGTERM' | 'SIGKILL') => void

/** A group that is gone, or not ours, is not an error here: the wait that follows decides. */
export const signalGroup: SignalGroup = (pid, signal) => {
  if (process.platform === 'win32') return endTree(pid)
  try {
    process.kill(-pid, signal)
  } catch {
    // ESRCH: everybody in the group has ended.
  }
}

/** Windows has no groups and no gentle signal for a console program: the tree below the child is ended, at once. */
function endTree(pid: number): void {
  const root = windowsRoot({ platform: 'win32', env: process.env })
  const child = spawn(`${root}\\System32\\taskkill.exe`, ['/PID', String(pid), '/T', '/F'], {
    env: { SystemRoot: root },
    stdio: 'ignore',
    windowsHide: true,
  })
  // Nobody waits for it: whether the child ended is seen on the child.
  child.on('error', () => {})
  child.unref()
}
