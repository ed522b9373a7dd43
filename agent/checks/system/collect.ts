/** Tasks `system/identity`, `system/inventory` and `system/vitals`. I/O through the probe only. */
import type { Battery, Hardware, SystemSection } from '../../../shared/checks/system.ts'
import { failed, type Reading, read } from '../../../shared/reading.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext, Contribution, Task } from '../collector.ts'
import { decode } from '../decode.ts'
import { POWER_SUPPLY_FILES, parseBattery } from './battery.ts'
import { collectMacosIdentity } from './collect-macos.ts'
import { collectVitals } from './collect-vitals.ts'
import { collectWindowsIdentity } from './collect-windows.ts'
import { fillHardware } from './hardware.ts'
import { parseInventory, SYSTEMINFORMATION } from './inventory.ts'
import { OS_RELEASE, parseOsRelease } from './os-release.ts'
import { parseBootedAt } from './proc.ts'
import { readCrashes } from './read-crashes.ts'
import { readHardware } from './read-hardware.ts'
import { readText } from './read-text.ts'
import { readVirtualization } from './read-virtualization.ts'

const PROC_STAT = 'system/proc-stat'
const KERNEL = 'system/kernel'
const POWER = 'system/power-supply'
/** A clock that steps further than this was wrong when the boot instant was read; a smaller step does not move it. */
const CLOCK_STEP_MS = 10 * 60_000

/**
 * Last answer of the inventory child, per probe: both tasks fill `hardware`, and the quick one must not take back what the
 * slow one has told.
 */
const inventories = new WeakMap<Probe, Hardware>()

/** First findings within seconds: no child but systemd-detect-virt. */
export const identityTask: Task<'system'> = {
  id: 'system/identity',
  check: 'system',
  cadence: 'inventory',
  parts: ['os', 'boot', 'virtualization', 'hardware', 'batteries', 'crashes'],
  timeoutMs: 30_000,
  collect: collectIdentity,
}

/** The slow part of the hardware, through systeminformation in a child. */
export const inventoryTask: Task<'system'> = {
  id: 'system/inventory',
  check: 'system',
  cadence: 'inventory',
  parts: ['hardware'],
  timeoutMs: 60_000,
  collect: collectInventory,
}

/** Every minute, samples only, from the kernel alone. */
export const vitalsTask: Task<'system'> = {
  id: 'system/vitals',
  check: 'system',
  cadence: 'vitals',
  parts: [],
  timeoutMs: 10_000,
  collect: collectVitals,
}

async function collectIdentity(context: CollectContext): Promise<Contribution<'system'>> {
  const { probe, off } = context
  if (probe.platform === 'win32') return collectWindowsIdentity(context)
  if (probe.platform === 'darwin') return collectMacosIdentity(context)
  const virtualization = await readVirtualization(probe, off)
  const crashes = await readCrashes(context, virtualization)
  return {
    parts: {
      os: await readOs(context),
      boot: await readBoot(context),
      virtualization,
      hardware: await readKnownHardware(probe, virtualization),
      batteries: await readBatteries(probe),
      crashes: crashes.reading,
    },
    samples: crashes.samples,
  }
}

async function collectInventory({ probe, off }: CollectContext): Promise<Contribution<'system'>> {
  // Windows and macOS tell all of it to the first task; the child would start a dozen shells more.
  if (probe.platform !== 'linux') return { parts: {}, samples: {} }
  const virtualization = await readVirtualization(probe, off)
  if (!off.has(SYSTEMINFORMATION)) {
    const output = await probe.exec('rounds-inventory', [], { timeoutMs: 30_000 })
    const told = output.ok ? parseInventory(decode(output.value.stdout)) : output
    // A child that failed takes nothing away: what the kernel tells stands, with what an earlier child told.
    if (told.ok) inventories.set(probe, told.value)
  }
  return { parts: { hardware: await readKnownHardware(probe, virtualization) }, samples: {} }
}

async function readKnownHardware(
  probe: Probe,
  virtualization: SystemSection['virtualization'],
): Promise<SystemSection['hardware']> {
  const found = virtualization.state === 'value' ? virtualization.value : null
  const own = await readHardware(probe, found)
  const told = inventories.get(probe)
  const virtual = found !== null && found.kind !== 'none'
  // The child reads the same DMI: it must not bring back the BIOS date of a virtual machine.
  const hardware = told === undefined ? own : fillHardware(own, virtual ? { ...told, biosDate: null } : told)
  if (Object.values(hardware).every((value) => value === null))
    return failed(KERNEL, { code: 'empty', detail: 'neither DMI nor /proc tell anything of the hardware' })
  return read(KERNEL, hardware)
}

async function readOs({ probe, off }: CollectContext): Promise<SystemSection['os']> {
  if (off.has(OS_RELEASE))
    return failed(OS_RELEASE, { code: 'disabled', detail: `${OS_RELEASE} is switched off for this machine` })
  const kernel = (await readText(probe, '/proc/sys/kernel/osrelease', 256))?.trim().slice(0, 128) ?? null
  const text = (await readText(probe, '/etc/os-release')) ?? (await readText(probe, '/usr/lib/os-release'))
  const os = parseOsRelease(text ?? '', kernel)
  return os.ok ? read(OS_RELEASE, os.value) : failed(OS_RELEASE, os.error)
}

/** The kernel works the instant out from its clock at every reading: it is kept for as long as the boot id is the same. */
async function readBoot({ probe, memo }: CollectContext): Promise<SystemSection['boot']> {
  const bootedAt = parseBootedAt((await readText(probe, '/proc/stat', 4 * 1024 * 1024)) ?? '')
  if (bootedAt === null) return failed(PROC_STAT, { code: 'parse', detail: 'no btime in /proc/stat' })
  const bootId = (await readText(probe, '/proc/sys/kernel/random/boot_id', 64))?.trim() ?? null
  const known = memo.get('boot') as { readonly bootId: string | null; readonly bootedAt: number } | undefined // only written below
  const same = known !== undefined && bootId !== null && known.bootId === bootId
  if (same && Math.abs(known.bootedAt - bootedAt) <= CLOCK_STEP_MS) return read(PROC_STAT, { bootedAt: known.bootedAt })
  memo.set('boot', { bootId, bootedAt })
  return read(PROC_STAT, { bootedAt })
}

async function readBatteries(probe: Probe): Promise<Reading<Battery[]>> {
  const folder = '/sys/class/power_supply'
  const entries = await probe.list(folder)
  // No such folder: this kernel knows no power supply at all, hence no battery.
  if (!entries.ok) return entries.error.code === 'empty' ? read(POWER, []) : failed(POWER, entries.error)
  const batteries = await Promise.all(
    entries.value.slice(0, 32).map(async ({ name }) => {
      const values: { [file: string]: string } = {}
      for (const file of POWER_SUPPLY_FILES) {
        const text = await readText(probe, `${folder}/${name}/${file}`, 64)
        if (text !== null) values[file] = text
      }
      return parseBattery({ name, values })
    }),
  )
  return read(POWER, batteries.filter((battery) => battery !== null).slice(0, 8))
}
