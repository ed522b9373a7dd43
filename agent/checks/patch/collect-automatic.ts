/** `patch/automatic`: whether updates install themselves: unattended-upgrades, dnf-automatic, timers of SUSE and rpm-ostree, policies. I/O through the probe. */
import { type Failure, failed, read } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { Contribution, Task } from '../collector.ts'
import { decode } from '../decode.ts'
import { failParts } from '../parts.ts'
import { readProcessNames } from '../processes.ts'
import { type AutomaticEvidence, judgeAutomatic, parsePeriodic } from './apt-periodic.ts'
import { collectMacosAutomatic } from './collect-macos.ts'
import { findManager } from './collect-manager.ts'
import { collectWindowsAutomatic } from './collect-windows.ts'
import { parseDnfAutomatic } from './dnf-automatic.ts'
import type { LinuxManager } from './managers.ts'

/** `patch/automatic`: on Debian one child (apt-config), elsewhere from files. */
export const automaticTask: Task<'patch'> = {
  id: 'patch/automatic',
  check: 'patch',
  cadence: 'posture',
  parts: ['automatic'],
  timeoutMs: MINUTE_MS,
  wake: [
    '/etc/apt/apt.conf',
    '/etc/apt/apt.conf.d',
    '/etc/apt/apt.conf.d/20auto-upgrades',
    '/etc/apt/apt.conf.d/50unattended-upgrades',
    '/etc/systemd/system',
    '/etc/systemd/system/timers.target.wants',
    '/usr/bin/unattended-upgrade',
    '/etc/dnf/automatic.conf',
    '/etc/rpm-ostreed.conf',
    '/Library/Preferences/com.apple.SoftwareUpdate.plist',
  ],
  collect: async (context) => {
    const { probe, off } = context
    const id = await sourceOf(probe)
    if (!id.ok) return failParts(['automatic'], 'patch/automatic', id.error)
    if (off.has(id.value)) return failParts(['automatic'], id.value, { code: 'disabled', detail: 'switched off' })
    if (id.value === 'patch/windows-update-policy') return collectWindowsAutomatic(context)
    if (id.value === 'patch/softwareupdate-plist') return collectMacosAutomatic(context)
    return id.value === 'patch/apt-config' ? collectApt(probe) : collectTimers(probe)
  },
}

async function sourceOf(probe: Probe): Promise<Result<string, Failure>> {
  if (probe.platform === 'win32') return { ok: true, value: 'patch/windows-update-policy' }
  if (probe.platform === 'darwin') return { ok: true, value: 'patch/softwareupdate-plist' }
  const manager = await findManager(probe)
  if (!manager.ok) return manager
  return { ok: true, value: manager.value === 'apt' ? 'patch/apt-config' : `patch/${manager.value}-automatic` }
}

async function collectApt(probe: Probe): Promise<Contribution<'patch'>> {
  const id = 'patch/apt-config'
  const dump = await probe.exec('apt-config', ['dump'])
  if (!dump.ok) return failParts(['automatic'], id, dump.error)
  const periodic = parsePeriodic(decode(dump.value.stdout))
  if (!periodic.ok) return failParts(['automatic'], id, periodic.error)
  const evidence = await readEvidence(probe)
  const automatic = evidence.ok ? judgeAutomatic(periodic.value, evidence.value) : failed(id, evidence.error)
  return { parts: { automatic }, samples: {} }
}

/** Timers that install updates, by manager, in the order in which they are looked for. `conf`: what must also say so. */
const TIMERS: {
  readonly [M in LinuxManager]?: readonly { readonly timer: string; readonly conf: 'dnf' | 'ostree' | null }[]
} = {
  dnf: [
    { timer: 'dnf-automatic-install.timer', conf: null },
    { timer: 'dnf-automatic.timer', conf: 'dnf' },
    { timer: 'dnf5-automatic.timer', conf: 'dnf' },
  ],
  yum: [{ timer: 'dnf-automatic-install.timer', conf: null }],
  zypper: [
    { timer: 'os-update.timer', conf: null },
    { timer: 'transactional-update.timer', conf: null },
  ],
  'rpm-ostree': [{ timer: 'rpm-ostreed-automatic.timer', conf: 'ostree' }],
}

/** "On" needs a timer that is enabled, and its own file saying that it installs what it finds. */
async function collectTimers(probe: Probe): Promise<Contribution<'patch'>> {
  const manager = await findManager(probe)
  if (!manager.ok) return failParts(['automatic'], 'patch/automatic', manager.error)
  const id = manager.value === 'dnf' || manager.value === 'yum' ? 'patch/dnf-automatic' : `patch/${manager.value}`
  for (const { timer, conf } of TIMERS[manager.value] ?? []) {
    const enabled = await probe.readLink(`/etc/systemd/system/timers.target.wants/${timer}`)
    if (!enabled.ok && enabled.error.code !== 'empty') return failParts(['automatic'], id, enabled.error)
    if (!enabled.ok) continue
    const applies = conf === null ? { ok: true as const, value: true } : await readApplies(probe, conf)
    if (!applies.ok) return failParts(['automatic'], id, applies.error)
    return { parts: { automatic: read(id, { enabled: applies.value, mechanism: timer }) }, samples: {} }
  }
  return { parts: { automatic: read(id, { enabled: false, mechanism: null }) }, samples: {} }
}

async function readApplies(probe: Probe, conf: 'dnf' | 'ostree'): Promise<Result<boolean, Failure>> {
  const file = await probe.readFile(conf === 'dnf' ? '/etc/dnf/automatic.conf' : '/etc/rpm-ostreed.conf', {
    maxBytes: 65_536,
  })
  // Both programs install nothing unless their file says so.
  if (!file.ok) return file.error.code === 'empty' ? { ok: true, value: false } : file
  const text = decode(file.value)
  if (conf === 'ostree')
    return { ok: true, value: /^AutomaticUpdatePolicy[ \t]*=[ \t]*(?:apply|stage)[ \t]*$/m.test(text) }
  const applies = parseDnfAutomatic(text)
  return applies.ok ? { ok: true, value: applies.value ?? false } : applies
}

async function readEvidence(probe: Probe): Promise<Result<AutomaticEvidence, Failure>> {
  const installed = (await probe.stat('/usr/bin/unattended-upgrade', { follow: true })).ok
  const systemd = await probe.stat('/run/systemd/system')
  if (systemd.ok) return { ok: true, value: { installed, starter: await findTimer(probe) } }
  const job = await probe.stat('/etc/cron.daily/apt-compat')
  if (!job.ok) return { ok: true, value: { installed, starter: null } }
  const names = await readProcessNames(probe)
  if (!names.ok) return names
  const runs = ['cron', 'crond', 'anacron', 'cronie'].some((name) => names.value.has(name))
  return { ok: true, value: { installed, starter: runs ? 'cron' : null } }
}

/** Debian enables the timer by a link in /etc; a link to /dev/null in its place masks it. */
async function findTimer(probe: Probe): Promise<string | null> {
  const mask = await probe.readLink('/etc/systemd/system/apt-daily-upgrade.timer')
  if (mask.ok && mask.value === '/dev/null') return null
  const enabled = await probe.readLink('/etc/systemd/system/timers.target.wants/apt-daily-upgrade.timer')
  return enabled.ok ? 'apt-daily-upgrade.timer' : null
}
