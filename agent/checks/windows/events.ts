/**
 * Records of the Windows event log: the objects of the agent's own script and of `Get-WinEvent`, and the XML of `wevtutil` and
 * `ToXml()`. Ids, providers, levels and data are never translated; messages are, and are read only for device names. Pure and total.
 */
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { decode } from '../decode.ts'
import { windowsInstant } from './instant.ts'
import { readWindowsRecords, type WindowsRecord } from './records.ts'

/** One event. `level`: 1 critical, 2 error, 3 warning, 4 information; `data` in the order of the record, at most 32 values. */
export type WindowsEvent = {
  readonly id: number
  readonly provider: string
  readonly level: number | null
  readonly at: EpochMs | null
  readonly data: readonly string[]
  /** Data by name, where the provider names it (`BugcheckCode`). */
  readonly named: ReadonlyMap<string, string>
  /** Translated; null when the source did not give it. */
  readonly message: string | null
}

const MAX_EVENTS = 2_000
const MAX_DATA = 32

/**
 * The events of one query. Errors: those of `readWindowsRecords`; `parse` when an object is no event.
 * An empty list means that the log was asked and holds none: only JSON can say so.
 */
export function readWindowsEvents(bytes: Uint8Array, block: string): Result<readonly WindowsEvent[], Failure> {
  const text = decode(bytes)
  if (/^\s{0,64}</.test(text)) return ofXml(text)
  const records = readWindowsRecords(bytes, block)
  if (!records.ok) return records
  const events = records.value.flatMap(ofRecord)
  if (events.length < records.value.length) return err({ code: 'parse', detail: 'objects that are no events' })
  return ok(events)
}

function ofRecord(record: WindowsRecord): WindowsEvent[] {
  const xml = record.text('Xml', 16_384)
  if (xml !== null) return eventOf(xml)
  const id = record.count('Id') ?? record.count('EventID') ?? record.count('InstanceId')
  const provider = record.text('ProviderName', 128) ?? record.text('Provider', 128) ?? record.text('Source', 128)
  if (id === null) return []
  const properties = [...record.records('Properties'), ...record.records('EventData')]
  const named = new Map<string, string>()
  for (const property of properties) {
    const [name, value] = [property.text('Name', 64), property.text('Value', 512)]
    if (name !== null && value !== null) named.set(name, value)
  }
  const values = properties.flatMap((property) => property.text('Value', 512) ?? property.text('#text', 512) ?? [])
  return [
    {
      // The upper half of an InstanceId holds flags.
      id: id % 0x10000,
      provider: provider ?? '',
      level: record.count('Level'),
      at: record.instant('TimeCreated') ?? record.instant('At') ?? record.instant('TimeGenerated'),
      data: [...record.texts('Data'), ...values].slice(0, MAX_DATA),
      named,
      message: record.text('Message', 2_048),
    },
  ]
}

function ofXml(text: string): Result<readonly WindowsEvent[], Failure> {
  // Each piece begins behind `<Event ` or `<Event>`; `<EventID>` and `<EventData>` do not match.
  const pieces = text.split(/<Event(?=[\s>])/).slice(1, MAX_EVENTS + 1)
  const events = pieces.flatMap(eventOf)
  if (events.length === 0 || events.length < pieces.length)
    return err({ code: 'parse', detail: 'XML, but not of events' })
  return ok(events)
}

function eventOf(piece: string): WindowsEvent[] {
  const head = piece.slice(0, 4_096)
  const id = /<EventID[^>]{0,64}>(\d{1,6})</.exec(head)?.[1]
  if (id === undefined) return []
  const level = /<Level>(\d{1,2})</.exec(head)?.[1]
  const time = /<TimeCreated SystemTime=["']([^"']{1,40})["']/.exec(head)?.[1]
  const named = new Map<string, string>()
  const data: string[] = []
  for (const [, name, value = ''] of piece
    .slice(0, 16_384)
    .matchAll(/<Data(?: Name=["']([^"']{1,64})["'])?>([^<]{0,512})<\/Data>/g)) {
    if (data.length >= MAX_DATA) break
    data.push(unescapeXml(value))
    if (name !== undefined) named.set(name, unescapeXml(value))
  }
  return [
    {
      id: Number(id),
      provider: /<Provider Name=["']([^"']{1,128})["']/.exec(head)?.[1] ?? '',
      level: level === undefined ? null : Number(level),
      at: windowsInstant(time ?? null),
      data,
      named,
      message: null,
    },
  ]
}

const ENTITIES: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const unescapeXml = (text: string) =>
  text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '')
