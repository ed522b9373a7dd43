/** Short forms for the machines of the demo: what most servers, desktops and laptops of small companies look like. Pure. */
import { GB } from '../../../shared/units.ts'
import { chance } from '../chance.ts'
import type { DriveSpec, JobSpec, MachineSpec, VolumeSpec } from './machine-spec.ts'
import type { OsKey } from './operating-systems.ts'

/** What every machine must say; the rest has a usual value. */
export type MachineOrder = Pick<MachineSpec, 'key' | 'name' | 'site' | 'place'> & Partial<MachineSpec>

const HARDWARE = {
  server: [
    { vendor: 'Halvorsen', model: 'Tower T40', cpu: 'Xeon E-2334', biosDate: '2022-03-14' },
    { vendor: 'Halvorsen', model: 'Rack R25', cpu: 'EPYC 4245P', biosDate: '2024-11-06' },
  ],
  desktop: [
    { vendor: 'Bramble', model: 'Desk 3070', cpu: 'Core i5-10500', biosDate: '2021-05-20' },
    { vendor: 'Bramble', model: 'Desk 5080', cpu: 'Core i5-13500', biosDate: '2023-09-11' },
  ],
  laptop: [
    { vendor: 'Corvin', model: 'Note 14 G3', cpu: 'Core Ultra 5 125U', biosDate: '2024-06-03' },
    { vendor: 'Corvin', model: 'Note 13 G1', cpu: 'Ryzen 5 5650U', biosDate: '2022-02-21' },
  ],
  mac: [{ vendor: 'Apple Inc.', model: 'MacBook Air (15-inch, M3)', cpu: 'Apple M3', biosDate: '2024-03-04' }],
} as const

const serialOf = (key: string, what: string) =>
  Array.from({ length: 10 }, (_, at) => '23456789ABCDEFGHJKLMNPQRSTVWXYZ'[Math.floor(chance(key, what, at) * 31)]).join(
    '',
  )

/** A drive with usual values. */
export function drive(
  machine: string,
  kind: DriveSpec['kind'],
  gigabytes: number,
  more: Partial<DriveSpec> = {},
): DriveSpec {
  const models = { hdd: 'Basalt HD40', ssd: 'Lumen S5', nvme: 'Lumen N7' } as const
  return {
    kind,
    model: `${models[kind]} ${gigabytes >= 1_000 ? `${gigabytes / 1_000}TB` : `${gigabytes}GB`}`,
    serial: serialOf(machine, `drive ${more.serial ?? ''}${gigabytes}`),
    capacityBytes: gigabytes * GB,
    hoursAtEnd: 6_000 + Math.floor(chance(machine, 'hours') * 20_000),
    celsius: kind === 'hdd' ? 36 : 41,
    wear: kind === 'hdd' ? null : { percentAtEnd: 8 + Math.floor(chance(machine, 'wear') * 30), perDay: 0.012 },
    isHidden: false,
    ...more,
    ...(more.serial === undefined ? {} : { serial: serialOf(machine, more.serial) }),
  }
}

/** A volume that is used up to a share of its size and grows slowly. */
export function volume(
  mount: string,
  device: string,
  gigabytes: number,
  usedShare: number,
  more: Partial<VolumeSpec> = {},
): VolumeSpec {
  const fsType = mount.startsWith('/') ? 'ext4' : 'NTFS'
  const totalBytes = gigabytes * GB
  return {
    mount,
    device,
    fsType,
    isSystem: mount === '/' || mount === 'C:',
    totalBytes,
    usedAtEndBytes: Math.round(totalBytes * usedShare),
    bytesPerDay: Math.round(totalBytes * 0.0002),
    ...more,
  }
}

function systemVolume(os: OsKey, key: string, gigabytes: number): VolumeSpec {
  const share = 0.3 + chance(key, 'used') * 0.3
  if (os.startsWith('win') || os.startsWith('server')) return volume('C:', '\\\\?\\Volume{c0}', gigabytes, share)
  if (os.startsWith('macos')) return volume('/', '/dev/disk3s1s1', gigabytes, share, { fsType: 'apfs' })
  return volume('/', '/dev/sda2', gigabytes, share)
}

