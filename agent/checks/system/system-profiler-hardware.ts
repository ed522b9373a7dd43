/** Parses `system_profiler SPHardwareDataType` as text, JSON and property list: what a Mac is. Pure and total. */
import type { Hardware } from '../../../shared/checks/system.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { dataTypes } from '../macos/system-profiler.ts'
import { firmwareText } from './hardware.ts'
import { type Virtualization, virtualization } from './virtualization.ts'

/** Source id. */
export const SYSTEM_PROFILER_HARDWARE = 'system/system-profiler-hardware'

/** Errors: `empty`, `parse` when no model is told. */
export function parseMacosHardware(
  bytes: Uint8Array,
): Result<{ readonly hardware: Hardware; readonly virtualization: Virtualization }, Failure> {
  const text = decode(bytes)
  const isText = bytes[0] !== 0x62 && !/^\s{0,64}[<{[]/.test(text)
  const told = isText ? readText(text) : readStructured(bytes)
  if (!told.ok) return told
  const { name, identifier, chip, memory, serial, processors } = told.value
  const model = identifier ?? name
  if (model === null) return err({ code: 'parse', detail: 'no model: not the hardware of a Mac' })
  return ok({
    hardware: {
      vendor: 'Apple',
      model: firmwareText(model),
      serial: firmwareText(serial),
      chassis: chassisOf(`${name ?? ''} ${identifier ?? ''}`),
      biosDate: null,
      cpu: firmwareText(chip),
      cpuThreads: threadsOf(processors),
      memoryBytes: memoryOf(memory),
    },
    virtualization: virtualization(hypervisorOf(model)),
  })
}

type Told = { readonly [K in 'name' | 'identifier' | 'chip' | 'memory' | 'serial' | 'processors']: string | null }

function readStructured(bytes: Uint8Array): Result<Told, Failure> {
  const types = dataTypes(bytes)
  if (!types.ok) return types
  const item = types.value.get('SPHardwareDataType')?.[0]
  if (item === undefined) return err({ code: 'parse', detail: 'system_profiler, but not of the hardware' })
  const cores = item.count('number_processors')
  return ok({
    name: item.text('machine_name', 64),
    identifier: item.text('machine_model', 64),
    chip: item.text('chip_type', 128) ?? item.text('cpu_type', 128),
    memory: item.text('physical_memory', 32),
    serial: item.text('serial_number', 64),
    processors: item.text('number_processors', 32) ?? (cores === null ? null : String(cores)),
  })
}

function readText(text: string): Result<Told, Failure> {
  if (text.trim() === '') return err({ code: 'empty', detail: 'no output' })
  const values = new Map<string, string>()
  for (const line of text.split('\n', 512)) {
    const match = /^ {2,16}([A-Z][\w ()-]{1,50}): (\S.{0,200})$/.exec(line.trimEnd())
    // In the report of everything graphics tell their cores in the same words, and later.
    if (match?.[1] !== undefined && match[2] !== undefined && !values.has(match[1]))
      values.set(match[1], match[2].trim())
  }
  const value = (label: string) => values.get(label) ?? null
  return ok({
    name: value('Model Name'),
    identifier: value('Model Identifier'),
    chip: value('Chip') ?? value('Processor Name'),
    memory: value('Memory'),
    serial: value('Serial Number (system)'),
    // On Apple silicon a core is a thread; Intel tells cores only, and half of the threads would be wrong.
    processors: value('Chip') === null ? null : value('Total Number of Cores'),
  })
}

/** `proc 8:4:4`, `proc 12:0:8:4` (macOS 26), `8 (4 performance and 4 efficiency)`. */
function threadsOf(text: string | null): number | null {
  const count = /^(?:proc )?(\d{1,3})(?::| \(|$)/.exec(text ?? '')?.[1]
  return count === undefined || !/proc|\(/.test(text ?? '') ? null : Number(count)
}

/** `16 GB`; French systems say `16 Go`. */
function memoryOf(text: string | null): number | null {
  const [, figure, unit = ''] = /^(\d{1,5})\s([KMGT])[Bo]$/.exec(text ?? '') ?? []
  const power = ['K', 'M', 'G', 'T'].indexOf(unit) + 1
  return figure === undefined ? null : Number(figure) * 1024 ** power
}

function chassisOf(name: string): Hardware['chassis'] {
  if (/macbook|powerbook|ibook/i.test(name)) return 'laptop'
  if (/xserve/i.test(name)) return 'server'
  return /imac|mac ?mini|mac ?pro|mac ?studio|power ?mac/i.test(name) ? 'desktop' : null
}

function hypervisorOf(model: string): string {
  if (/^vmware/i.test(model)) return 'vmware'
  if (/^parallels/i.test(model)) return 'parallels'
  if (/virtualbox/i.test(model)) return 'oracle'
  return /^virtualmac/i.test(model) ? 'apple' : 'none'
}

/** `system/system-profiler-hardware`: hardware and virtualization of a Mac. */
export const systemProfilerHardware: Source<'system'> = {
  id: SYSTEM_PROFILER_HARDWARE,
  check: 'system',
  parse: ({ stdout }) => {
    const found = parseMacosHardware(stdout)
    if (!found.ok) return found
    const { hardware, virtualization: kind } = found.value
    return ok({
      parts: {
        hardware: read(SYSTEM_PROFILER_HARDWARE, hardware),
        virtualization: read(SYSTEM_PROFILER_HARDWARE, kind),
      },
      samples: {},
    })
  },
}
