/** What people said and did against the scenario: decisions, accepted risks, actions, minutes. Pure. */
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { longDay, plain, timeWords } from './calendar.ts'
import { dueOf, evidenceOf, promisesOf } from './check-promises.ts'
import { acceptedAt, type Scene, waitingFor } from './truth.ts'

const DAY_MS = 86_400_000
const ANSWERS = {
  en: { do: 'Do', defer: 'Defer', accept: 'Accept the risk', ask: '' },
  fr: { do: 'Faire', defer: 'Reporter', accept: 'Accepter le risque', ask: '' },
} as const

/** Done at a visit, in the order of the report: what was ticked with its minutes, then restores. */
export function doneOf({
  oracle,
  client,
  visit,
}: Scene): readonly { readonly what: string; readonly minutes: number }[] {
  const visits = oracle.visits.filter(({ clientId }) => clientId === client.id)
  const index = visits.indexOf(visit)
  const ticked = visits
    .filter(({ looks }) => looks.length > 0)
    .flatMap(({ plan }) => plan.actions.filter(({ done }) => done?.visit === index))
  return [
    ...ticked.map(({ text, done }) => ({ what: text, minutes: done?.minutes ?? 0 })),
    ...visit.plan.restoreTests.map(({ what, durationMinutes }) => ({ what, minutes: durationMinutes })),
  ]
}

/** @returns a sentence for each difference. */
export function checkRecord(scene: Scene, report: VisitReport): readonly string[] {
  return [
    ...checkDecisions(scene, report),
    ...checkAccepted(scene, report),
    ...checkDone(scene, report),
    ...checkActions(scene, report),
  ]
}

function checkDecisions(scene: Scene, { language, parts }: VisitReport): readonly string[] {
  const { visit, client } = scene
  const day = (at: number) => longDay(at, language, client.timeZone)
  const own = visit.plan.recommendations.map((one) => ({ ...one, preparedAt: visit.times.preparedAt }))
  const all = [...own, ...waitingFor(scene).filter(({ preparedAt }) => preparedAt !== visit.times.preparedAt)]
  const items = parts.decisions?.items ?? []
  // Part 2 holds the five that are asked most, and every answer.
  const answers = items.filter(({ answer }) => answer.kind === 'decided').length
  const isAll =
    items.length >= Math.min(5, all.length) && answers === all.filter(({ decision }) => decision !== null).length
  const complaints = isAll ? [] : [`decisions: ${items.length} of ${all.length}`]
  return [
    ...complaints,
    ...items.flatMap((item) => {
      const one = all.find(({ what }) => plain(what) === plain(item.what))
      if (one === undefined) return [`decisions: nobody asked "${item.what}"`]
      const { answer } = item
      const cost =
        one.costLow === null
          ? /^(?:to be quoted|à chiffrer)$/
          : new RegExp(`^${one.costLow}(?: (?:to|à) ${one.costHigh})? €$`)
      const isWhole = [
        item.why === one.why,
        item.inaction.text === one.otherwise,
        cost.test(plain(item.cost).replace(/(\d)[ ,](\d{3})/g, '$1$2')),
        plain(item.costNote ?? '').startsWith(timeWords(one.effortMinutes)),
        plain(item.due ?? '').endsWith(day(dueOf(one.preparedAt))),
      ]
      const said = isAnswered(one, answer, (at) => day(at), visit.times.openedAt, language)
      return isWhole.every(Boolean) && said
        ? []
        : [`decisions: "${item.what}" ${JSON.stringify(isWhole)} ${JSON.stringify(answer)}`]
    }),
  ]
}

type Planned = Scene['visit']['plan']['recommendations'][number]
type Answer = NonNullable<VisitReport['parts']['decisions']>['items'][number]['answer']

function isAnswered(
  { decision }: Planned,
  answer: Answer,
  day: (at: number) => string,
  openedAt: number,
  language: VisitReport['language'],
): boolean {
  if (decision === null || answer.kind === 'open') return decision === null && answer.kind === 'open'
  const until = decision.untilDaysAfter === null ? [] : [day(openedAt + decision.untilDaysAfter * DAY_MS)]
  return (
    answer.choice === ANSWERS[language][decision.answer] &&
    [decision.by, day(openedAt), decision.reason, ...until].every((one) => plain(answer.text).includes(plain(one)))
  )
}

function checkAccepted(scene: Scene, { language, parts }: VisitReport): readonly string[] {
  const expected = acceptedAt(scene).map(({ machine, by, reason, until }) => {
    const name = scene.machines.find(({ key }) => key === machine)?.name
    return [name, by, reason, longDay(until, language, scene.client.timeZone)].join(' | ')
  })
  const told =
    parts.acceptedRisks?.rows.map(({ risk, who, reason, until }) =>
      [plain(risk).split(/ ?: /)[0], who, reason, until].join(' | '),
    ) ?? []
  return JSON.stringify(told.toSorted()) === JSON.stringify(expected.toSorted())
    ? []
    : [`accepted: ${told} for ${expected}`]
}

function checkDone(scene: Scene, { parts, annexes }: VisitReport): readonly string[] {
  const done = doneOf(scene)
  const part = parts.next?.done ?? null
  const isSaid = (annexes.minutes?.markdown ?? '') === scene.visit.plan.minutes
  const complaints = isSaid ? [] : ['the minutes are not those of the visit']
  if (part === null) return done.length === 0 ? complaints : [...complaints, 'nothing is told as done']
  const rows = part.rows.map(({ what, duration }) => `${plain(what)} | ${plain(duration)}`)
  const sum = timeWords(done.reduce((total, { minutes }) => total + minutes, 0))
  const isTold =
    rows.length === done.length &&
    done.every(({ what, minutes }) =>
      rows.some((row) => row.includes(plain(what)) && row.endsWith(`| ${timeWords(minutes)}`)),
    )
  return isTold && plain(part.heading).endsWith(sum)
    ? complaints
    : [...complaints, `done: ${rows} under "${part.heading}", ${JSON.stringify(done)}, ${sum}`]
}

/** Open promises with who and by when, the first due first; what the evidence shows done may not stand there. */
function checkActions(scene: Scene, { language, parts }: VisitReport): readonly string[] {
  const { at, client } = scene
  const open = promisesOf(scene).filter((one) => one.doneAt === null || one.doneAt > at)
  const sayings = open.map((one) => {
    const evidence = one.madeAt < at ? evidenceOf(scene, one) : new Set(['open'])
    return {
      row: [plain(one.text), one.who, longDay(one.dueAt, language, client.timeZone)].join(' | '),
      dueAt: one.dueAt,
      evidence,
    }
  })
  const rows = parts.next?.actions.rows.map(({ what, who, due }) => [plain(what), who, due].join(' | ')) ?? []
  const missing = sayings.filter(({ row, evidence }) => !evidence.has('proven') && !rows.includes(row))
  const extra = rows.filter(
    (row) => !sayings.some((one) => one.row === row && (one.evidence.has('open') || one.evidence.size > 1)),
  )
  const dues = rows.flatMap((row) => sayings.find((one) => one.row === row)?.dueAt ?? [])
  const isSorted = dues.every((due, i) => due >= (dues[i - 1] ?? 0)) && new Set(rows).size === rows.length
  return [
    ...missing.map(({ row }) => `next: missing ${row}`),
    ...extra.map((row) => `next: "${row}" is not to be done`),
    ...(isSorted ? [] : [`next: ${rows} are not in order, or twice`]),
  ]
}