type HardwareSpec = MachineSpec['hardware']
const pick = (list: readonly [HardwareSpec, ...HardwareSpec[]], key: string): HardwareSpec =>
  list[Math.floor(chance(key, 'model') * list.length)] ?? list[0]

/** A job that copies a server to a box on site at night. */
export function nightlyToNas(
  tool: JobSpec['tool'],
  name: string,
  nas: string,
  startMinutes: number,
  gigabytes: number,
): JobSpec {
  const destination = { kind: 'nas', label: nas, offsite: false, encrypted: false } as const
  return job(tool, name, destination, startMinutes, gigabytes)
}

/** A job that copies out of the building at night. */
export function nightlyOffsite(
  name: string,
  label: string,
  startMinutes: number,
  gigabytes: number,
  sinceDaysAgo: number | null = null,
): JobSpec {
  const destination = { kind: 's3', label, offsite: true, encrypted: true } as const
  return { ...job('restic', name, destination, startMinutes, gigabytes), sinceDaysAgo }
}

/** A job of a workstation: once a day, when it is on. */
export function dailyOffsite(
  name: string,
  label: string,
  gigabytes: number,
  sinceDaysAgo: number | null = null,
): JobSpec {
  return { ...nightlyOffsite(name, label, 0, gigabytes, sinceDaysAgo), startMinutes: null, durationMinutes: 18 }
}

function job(
  tool: JobSpec['tool'],
  name: string,
  destination: JobSpec['destination'],
  startMinutes: number,
  gigabytes: number,
): JobSpec {
  return {
    id: `${tool}:${name}`,
    tool,
    name,
    destination,
    startMinutes,
    durationMinutes: 35,
    bytes: gigabytes * GB,
    sinceDaysAgo: null,
  }
}

const USUAL = { person: '', memoryShare: 0.5, array: null, jobs: [], battery: null, enrolledDaysAgo: null } as const

/** A server: always on, with backups of its own. */
export function server(order: MachineOrder & Pick<MachineSpec, 'os'>): MachineSpec {
  const isLinux = !order.os.startsWith('server')
  return {
    ...USUAL,
    role: 'server',
    hardware: pick(HARDWARE.server, order.key),
    memoryBytes: 32 * GB,
    drives: [drive(order.key, 'ssd', 960)],
    volumes: [systemVolume(order.os, order.key, 960)],
    holdsData: true,
    antivirus: isLinux ? 'clamav' : 'defender',
    ...order,
  }
}

/** A desktop: on at work, its folders on a server. */
export function desktop(order: MachineOrder): MachineSpec {
  const os = order.os ?? 'win11-25h2'
  return {
    ...USUAL,
    os,
    role: 'desktop',
    hardware: pick(HARDWARE.desktop, order.key),
    memoryBytes: 16 * GB,
    drives: [drive(order.key, 'nvme', 512)],
    volumes: [systemVolume(os, order.key, 511)],
    holdsData: false,
    antivirus: 'defender',
    ...order,
  }
}

/** A laptop: travels, and is copied out of the building. */
export function laptop(order: MachineOrder): MachineSpec {
  const os = order.os ?? 'win11-25h2'
  const isMac = os.startsWith('macos')
  return {
    ...USUAL,
    os,
    role: 'laptop',
    hardware: pick(isMac ? HARDWARE.mac : HARDWARE.laptop, order.key),
    memoryBytes: 16 * GB,
    drives: [drive(order.key, 'nvme', 512)],
    volumes: [systemVolume(os, order.key, 511)],
    jobs: [dailyOffsite('documents', 's3.example.net/laptops', 40)],
    holdsData: true,
    antivirus: isMac ? 'sentinelone' : 'defender',
    battery: [91, 88],
    ...order,
  }
}
