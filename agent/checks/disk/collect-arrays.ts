/** Task `disk/arrays`: software RAID from /proc/mdstat and the kernel's figures in /sys. I/O through the probe only; no child. */
import { failed, read } from '../../../shared/reading.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { decode } from '../decode.ts'
import { type KernelFacts, withKernelFacts } from './array-state.ts'
import { askControllers } from './ask-controllers.ts'
import { collectMacosArrays } from './collect-macos-storage.ts'
import { collectWindowsArrays } from './collect-windows-storage.ts'
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

async function collectArrays(context: CollectContext): Promise<Contribution<'disk'>> {
  const { probe } = context
  if (probe.platform === 'darwin') return collectMacosArrays(context)
  return withHardware(
    context,
    probe.platform === 'win32' ? await collectWindowsArrays(context) : await collectSoftware(context),
  )
}

/** Adds the logical drives of RAID controllers; their answer is kept for hours, so that a run of this task costs no child. */
async function withHardware(context: CollectContext, own: Contribution<'disk'>): Promise<Contribution<'disk'>> {
  const { arrays } = own.parts
  const hardware = await askControllers(context)
  if (!hardware.ok || hardware.value.arrays.length === 0 || arrays?.state !== 'value') return own
  const source = arrays.value.length === 0 ? hardware.value.source : arrays.source
  return {
    parts: { arrays: read(source, [...arrays.value, ...hardware.value.arrays].slice(0, 64)) },
    samples: own.samples,
  }
}

async function collectSoftware({ probe, off }: CollectContext): Promise<Contribution<'disk'>> {
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
