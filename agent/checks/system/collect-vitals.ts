/** What moves from minute to minute: memory, processor, load, swap, uptime. I/O through the probe only; no child. */
import type { SampleValues } from '../../../shared/checks/samples.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { collectOtherVitals } from './collect-other-vitals.ts'
import { busyPermille, type CpuTicks, parseCpuTicks, parseLoadCenti, parseMeminfo, parseUptimeSeconds } from './proc.ts'
import { readText } from './read-text.ts'

/**
 * Samples only. `cpu:busyPermille` needs a reading before this one and is null at the first; a figure that the kernel did
 * not tell is null, never 0.
 */
export async function collectVitals(context: CollectContext): Promise<Contribution<'system'>> {
  const { probe, memo } = context
  if (probe.platform !== 'linux') return { parts: {}, samples: await collectOtherVitals(context) }
  const meminfo = (await readText(probe, '/proc/meminfo')) ?? ''
  const swapTotal = parseMeminfo(meminfo, 'SwapTotal')
  const samples: SampleValues = {
    'memory:usedBytes': used(parseMeminfo(meminfo, 'MemTotal'), parseMeminfo(meminfo, 'MemAvailable')),
    'swap:usedBytes': used(swapTotal, parseMeminfo(meminfo, 'SwapFree')),
    'cpu:busyPermille': await readBusy({ probe, memo }),
    'load:centi1': parseLoadCenti((await readText(probe, '/proc/loadavg')) ?? ''),
    'uptime:seconds': parseUptimeSeconds((await readText(probe, '/proc/uptime')) ?? ''),
  }
  return { parts: {}, samples }
}

function used(total: number | null, free: number | null): number | null {
  return total === null || free === null ? null : Math.max(0, total - free)
}

async function readBusy({ probe, memo }: Pick<CollectContext, 'probe' | 'memo'>): Promise<number | null> {
  const ticks = parseCpuTicks((await readText(probe, '/proc/stat', 4 * 1024 * 1024)) ?? '')
  const before = memo.get('cpu') as CpuTicks | undefined // only written below
  if (ticks === null) return null
  memo.set('cpu', ticks)
  return before === undefined ? null : busyPermille(before, ticks)
}
