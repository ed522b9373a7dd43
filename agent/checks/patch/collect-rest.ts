/** What waits on machines with zypper, pacman, apk or rpm-ostree, from their caches. I/O through the probe; nothing is refreshed. */
import type { PatchSection } from '../../../shared/checks/patch.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, type Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Output, Probe } from '../../probe/probe.ts'
import type { ProgramName } from '../../probe/programs.ts'
import type { CollectContext, Contribution, Source } from '../collector.ts'
import { apkSource } from './apk.ts'
import { pacmanSource } from './pacman.ts'
import { rpmOstreeSource } from './rpm-ostree.ts'
import { updatesOf } from './waiting.ts'
import { parseZypperPatches } from './zypper-patches.ts'
import { parseZypperUpdates } from './zypper-updates.ts'

const OPTIONS = { timeoutMs: 2 * MINUTE_MS, maxBytes: 4 * 1024 * 1024 } as const
const ZYPPER = ['--non-interactive', '--no-refresh', '--xmlout']

/** Two children, no network. Patches tell what is for security; packages what waits where a repository has no patches. */
export async function collectZypper({ probe }: CollectContext): Promise<Contribution<'patch'>> {
  const id = 'patch/zypper-patches'
  const manager = read(id, { name: 'zypper' })
  const listed = await probe.exec('zypper', [...ZYPPER, 'list-patches', '--all'], OPTIONS)
  const patches = listed.ok ? parseZypperPatches(listed.value) : listed
  if (!patches.ok) return { parts: { manager, updates: failed(id, patches.error) }, samples: {} }
  const waiting = await probe.exec('zypper', [...ZYPPER, 'list-updates'], OPTIONS)
  const packages = waiting.ok ? parseZypperUpdates(waiting.value) : waiting
  if (!packages.ok) return { parts: { manager, updates: failed('patch/zypper-updates', packages.error) }, samples: {} }
  const { security, securityCount, other, listed: known, oldestAt } = patches.value
  const count = packages.value.length
  // Repositories without a single patch say nothing of security while packages wait.
  const isTold = securityCount > 0 || known > 0 || count === 0
  const others = securityCount + other === 0 ? count : other
  const updates = updatesOf({
    security: isTold ? security : null,
    other: others,
    ...(isTold ? { advisories: securityCount } : {}),
  })
  return {
    parts: { manager, updates: read(id, updates) },
    samples: oldestAt === null ? {} : { 'security:oldestAt': oldestAt },
  }
}

/** One child, no network: as fresh as the last `pacman -Sy`. */
export function collectPacman({ probe }: CollectContext): Promise<Contribution<'patch'>> {
  return collectWith(probe, 'pacman', ['-Qu'], pacmanSource)
}

/** One child, no network. */
export function collectApk({ probe }: CollectContext): Promise<Contribution<'patch'>> {
  return collectWith(probe, 'apk', ['version', '-v', '-l', '<'], apkSource)
}

/** One child, no network. */
export async function collectOstree({ probe }: CollectContext): Promise<Contribution<'patch'>> {
  const { parts, samples } = await collectWith(probe, 'rpm-ostree', ['status', '--json'], rpmOstreeSource)
  const { reboot: _reboot, ...rest } = parts
  return { parts: rest, samples }
}

/** Whether a restart is due on a system of images. */
export async function collectOstreeReboot(probe: Probe): Promise<PatchSection['reboot']> {
  const { parts } = await collectWith(probe, 'rpm-ostree', ['status', '--json'], rpmOstreeSource)
  return parts.reboot ?? failed(rpmOstreeSource.id, { code: 'empty', detail: 'rpm-ostree told no deployments' })
}

async function collectWith(
  probe: Probe,
  program: ProgramName,
  args: readonly string[],
  source: Source<'patch'>,
): Promise<Contribution<'patch'>> {
  const run: Result<Output, Failure> = await probe.exec(program, args, OPTIONS)
  const parsed = !run.ok ? err(run.error) : source.parse({ ...run.value, platform: probe.platform, now: 0 })
  if (parsed.ok) return parsed.value
  const failure = failed(source.id, parsed.error)
  return {
    parts: {
      manager: read(source.id, { name: program }),
      updates: failure,
      ...(program === 'rpm-ostree' ? { reboot: failure } : {}),
    },
    samples: {},
  }
}
