/** When packages were last upgraded, from the log of the package manager. I/O through the probe; starts nothing. */
import type { EpochMs } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import { decode } from '../decode.ts'
import { notInFuture, parseAptHistory } from './apt-history.ts'
import { readZone } from './collect-zone.ts'
import type { LinuxManager } from './managers.ts'
import { lastOfDnf, lastOfPacman, lastOfZypper } from './upgrade-logs.ts'

const LOGS: { readonly [M in LinuxManager]?: string } = {
  apt: '/var/log/apt/history.log',
  dnf: '/var/log/dnf.rpm.log',
  zypper: '/var/log/zypp/history',
  pacman: '/var/log/pacman.log',
}

/** null: no such log here, or nothing was upgraded since it was rotated. */
export async function readLastUpgrade(probe: Probe, manager: LinuxManager, now: EpochMs): Promise<EpochMs | null> {
  const path = LOGS[manager]
  const log = path === undefined ? null : await probe.readFile(path, { tail: true })
  if (log === null || !log.ok) return null
  const text = decode(log.value)
  if (manager === 'dnf') return notInFuture(lastOfDnf(text), now)
  if (manager === 'pacman') return notInFuture(lastOfPacman(text), now)
  const zone = await readZone(probe)
  if (manager === 'zypper') return notInFuture(lastOfZypper(text, zone), now)
  const last = parseAptHistory(text, zone)
  return last.ok ? notInFuture(last.value.upgradedAt, now) : null
}
