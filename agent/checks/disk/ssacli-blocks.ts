/** ssacli's text cut into cards, logical drives and physical drives. Pure. */
import { keyLine, textLines } from './text-lines.ts'

/** One drive or logical drive: its place, the words of its rows, and the lines of its own block. */
export type SsacliBlock = {
  readonly item: string
  readonly words: readonly string[]
  readonly fields: ReadonlyMap<string, string>
}
/** One card. */
export type SsacliCard = {
  readonly name: string
  readonly slot: string
  readonly fields: ReadonlyMap<string, string>
  readonly drives: readonly SsacliBlock[]
  readonly arrays: readonly SsacliBlock[]
  /** Lines of a logical drive stand outside of any: the one that named it was cut. */
  readonly isTorn: boolean
}

type Open = { item: string; words: string[]; fields: Map<string, string> }
type OpenCard = {
  name: string
  slot: string
  fields: Map<string, string>
  drives: Map<string, Open>
  arrays: Map<string, Open>
  isTorn: boolean
}

const CARD = /^\s{0,3}(\S.{2,120}?) in Slot (\w{1,8})\b/
const DRIVE = /^physicaldrive (\S{1,40})(?:\s*\((.{0,300}?)\))?(?:\s*:\s*(.{1,60}))?$/i
const ARRAY = /^logicaldrive (\d{1,4})\s*\((.{0,200}?)\)(?:\s*:\s*(.{1,60}))?$/i
/** Blocks whose lines belong to none of the things that are judged. */
const OTHER =
  /^(?:Port Name|Array|Mirror Group \d+|Parity Group \d+|SEP|Enclosure|Expander|Internal Drive Cage|External Drive Cage|Physical Drives|Unassigned|unassigned|HBA Drives)\b/

const OF_ARRAY = /^(?:Fault Tolerance|Unrecoverable Media Errors):/i

/** @returns null when a drive or logical drive stands before any card. */
export function splitSsacli(text: string): readonly SsacliCard[] | null {
  const cards: OpenCard[] = []
  let fields: Map<string, string> | null = null
  for (const raw of textLines(text)) {
    const line = raw.trim()
    const card = CARD.exec(raw)
    const here = cards.at(-1)
    if (card !== null && !/^\s*(?:physicaldrive|logicaldrive|array)\b/i.test(raw)) {
      const open = openCard(cards, card[1] ?? '', card[2] ?? '')
      fields = open.fields
      continue
    }
    const drive = DRIVE.exec(line)
    const logical = ARRAY.exec(line) ?? /^Logical Drive: (\d{1,4})$/i.exec(line)
    if ((drive !== null || logical !== null) && here === undefined) return null
    if (drive !== null && here !== undefined)
      fields = openItem(here.drives, drive, drive[2] === undefined ? 'block' : 'row') ?? fields
    else if (logical !== null && here !== undefined)
      fields = openItem(here.arrays, logical, logical[2] === undefined ? 'block' : 'row') ?? fields
    else if (OTHER.test(line)) fields = null
    else if (fields !== null) readField(line, fields)
    else if (here !== undefined && OF_ARRAY.test(line)) here.isTorn = true
  }
  return cards.map((one) => ({ ...one, drives: [...one.drives.values()], arrays: [...one.arrays.values()] }))
}

/** `show status` and `show config` of one card may stand one after the other. */
function openCard(cards: OpenCard[], name: string, slot: string): OpenCard {
  const known = cards.find((one) => one.slot === slot && one.name === name.trim())
  if (known !== undefined) return known
  const open: OpenCard = {
    name: name.trim(),
    slot,
    fields: new Map(),
    drives: new Map(),
    arrays: new Map(),
    isTorn: false,
  }
  cards.push(open)
  return open
}

/** A row `physicaldrive 1I:1:1 (…, OK)` within another block leaves that block open. @returns the lines of a block of its own. */
function openItem(items: Map<string, Open>, found: RegExpExecArray, form: 'row' | 'block'): Map<string, string> | null {
  const item = found[1] ?? ''
  const known = items.get(item) ?? { item, words: [], fields: new Map<string, string>() }
  items.set(item, known)
  const inside = found[2]
  if (found[3] !== undefined) known.words.push(found[3])
  else if (inside !== undefined) known.words.push(wordsOf(inside))
  return form === 'block' ? known.fields : null
}

/** From `port 1I:box 1:bay 1, SATA HDD, 250 GB, OK, spare` what follows the size; the level of a logical drive stays in. */
function wordsOf(inside: string): string {
  const parts = inside.split(',').map((part) => part.trim())
  const size = parts.findIndex((part) => /^\d[\d.]{0,10} ?[KMGTP]B$/i.test(part) || /^\?+$/.test(part))
  return parts.slice(size < 0 ? Math.max(0, parts.length - 1) : size + 1).join(', ')
}

function readField(line: string, fields: Map<string, string>): void {
  const told = keyLine(line)
  if (told !== null && !fields.has(told.key)) fields.set(told.key, told.value)
}
