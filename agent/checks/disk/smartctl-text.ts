/** Text of smartctl (6.x, or 7 without --json) as the document that its JSON would be; smartctl.ts reads both alike. Pure and total. */
import { ataRow, errorCount, selfTests } from './smartctl-text-ata.ts'
import { nvmeLog, scsiCounters } from './smartctl-text-logs.ts'
import { keyLine, textLines } from './text-lines.ts'

type Document = { [key: string]: unknown }

/** Decimal digits with whatever separates thousands: `1'000'204`, `1,000,204`, `12’000’138`, `500.107`. */
export function groupedCount(text: string | undefined): number | null {
  const found = /^(\d{1,3}(?:[^\da-zA-Z]{1,3}\d{3})+|\d{1,15})(?!\d)/.exec(text?.trim() ?? '')
  const value = found === null ? Number.NaN : Number((found[1] ?? '').replace(/\D/g, ''))
  return Number.isSafeInteger(value) ? value : null
}

/** The drive that was asked; the text of an answer does not name it. */
export type AskedDrive = { readonly device: string; readonly type: string }

/** @returns null when the text is not of smartctl. @param asked null: not known, so the drive has no name of its own. */
export function smartctlDocument(text: string, asked: AskedDrive | null = null): Document | null {
  const version = /^smartctl (\d{1,2})\.(\d{1,2})/m.exec(text.slice(0, 4_000))
  if (version === null || /unrecognized option/i.test(text.slice(0, 4_000))) return null
  const lines = textLines(text)
  // A head without an answer: nothing was asked of any drive.
  if (!lines.some((line) => line.startsWith('=== START OF')) && messagesOf(lines).length === 0) return null
  const fields = new Map<string, string>()
  for (const line of lines) {
    const told = keyLine(line)
    // The first one holds: later sections repeat names (temperature of the power states, status of the scan).
    if (told !== null && !fields.has(told.key)) fields.set(told.key, told.value)
  }
  const told = verdict(fields)
  // A good word does not outlive the lines that could contradict it.
  const passed = told === true && isCut(lines, fields) ? null : told
  return {
    smartctl: { version: [Number(version[1]), Number(version[2])], messages: messagesOf(lines) },
    device: deviceOf(text, fields, asked),
    ...identityOf(fields),
    ...(passed === null ? {} : { smart_status: { passed } }),
    ...supportOf(lines),
    ...temperatureOf(fields),
    ...hoursOf(fields),
    ...atatables(lines),
    ...nvmeLog(fields),
    ...scsiCounters(lines, fields),
  }
}

/** `PASSED`, `FAILED!`, `OK`; any other word of a SCSI drive (`FAILURE PREDICTION THRESHOLD EXCEEDED`, `HARDWARE IMPENDING …`) is no pass. */
function verdict(fields: ReadonlyMap<string, string>): boolean | null {
  const ata = fields.get('smart overall-health self-assessment test result')
  if (ata !== undefined) return /^PASSED\b/.test(ata) ? true : /^FAILED\b/.test(ata) ? false : null
  const scsi = fields.get('smart health status')
  return scsi === undefined || scsi === '' ? null : /^OK\b/.test(scsi)
}

/**
 * -a and -x announce what they print: `General SMART Values` comes before the attributes, after whose table other logs follow; the
 * health log of NVMe ends with its error counts; SCSI counters have a row for reads.
 */
