/** Parses `arcconf getconfig N [AL|AD|LD|PD]`: cards of Adaptec and Microsemi. Pure and total. */
import type { Controller, ControllerDrive, RaidArray } from '../../../shared/checks/disk.ts'
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Source, SourceInput } from '../collector.ts'
import { decode } from '../decode.ts'
import { firstLine } from '../parts.ts'
import { type ArcconfBlock, type ArcconfCard, splitArcconf } from './arcconf-blocks.ts'
import { cardsContribution, emptyCard, emptyDrive, logicalDrive, type RaidCard, withPrediction } from './raid-card.ts'
import { leadingCount, toldText } from './text-lines.ts'

/** Source id; also the `source` of the parts. */
export const ARCCONF = 'disk/arcconf'

/** How many cards the tool counted; null: the answer does not say. */
export function arcconfCount(stdout: Uint8Array): number | null {
  return leadingCount(/^Controllers found: (\d{1,3})\s*$/im.exec(decode(stdout, 4_000))?.[1])
}

/** One card an answer. @param number of the card that was asked. Errors: `empty`, `parse`, `access-denied`, `exit`. An empty list: it counted its controllers and has none. */
export function parseArcconf(
  { stdout, stderr }: Pick<SourceInput, 'stdout' | 'stderr'>,
  number = 1,
): Result<readonly RaidCard[], Failure> {
  const text = decode(stdout)
  const card = splitArcconf(text)
  if (card.arrays.length + card.drives.length + card.fields.size > 0) return ok([cardOf(card, `arcconf:${number}`)])
  if (/^Controllers found: 0$/im.test(text.slice(0, 4_000))) return ok([])
  const said = firstLine(stderr) || firstLine(text)
  if (said === '') return err({ code: 'empty', detail: 'arcconf said nothing' })
  return err({
    code: /root|permission|administrator/i.test(said) ? 'access-denied' : card.failed ? 'exit' : 'parse',
    detail: said,
  })
}

function cardOf(card: ArcconfCard, id: string): RaidCard {
  const { fields, arrays, drives, battery, hasController, isWhole } = card
  const counts = /^(\d{1,4})\/(\d{1,4})\/(\d{1,4})$/.exec(fields.get('logical devices/failed/degraded') ?? '')
  const disks = drives.filter((block) => !isEnclosure(block))
  const listed = disks.map((block) => driveOf(block, disks))
  const logical = arrays.map((block, index) => arrayOf(id, block, index))
  const status = fields.get('controller status')
  const bad =
    Number(counts?.[2] ?? 0) + Number(counts?.[3] ?? 0) + (leadingCount(fields.get('defunct disk drive count')) ?? 0)
  const told = status === undefined ? (hasController ? 'unknown' : null) : controllerState(status)
  return {
    ...emptyCard(id),
    model: toldText(fields.get('controller model')),
    serial: toldText(fields.get('controller serial number')),
    firmware: toldText(fields.get('firmware'), 64),
    told: told === 'healthy' && bad > 0 ? 'degraded' : told,
    isCut:
      !isWhole ||
      listed.some(({ isCut }) => isCut) ||
      (counts !== null && arrays.length + drives.length > 0 && Number(counts[1]) > arrays.length + card.emptyPlaces) ||
      (!hasController && arrays.length > 0 && drives.length > 0),
    battery: batteryOf(battery),
    drives: listed.map(({ drive }) => drive).slice(0, 256),
    arrays: arrays.length === 0 && counts === null ? null : logical,
    temperatureCelsius: leadingCount(/^\d{1,3}/.exec(fields.get('temperature') ?? '')?.[0]),
    chargePercent: leadingCount(/^\d{1,3}/.exec(battery?.get('capacity remaining') ?? '')?.[0]),
  }
}

function controllerState(status: string): RaidCard['told'] {
  if (/^(?:optimal|okay|ok)$/i.test(status)) return 'healthy'
  return /fail|not ready|kernel|offline/i.test(status) ? 'failed' : status === '' ? 'unknown' : 'degraded'
}

/** `ZMM Optimal`: the capacitor module of series 6 and later. */
function batteryOf(block: ArcconfBlock | null): Controller['battery'] {
  if (block === null) return null
  const words = ['status', 'overall backup unit status', 'backup unit status'].flatMap((key) => block.get(key) ?? [])
  if (/^yes/i.test(block.get('over temperature') ?? '')) return 'degraded'
  if (words.length === 0) return null
  if (words.some((word) => /fail|error|replace/i.test(word))) return 'failed'
  if (words.every((word) => /not (?:installed|present|supported|available)|^no battery|^n\/a/i.test(word)))
    return 'absent'
  if (words.some((word) => /charging|learn|reconditioning|calibrat/i.test(word) && !/fully/i.test(word)))
    return 'learning'
  return words.some((word) => /\b(?:optimal|ready|ok|full|fully charged|charged)\b/i.test(word))
    ? 'healthy'
    : 'degraded'
}

