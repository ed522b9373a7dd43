/** The time zone of a Linux machine, for logs that write local times without one. I/O through the probe. */
import type { Probe } from '../../probe/probe.ts'
import { decode } from '../decode.ts'
import { zoneOfLink } from '../local-time.ts'

/** Without /etc/localtime a machine keeps UTC (localtime(5)). */
export async function readZone(probe: Probe): Promise<string> {
  const link = await probe.readLink('/etc/localtime')
  const zone = link.ok ? zoneOfLink(link.value) : null
  if (zone !== null) return zone
  const file = await probe.readFile('/etc/timezone', { maxBytes: 128 })
  const named = file.ok ? decode(file.value).trim() : ''
  return named === '' ? 'UTC' : named
}
