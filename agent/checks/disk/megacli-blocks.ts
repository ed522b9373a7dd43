/** MegaCli's text cut into adapters, logical drives, physical drives and batteries. Pure. */
import { keyLine, textLines } from './text-lines.ts'

/** Lines of one thing by key in lower case. */
export type MegacliBlock = ReadonlyMap<string, string>
/** Everything about one adapter. */
export type MegacliCard = {
  readonly number: string
  readonly adapter: MegacliBlock
  readonly arrays: readonly MegacliBlock[]
  readonly drives: readonly MegacliBlock[]
  readonly battery: MegacliBlock
}

type Open = {
  number: string
  adapter: Map<string, string>
  arrays: Map<string, string>[]
  drives: Map<string, string>[]
  battery: Map<string, string>
}
type Place = 'adapter' | 'arrays' | 'drives' | 'battery'

const ADAPTER = /^(?:Adapter\s*#?\s*:?\s*(\d{1,3})\b|BBU status for Adapter\s*:\s*(\d{1,3}))/i
/** No adapter has more; what is beyond makes the answer one that was not read whole. */
const MAX_BLOCKS = 1_000
const DRIVE_STARTS = new Set(['enclosure device id', 'pd', 'physical disk'])
const ARRAY_STARTS = new Set(['virtual drive', 'virtual disk', 'cachecade virtual drive'])

/** `isWhole`: the last line is the exit code that the tool always ends with. `failed`: one of them is not zero. */
export function splitMegacli(text: string): {
  readonly cards: readonly MegacliCard[]
  readonly isWhole: boolean
  readonly failed: boolean
} {
  const cards = new Map<string, Open>()
  const reader = { card: null as Open | null, place: 'adapter' as Place, isTorn: false }
  let isWhole = false
  let failed = false
  for (const raw of textLines(text)) {
    const line = raw.trim()
    if (line === '') continue
    const exit = /^Exit Code: 0x([0-9a-f]{1,8})$/i.exec(line)
    isWhole = exit !== null
    // What follows an exit code is another answer.
    if (exit !== null) reader.place = 'adapter'
    if (exit !== null) failed = failed || /[^0]/.test(exit[1] ?? '')
    else if (!openAdapter(line, cards, reader) && reader.card !== null) readLine(line, reader.card, reader)
    else if (reader.card === null) readLine(line, orphan(line, cards, reader), reader)
  }
  // Exit code 0x22 of -AdpBbuCmd: the battery is absent, which is an answer.
  const list = [...cards.values()].filter(
    ({ adapter, arrays, drives, battery }) => adapter.size + arrays.length + drives.length + battery.size > 0,
  )
  return {
    cards: list,
    isWhole: isWhole && !reader.isTorn,
    failed:
      failed &&
      !/required hardware (?:component )?is (?:absent|not present)|HW is missing/i.test(text.slice(0, 100_000)),
  }
}

function openAdapter(line: string, cards: Map<string, Open>, reader: { card: Open | null; place: Place }): boolean {
  const found = ADAPTER.exec(line)
  if (found === null || /^Adapter\s+\d+:\s+(?!.*information)/i.test(line)) return false
  reader.card = cardFor(found[1] ?? found[2] ?? '0', cards)
  reader.place = /^BBU/i.test(line) ? 'battery' : 'adapter'
  return true
}

/** A drive or a logical drive before any adapter: the line that named it was cut. Other lines mean nothing alone. */
function orphan(line: string, cards: Map<string, Open>, reader: { card: Open | null; isTorn: boolean }): Open {
  const key = keyLine(line)?.key ?? ''
  if (!DRIVE_STARTS.has(key) && !ARRAY_STARTS.has(key)) return emptyOpen('')
  reader.isTorn = true
  reader.card = cardFor('0', cards)
  return reader.card
}

function cardFor(number: string, cards: Map<string, Open>): Open {
  const known = cards.get(number) ?? emptyOpen(number)
  cards.set(number, known)
  return known
}

function emptyOpen(number: string): Open {
  return { number, adapter: new Map(), arrays: [], drives: [], battery: new Map() }
}

function readLine(line: string, card: Open, reader: { place: Place; isTorn: boolean }): void {
  const told = keyLine(line) ?? keyLine(line, '=')
  if (told === null) return
  const { key, value } = told
  if (card.drives.length + card.arrays.length >= MAX_BLOCKS) {
    reader.isTorn = true
    return
  }
  if (/^(?:batterytype|battery state|bbu firmware status|voltage)$/.test(key) && reader.place !== 'drives')
    reader.place = 'battery'
  if (
    DRIVE_STARTS.has(key) ||
    (key === 'slot number' && (reader.place !== 'drives' || card.drives.at(-1)?.has(key) === true))
  ) {
    // `PD: 0 Information` opens a drive, and the enclosure line that follows belongs to it.
    const isOpen =
      key === 'enclosure device id' && reader.place === 'drives' && card.drives.at(-1)?.has('slot number') === false
    if (!isOpen || card.drives.at(-1)?.has(key) === true) card.drives.push(new Map())
    reader.place = 'drives'
  } else if (
    ARRAY_STARTS.has(key) ||
    (key === 'raid level' && (reader.place !== 'arrays' || card.arrays.at(-1)?.has(key) === true))
  ) {
    card.arrays.push(new Map())
    reader.place = 'arrays'
  }
  const place = reader.place
  const block = place === 'arrays' || place === 'drives' ? card[place].at(-1) : card[place]
  if (block !== undefined && !block.has(key)) block.set(key, value)
}
