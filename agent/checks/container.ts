/** Whether this is a container, where kernel, clock and often the firewall belong to the machine around it. I/O through the probe. */
import type { Probe } from '../probe/probe.ts'
import { decode } from './decode.ts'

/** Files that container engines leave: systemd and nspawn or LXC, Docker, Podman; OpenVZ. */
const MARKS = [
  ['/run/systemd/container', null],
  ['/.dockerenv', 'docker'],
  ['/run/.containerenv', 'podman'],
  ['/proc/user_beancounters', 'openvz'],
] as const

/**
 * @returns the kind of container (`docker`, `lxc`, `wsl`, … or `unknown-container`), or null when no mark of one was found.
 * WSL counts: its kernel and clock are those of Windows.
 */
export async function readContainer(probe: Probe): Promise<string | null> {
  for (const [path, kind] of MARKS) {
    const mark = await probe.readFile(path, { maxBytes: 256 })
    if (!mark.ok) continue
    return kind ?? (decode(mark.value).trim().slice(0, 32) || 'unknown-container')
  }
  const kernel = await readLine(probe, '/proc/sys/kernel/osrelease')
  if (/microsoft/i.test(kernel)) return 'wsl'
  const environment = await readLine(probe, '/proc/1/environ')
  const named = /(?:^|\0)container=([a-z0-9-]{1,32})/.exec(environment)
  return named?.[1] ?? null
}

async function readLine(probe: Probe, path: string): Promise<string> {
  const file = await probe.readFile(path, { maxBytes: 64 * 1024 })
  return file.ok ? new TextDecoder().decode(file.value) : ''
}
