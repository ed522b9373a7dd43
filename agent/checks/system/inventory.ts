/** Parses what the inventory child prints: the few static facts that systeminformation knows and /sys does not. Pure and total. */
import type { Hardware } from '../../../shared/checks/system.ts'
import { type Failure, read } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source } from '../collector.ts'
import { decode } from '../decode.ts'
import { parseJson } from '../json.ts'
import { biosDateOf, chassisWord, firmwareText } from './hardware.ts'

/** Source id; switching it off keeps the child from being started. */
export const SYSTEMINFORMATION = 'system/systeminformation'

/**
 * `{"system":…,"bios":…,"chassis":…,"cpu":…,"memLayout":[…]}` of systeminformation 5. It gives `""`, `"-"` or 0 for what it
 * could not read: those are null here. Errors: `empty`, `parse`.
 */
export function parseInventory(text: string): Result<Hardware, Failure> {
  const json = parseJson(text)
  if (!json.ok) return json
  const root = json.value
  if (!root.has('system') && !root.has('cpu')) return err({ code: 'parse', detail: 'JSON, but no inventory' })
  const cpu = [root.text('cpu.manufacturer'), root.text('cpu.brand')].filter((word) => word !== null).join(' ')
  const sizes = root.list('memLayout', 256).map((module) => module.count('size') ?? 0)
  const memoryBytes = sizes.reduce((sum, size) => sum + size, 0)
  const threads = root.count('cpu.cores')
  return ok({
    vendor: firmwareText(root.text('system.manufacturer')),
    model: firmwareText(root.text('system.model')),
    serial: firmwareText(root.text('system.serial')) ?? firmwareText(root.text('chassis.serial')),
    chassis: chassisWord(root.text('chassis.type')),
    biosDate: biosDateOf(root.text('bios.releaseDate')),
    cpu: firmwareText(cpu),
    cpuThreads: threads === 0 ? null : threads,
    memoryBytes: memoryBytes === 0 || !Number.isSafeInteger(memoryBytes) ? null : memoryBytes,
  })
}

/** `system/systeminformation`: the JSON of the inventory child. */
export const systeminformation: Source<'system'> = {
  id: SYSTEMINFORMATION,
  check: 'system',
  parse: (input) => {
    const hardware = parseInventory(decode(input.stdout))
    return hardware.ok ? ok({ parts: { hardware: read(SYSTEMINFORMATION, hardware.value) }, samples: {} }) : hardware
  },
}
