/**
 * Carries the visits of a scenario out at their moments in history, through the same operations as a person's: plan, prepare, open with
 * signed evidence, tick, try a restore, decide, close, send. What is done stands in the scenario as data (visit-plan.ts).
 */
import type { Result } from '../../shared/result.ts'
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../shared/units.ts'
import { ADMINISTRATOR } from '../auth/access.ts'
import { answerRecommendation } from '../control/operations/decisions.ts'
import {
  addAction,
  editAction,
  propose,
  recordRestore,
  withdrawRecommendation,
  writeRecommendation,
} from '../control/operations/visit-work.ts'
import { editVisit, planVisit, takeStep } from '../control/operations/visits.ts'
import type { Services } from '../control/services.ts'
import { dayIn } from '../facts/working-hours.ts'
import type { ClientEntry } from '../views/machine-entry.ts'
import type { RenderReport } from '../visits/report-port.ts'
import { reportWriterOf } from '../visits/write-report.ts'
import { zonedTime } from '../visits/zoned-instant.ts'
import type { PlannedAction, PlannedRecommendation, PlannedVisit } from './scenario/visit-plan.ts'
import { type DemoClient, demoId, instantOf, type World } from './scenario/world.ts'
import { visitTimes } from './visit-stops.ts'

type OperationError = { readonly message: string }

/** One visit while it is carried out. */
type Carried = {
  readonly services: Services
  readonly entry: ClientEntry
  readonly world: World
  readonly client: DemoClient
  readonly plan: PlannedVisit
  readonly index: number
  readonly date: string
}

/**
 * Does what is due at one of the moments of `visitStops`. A visit that began before the history is none of it.
 * @param writer writes the reports; default: the server's own.
 */
export async function carryVisits(
  at: EpochMs,
  given: Services,
  world: World,
  writer: RenderReport = reportWriterOf(given),
): Promise<void> {
  const services = { ...given, renderReport: () => writer }
  for (const client of world.clients) {
    const entry = services.directory.client(client.id)
    if (entry === null) throw new Error(`demo: ${client.spec.name} is not there`)
    for (const [index, plan] of client.spec.visits.entries()) {
      if (!isInHistory(plan, world)) continue
      const date = dayIn(instantOf(plan.at, world.anchorAt), client.spec.timeZone)
      await carryAt(at, { services, entry, world, client, plan, index, date })
    }
  }
}

const isInHistory = (plan: PlannedVisit, world: World) => visitTimes(plan, world).plannedAt > world.startAt

async function carryAt(at: EpochMs, carried: Carried): Promise<void> {
  const times = visitTimes(carried.plan, carried.world)
  if (at === times.plannedAt) await plan(carried)
  if (at === times.preparedAt) await prepare(carried)
  if (carried.plan.state !== 'sent') return
  if (at === times.openedAt) await onSite(carried)
  if (at === times.closedAt) await step(carried, 'close')
  if (at === times.sentAt) await step(carried, 'send')
}

/** @throws when an operation refuses: the scenario is wrong then. */
async function must<T>(operation: Promise<Result<T, OperationError>>): Promise<T> {
  const result = await operation
  if (!result.ok) throw new Error(`demo: a visit could not be carried out: ${result.error.message}`)
  return result.value
}

async function plan({ services, entry, world, client, plan: { kind, at, author, recipient }, date }: Carried) {
  const time = zonedTime(instantOf(at, world.anchorAt), client.spec.timeZone)
  await must(planVisit(services, ADMINISTRATOR, entry, { date, time, kind, author, recipient }))
}

async function step({ services, entry, date }: Carried, name: 'prepare' | 'open' | 'close' | 'send') {
  await must(takeStep(services, ADMINISTRATOR, entry, date, { step: name, reason: '', version: null }))
}

/** A visit that lies ahead shows what the rules propose; one of the past has the words that were agreed upon. */
async function prepare(carried: Carried) {
  const { services, entry, plan: visit, date } = carried
  await step(carried, 'prepare')
  if (visit.state === 'preparing') await must(propose(services, ADMINISTRATOR, entry, date, null))
  for (const [i, one] of visit.recommendations.entries()) await recommend(carried, one, i + 1)
}

