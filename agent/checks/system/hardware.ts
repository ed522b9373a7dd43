/** Makes hardware facts out of what firmware says, which is often a placeholder. Pure. */
import type { Hardware } from '../../../shared/checks/system.ts'

/** What vendors leave in DMI fields (collectors.md 5.4). A serial number of one repeated character is one too. */
const PLACEHOLDER =
  /^(?:to be filled by o\.?e\.?m\.?|default string|system (?:serial number|product name|manufacturer|version)|not (?:specified|applicable|available|provided)|unknown|none|null|n\/?a|o\.?e\.?m\.?|empty|invalid|chassis serial number|base board serial number|type\d* - board serial number|sku|docker container|0*123456789.*|xx*|\.+|-+|0+|f+)$/i

/** @returns the text trimmed to 128 characters, null when it says nothing. */
export function firmwareText(text: string | null): string | null {
  const trimmed = (text ?? '').replace(/\s+/g, ' ').trim().slice(0, 128)
  return trimmed === '' || PLACEHOLDER.test(trimmed) ? null : trimmed
}

const DESKTOP = [3, 4, 5, 6, 7, 13, 15, 16, 24, 34, 35, 36]
const LAPTOP = [8, 9, 10, 14, 30, 31, 32]
const SERVER = [17, 23, 25, 28, 29]

/** Chassis from the SMBIOS number (DSP0134, 7.4.1); 1 other and 2 unknown tell nothing. */
export function chassisOf(type: string | null): Hardware['chassis'] {
  const number = Number(type ?? Number.NaN)
  if (!Number.isInteger(number) || number <= 2) return null
  if (DESKTOP.includes(number)) return 'desktop'
  if (LAPTOP.includes(number)) return 'laptop'
  return SERVER.includes(number) ? 'server' : 'other'
}

/** Words that systeminformation gives for the same numbers. */
export function chassisWord(word: string | null): Hardware['chassis'] {
  if (word === null || /^(?:other|unknown)?$/i.test(word)) return null
  if (/laptop|notebook|portable|tablet|convertible|detachable/i.test(word)) return 'laptop'
  if (/server|rack|blade|multi-system/i.test(word)) return 'server'
  return /desktop|tower|pizza|all in one|space-saving|lunch|sealed|mini pc|stick pc/i.test(word) ? 'desktop' : 'other'
}

/** BIOS date of DMI (`MM/DD/YYYY`) or ISO → `YYYY-MM-DD`; null for what is no date. */
export function biosDateOf(text: string | null): string | null {
  const american = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text?.trim() ?? '')
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(text?.trim() ?? '')
  const [year, month, day] = american ? [american[3], american[1], american[2]] : [iso?.[1], iso?.[2], iso?.[3]]
  if (year === undefined || Number(year) < 1980) return null
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return null
  return `${year}-${month}-${day}`
}

/** Processor and number of logical ones from /proc/cpuinfo. ARM boards give no model name. */
export function parseCpuinfo(text: string): { readonly cpu: string | null; readonly cpuThreads: number | null } {
  const model = /^(?:model name|cpu model|Hardware)\s*:\s*(\S.{0,200})$/m.exec(text)?.[1] ?? null
  const threads = text.match(/^processor\s*:/gm)?.length ?? 0
  return { cpu: firmwareText(model), cpuThreads: threads === 0 ? null : threads }
}

/** `first`, with what it does not tell taken from `second`. */
export function fillHardware(first: Hardware, second: Hardware): Hardware {
  return {
    vendor: first.vendor ?? second.vendor,
    model: first.model ?? second.model,
    serial: first.serial ?? second.serial,
    chassis: first.chassis ?? second.chassis,
    biosDate: first.biosDate ?? second.biosDate,
    cpu: first.cpu ?? second.cpu,
    cpuThreads: first.cpuThreads ?? second.cpuThreads,
    memoryBytes: first.memoryBytes ?? second.memoryBytes,
  }
}
