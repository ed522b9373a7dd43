/** Task `disk/arrays`: software RAID from /proc/mdstat and the kernel's figures in /sys. I/O through the probe only; no child. */
import { failed, read } from '../../../shared/reading.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { decode } from '../decode.ts'
import { type KernelFacts, withKernelFacts } from './array-state.ts'
import { MDSTAT, parseMdstat } from './mdstat.ts'

/** Every 5 minutes, from the kernel alone. */
export const arraysTask: Task<'disk'> = {
  id: 'disk/arrays',
  check: 'disk',
  cadence: 'raid',
  parts: ['arrays'],
  timeoutMs: 30_000,
  collect: collectArrays,
}

async function collectArrays({ probe, off }: CollectContext): Promise<Contribution<'disk'>> {
  if (off.has(MDSTAT)) return nothing({ code: 'disabled', detail: `${MDSTAT} is switched off for this machine` })
  const file = await probe.readFile('/proc/mdstat')
  // No such file: the kernel's RAID code is not loaded, so it runs no array.
  if (!file.ok)
    return file.error.code === 'empty' ? { parts: { arrays: read(MDSTAT, []) }, samples: {} } : nothing(file.error)
  const report = parseMdstat(decode(file.value))
  if (!report.ok) return nothing(report.error)
  const arrays = await Promise.all(
    report.value.arrays.map(async (array) => withKernelFacts(array, await readKernelFacts(probe, array.name))),
  )
  return { parts: { arrays: read(MDSTAT, arrays) }, samples: report.value.samples }
}

function nothing(failure: Parameters<typeof failed>[1]): Contribution<'disk'> {
  return { parts: { arrays: failed(MDSTAT, failure) }, samples: {} }
}

async function readKernelFacts(probe: Probe, name: string): Promise<KernelFacts> {
  const word = async (file: string) => {
    const found = await probe.readFile(`/sys/block/${name}/md/${file}`, { maxBytes: 128 })
    const text = found.ok ? decode(found.value).trim() : ''
    return text === '' ? null : text
  }
  const figure = async (file: string) => {
    const text = await word(file)
    return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
  }
  return {
    arrayState: await word('array_state'),
    degraded: await figure('degraded'),
    syncAction: await word('sync_action'),
    mismatchCount: await figure('mismatch_cnt'),
  }
}