const isEnclosure = (block: ArcconfBlock) => /enclosure|processor/i.test(block.get('device is') ?? '')

const STATES: readonly (readonly [RegExp, ControllerDrive['state']])[] = [
  [/rebuild/i, 'rebuilding'],
  [/fail|defunct|offline|bad|inconsistent/i, 'failed'],
  [/missing|absent/i, 'missing'],
  [/spare/i, 'spare'],
  [/^(?:ready|raw|available)/i, 'unconfigured'],
  [/^(?:online|optimal|present|jbod|simple|exposed)/i, 'online'],
]

/** Lines that every hard drive of one answer has or lacks. */
const TOLD_OF_ALL = ['s.m.a.r.t. warnings', 'medium error count', 'hardware error count'] as const
/** Lines of versions that tell the warnings of every drive; those of 2008 (ServeRAID 8k) tell neither. */
const NEWER = ['power state', 'ncq status', 'ssd'] as const

function driveOf(
  block: ArcconfBlock,
  disks: readonly ArcconfBlock[],
): { readonly drive: ControllerDrive; readonly isCut: boolean } {
  const word = block.get('state') ?? ''
  const warnings = leadingCount(block.get('s.m.a.r.t. warnings'))
  const location = /^(?:Connector|Enclosure|Cage)\s/i.test(block.get('reported location') ?? '')
    ? block.get('reported location')
    : undefined
  const drive: ControllerDrive = {
    ...emptyDrive(toldText(location, 64) ?? `Device ${block.get('device #') ?? '?'}`),
    model: toldText(`${block.get('vendor') ?? ''} ${block.get('model') ?? ''}`),
    serial: toldText(block.get('serial number')),
    state: STATES.find(([pattern]) => pattern.test(word))?.[1] ?? 'unknown',
    mediaErrors: leadingCount(
      block.get('medium errors') ??
        block.get('medium error count') ??
        block.get('media failures') ??
        block.get('hardware errors'),
    ),
    otherErrors: leadingCount(block.get('aborted commands') ?? block.get('aborted command count')),
    predictiveFailures: warnings,
  }
  const isCut =
    word === '' ||
    TOLD_OF_ALL.some((key) => !block.has(key) && disks.some((other) => other.has(key))) ||
    (warnings === null && NEWER.some((key) => block.has(key))) ||
    (block.has('hardware error count') && !block.has('medium error count'))
  return { drive: withPrediction(drive, /^yes/i.test(block.get('predictive failure') ?? '')), isCut }
}

function membersOf(block: ArcconfBlock): RaidArray['members'] {
  return [...block].flatMap(([key, value]): RaidArray['members'] => {
    if (!/(?:^|, ?)segment \d{1,3}$/.test(key)) return []
    const place = (/\((.{1,60}?)\)/.exec(value)?.[1] ?? key).slice(0, 64)
    if (/^present/i.test(value)) return [{ device: place, state: 'active' }]
    return [
      { device: place, state: /^rebuild/i.test(value) ? 'other' : /^missing/i.test(value) ? 'missing' : 'faulty' },
    ]
  })
}

function arrayOf(id: string, block: ArcconfBlock, index: number): RaidArray {
  const word = block.get('status of logical device') ?? ''
  const level =
    /^(?:raid)?\s*(\d{1,2})/i.exec(block.get('raid level') ?? '')?.[1] ??
    /^simple|^volume|^jbod/i.exec(block.get('raid level') ?? '')?.[0]
  const members = membersOf(block)
  const working = members.filter(({ state }) => state === 'active').length
  const isShort = working < members.length
  const state = /^optimal/i.test(word)
    ? isShort
      ? 'degraded'
      : 'healthy'
    : /impacted/i.test(word) && !isShort
      ? // Whole, and being verified for the first time: its copies do not agree everywhere yet.
        'rebuilding'
      : /degraded|suboptimal|impacted/i.test(word)
        ? members.some((one) => one.state === 'other')
          ? 'rebuilding'
          : 'degraded'
        : /fail|offline/i.test(word)
          ? 'inactive'
          : /build|initiali|verif/i.test(word)
            ? 'rebuilding'
            : 'unknown'
  const counts = {
    wanted: members.length === 0 ? null : members.length,
    working: members.length === 0 ? null : working,
    members,
  }
  return logicalDrive(
    `${id}/v${block.get('number') ?? index}`,
    level === undefined ? null : /^\d/.test(level) ? `raid${level}` : level.toLowerCase(),
    state,
    counts,
  )
}

/** `disk/arcconf`: one card of Adaptec. */
export const arcconf: Source<'disk'> = {
  id: ARCCONF,
  check: 'disk',
  parse: (input) => {
    const cards = parseArcconf(input)
    return cards.ok ? ok(cardsContribution(ARCCONF, cards.value)) : cards
  },
}
