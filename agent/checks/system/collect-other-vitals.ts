/** Memory in use on Windows and macOS, asked so seldom that no minute needs a child of its own. I/O through the probe only. */
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { type EpochMs, MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext } from '../collector.ts'
import { decode } from '../decode.ts'
import { askWindows } from '../windows/ask.ts'
import { parseVmStat } from './vm-stat.ts'
import { MEMORY_BLOCK } from './windows-queries.ts'

/** Half an hour: memory is judged by its mean over days. */
const MACOS_EVERY_MS = 30 * MINUTE_MS

/** Empty between two answers: a figure that was told once is not told again as if it were new. */
export async function collectOtherVitals(context: CollectContext): Promise<SampleValues> {
  return context.probe.platform === 'win32' ? collectWindows(context) : collectMacos(context)
}

async function collectWindows(context: CollectContext): Promise<SampleValues> {
  const records = await askWindows(context, MEMORY_BLOCK)
  const record = records.ok ? records.value[0] : undefined
  const askedAt = record?.instant('At') ?? null
  if (record === undefined || (askedAt !== null && context.memo.get('askedAt') === askedAt)) return {}
  context.memo.set('askedAt', askedAt)
  // Both in KiB (learn.microsoft.com, Win32_OperatingSystem).
  const [total, free] = [record.count('TotalVisibleMemorySize'), record.count('FreePhysicalMemory')]
  return { 'memory:usedBytes': total === null || free === null || free > total ? null : (total - free) * 1024 }
}

async function collectMacos({ probe, memo, now }: CollectContext): Promise<SampleValues> {
  const askedAt = memo.get('askedAt') as EpochMs | undefined // only this function writes it
  if (askedAt !== undefined && Math.abs(now - askedAt) < MACOS_EVERY_MS) return {}
  memo.set('askedAt', now)
  const output = await probe.exec('vm_stat', [])
  return { 'memory:usedBytes': output.ok ? parseVmStat(decode(output.value.stdout)) : null }
}
