/** Parses Win32_ComputerSystem, Win32_BIOS, Win32_OperatingSystem, Win32_Processor and Win32_SystemEnclosure, together or one by one. Pure and total. */
import type { Hardware, OsFacts } from '../../../shared/checks/system.ts'
import { type Failure, failed, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import type { Contribution, Source } from '../collector.ts'
import { readWindowsRecords, type WindowsRecord } from '../windows/records.ts'
import { biosDateOf, chassisOf, firmwareText } from './hardware.ts'
import { guessVirtualization, type Virtualization } from './virtualization.ts'
import { editionOf, editionOfSku, windowsName } from './windows-edition.ts'

/** Source id. */
export const WINDOWS_COMPUTER = 'system/windows-computer'
/** Block of the question. */
export const COMPUTER_BLOCK = 'system-computer'

/** What the classes told; null: that class is not among the records. */
export type WindowsComputer = {
  readonly hardware: Hardware | null
  readonly virtualization: Virtualization | null
  readonly bootedAt: EpochMs | null
  readonly os: OsFacts | null
}

type Classes = { readonly [K in 'computer' | 'bios' | 'system' | 'cpu' | 'chassis']?: WindowsRecord }

/** A record is known by a property that only its class has. */
const MARKS: readonly (readonly [keyof Classes, readonly string[]])[] = [
  ['bios', ['SMBIOSBIOSVersion', 'BIOSVersion', 'PrimaryBIOS']],
  ['system', ['LastBootUpTime', 'OperatingSystemSKU', 'OSArchitecture']],
  ['cpu', ['MaxClockSpeed', 'ProcessorId', 'NumberOfCores']],
  ['computer', ['TotalPhysicalMemory', 'PCSystemType', 'DomainRole', 'HypervisorPresent']],
  ['chassis', ['ChassisTypes']],
]

/** Errors: those of `readWindowsRecords`; `parse` when none of the classes is there. */
export function parseWindowsComputer(bytes: Uint8Array): Result<WindowsComputer, Failure> {
  const records = readWindowsRecords(bytes, COMPUTER_BLOCK)
  if (!records.ok) return records
  const classes: { -readonly [K in keyof Classes]: WindowsRecord } = {}
  for (const record of records.value) {
    const name = MARKS.find(([, keys]) => keys.some((key) => record.has(key)))?.[0]
    if (name !== undefined) classes[name] ??= record
  }
  if (Object.keys(classes).length === 0) return err({ code: 'parse', detail: 'objects, but none of the computer' })
  const virtualization = virtualizationOf(classes)
  const { computer, bios, cpu, chassis, system } = classes
  const hasHardware = [computer, bios, cpu, chassis].some((record) => record !== undefined)
  return ok({
    hardware: hasHardware ? hardwareOf(classes, virtualization !== null && virtualization.kind !== 'none') : null,
    virtualization,
    bootedAt: system?.instant('LastBootUpTime') ?? null,
    os: system === undefined ? null : osOf(system),
  })
}

/** HypervisorPresent is no clue: Windows sets it on bare metal when it protects itself by virtualization. */
function virtualizationOf({ computer, bios }: Classes): Virtualization | null {
  const words = [
    computer?.text('Manufacturer'),
    computer?.text('Model'),
    bios?.text('SMBIOSBIOSVersion'),
    bios?.text('Version'),
    bios?.text('BIOSVersion'),
  ]
  const dmi = words.filter((word) => word != null).join('\n')
  const nothing = {
    container: null,
    dockerenv: false,
    containerenv: false,
    cgroup: null,
    kernelVersion: null,
    cpuinfo: null,
  }
  const guess = dmi === '' ? null : guessVirtualization({ ...nothing, dmi })
  // Firmware alone proves a virtual machine, and never the lack of one.
  return guess?.kind === 'none' && (computer?.text('Model') ?? null) === null ? null : guess
}

function hardwareOf({ computer, bios, cpu, chassis }: Classes, isVirtual: boolean): Hardware {
  const released = bios?.instant('ReleaseDate') ?? null
  const threads = computer?.count('NumberOfLogicalProcessors') ?? cpu?.count('NumberOfLogicalProcessors') ?? null
  return {
    vendor: firmwareText(computer?.text('Manufacturer') ?? null),
    model: firmwareText(computer?.text('Model') ?? null),
    serial: firmwareText(bios?.text('SerialNumber') ?? null),
    chassis:
      chassisOf(String(chassis?.numbers('ChassisTypes')[0] ?? '')) ?? chassisOfType(computer?.count('PCSystemType')),
    biosDate: isVirtual || released === null ? null : biosDateOf(new Date(released).toISOString()),
    cpu: firmwareText(cpu?.text('ProcessorName') ?? cpu?.text('Name') ?? null),
    cpuThreads: threads === 0 ? null : threads,
    memoryBytes: computer?.count('TotalPhysicalMemory') ?? null,
  }
}

/** PCSystemType: 1 desktop, 2 mobile, 3 workstation, 4, 5 and 7 servers (learn.microsoft.com, Win32_ComputerSystem). */
function chassisOfType(type: number | null | undefined): Hardware['chassis'] {
  if (type === 1 || type === 3) return 'desktop'
  if (type === 2) return 'laptop'
  return type === 4 || type === 5 || type === 7 ? 'server' : null
}

/** Caption is translated and good for people only; the edition comes from a number. */
function osOf(system: WindowsRecord): OsFacts | null {
  const build = system.count('BuildNumber')
  const version = /^(\d{1,2}\.\d{1,2})\.\d{1,6}$/.exec(system.text('Version', 32) ?? '')?.[1] ?? null
  if (build === null || version === null) return null
  const isServer = (system.count('ProductType') ?? 1) > 1
  return {
    family: 'windows',
    id: 'windows',
    name: windowsName(system.text('Caption', 120), build),
    version: null,
    build: `${version}.${build}`,
    kernel: null,
    edition: editionOf(editionOfSku(system.count('OperatingSystemSKU')), isServer ? 'Server' : null),
  }
}

/** The parts that the classes tell; a class that is not there is no part. */
export function computerParts(found: WindowsComputer): Contribution<'system'>['parts'] {
  const { hardware, virtualization, bootedAt, os } = found
  const isEmpty = hardware !== null && Object.values(hardware).every((value) => value === null)
  const nothing = failed(WINDOWS_COMPUTER, { code: 'empty', detail: 'the firmware tells nothing of the hardware' })
  return {
    ...(hardware === null ? {} : { hardware: isEmpty ? nothing : read(WINDOWS_COMPUTER, hardware) }),
    ...(virtualization === null ? {} : { virtualization: read(WINDOWS_COMPUTER, virtualization) }),
    ...(bootedAt === null ? {} : { boot: read(WINDOWS_COMPUTER, { bootedAt }) }),
    ...(os === null ? {} : { os: read(WINDOWS_COMPUTER, os) }),
  }
}

/** `system/windows-computer`: hardware, virtualization and boot of Windows. */
export const windowsComputer: Source<'system'> = {
  id: WINDOWS_COMPUTER,
  check: 'system',
  parse: ({ stdout }) => {
    const found = parseWindowsComputer(stdout)
    return found.ok ? ok({ parts: computerParts(found.value), samples: {} }) : found
  },
}
