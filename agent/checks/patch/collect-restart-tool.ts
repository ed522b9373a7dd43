/** What the restart tool of a distribution of rpm says; it is asked again when packages changed. I/O through the probe. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { failed, read } from '../../../shared/reading.ts'
import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext } from '../collector.ts'
import { readContainer } from '../container.ts'
import type { LinuxManager } from './managers.ts'
import { parseNeedsRestarting } from './rpm-needs-restarting.ts'

const KEPT_MS = 6 * HOUR_MS - 5 * MINUTE_MS
const KEY = 'restart-tool'
const DATABASES = [
  '/var/lib/rpm/rpmdb.sqlite',
  '/usr/lib/sysimage/rpm/rpmdb.sqlite',
  '/usr/lib/sysimage/rpm/Packages.db',
  '/var/lib/rpm/Packages',
]

type Kept = { readonly at: EpochMs; readonly changedAt: EpochMs | null; readonly reboot: PatchSection['reboot'] }

/** null: this system has no such tool, or it is a container, where it speaks of the machine around it. */
export async function askRestartTool(
  { probe, now, memo }: CollectContext,
  manager: LinuxManager,
): Promise<PatchSection['reboot'] | null> {
  const command = await commandOf(probe, manager)
  if (command === null || (await readContainer(probe)) !== null) return null
  const changedAt = await newestChange(probe)
  const kept = memo.get(KEY) as Kept | undefined
  if (kept !== undefined && kept.changedAt === changedAt && Math.abs(now - kept.at) < KEPT_MS) return kept.reboot
  const { program, args, id, dueCode } = command
  const run = await probe.exec(program, args, { timeoutMs: 2 * MINUTE_MS })
  const told = run.ok ? parseNeedsRestarting({ ...run.value, platform: probe.platform, now }, dueCode) : run
  const reboot = told.ok ? read(id, told.value) : failed(id, told.error)
  memo.set(KEY, { at: now, changedAt, reboot } satisfies Kept)
  return reboot
}

async function commandOf(probe: Probe, manager: LinuxManager) {
  if (manager === 'zypper')
    return { program: 'zypper', args: ['needs-rebooting'], id: 'patch/zypper-needs-rebooting', dueCode: 102 } as const
  if (manager !== 'dnf' && manager !== 'yum') return null
  const id = 'patch/rpm-needs-restarting'
  if (await probe.has('needs-restarting')) return { program: 'needs-restarting', args: ['-r'], id, dueCode: 1 } as const
  return null
}

async function newestChange(probe: Probe): Promise<EpochMs | null> {
  for (const path of DATABASES) {
    const facts = await probe.stat(path)
    if (facts.ok) return facts.value.modifiedAt
  }
  return null
}
