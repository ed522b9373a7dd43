/** Parses ssacli, hpssacli and hpacucli: `ctrl all show config [detail]`, `show status`, `pd all show`, `ld all show`. Pure and total. */
import type { Controller, ControllerDrive, RaidArray } from '../../../shared/checks/disk.ts'
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import {
  cardsContribution,
  emptyCard,
  emptyDrive,
  logicalDrive,
  type RaidCard,
  UNCOUNTED,
  worseDrive,
} from './raid-card.ts'
import { type SsacliBlock, type SsacliCard, splitSsacli } from './ssacli-blocks.ts'
import { leadingCount, toldText } from './text-lines.ts'

/** Source id; also the `source` of the parts. */
export const SSACLI = 'disk/ssacli'

/** One card for each `… in Slot N`. Errors: `empty`, `parse`, `access-denied`, `exit`. */
export function parseSsacli({
  stdout,
  stderr,
}: Pick<SourceInput, 'stdout' | 'stderr'>): Result<readonly RaidCard[], Failure> {
  const text = decode(stdout)
  const cards = splitSsacli(text)
  if (cards !== null && cards.length > 0) {
    const list = cards.slice(0, 16).map(cardOf)
    const isOpen = !isEnded(text, cards.at(-1))
    return ok(list.map((card, index) => (isOpen && index === list.length - 1 ? { ...card, isCut: true } : card)))
  }
  const said = firstLine(stderr) || firstLine(text)
  if (said === '') return err({ code: 'empty', detail: 'ssacli said nothing' })
  if (/administrator|root|permission|privileg/i.test(said)) return err({ code: 'access-denied', detail: said })
  return err({ code: /error/i.test(said) ? 'exit' : 'parse', detail: said })
}

/**
 * The tool ends every answer with an empty line. What was trimmed is whole when it ends in the block of the expander, which comes last,
 * or in the last block of drives of which the list above named no other.
 */
function isEnded(text: string, card: SsacliCard | undefined): boolean {
  if (/\n[ \t]*\n\s*$/.test(text.slice(-200))) return true
  if (!text.endsWith('\n') || card === undefined) return false
  const tail = text.slice(-1_000)
  if (/\n {3}(?:SEP|Expander) [^\n]{1,120}\n(?: {6}[^\n]{0,200}\n)*$/.test(tail)) return true
  return /\n {6}physicaldrive [^\n]{1,60}\n(?: {9}[^\n]{0,200}\n)+$/.test(text.slice(-3_000)) && isListed(card)
}

/** Every drive that a row names has a block of its own, and some do. */
function isListed({ drives }: SsacliCard): boolean {
  const blocks = drives.filter(({ fields }) => fields.size > 0).length
  return blocks > 0 && blocks === drives.length && drives.some(({ words }) => words.length > 0)
}

/** Drives that a level takes; fewer in the list means that some were cut out of it. */
const LEAST: { readonly [level: string]: number } = { raid1: 2, raid10: 2, raid5: 3, raid6: 4, raid50: 6, raid60: 8 }

function isShort(drives: SsacliCard['drives'], arrays: readonly RaidArray[], isDetailed: boolean): boolean {
  const blocks = drives.filter(({ fields }) => fields.size > 0).length
  const least = Math.max(0, ...arrays.map(({ level }) => LEAST[level ?? ''] ?? 0))
  return ((isDetailed || blocks > 0) && blocks < drives.length) || (drives.length > 0 && drives.length < least)
}

/** Last lines about a card itself; without drives and without one of them the rest of its lines may be gone. */
const LATE = ['driver version', 'pci address (domain:bus:device.function)', 'primary boot volume', 'sata ncq supported']

/** Lines that this form always tells, or that others of the same answer prove, are missing. */
function isTornCard(card: SsacliCard, logical: readonly RaidArray[], isDetailed: boolean): boolean {
  const { fields, drives, isTorn } = card
  const hasCache = /^true/i.test(fields.get('cache board present') ?? '') || fields.has('cache backup power source')
  const isBare = isDetailed && drives.length + logical.length === 0 && LATE.every((key) => !fields.has(key))
  return isTorn || isBare || (hasCache && !fields.has('cache status')) || isShort(drives, logical, isDetailed)
}

function cardOf(card: SsacliCard): RaidCard {
  const { name, slot, fields, drives, arrays } = card
  const id = `ssacli:${slot}`
  const isDetailed = fields.has('bus interface') || fields.has('hardware revision') || fields.has('firmware version')
  const list = drives.map(driveOf)
  const status = fields.get('controller status')
  const count = leadingCount(fields.get('battery/capacitor count'))
  const battery = batteryOf(fields.get('battery/capacitor status') ?? fields.get('battery status'), count)
  const cache = fields.get('cache status')
  const logical = arrays.map((block) => arrayOf(id, block))
  const hasPower = (count ?? 0) > 0 || /batter|capacitor/i.test(fields.get('cache backup power source') ?? '')
  return {
    ...emptyCard(id),
    model: toldText(name),
    serial: toldText(fields.get('serial number')),
    firmware: toldText(fields.get('firmware version'), 64),
    told: toldState(status, battery === 'learning' ? waiting(cache) : cache, isDetailed),
    isCut: list.some(({ isCut }) => isCut) || (hasPower && battery === null) || isTornCard(card, logical, isDetailed),
    battery,
    drives: list.map(({ drive }) => drive).slice(0, 256),
    arrays: arrays.length === 0 ? null : logical,
    temperatureCelsius: leadingCount(fields.get('controller temperature (c)')),
    chargePercent: null,
  }
}

