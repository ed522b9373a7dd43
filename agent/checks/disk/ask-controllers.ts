/** RAID cards and their logical drives: found without a child, asked through their makers' tools, kept for six hours. I/O through the probe only. */
import type { Controller, RaidArray } from '../../../shared/checks/disk.ts'
import type { Failure } from '../../../shared/reading.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../../shared/units.ts'
import type { Probe } from '../../probe/probe.ts'
import type { CollectContext } from '../collector.ts'
import { askCardTool, CARD_TOOLS } from './ask-card-tool.ts'
import type { CardFamily } from './raid-cards.ts'
import { type FoundCard, readRaidCards } from './read-raid-cards.ts'

/** Source of the part when no card is there, or several tools speak. */
export const CONTROLLERS = 'disk/controllers'

const KEPT_MS = 6 * HOUR_MS - 5 * MINUTE_MS
const RETRY_MS = HOUR_MS

/** Everything the tools told. `blind`: why some or all of the cards could not be asked; null: all answered. */
export type ControllersAnswer = {
  readonly source: string
  readonly controllers: readonly Controller[]
  readonly arrays: readonly RaidArray[]
  readonly samples: { readonly [key: string]: number | null }
  readonly blind: Failure | null
}

type Kept = { readonly askedAt: EpochMs; readonly answer: Promise<Result<ControllersAnswer, Failure>> }
/** Two tasks need the answer: the arrays at every run, the controllers every six hours. */
const answers = new WeakMap<Probe, Kept>()

/** Errors: those of finding the cards. */
export async function askControllers(context: CollectContext): Promise<Result<ControllersAnswer, Failure>> {
  const { probe, now } = context
  const kept = answers.get(probe)
  if (kept !== undefined) {
    const known = await kept.answer
    const keepMs = known.ok && known.value.blind === null ? KEPT_MS : RETRY_MS
    if (Math.abs(now - kept.askedAt) < keepMs) return known
  }
  const answer = ask(context)
  answers.set(probe, { askedAt: now, answer })
  return answer
}

async function ask(context: CollectContext): Promise<Result<ControllersAnswer, Failure>> {
  const cards = await readRaidCards(context)
  if (!cards.ok) return cards
  const families = [...new Set(cards.value.map(({ family }) => family))]
  let total: ControllersAnswer = { source: CONTROLLERS, controllers: [], arrays: [], samples: {}, blind: null }
  for (const family of families) {
    const found = cards.value.filter((card) => card.family === family)
    const told = await askFamily(context, family, found)
    total = told.ok ? joined(total, told.value, families.length === 1) : withBlind(total, found, told.error)
  }
  return ok(total)
}

async function askFamily(
  context: CollectContext,
  family: CardFamily,
  cards: readonly FoundCard[],
): Promise<Result<ControllersAnswer, Failure>> {
  const name = cards[0]?.name ?? family
  for (const program of CARD_TOOLS[family]) {
    if (!(await context.probe.has(program))) continue
    const told = await askCardTool(context, program)
    if (!told.ok) return told
    const { parts, samples } = told.value
    const controllers = parts.controllers?.state === 'value' ? parts.controllers : null
    // The kernel knows a card and its tool does not: that is no "no cards".
    if (controllers === null || controllers.value.length === 0)
      return err({ code: 'unsupported', detail: `${program} does not find the RAID controller ${name}` })
    const arrays = parts.arrays?.state === 'value' ? parts.arrays.value : []
    return ok({ source: controllers.source, controllers: controllers.value, arrays, samples, blind: null })
  }
  const tools = CARD_TOOLS[family].slice(0, 2).join(' or ')
  if (tools === '') return err({ code: 'unsupported', detail: `the RAID controller ${name} hides its drives` })
  return err({
    code: 'tool-missing',
    detail: `the RAID controller ${name} hides its drives; ${tools} would tell of them`,
  })
}

function joined(total: ControllersAnswer, told: ControllersAnswer, isAlone: boolean): ControllersAnswer {
  return {
    source: isAlone ? told.source : CONTROLLERS,
    controllers: [...total.controllers, ...told.controllers].slice(0, 16),
    arrays: [...total.arrays, ...told.arrays],
    samples: { ...total.samples, ...told.samples },
    blind: total.blind,
  }
}

/** A card that could not be asked stands there without a word of health. */
function withBlind(total: ControllersAnswer, cards: readonly FoundCard[], failure: Failure): ControllersAnswer {
  const blind = cards.map(({ name, place }): Controller => {
    const none = { serial: null, firmware: null, battery: null }
    return { id: place.slice(0, 64), model: name.slice(0, 128), ...none, state: 'unknown', drives: [] }
  })
  return { ...total, controllers: [...total.controllers, ...blind].slice(0, 16), blind: total.blind ?? failure }
}
