/** Which RAID cards hide their drives, by their drivers. Pure data and parsers. */
import type { WindowsRecord } from '../windows/records.ts'

/** Name of the block of Windows that tells its RAID cards. */
export const RAID_CARDS_BLOCK = 'raid-cards'

/** Families of cards by the tool that asks them. */
export type CardFamily = 'megaraid' | 'smartarray' | 'adaptec' | 'other'

/** Kernel drivers of cards whose drives the system does not see. */
const LINUX_DRIVERS: { readonly [driver: string]: CardFamily } = {
  megaraid_sas: 'megaraid',
  megaraid_mbox: 'megaraid',
  megaraid: 'megaraid',
  hpsa: 'smartarray',
  cciss: 'smartarray',
  smartpqi: 'smartarray',
  aacraid: 'adaptec',
  arcmsr: 'other',
  '3w-9xxx': 'other',
  '3w-sas': 'other',
  '3w-xxxx': 'other',
  hptiop: 'other',
  ips: 'other',
}
/** These show every drive to the system, although their PCI class says RAID: firmware RAID and virtual machines. */
const OPEN_DRIVERS = /^(?:ahci|vmd|isci|nvme|virtio.*|ata_piix|vmw_pvscsi|mpt3sas|mpt2sas|iaStor.*)$/

/** @param pciClass content of `class`, such as `0x010400`. @returns null for what hides no drive. */
export function familyOfDriver(driver: string | null, pciClass: string): CardFamily | null {
  if (driver !== null && Object.hasOwn(LINUX_DRIVERS, driver)) return LINUX_DRIVERS[driver] ?? null
  if (!/^0x0104/.test(pciClass) || (driver !== null && OPEN_DRIVERS.test(driver))) return null
  return 'other'
}

/** Services of Windows' drivers, by family (inbox and vendors' drivers of Windows 7 to Server 2025). */
const WINDOWS_SERVICES: readonly (readonly [RegExp, CardFamily])[] = [
  [/^(?:megasas\w*|percsas\w*|lsi_sas2i|megasr)$/i, 'megaraid'],
  [/^(?:hpsa\w*|hpciss\w*|hpcissd|smartpqi\w*|smartraid\w*)$/i, 'smartarray'],
  [/^(?:arcsas|adpu\w*|aacraid)$/i, 'adaptec'],
  [/^(?:arcmsr\w*|3ware\w*|amdsata_raid)$/i, 'other'],
]

/** @param record of block `raid-cards`: Win32_SCSIController. @returns null for what hides no drive. */
export function familyOfRecord(record: WindowsRecord): { readonly family: CardFamily; readonly name: string } | null {
  const service = record.text('DriverName') ?? ''
  const family = WINDOWS_SERVICES.find(([pattern]) => pattern.test(service))?.[1]
  return family === undefined ? null : { family, name: record.text('Name') ?? service }
}