async function recommend({ services, entry, world, client, date }: Carried, one: PlannedRecommendation, rank: number) {
  const { key: _key, decision: _decision, about, ...words } = one
  const order = {
    ...words,
    rank,
    dueAt: services.clock.now() + 30 * DAY_MS,
    about: about.map(({ machine, rule, item }) => ({ machineId: machineId(world, client, machine), rule, item })),
    version: null,
  }
  await must(writeRecommendation(services, ADMINISTRATOR, entry, date, null, order))
}

async function onSite(carried: Carried) {
  const { services, entry, plan: visit, date } = carried
  await step(carried, 'open')
  await withdrawOthers(carried)
  await tickEarlier(carried)
  for (const action of visit.actions) await promise(carried, action)
  for (const test of visit.restoreTests) await restore(carried, test)
  await decide(carried)
  const minutes = { version: null, date: null, time: null, kind: null, author: null, recipient: null }
  await must(editVisit(services, ADMINISTRATOR, entry, date, { ...minutes, minutes: visit.minutes }))
}

/** What the rules proposed by themselves when the visit was opened, and nobody spoke about. */
async function withdrawOthers({ services, entry, plan: visit, date }: Carried) {
  const store = services.store.client(entry.client.id)
  const spoken = new Set(visit.recommendations.map(({ what }) => what))
  const own = (await store.visits()).find((one) => one.date === date)
  for (const { id, visitId, what } of await store.recommendations()) {
    if (visitId === own?.id && !spoken.has(what)) {
      await must(withdrawRecommendation(services, ADMINISTRATOR, entry, date, id, null))
    }
  }
}

async function tickEarlier({ services, entry, world, client, index, date }: Carried) {
  const due = client.spec.visits
    .slice(0, index)
    .filter((earlier) => isInHistory(earlier, world))
    .flatMap(({ actions }) => actions)
    .filter(({ done }) => done?.visit === index)
  const known = await services.store.client(entry.client.id).actions()
  for (const { text, done } of due) {
    const action = known.find((one) => one.text === text && one.state === 'open')
    if (action === undefined) throw new Error(`demo: "${text}" was never promised`)
    const edit = { state: 'done', minutes: done?.minutes ?? null, note: null, version: null } as const
    await must(editAction(services, ADMINISTRATOR, entry, date, action.id, edit))
  }
}

async function promise(carried: Carried, action: PlannedAction) {
  const { services, entry, world, client, index, date } = carried
  const { text, who, dueDaysAfter, machine, mends, needsHands, done } = action
  const isDone = done?.visit === index
  const order = {
    ...{ text, who, mends, needsHands, note: '', version: null },
    dueAt: services.clock.now() + dueDaysAfter * DAY_MS,
    machineId: machine === null ? null : machineId(world, client, machine),
    done: isDone,
    minutes: isDone ? done.minutes : null,
  }
  await must(addAction(services, ADMINISTRATOR, entry, date, order))
}

async function restore(carried: Carried, test: PlannedVisit['restoreTests'][number]) {
  const { services, entry, world, client, date } = carried
  const { machine, durationMinutes, ...words } = test
  const order = {
    ...words,
    machineId: machineId(world, client, machine),
    ...{ at: null, durationMs: durationMinutes * MINUTE_MS, note: '', version: null },
  }
  await must(recordRestore(services, ADMINISTRATOR, entry, date, order))
}

async function decide({ services, entry, plan: visit }: Carried) {
  const known = await services.store.client(entry.client.id).recommendations()
  for (const { what, decision } of visit.recommendations) {
    const made = known.find((one) => one.what === what && one.decision === null)
    if (decision === null || made === undefined) continue
    const until = decision.untilDaysAfter === null ? null : services.clock.now() + decision.untilDaysAfter * DAY_MS
    const order = { answer: decision.answer, until, reason: decision.reason, by: decision.by }
    await must(answerRecommendation(services, ADMINISTRATOR, entry, made.id, order))
  }
}

function machineId(world: World, client: DemoClient, key: string): string {
  return demoId(world.seed, 'machine', client.spec.key, key)
}
