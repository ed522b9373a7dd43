/** The name of this machine, as backup tools write it into their copies. I/O through the probe. */
import type { Failure } from '../../../shared/reading.ts'
import type { Probe } from '../../probe/probe.ts'
import { decode } from '../decode.ts'

/** Without its domain or with it, as the system has it. null: could not be read (Windows: a watch names it as `host`). */
export async function readHostName(probe: Probe): Promise<string | null> {
  if (probe.platform === 'win32') return null
  if (probe.platform === 'darwin') {
    const run = await probe.exec('sysctl', ['-n', 'kern.hostname'])
    return run.ok && run.value.exitCode === 0 ? plain(run.value.stdout) : null
  }
  const file = await probe.readFile('/proc/sys/kernel/hostname', { maxBytes: 256 })
  return file.ok ? plain(file.value) : null
}

function plain(bytes: Uint8Array): string | null {
  const name = decode(bytes).trim().slice(0, 256)
  return name === '' ? null : name
}

/** Without the name nobody can tell which copies of a repository are this machine's. */
export const NO_HOST_NAME: Failure = {
  code: 'access-denied',
  detail: 'The name of this machine could not be read; name it as "host" of the watch',
}