function isCut(lines: readonly string[], fields: ReadonlyMap<string, string>): boolean {
  const text = lines.join('\n')
  if (/^SMART\/Health Information/m.test(text))
    return ['critical warning', 'available spare', 'percentage used', 'media and data integrity errors'].some(
      (key) => !fields.has(key),
    )
  if (/^Error counter log:/m.test(text)) return !/^read:\s/m.test(text) || !fields.has('elements in grown defect list')
  const last = lines.findLastIndex((line) => ataRow(line).length > 0)
  const isAnnounced = /^(?:General SMART Values:|SMART Attributes Data Structure|ID# ATTRIBUTE_NAME)/m.test(text)
  return isAnnounced && (last < 0 || lines.slice(last + 1).every((line) => line.trim() === ''))
}

/** Lines that smartctl prints instead of an answer; smartctl.ts decides what each of them means. */
function messagesOf(lines: readonly string[]): readonly { readonly string: string }[] {
  const said =
    /^(?:Smartctl open device|Device is in|SMART (?:support|Status).*(?:not supported|unavailable|failed)|.*Unknown USB bridge|.*Unable to detect|Read (?:Device Identity|SMART).*failed|A mandatory SMART command failed|Permission denied|Please specify device type)/i
  return lines
    .filter((line) => said.test(line))
    .slice(0, 16)
    .map((line) => ({ string: line.slice(0, 300) }))
}

/** The text does not name its device; the message of a failed open does. */
function deviceOf(text: string, fields: ReadonlyMap<string, string>, asked: AskedDrive | null): Document {
  const opened = /^Smartctl open device: (\/dev\/\S{1,100})/m.exec(text.slice(0, 20_000))?.[1]?.replace(/:$/, '')
  const isNvme = fields.has('nvme version') || fields.has('total nvm capacity') || fields.has('critical warning')
  const isScsi = fields.has('transport protocol') || fields.has('smart health status')
  const name = asked === null ? { name: opened ?? 'drive' } : { name: asked.device, type: asked.type }
  return { ...name, protocol: isNvme ? 'NVMe' : isScsi ? 'SCSI' : 'ATA' }
}

function identityOf(fields: ReadonlyMap<string, string>): Document {
  const first = (...keys: readonly string[]) =>
    keys.map((key) => fields.get(key)).find((value) => value !== undefined && value !== '')
  const vendor = [fields.get('vendor'), fields.get('product')].filter((word) => word !== undefined).join(' ')
  const rotation = fields.get('rotation rate')
  const capacity = groupedCount(first('user capacity', 'total nvm capacity', 'namespace 1 size/capacity'))
  const rate = rotation === undefined ? null : /solid state/i.test(rotation) ? 0 : groupedCount(rotation)
  const told: readonly (readonly [string, unknown])[] = [
    ['model_name', first('device model', 'model number') ?? (vendor === '' ? undefined : vendor)],
    ['model_family', first('model family')],
    ['serial_number', first('serial number')],
    ['firmware_version', first('firmware version', 'revision')],
    ['user_capacity', capacity === null ? undefined : { bytes: capacity }],
    ['rotation_rate', rate ?? undefined],
  ]
  return Object.fromEntries(told.filter(([, value]) => value !== undefined))
}

/** Two lines of one name: `Available - device has …` and `Enabled`. */
function supportOf(lines: readonly string[]): Document {
  const told = lines.filter((line) => /^SMART support is:/.test(line)).join(' ')
  if (told === '') return {}
  const isAvailable = /\bAvailable\b/.test(told) ? true : /\bUnavailable\b/.test(told) ? false : undefined
  const isEnabled = /\bEnabled\b/.test(told) ? true : /\bDisabled\b/.test(told) ? false : undefined
  const support = {
    ...(isAvailable === undefined ? {} : { available: isAvailable }),
    ...(isEnabled === undefined ? {} : { enabled: isEnabled }),
  }
  return { smart_support: support }
}

function temperatureOf(fields: ReadonlyMap<string, string>): Document {
  const told = fields.get('current drive temperature') ?? fields.get('current temperature') ?? fields.get('temperature')
  const celsius = /^(\d{1,3}) ?C(?:elsius)?\b/.exec(told ?? '')
  return celsius === null ? {} : { temperature: { current: Number(celsius[1]) } }
}

function hoursOf(fields: ReadonlyMap<string, string>): Document {
  const hours =
    groupedCount(fields.get('power on hours')) ??
    groupedCount(fields.get('number of hours powered up')?.replace(/\..*$/, ''))
  const told = hours ?? groupedCount(/^(\d{1,7}):\d{2}/.exec(fields.get('accumulated power on time, hours') ?? '')?.[1])
  return told === null ? {} : { power_on_time: { hours: told } }
}

function atatables(lines: readonly string[]): Document {
  const first = lines.findIndex((line) => ataRow(line).length > 0)
  // One table of at most 256 ids; what stands far below it is none of its rows.
  const table =
    first < 0
      ? []
      : lines
          .slice(first, first + 512)
          .flatMap(ataRow)
          .slice(0, 256)
  if (table.length === 0) return {}
  const tests = selfTests(lines)
  const errors = errorCount(lines)
  const hours = table.find((row) => row.id === 9)?.raw.value
  const wear = lines
    .map((line) => /^0x07\s+0x008\s+\d\s+(\d{1,3})\s.*Percentage Used Endurance/i.exec(line)?.[1])
    .find((one) => one !== undefined)
  return {
    ata_smart_attributes: { table },
    ...(tests.length === 0 ? {} : { ata_smart_self_test_log: { standard: { table: tests } } }),
    ...(errors === null ? {} : { ata_smart_error_log: { summary: { count: errors } } }),
    ...(hours === undefined || hours > 1_000_000 ? {} : { power_on_time: { hours } }),
    ...(wear === undefined ? {} : { endurance_used: { current_percent: Number(wear) } }),
  }
}
