/** What macOS tells of itself. I/O through the probe only. */
import type { SystemSection } from '../../../shared/checks/system.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, type Result } from '../../../shared/result.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { CollectContext, Contribution } from '../collector.ts'
import { decode } from '../decode.ts'
import { fillHardware } from './hardware.ts'
import { IOREG_BATTERY, parseIoregBattery, parseMacosPower, SYSTEM_PROFILER_POWER } from './macos-battery.ts'
import { parseMacosVersion, SW_VERS, SYSTEM_VERSION_PLIST } from './sw-vers.ts'
import { type MacosKernel, parseSysctl, SYSCTL, SYSCTL_NAMES } from './sysctl.ts'
import { parseMacosHardware, SYSTEM_PROFILER_HARDWARE } from './system-profiler-hardware.ts'

/** The file tells the true version; `sw_vers` may be told an older one. */
const VERSION_FILE = '/System/Library/CoreServices/SystemVersion.plist'

/** The identity of a Mac. Unexpected ends are not told: macOS keeps no list of them that can be read without parsing its whole log. */
export async function collectMacosIdentity(context: CollectContext): Promise<Contribution<'system'>> {
  const kernel = await readKernel(context)
  const { hardware, virtualization } = await readHardware(context, kernel)
  const noCrashes = { code: 'unsupported', detail: 'macOS keeps no short list of unexpected ends' } as const
  return {
    parts: {
      os: await readOs(context, kernel),
      boot:
        kernel.ok && kernel.value.bootedAt !== null
          ? read(SYSCTL, { bootedAt: kernel.value.bootedAt })
          : failed(SYSCTL, kernel.ok ? { code: 'parse', detail: 'no kern.boottime' } : kernel.error),
      hardware,
      virtualization,
      batteries: await readBatteries(context),
      crashes: failed('system/macos', noCrashes),
    },
    samples: {},
  }
}

function disabled(source: string): Result<never, Failure> {
  return err({ code: 'disabled', detail: `${source} is switched off for this machine` })
}

/** The kernel works the instant out anew when its clock is set: whole seconds are steady enough to be told once per boot. */
async function readKernel({ probe, off }: CollectContext): Promise<Result<MacosKernel, Failure>> {
  if (off.has(SYSCTL)) return disabled(SYSCTL)
  // A name that this Mac does not know is told on standard error, and the others are answered.
  const output = await probe.exec('sysctl', [...SYSCTL_NAMES])
  return output.ok ? parseSysctl(decode(output.value.stdout)) : output
}

async function readOs(
  { probe, off }: CollectContext,
  kernel: Result<MacosKernel, Failure>,
): Promise<SystemSection['os']> {
  const file = off.has(SYSTEM_VERSION_PLIST) ? disabled(SYSTEM_VERSION_PLIST) : await probe.readFile(VERSION_FILE)
  const told = file.ok ? parseMacosVersion(file.value) : file
  const release = kernel.ok ? kernel.value.kernel : null
  if (told.ok) return read(SYSTEM_VERSION_PLIST, { ...told.value, kernel: release })
  if (off.has(SW_VERS)) return failed(SYSTEM_VERSION_PLIST, told.error)
  const output = await probe.exec('sw_vers', [])
  const found = output.ok ? parseMacosVersion(output.value.stdout) : output
  return found.ok ? read(SW_VERS, { ...found.value, kernel: release }) : failed(SW_VERS, found.error)
}

async function readHardware(
  { probe, off }: CollectContext,
  kernel: Result<MacosKernel, Failure>,
): Promise<Pick<SystemSection, 'hardware' | 'virtualization'>> {
  const output = off.has(SYSTEM_PROFILER_HARDWARE)
    ? disabled(SYSTEM_PROFILER_HARDWARE)
    : await probe.exec('system_profiler', ['-json', 'SPHardwareDataType'], { timeoutMs: MINUTE_MS })
  const profiled = output.ok ? parseMacosHardware(output.value.stdout) : output
  const isVirtual = kernel.ok ? kernel.value.isVirtual : null
  const own = kernel.ok ? kernel.value : { cpu: null, cpuThreads: null, memoryBytes: null }
  const fromKernel = { ...NOTHING, cpu: own.cpu, cpuThreads: own.cpuThreads, memoryBytes: own.memoryBytes }
  const kind = profiled.ok ? profiled.value.virtualization.kind : 'none'
  return {
    hardware: profiled.ok
      ? read(SYSTEM_PROFILER_HARDWARE, fillHardware(profiled.value.hardware, fromKernel))
      : [own.cpu, own.cpuThreads, own.memoryBytes].some((value) => value !== null)
        ? read(SYSCTL, fromKernel)
        : failed(SYSTEM_PROFILER_HARDWARE, profiled.error),
    virtualization:
      isVirtual === null
        ? profiled.ok
          ? read(SYSTEM_PROFILER_HARDWARE, profiled.value.virtualization)
          : failed(SYSCTL, { code: 'empty', detail: 'kern.hv_vmm_present is not told' })
        : read(SYSCTL, { kind: isVirtual ? (kind === 'none' ? 'vm-other' : kind) : 'none', container: false }),
  }
}

const NOTHING = { vendor: 'Apple', model: null, serial: null, chassis: null, biosDate: null } as const

/** Capacities from the registry of devices, Apple's judgment from its profiler. A Mac without a battery has no such device. */
async function readBatteries({ probe, off }: CollectContext): Promise<SystemSection['batteries']> {
  const output = off.has(IOREG_BATTERY)
    ? disabled(IOREG_BATTERY)
    : await probe.exec('ioreg', ['-rn', 'AppleSmartBattery', '-a'])
  if (output.ok && output.value.exitCode === 0 && decode(output.value.stdout).trim() === '')
    return read(IOREG_BATTERY, [])
  const found = output.ok ? parseIoregBattery(output.value.stdout) : output
  if (found.ok && found.value.length === 0) return read(IOREG_BATTERY, [])
  const profiler = off.has(SYSTEM_PROFILER_POWER)
    ? disabled(SYSTEM_PROFILER_POWER)
    : await probe.exec('system_profiler', ['-json', 'SPPowerDataType'], { timeoutMs: MINUTE_MS })
  const judged = profiler.ok ? parseMacosPower(profiler.value.stdout) : profiler
  if (!found.ok) return judged.ok ? read(SYSTEM_PROFILER_POWER, [...judged.value]) : failed(IOREG_BATTERY, found.error)
  const condition = judged.ok ? (judged.value[0]?.condition ?? null) : null
  return read(
    IOREG_BATTERY,
    found.value.map((battery) => ({ ...battery, condition: battery.condition === 'service' ? 'service' : condition })),
  )
}