/** A cache waits while its battery is charged: that is no fault of its own. */
function waiting(cache: string | undefined): string | undefined {
  return cache !== undefined && /^temporarily disabled/i.test(cache) ? 'OK' : cache
}

/** The form without `detail` tells no status of the card. A cache that was switched off for a reason is a fault of it. */
function toldState(status: string | undefined, cache: string | undefined, isDetailed: boolean): RaidCard['told'] {
  const isCacheBad = cache !== undefined && !/^(?:ok|not configured|enabled)\b/i.test(cache)
  if (status === undefined) return isCacheBad ? 'degraded' : isDetailed ? 'unknown' : null
  if (/^ok$/i.test(status)) return isCacheBad ? 'degraded' : 'healthy'
  return /fail|lockup/i.test(status) ? 'failed' : status === '' ? 'unknown' : 'degraded'
}

/** `Failed (Replace Batteries)`, `Recharging`, `Charging`; count 0: the card has none. */
function batteryOf(status: string | undefined, count: number | null): Controller['battery'] {
  if (status === undefined) return count === 0 ? 'absent' : null
  if (/^ok$/i.test(status)) return 'healthy'
  if (/fail|replace/i.test(status)) return 'failed'
  if (/charging/i.test(status)) return 'learning'
  return /not (?:present|installed)|missing/i.test(status) ? 'absent' : 'degraded'
}

function driveOf({ item, words, fields }: SsacliBlock): { readonly drive: ControllerDrive; readonly isCut: boolean } {
  const isWorn = /^true/i.test(fields.get('ssd smart trip wearout') ?? '')
  const told = [
    ...words.map(stateOf),
    ...(fields.has('status') ? [stateOf(fields.get('status') ?? '')] : []),
    ...(isWorn ? (['predicted'] as const) : []),
  ]
  const isSpare = words.some((word) => /\bspare\b/i.test(word)) || /spare/i.test(fields.get('drive type') ?? '')
  const isLoose = /unassigned/i.test(fields.get('drive type') ?? '')
  const worst =
    told.reduce<ControllerDrive['state'] | null>((sum, one) => (sum === null ? one : worseDrive(sum, one)), null) ??
    'unknown'
  const state = worst === 'online' ? (isSpare ? 'spare' : isLoose ? 'unconfigured' : 'online') : worst
  const drive: ControllerDrive = {
    ...emptyDrive(item),
    model: toldText(fields.get('model')),
    serial: toldText(fields.get('serial number')),
    state,
  }
  // The block of the detailed form always has a status of its own.
  return { drive, isCut: fields.size > 0 && !fields.has('status') }
}

/** The last word of the row, or the status line: what is neither good nor known is not good. */
function stateOf(word: string): ControllerDrive['state'] {
  const plain = word.replace(/,\s*(?:active |dedicated |auto-?replace )?spare.*$/i, '').trim()
  if (/^ok$/i.test(plain)) return 'online'
  if (/predictive/i.test(plain)) return 'predicted'
  if (/^rebuild|^recover/i.test(plain)) return 'rebuilding'
  if (/fail|wrong|not supported|offline|overheat/i.test(plain)) return 'failed'
  return /missing|not (?:present|responding)/i.test(plain) ? 'missing' : 'unknown'
}

function arrayOf(id: string, { item, words, fields }: SsacliBlock): RaidArray {
  const level =
    fields.get('fault tolerance') ??
    words.map((word) => /raid ([\d+ ()A-Za-z]{1,24})/i.exec(word)?.[1]).find((one) => one !== undefined)
  const states = [
    ...words.map((word) => word.split(',').at(-1)?.trim() ?? ''),
    ...(fields.has('status') ? [fields.get('status') ?? ''] : []),
  ]
  const judged = states.map(arrayState)
  const worst =
    (['inactive', 'degraded', 'rebuilding', 'unknown', 'healthy'] as const).find((state) => judged.includes(state)) ??
    'unknown'
  const isCut = fields.size > 3 && !fields.has('status')
  const hasLost = !/^(?:none|not supported|n\/a|)$/i.test(fields.get('unrecoverable media errors') ?? '')
  const digits = /^\s*(?:raid\s*)?(\d)(?:\+(\d))?/i.exec(level ?? '')
  const name = digits === null ? null : `raid${digits[1]}${digits[2] ?? ''}`
  return logicalDrive(
    `${id}/v${item}`,
    name,
    worst === 'healthy' ? (hasLost ? 'degraded' : isCut ? 'unknown' : worst) : worst,
    UNCOUNTED,
  )
}

/** Statuses of logical drives; `Recovering, 23% complete` is split at its comma by the caller, so a share is work in progress. */
function arrayState(word: string): RaidArray['state'] {
  if (/^ok$/i.test(word)) return 'healthy'
  if (/interim recovery|ready for (?:rebuild|recovery)|degraded|wrong|not yet available|predictive/i.test(word))
    return 'degraded'
  if (/^rebuild|^recover|^\d{1,3}(?:\.\d+)?% complete/i.test(word)) return 'rebuilding'
  if (/fail|offline|overheat/i.test(word)) return 'inactive'
  return /^(?:transforming|expanding|parity initiali[sz]ation|erase|initiali[sz]ing)/i.test(word)
    ? 'rebuilding'
    : 'unknown'
}

/** `disk/ssacli`: Smart Array cards of HP and HPE. */
export const ssacli: Source<'disk'> = {
  id: SSACLI,
  check: 'disk',
  parse: (input) => {
    const cards = parseSsacli(input)
    return cards.ok ? ok(cardsContribution(SSACLI, cards.value)) : cards
  },
}
