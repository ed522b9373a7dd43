/** Part 10: what happens next: actions, what was done today, dates of the next twelve months, the next visit. Pure. */
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import { machineTruth } from '../../views/machine-truth.ts'
import { isDoneAlready } from '../decide.ts'
import type { NextPart } from '../report/report-parts.ts'
import { riskOf } from './accepted-part.ts'
import { recordedMinutes, restoreMinutes } from './cover.ts'
import type { Scene } from './report-input.ts'

const AHEAD_MS = 365 * DAY_MS

/** @returns the part. */
export function nextPart(scene: Scene): NextPart {
  const { input, texts, clock } = scene
  const { end } = texts
  return {
    heading: end.next,
    actions: actionsOf(scene),
    done: doneOf(scene),
    dates: datesOf(scene),
    nextVisit: input.nextVisitAt === null ? null : { label: end.nextVisit, text: clock(input.nextVisitAt) },
  }
}

/**
 * Open actions, and what the manager decided to do; the first due comes first, undated ones last. What the evidence shows done is no
 * longer to be done, ticked or not.
 */
function actionsOf({ input, texts: { end, parts }, day }: Scene): NextPart['actions'] {
  const proven = new Set(
    input.since.promised.flatMap(({ action, evidence }) => (evidence === 'proven' ? action.id : [])),
  )
  const open = input.actions
    .filter(({ id, state }) => state === 'open' && !proven.has(id))
    .map(({ text, who, dueAt }) => ({ text, who, dueAt }))
  // An answer leads to actions of its own (decide.ts), which carry its id.
  const isAction = (recommendation: string) => input.actions.some(({ id }) => id.startsWith(`${recommendation}.`))
  const decided = input.recommendations
    .filter(({ id, decision }) => decision?.answer === 'do' && !isAction(id))
    .filter((recommendation) => {
      const visitIds = [input.visit.id, recommendation.visitId]
      return !isDoneAlready({ recommendation, actions: input.actions, visitIds })
    })
    .map(({ what, owner, dueAt }) => ({ text: what, who: owner, dueAt }))
  const all = [...decided, ...open].sort(
    (a, b) => (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER),
  )
  return {
    columns: { what: end.col_action, who: end.col_who, due: end.col_due },
    rows: all.map(({ text, who, dueAt }) => ({ what: text, who, due: dueAt === null ? parts.dash : day(dueAt) })),
    none: end.nextNone,
  }
}

function doneOf(scene: Scene): NextPart['done'] {
  const { input, texts, time, nameOf } = scene
  const { end, parts } = texts
  const ticked = input.actions
    .filter(({ state, doneIn }) => state === 'done' && doneIn === input.visit.id)
    .map(({ text, minutes }) => ({ what: text, duration: minutes === null ? parts.dash : time(minutes) }))
  const restores = input.restoreTests
    .filter(({ visitId }) => visitId === input.visit.id)
    .map(({ what, machineId, durationMs }) => ({
      what: end.restoreDone(what, nameOf(machineId)),
      duration: time(restoreMinutes(durationMs)),
    }))
  const rows = [...ticked, ...restores]
  if (rows.length === 0) return null
  const minutes = recordedMinutes(scene)
  const total = minutes.length === 0 ? null : time(minutes.reduce((sum, one) => sum + one, 0))
  return { heading: end.doneToday(total), columns: { what: end.col_done, duration: end.col_duration }, rows }
}

type Dated = { readonly at: EpochMs; readonly what: string }

function datesOf(scene: Scene): NextPart['dates'] {
  const { input, texts, day } = scene
  const { end } = texts
  const ahead = [...supportEnds(scene), ...promisedDates(scene)]
    .filter(({ at }) => at > input.frozenAt && at <= input.frozenAt + AHEAD_MS)
    .sort((a, b) => a.at - b.at)
  if (ahead.length === 0) return null
  return {
    heading: end.dates,
    columns: { date: end.col_date, what: end.col_dateWhat },
    rows: ahead.map(({ at, what }) => ({ date: day(at), what })),
  }
}

/** One line per system and date, with the machines that run it. */
function supportEnds({ input, f, texts: { end } }: Scene): readonly Dated[] {
  const lines = new Map<string, { at: EpochMs; os: string; names: string[] }>()
  for (const state of input.machines) {
    const { supportUntil, os } = machineTruth(state, input.frozenAt)
    if (typeof supportUntil !== 'number' || os === null) continue
    const line = lines.get(`${supportUntil} ${os}`) ?? { at: supportUntil, os, names: [] }
    line.names.push(state.name)
    lines.set(`${supportUntil} ${os}`, line)
  }
  return [...lines.values()].map(({ at, os, names }) => ({ at, what: end.date_support(os, f.list(names)) }))
}

function promisedDates(scene: Scene): readonly Dated[] {
  const { input, texts } = scene
  const { end } = texts
  return [
    ...input.acceptances.map((one) => ({ at: one.until, what: end.date_accepted(riskOf(scene, one)) })),
    ...[...input.recommendations, ...input.deferred].flatMap(({ decision, what }) =>
      decision?.answer === 'defer' && decision.until !== null
        ? { at: decision.until, what: end.date_deferred(what) }
        : [],
    ),
  ]
}
