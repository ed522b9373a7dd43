/** Restart, age of the lists, last upgrade: from files, and from the restart tool of a distribution when packages changed. I/O through the probe. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { failed } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { readContainer } from '../container.ts'
import { decode } from '../decode.ts'
import { failParts } from '../parts.ts'
import { readRefreshed } from './collect-caches.ts'
import { readLastUpgrade } from './collect-last-upgrade.ts'
import { readLists } from './collect-lists.ts'
import { findManager } from './collect-manager.ts'
import { collectOstreeReboot } from './collect-rest.ts'
import { askRestartTool } from './collect-restart-tool.ts'
import { collectWindowsReboot } from './collect-windows.ts'
import type { LinuxManager } from './managers.ts'
import { judgeReboot } from './reboot.ts'

/** `patch/state`: starts nothing on Debian; elsewhere one child when packages changed. The history is read in the zone of the machine. */
export const stateTask: Task<'patch'> = {
  id: 'patch/state',
  check: 'patch',
  cadence: 'posture',
  parts: ['reboot'],
  timeoutMs: 3 * MINUTE_MS,
  collect: async (context) => {
    const { probe, off } = context
    if (off.has('patch/reboot'))
      return failParts(['reboot'], 'patch/reboot', { code: 'disabled', detail: 'switched off' })
    if (probe.platform === 'win32') return { parts: { reboot: await collectWindowsReboot(context) }, samples: {} }
    if (probe.platform === 'darwin') {
      const detail = 'macOS does not tell that a restart is due; an update that needs one restarts by itself'
      return failParts(['reboot'], 'patch/reboot', { code: 'unsupported', detail })
    }
    const manager = await findManager(probe)
    return manager.ok ? collectLinux(context, manager.value) : failParts(['reboot'], 'patch/reboot', manager.error)
  },
}

async function collectLinux(context: CollectContext, manager: LinuxManager): Promise<Contribution<'patch'>> {
  const { probe, now } = context
  const lists = manager === 'apt' ? await readLists(probe) : null
  const refreshedAt = lists === null ? await readRefreshed(probe, manager) : lists.ok ? lists.value.refreshedAt : null
  const reboot = manager === 'rpm-ostree' ? await collectOstreeReboot(probe) : await collectReboot(context, manager)
  return {
    parts: { reboot },
    samples: { 'list:refreshedAt': refreshedAt, 'upgrade:lastAt': await readLastUpgrade(probe, manager, now) },
  }
}

/** The kernels, and what the tool of the distribution says besides, which knows of libraries too. */
async function collectReboot(context: CollectContext, manager: LinuxManager): Promise<PatchSection['reboot']> {
  const byKernel = await collectKernels(context.probe)
  const byTool = await askRestartTool(context, manager)
  if (byTool === null || (byKernel.state === 'value' && byKernel.value.required)) return byKernel
  if (byTool.state === 'value' && byKernel.state === 'value' && byTool.value.required) {
    const { runningKernel, installedKernel } = byKernel.value
    return { ...byTool, value: { ...byTool.value, runningKernel, installedKernel } }
  }
  return byTool.state === 'value' && byKernel.state !== 'value' ? byTool : byKernel
}

async function collectKernels(probe: Probe): Promise<PatchSection['reboot']> {
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
  // Arch and Alpine name their image without a version (`vmlinuz-linux`): there the modules tell it.
  const images = boot.ok ? boot.value.flatMap(({ name }) => /^vmlinuz-(\d.*)$/.exec(name)?.[1] ?? []) : []
  if (images.length > 0) return images
  const modules = await probe.list('/lib/modules')
  if (modules.ok) return modules.value.map(({ name }) => name)
  const isAbsent = modules.error.code === 'empty' && (boot.ok || boot.error.code === 'empty')
  return isAbsent ? [] : null
}
