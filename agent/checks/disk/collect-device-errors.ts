/** Task `disk/device-errors`: what the system itself logged about drives. I/O through the probe only. */
import { failed, read } from '../../../shared/reading.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { readContainer } from '../container.ts'
import { collectWindowsDeviceErrors } from './collect-windows-storage.ts'
import { KERNEL_LOG, KERNEL_LOG_HOURS, parseKernelLog } from './kernel-log.ts'

/** Every 6 hours, over the last day. */
export const deviceErrorsTask: Task<'disk'> = {
  id: 'disk/device-errors',
  check: 'disk',
  cadence: 'smart',
  parts: ['deviceErrors'],
  timeoutMs: 5 * MINUTE_MS,
  collect: collectDeviceErrors,
}

/** By transport, not -k: that would leave out what stood there before the last restart. */
const ARGS = ['_TRANSPORT=kernel', '-o', 'cat', '-p', 'err', '--since', `-${KERNEL_LOG_HOURS}h`, '--no-pager'] as const

async function collectDeviceErrors(context: CollectContext): Promise<Contribution<'disk'>> {
  const { probe, off } = context
  if (probe.platform === 'win32') return collectWindowsDeviceErrors(context)
  const nothing = (failure: Parameters<typeof failed>[1]) => ({
    parts: { deviceErrors: failed(KERNEL_LOG, failure) },
    samples: {},
  })
  if (probe.platform === 'darwin')
    return nothing({ code: 'unsupported', detail: 'macOS keeps no log of drive errors that can be asked for' })
  if (off.has(KERNEL_LOG))
    return nothing({ code: 'disabled', detail: `${KERNEL_LOG} is switched off for this machine` })
  const container = await readContainer(probe)
  if (container !== null)
    return nothing({ code: 'unsupported', detail: `the kernel log belongs to the machine around this ${container}` })
  const output = await probe.exec('journalctl', ARGS, { timeoutMs: MINUTE_MS, target: 'journalctl kernel' })
  if (!output.ok) return nothing(output.error)
  const errors = parseKernelLog(output.value)
  if (errors.ok) return { parts: { deviceErrors: read(KERNEL_LOG, [...errors.value]) }, samples: {} }
  // journalctl prints nothing both for a quiet day and without a journal: the journal's own folder tells them apart.
  if (errors.error.code === 'empty' && output.value.stderr.trim() === '' && (await hasJournal(probe)))
    return { parts: { deviceErrors: read(KERNEL_LOG, []) }, samples: {} }
  return nothing(errors.error)
}

async function hasJournal(probe: Probe): Promise<boolean> {
  for (const folder of ['/var/log/journal', '/run/log/journal']) {
    const machines = await probe.list(folder)
    for (const { name } of machines.ok ? machines.value.slice(0, 4) : []) {
      const files = await probe.list(`${folder}/${name}`)
      if (files.ok && files.value.some((file) => file.name.startsWith('system') && file.name.endsWith('.journal')))
        return true
    }
  }
  return false
}
