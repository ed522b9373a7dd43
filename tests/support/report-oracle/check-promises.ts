/** What was promised at earlier visits against the oracle: done with proof, done by word, noted but still found, or not done. Pure. */
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { longDay, plain } from './calendar.ts'
import { groupOf } from './claims.ts'
import { lookOf, pointsAt, type Scene } from './truth.ts'

const DAY_MS = 86_400_000

/** One promise as the scenario made it: an action, or what the manager decided to do. */
type Promised = {
  readonly text: string
  readonly who: string
  readonly dueAt: number
  readonly machine: string | null
  readonly mends: { readonly rule: string; readonly item: string } | null
  readonly madeAt: number
  /** Opening of the visit at which it was ticked; null: not. */
  readonly doneAt: number | null
}

/** @returns every promise of the visits that were carried out, up to this one. */
export function promisesOf({ oracle, client, visit }: Scene): readonly Promised[] {
  const all = oracle.visits.filter(({ clientId }) => clientId === client.id)
  return all.flatMap(({ plan, times, isInHistory, looks }) => {
    if (!isInHistory || looks.length === 0 || times.openedAt > visit.times.openedAt) return []
    const made = { madeAt: times.openedAt }
    const actions = plan.actions.map(({ text, who, dueDaysAfter, machine, mends, done }): Promised => {
      const doneAt = done === null ? null : (all[done.visit]?.times.openedAt ?? null)
      return { ...made, text, who, dueAt: times.openedAt + dueDaysAfter * DAY_MS, machine, mends, doneAt }
    })
    const decided = plan.recommendations.flatMap(({ what, owner, about, decision }): Promised[] => {
      if (decision?.answer !== 'do') return []
      const [first] = about
      const mends = first === undefined ? null : { rule: first.rule, item: first.item }
      return [
        {
          ...made,
          text: what,
          who: owner,
          dueAt: dueOf(times.preparedAt),
          machine: first?.machine ?? null,
          mends,
          doneAt: null,
        },
      ]
    })
    return [...actions, ...decided]
  })
}

/** Recommendations are written when a visit is prepared, and are due thirty days later. */
export const dueOf = (preparedAt: number) => preparedAt + 30 * DAY_MS

/** What may be said of a promise; within the slack of hourly history two answers may hold. */
export function evidenceOf(scene: Scene, { machine: key, mends, doneAt }: Promised): ReadonlySet<string> {
  const isTicked = doneAt !== null && doneAt <= scene.at
  const machine = scene.machines.find((one) => one.key === key)
  if (machine === undefined || mends === null) return new Set([isTicked ? 'word' : 'open'])
  const found = pointsAt(scene, scene.at).find(
    (one) => one.machine.id === machine.id && one.rule === mends.rule && one.item === mends.item,
  )
  const isHeard = scene.at - (lookOf(scene, machine)?.lastSaidAt ?? 0) < 7 * DAY_MS
  const over = isHeard ? 'proven' : isTicked ? 'word' : 'open'
  if (found === undefined) return new Set([over])
  const still = isTicked ? 'refuted' : 'open'
  return new Set(found.isSure ? [still] : [still, over])
}

const SAID: readonly (readonly [RegExp, string])[] = [
  [/(?:fait : constaté le|done: the evidence of) .*\d{4}/, 'proven'],
  [/(?:noté par une personne|as noted by a person)/, 'word'],
  [/(?:mais le défaut est toujours constaté|but the fault is still found)$/, 'refuted'],
  [/(?:pas encore fait|not done yet)$/, 'open'],
]

/** @returns a sentence for each difference. */
export function checkPromises(scene: Scene, report: VisitReport): readonly string[] {
  const { at, client, previous } = scene
  const told = [
    ...groupOf(report, 'done').items.map((item) => ({ ...item, group: 'done' })),
    ...groupOf(report, 'notShown').items.map((item) => ({ ...item, group: 'notShown' })),
  ]
  // Ticked at the visit before or earlier: it was told there.
  const due = promisesOf(scene).filter(
    ({ madeAt, doneAt }) => madeAt < at && (doneAt === null || doneAt > (previous?.times.openedAt ?? 0)),
  )
  const complaints = due.flatMap((promise) => {
    const item = told.find(({ text }) => text === plain(promise.text))
    if (item === undefined) return [`promised: "${promise.text}" is not told`]
    const evidence = evidenceOf(scene, promise)
    const said = SAID.find(([pattern]) => pattern.test(item.detail ?? ''))?.[1] ?? 'nothing'
    const isRightGroup = (said === 'proven' || said === 'word') === (item.group === 'done')
    const isDated =
      (item.detail ?? '').includes(longDay(promise.dueAt, report.language, client.timeZone)) &&
      (item.detail ?? '').includes(promise.who)
    return evidence.has(said) && isRightGroup && isDated
      ? []
      : [`promised: "${promise.text}" is said ${said} in ${item.group} (${item.detail}), is ${[...evidence]}`]
  })
  const extra = told.filter(({ text }) => !due.some((promise) => plain(promise.text) === text))
  return [...complaints, ...extra.map(({ text }) => `promised: "${text}" was never promised`)]
}
