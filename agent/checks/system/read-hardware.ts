/** Hardware as the kernel tells it: DMI, device tree, /proc. I/O through the probe only; no child. */
import type { Hardware } from '../../../shared/checks/system.ts'
import type { Probe } from '../../probe/probe.ts'
import { biosDateOf, chassisOf, firmwareText, parseCpuinfo } from './hardware.ts'
import { parseMeminfo } from './proc.ts'
import { readText } from './read-text.ts'
import type { Virtualization } from './virtualization.ts'

const DMI = '/sys/class/dmi/id'

/**
 * @param virtualization of this machine; the BIOS date of a virtual machine is the same on every host and says nothing.
 *   null: could not tell, and then the date is kept only if DMI names no hypervisor, which the caller has tried already.
 */
export async function readHardware(probe: Probe, virtualization: Virtualization | null): Promise<Hardware> {
  const dmi = async (file: string) => firmwareText(await readText(probe, `${DMI}/${file}`))
  const cpuinfo = parseCpuinfo((await readText(probe, '/proc/cpuinfo', 4 * 1024 * 1024)) ?? '')
  const virtual = virtualization !== null && virtualization.kind !== 'none' && !virtualization.container
  return {
    vendor: (await dmi('sys_vendor')) ?? (await dmi('board_vendor')),
    // Small boards have no DMI; their device tree ends its strings with NUL, which decoding drops.
    model: (await dmi('product_name')) ?? firmwareText(await readText(probe, '/sys/firmware/devicetree/base/model')),
    serial: (await dmi('product_serial')) ?? (await dmi('chassis_serial')),
    chassis: chassisOf((await readText(probe, `${DMI}/chassis_type`))?.trim() ?? null),
    biosDate: virtual ? null : biosDateOf((await readText(probe, `${DMI}/bios_date`))?.trim() ?? null),
    ...cpuinfo,
    memoryBytes: await readMemory(probe),
  }
}

/**
 * MemTotal leaves out what the kernel keeps for itself; the hot-plug blocks of /sys add up to what is built in. They count
 * only where the two figures belong together (at most a quarter and 1 GiB apart).
 */
async function readMemory(probe: Probe): Promise<number | null> {
  const usable = parseMeminfo((await readText(probe, '/proc/meminfo')) ?? '', 'MemTotal')
  const folder = '/sys/devices/system/memory'
  const blockHex = (await readText(probe, `${folder}/block_size_bytes`))?.trim() ?? ''
  const blocks = /^[0-9a-f]{1,12}$/i.test(blockHex) ? await probe.list(folder) : null
  if (blocks === null || !blocks.ok || usable === null) return usable
  const built = blocks.value.filter((entry) => /^memory\d+$/.test(entry.name)).length * Number.parseInt(blockHex, 16)
  return built >= usable && built <= usable * 1.25 + 2 ** 30 ? built : usable
}
