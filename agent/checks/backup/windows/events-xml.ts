/** Events as XML: `wevtutil qe LOG /f:xml`, `ToXml()` and saved exports. Pure; time linear in the text. */
import type { Failure } from '../../../../shared/reading.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { windowsInstant } from '../../windows/instant.ts'
import type { WindowsEvent } from './events.ts'

const MAX_EVENTS = 5_000
const MAX_EVENT_CHARS = 256 * 1024
const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Errors: `parse` when any event is cut or lacks its number: a missing one could be the failure. */
export function readEventXml(text: string): Result<readonly WindowsEvent[], Failure> {
  const pieces = text.split(/<Event(?=[\s>])/)
  if (pieces.length > MAX_EVENTS) return err({ code: 'parse', detail: 'more events than were asked for' })
  if (text.includes('<Events') && !text.includes('</Events>'))
    return err({ code: 'parse', detail: 'the list of events is cut' })
  const events: WindowsEvent[] = []
  for (const piece of pieces.slice(1)) {
    const end = piece.indexOf('</Event>')
    if (end < 0 || end > MAX_EVENT_CHARS) return err({ code: 'parse', detail: 'an event is cut' })
    const event = eventOf(piece.slice(0, end))
    if (event === null) return err({ code: 'parse', detail: 'an event without its number' })
    events.push(event)
  }
  const isList = events.length > 0 || /<Events[\s/>]/.test(text)
  return isList ? ok(events) : err({ code: 'parse', detail: 'XML, but no events' })
}

function eventOf(xml: string): WindowsEvent | null {
  const id = numberOf(leaf(xml, 'EventID'))
  if (id === null) return null
  const { named, unnamed } = dataOf(xml)
  const level = numberOf(leaf(xml, 'Level'))
  const message = leaf(xml, 'Message') ?? (unnamed.length === 0 ? null : unnamed.join(' '))
  return {
    id,
    level: level === 0 ? null : level,
    at: windowsInstant(attribute(xml, 'TimeCreated', 'SystemTime')),
    recordId: numberOf(leaf(xml, 'EventRecordID')),
    provider: attribute(xml, 'Provider', 'Name'),
    message: message === null ? null : unescapeXml(message).slice(0, 2_000).toWellFormed(),
    value: (name) => named.get(name.toLowerCase()) ?? null,
  }
}

function dataOf(xml: string): { readonly named: ReadonlyMap<string, string>; readonly unnamed: readonly string[] } {
  const named = new Map<string, string>()
  const unnamed: string[] = []
  for (const piece of xml.split(/<Data(?=[\s>])/).slice(1, 200)) {
    const close = piece.indexOf('>')
    const end = piece.indexOf('</Data>')
    if (close < 0 || end < close) continue
    const value = unescapeXml(piece.slice(close + 1, end))
      .slice(0, 1_024)
      .toWellFormed()
    const name = /Name=['"]([^'"]{1,80})['"]/.exec(piece.slice(0, close))?.[1]
    if (name === undefined) unnamed.push(value)
    else named.set(name.toLowerCase(), value)
  }
  return { named, unnamed }
}

/** Text of the first element of that name. */
function leaf(xml: string, name: string): string | null {
  const open = xml.search(new RegExp(`<${name}[\\s>]`))
  const start = open < 0 ? -1 : xml.indexOf('>', open)
  const end = start < 0 ? -1 : xml.indexOf(`</${name}>`, start)
  return end < 0 ? null : xml.slice(start + 1, end)
}

function attribute(xml: string, element: string, name: string): string | null {
  const open = xml.search(new RegExp(`<${element}[\\s/>]`))
  const close = open < 0 ? -1 : xml.indexOf('>', open)
  if (close < 0) return null
  const value = new RegExp(`\\s${name}=['"]([^'"]{1,120})['"]`).exec(xml.slice(open, close))?.[1]
  return value === undefined ? null : unescapeXml(value)
}

function numberOf(text: string | null): number | null {
  const trimmed = (text ?? '').trim()
  return /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : null
}

/** The five entities and character references of XML. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
