/** What the tools of RAID controllers have in common: a card, its drives and logical drives, and how its state follows from them. Pure. */
import type { Controller, ControllerDrive, RaidArray } from '../../../shared/checks/disk.ts'
import type { SampleValues } from '../../../shared/checks/samples.ts'
import { read } from '../../../shared/reading.ts'
import type { Contribution } from '../collector.ts'
import { redundancyLeft } from './array-state.ts'

/** One card as a tool tells it. */
export type RaidCard = {
  readonly id: string
  readonly model: string | null
  readonly serial: string | null
  readonly firmware: string | null
  /** The tool's own word; null: this form of its output does not tell one. */
  readonly told: Controller['state'] | null
  /** Something that this form always tells is missing: what was cut may have been the fault. */
  readonly isCut: boolean
  readonly battery: Controller['battery']
  readonly drives: readonly ControllerDrive[]
  /** null: this form tells no logical drives. */
  readonly arrays: readonly RaidArray[] | null
  readonly temperatureCelsius: number | null
  readonly chargePercent: number | null
}

/** A card of which nothing is known but its id. */
export function emptyCard(id: string): RaidCard {
  const none = { model: null, serial: null, firmware: null, told: null, battery: null, arrays: null }
  return { id: id.slice(0, 64), ...none, isCut: false, drives: [], temperatureCelsius: null, chargePercent: null }
}

/** A drive of which nothing is known but its place. */
export function emptyDrive(slot: string): ControllerDrive {
  const none = { model: null, serial: null, mediaErrors: null, otherErrors: null, predictiveFailures: null }
  return { slot: slot.slice(0, 64), state: 'unknown', ...none }
}

const WORST: readonly ControllerDrive['state'][] = [
  'failed',
  'missing',
  'predicted',
  'foreign',
  'unknown',
  'rebuilding',
  'unconfigured',
  'spare',
  'online',
]

/** The worse of two states that two places of one output give to a drive. */
export function worseDrive(a: ControllerDrive['state'], b: ControllerDrive['state']): ControllerDrive['state'] {
  return WORST.indexOf(a) < WORST.indexOf(b) ? a : b
}

/** A drive that foretells its failure, or counts such foretellings, is not simply online. */
export function withPrediction(drive: ControllerDrive, alert: boolean): ControllerDrive {
  const isPredicted = alert || (drive.predictiveFailures ?? 0) > 0
  const state = isPredicted
    ? worseDrive(drive.state === 'unknown' ? 'predicted' : drive.state, 'predicted')
    : drive.state
  return { ...drive, state }
}

/**
 * The state of a card. Its own bad word holds; its good word holds only while nothing was cut; without a word it is healthy when
 * it told at least one drive or logical drive and every one of them is sound.
 */
export function cardState(card: RaidCard): Controller['state'] {
  if (card.told === 'failed' || card.told === 'degraded') return card.told
  if (card.isCut || card.told === 'unknown') return 'unknown'
  if (card.told === 'healthy') return 'healthy'
  const drives = card.drives.map(({ state }) => state)
  const arrays = (card.arrays ?? []).map(({ state }) => state)
  if (drives.length + arrays.length === 0) return 'unknown'
  if (
    drives.some((state) => /^(?:failed|missing|predicted)$/.test(state)) ||
    arrays.some((state) => /^(?:degraded|inactive)$/.test(state))
  )
    return 'degraded'
  const isSound =
    drives.every((state) => state !== 'unknown' && state !== 'foreign') && arrays.every((state) => state !== 'unknown')
  return isSound ? 'healthy' : 'unknown'
}

/** One logical drive. `wanted` and `working` null: the form does not count its members. */
export function logicalDrive(
  name: string,
  level: string | null,
  state: RaidArray['state'],
  { wanted, working, members }: { wanted: number | null; working: number | null; members: RaidArray['members'] },
): RaidArray {
  const counts = { active: true, container: false, copies: null, activity: null }
  return {
    name: name.slice(0, 64),
    level: level?.slice(0, 32) ?? null,
    state,
    membersWanted: wanted,
    membersActive: working,
    redundancyLeft: redundancyLeft({ name, level, members: [], wanted, working, ...counts }),
    members: members.slice(0, 64),
    mismatchCount: null,
  }
}

/** No members told. */
export const UNCOUNTED = { wanted: null, working: null, members: [] } as const satisfies Parameters<
  typeof logicalDrive
>[3]

/** Parts and samples of all cards of one tool. The arrays are absent when no card tells of them. */
export function cardsContribution(source: string, cards: readonly RaidCard[]): Contribution<'disk'> {
  const samples: { [key: string]: number } = {}
  for (const { id, temperatureCelsius, chargePercent } of cards) {
    if (temperatureCelsius !== null) samples[`controller:${id}:temperatureCelsius`] = temperatureCelsius
    if (chargePercent !== null) samples[`controller:${id}:chargePercent`] = chargePercent
  }
  const controllers = cards.slice(0, 16).map((card) => ({
    id: card.id,
    model: card.model?.slice(0, 128) ?? null,
    serial: card.serial?.slice(0, 128) ?? null,
    firmware: card.firmware?.slice(0, 64) ?? null,
    state: cardState(card),
    battery: card.battery,
    drives: card.drives.slice(0, 256),
  }))
  const tells = cards.some(({ arrays }) => arrays !== null)
  const arrays = cards.flatMap((card) => card.arrays ?? []).slice(0, 64)
  const parts = { controllers: read(source, controllers) }
  return { parts: tells ? { ...parts, arrays: read(source, arrays) } : parts, samples: samples satisfies SampleValues }
}
