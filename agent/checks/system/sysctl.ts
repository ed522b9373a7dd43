/** Parses `sysctl kern.boottime kern.hv_vmm_present hw.memsize hw.logicalcpu …` of macOS. Pure and total. */

import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { firmwareText } from './hardware.ts'

/** Source id. */
export const SYSCTL = 'system/sysctl'
/** Names that are asked for. */
export const SYSCTL_NAMES = [
  'kern.boottime',
  'kern.osrelease',
  'kern.hv_vmm_present',
  'hw.memsize',
  'hw.logicalcpu',
  'machdep.cpu.brand_string',
] as const

/** Every value: null = not told. */
export type MacosKernel = {
  readonly bootedAt: EpochMs | null
  readonly kernel: string | null
  readonly isVirtual: boolean | null
  readonly memoryBytes: number | null
  readonly cpuThreads: number | null
  readonly cpu: string | null
}

/** Errors: `empty`, `parse` when none of the names is there. */
export function parseSysctl(text: string): Result<MacosKernel, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const values = new Map<string, string>()
  for (const line of text.split('\n', 4_096)) {
    const match = /^([a-z_0-9.]{1,80})(?:: | = |=)(.{1,400})$/.exec(line)
    if (match?.[1] !== undefined && match[2] !== undefined) values.set(match[1], match[2].trim())
  }
  if (!SYSCTL_NAMES.some((name) => values.has(name)))
    return err({ code: 'parse', detail: 'none of the names asked for' })
  const number = (name: string) => {
    const value = values.get(name) ?? ''
    return /^\d{1,15}$/.test(value) ? Number(value) : null
  }
  const seconds = /^\{ sec = (\d{9,11}),/.exec(values.get('kern.boottime') ?? '')?.[1]
  const present = number('kern.hv_vmm_present')
  return ok({
    bootedAt: seconds === undefined ? null : Number(seconds) * 1_000,
    kernel: values.get('kern.osrelease')?.slice(0, 128) ?? null,
    isVirtual: present === null ? null : present === 1,
    memoryBytes: number('hw.memsize'),
    cpuThreads: number('hw.logicalcpu'),
    cpu: firmwareText(values.get('machdep.cpu.brand_string') ?? null),
  })
}

/** `system/sysctl`: boot instant, and what the kernel knows of the hardware. */
export const sysctl: Source<'system'> = {
  id: SYSCTL,
  check: 'system',
  parse: ({ stdout }) => {
    const found = parseSysctl(decode(stdout))
    if (!found.ok) return found
    const { bootedAt, memoryBytes, cpuThreads, cpu, isVirtual } = found.value
    const nothing = { vendor: null, model: null, serial: null, chassis: null, biosDate: null }
    const isTold = memoryBytes !== null || cpuThreads !== null || cpu !== null
    return ok({
      parts: {
        ...(bootedAt === null ? {} : { boot: read(SYSCTL, { bootedAt }) }),
        ...(isTold ? { hardware: read(SYSCTL, { ...nothing, cpu, cpuThreads, memoryBytes }) } : {}),
        ...(isVirtual === null
          ? {}
          : { virtualization: read(SYSCTL, { kind: isVirtual ? 'vm-other' : 'none', container: false }) }),
      },
      samples: {},
    })
  },
}
