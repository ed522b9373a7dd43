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
    // The tool ends every line: a last one without its end means that the answer was cut.
    const isCut = !text.endsWith('\n')
    return ok(
      cards
        .slice(0, 16)
        .map(cardOf)
        .map((card) => ({ ...card, isCut: card.isCut || isCut })),
    )
  }
  const said = firstLine(stderr) || firstLine(text)
  if (said === '') return err({ code: 'empty', detail: 'ssacli said nothing' })
  if (/administrator|root|permission|privileg/i.test(said)) return err({ code: 'access-denied', detail: said })
  return err({ code: /error/i.test(said) ? 'exit' : 'parse', detail: said })
}

function cardOf({ name, slot, fields, drives, arrays }: SsacliCard): RaidCard {
  const id = `ssacli:${slot}`
  const isDetailed = fields.has('bus interface') || fields.has('hardware revision') || fields.has('firmware version')
  const list = drives.map(driveOf)
  const status = fields.get('controller status')
  const count = leadingCount(fields.get('battery/capacitor count'))
  const battery = batteryOf(fields.get('battery/capacitor status') ?? fields.get('battery status'), count)
  const cache = fields.get('cache status')
  return {
    ...emptyCard(id),
    model: toldText(name),
    serial: toldText(fields.get('serial number')),
    firmware: toldText(fields.get('firmware version'), 64),
    told: toldState(status, cache, isDetailed),
    isCut: list.some(({ isCut }) => isCut) || ((count ?? 0) > 0 && battery === null),
    battery,
    drives: list.map(({ drive }) => drive).slice(0, 256),
    arrays: arrays.length === 0 ? null : arrays.map((block) => arrayOf(id, block)),
    temperatureCelsius: leadingCount(fields.get('controller temperature (c)')),
    chargePercent: null,
  }
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
  const told = [...words.map(stateOf), ...(fields.has('status') ? [stateOf(fields.get('status') ?? '')] : [])]
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
  return { drive, isCut: fields.size > 2 && !fields.has('status') }
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
  const digits = /^\s*(?:raid\s*)?(\d)(?:\+(\d))?/i.exec(level ?? '')
  const name = digits === null ? null : `raid${digits[1]}${digits[2] ?? ''}`
  return logicalDrive(`${id}/v${item}`, name, isCut && worst === 'healthy' ? 'unknown' : worst, UNCOUNTED)
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
