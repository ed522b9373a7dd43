/** Remote login by SSH: the effective configuration and what really listens. I/O through the probe; one child. */
import type { PostureSection } from '../../../shared/checks/posture.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Task } from '../collector.ts'
import { decode } from '../decode.ts'
import { type ProcessNames, readProcessNames } from '../processes.ts'
import { collectMacSshd, collectWindowsSshd } from './collect-sshd-others.ts'
import { type Listener, parseListeners } from './listeners.ts'
import { parseSshdConfig, type SshdConfig } from './sshd-config.ts'

const SOURCE = 'posture/sshd-config'
const SSH_PORT = 22

/** `posture/sshd`: one child (`sshd -T`), listeners from /proc. */
export const sshdTask: Task<'posture'> = {
  id: 'posture/sshd',
  check: 'posture',
  cadence: 'posture',
  parts: ['sshd'],
  timeoutMs: MINUTE_MS,
  wake: [
    '/etc/ssh/sshd_config',
    '/etc/ssh/sshd_config.d',
    '/usr/sbin/sshd',
    '/etc/systemd/system/sockets.target.wants',
  ],
  collect: async (context) => ({ parts: { sshd: await collectSshd(context) }, samples: {} }),
}

async function collectSshd(context: CollectContext): Promise<PostureSection['sshd']> {
  const { probe, off } = context
  if (off.has(SOURCE)) return failed(SOURCE, { code: 'disabled', detail: 'switched off' })
  if (probe.platform === 'win32') return collectWindowsSshd(context)
  if (probe.platform === 'darwin') return collectMacSshd(context)
  const listeners = await readListeners(probe)
  if (!listeners.ok) return failed(SOURCE, listeners.error)
  const names = await readProcessNames(probe)
  if (!names.ok) return failed(SOURCE, names.error)
  return (await probe.has('sshd'))
    ? judgeOpenSsh(probe, listeners.value, names.value)
    : judgeOthers(listeners.value, names.value)
}

/** sshd itself listens, or systemd does for it and starts it with the first guest (ssh.socket). */
async function judgeOpenSsh(
  probe: Probe,
  listeners: readonly Listener[],
  names: ProcessNames,
): Promise<PostureSection['sshd']> {
  const config = await readConfig(probe)
  const mayRun = names.has('sshd') || listens(listeners, [SSH_PORT]) || (await isSocketEnabled(probe))
  if (!config.ok) return mayRun ? failed(SOURCE, config.error) : notRunning()
  const { ports } = config.value
  const own = listeners.filter(({ port }) => ports.includes(port))
  if (own.length === 0 && names.has('sshd')) {
    const detail = `sshd runs, but nothing listens on port ${ports.join(', ')} of its configuration: not restarted since a change`
    return failed(SOURCE, { code: 'stale', detail })
  }
  if (own.length === 0) return notRunning()
  return read(SOURCE, {
    running: true,
    ...config.value,
    ports: [...ports],
    reachable: own.some(({ loopback }) => !loopback),
  })
}

/** Without OpenSSH: another server may listen on its port; which rules it has is not known. */
function judgeOthers(listeners: readonly Listener[], names: ProcessNames): PostureSection['sshd'] {
  const on22 = listeners.filter(({ port }) => port === SSH_PORT)
  if (names.has('dropbear')) {
    const reachable = on22.length === 0 ? null : on22.some(({ loopback }) => !loopback)
    const ports = on22.length === 0 ? [] : [SSH_PORT]
    return read('posture/listeners', { running: true, rootLogin: null, passwordLogin: null, ports, reachable })
  }
  if (on22.length === 0) return notRunning()
  const detail = 'Something listens on port 22 that is neither OpenSSH nor Dropbear'
  return failed('posture/listeners', { code: 'unsupported', detail })
}

function notRunning(): PostureSection['sshd'] {
  const nobody = { rootLogin: null, passwordLogin: null, ports: [], reachable: null }
  return read('posture/listeners', { running: false, ...nobody })
}

async function readConfig(probe: Probe): Promise<Result<SshdConfig, Failure>> {
  const run = await probe.exec('sshd', ['-T'])
  return run.ok ? parseSshdConfig(decode(run.value.stdout), run.value.stderr, run.value.exitCode) : run
}

async function readListeners(probe: Probe): Promise<Result<readonly Listener[], Failure>> {
  const ip4 = await probe.readFile('/proc/net/tcp', { maxBytes: 4 * 1024 * 1024 })
  if (!ip4.ok) return ip4
  const ip6 = await probe.readFile('/proc/net/tcp6', { maxBytes: 4 * 1024 * 1024 })
  // No such file: the kernel has no IPv6.
  if (!ip6.ok && ip6.error.code !== 'empty') return ip6
  return ok([...parseListeners(decode(ip4.value)), ...(ip6.ok ? parseListeners(decode(ip6.value)) : [])])
}

function listens(listeners: readonly Listener[], ports: readonly number[]): boolean {
  return listeners.some(({ port }) => ports.includes(port))
}

async function isSocketEnabled(probe: Probe): Promise<boolean> {
  return (await probe.readLink('/etc/systemd/system/sockets.target.wants/ssh.socket')).ok
}
