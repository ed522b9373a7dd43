/** Restart, age of the lists, last upgrade: from files alone. Automatic updates: one child when a watched file changed. I/O through the probe. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { type Failure, failed } from '../../../shared/reading.ts'
import type { Result } from '../../../shared/result.ts'
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { Task } from '../collector.ts'
import { readContainer } from '../container.ts'
import { decode } from '../decode.ts'
import { zoneOfLink } from '../local-time.ts'
import { failParts } from '../parts.ts'
import { readProcessNames } from '../processes.ts'
import { notInFuture, parseAptHistory } from './apt-history.ts'
import { type AutomaticEvidence, judgeAutomatic, parsePeriodic } from './apt-periodic.ts'
import { refuseWithoutApt } from './collect.ts'
import { readLists } from './collect-lists.ts'
import { judgeReboot } from './reboot.ts'

/** `patch/state`: starts nothing. The history is read in the zone of the machine. */
export const stateTask: Task<'patch'> = {
  id: 'patch/state',
  check: 'patch',
  cadence: 'posture',
  parts: ['reboot'],
  timeoutMs: 30 * SECOND_MS,
  collect: async ({ probe, now, off }) => {
    if (off.has('patch/reboot'))
      return failParts(['reboot'], 'patch/reboot', { code: 'disabled', detail: 'switched off' })
    const refusal = await refuseWithoutApt(probe)
    if (refusal !== null) return failParts(['reboot'], 'patch/reboot', refusal)
    const lists = await readLists(probe)
    return {
      parts: { reboot: await collectReboot(probe) },
      samples: {
        'list:refreshedAt': lists.ok ? lists.value.refreshedAt : null,
        'upgrade:lastAt': await readLastUpgrade(probe, now),
      },
    }
  },
}

async function collectReboot(probe: Probe): Promise<PatchSection['reboot']> {
  const flag = await probe.stat('/run/reboot-required', { follow: true })
  if (!flag.ok && flag.error.code !== 'empty') return failed('patch/reboot', flag.error)
  const kernel = await probe.readFile('/proc/sys/kernel/osrelease', { maxBytes: 256 })
  return judgeReboot({
    flag: flag.ok,
    runningKernel: kernel.ok ? decode(kernel.value).trim() || null : null,
    installed: await readKernels(probe),
    container: await readContainer(probe),
  })
}

/** A kernel counts when its image is in /boot; its modules alone may be left over after its removal. */
async function readKernels(probe: Probe): Promise<readonly string[] | null> {
  const boot = await probe.list('/boot')
  const images = boot.ok ? boot.value.flatMap(({ name }) => /^vmlinuz-(.+)$/.exec(name)?.[1] ?? []) : []
  if (images.length > 0) return images
  const modules = await probe.list('/lib/modules')
  if (modules.ok) return modules.value.map(({ name }) => name)
  const isAbsent = modules.error.code === 'empty' && (boot.ok || boot.error.code === 'empty')
  return isAbsent ? [] : null
}

async function readLastUpgrade(probe: Probe, now: EpochMs): Promise<EpochMs | null> {
  const log = await probe.readFile('/var/log/apt/history.log', { tail: true })
  if (!log.ok) return null
  const last = parseAptHistory(decode(log.value), await readZone(probe))
  return last.ok ? notInFuture(last.value, now) : null
}

/** Without /etc/localtime a machine keeps UTC (localtime(5)). */
async function readZone(probe: Probe): Promise<string> {
  const link = await probe.readLink('/etc/localtime')
  const zone = link.ok ? zoneOfLink(link.value) : null
  if (zone !== null) return zone
  const file = await probe.readFile('/etc/timezone', { maxBytes: 128 })
  const named = file.ok ? decode(file.value).trim() : ''
  return named === '' ? 'UTC' : named
}

/** `patch/automatic`: unattended-upgrades. One child (apt-config). */
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
  ],
  collect: async ({ probe, off }) => {
    const id = 'patch/apt-config'
    if (off.has(id)) return failParts(['automatic'], id, { code: 'disabled', detail: 'switched off' })
    const refusal = await refuseWithoutApt(probe)
    if (refusal !== null) return failParts(['automatic'], id, refusal)
    const dump = await probe.exec('apt-config', ['dump'])
    if (!dump.ok) return failParts(['automatic'], id, dump.error)
    const periodic = parsePeriodic(decode(dump.value.stdout))
    if (!periodic.ok) return failParts(['automatic'], id, periodic.error)
    const evidence = await readEvidence(probe)
    const automatic = evidence.ok ? judgeAutomatic(periodic.value, evidence.value) : failed(id, evidence.error)
    return { parts: { automatic }, samples: {} }
  },
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
