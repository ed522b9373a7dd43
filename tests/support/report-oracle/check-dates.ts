/** Dates ahead against the oracle: ends of support, of acceptances and of deferrals within a year, and the visit that is planned. Pure. */
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { listWords, longClock, longDay, plain } from './calendar.ts'
import { acceptedAt, lookOf, type Scene } from './truth.ts'
import { SUPPORT_DAYS } from './words.ts'

const DAY_MS = 86_400_000
type Language = VisitReport['language']
type Dated = { readonly at: number; readonly what: string }

/** @returns a sentence for each difference. */
export function checkDates(scene: Scene, { language, parts }: VisitReport): readonly string[] {
  const { at, client } = scene
  const told = parts.next?.dates?.rows.map(({ date, what }) => ({ date, what: plain(what) })) ?? []
  const expected = [...supportEnds(scene, language), ...deferrals(scene), ...acceptances(scene)]
    .filter((one) => one.at > at && one.at <= at + 365 * DAY_MS)
    .map((one) => ({ date: longDay(one.at, language, client.timeZone), what: one.what }))
  const missing = expected.filter((one) => !told.some(({ date, what }) => date === one.date && what.includes(one.what)))
  const next = nextVisit(scene, language)
  return [
    ...missing.map(({ date, what }) => `dates: missing ${date} ${what}`),
    ...(told.length === expected.length ? [] : [`dates: ${told.length} are told, ${expected.length} lie ahead`]),
    ...((parts.next?.nextVisit?.text ?? null) === next
      ? []
      : [`next visit: ${parts.next?.nextVisit?.text}, not ${next}`]),
  ]
}

/** One line for all machines of a system, by name. The system of one that was silent for a week is not known. */
function supportEnds(scene: Scene, language: Language): readonly Dated[] {
  const heard = scene.machines.filter((one) => scene.at - (lookOf(scene, one)?.lastSaidAt ?? 0) < 6 * DAY_MS)
  return [...Map.groupBy(heard, ({ os }) => os)].flatMap(([os, own]) => {
    const day = SUPPORT_DAYS[os]
    const names = own.map(({ name }) => name).sort(new Intl.Collator(language, { numeric: true }).compare)
    return day == null ? [] : [{ at: Date.parse(`${day}T12:00:00Z`), what: `(${listWords(names, language)})` }]
  })
}

/** Put off at this visit or before, until a date that is still to come. */
function deferrals({ oracle, client, visit }: Scene): readonly Dated[] {
  const made = oracle.visits.filter(
    (one) => one.clientId === client.id && one.looks.length > 0 && one.times.openedAt <= visit.times.openedAt,
  )
  return made.flatMap(({ plan, times }) =>
    plan.recommendations.flatMap(({ what, decision }) => {
      const at = times.openedAt + (decision?.untilDaysAfter ?? 0) * DAY_MS
      return decision?.answer === 'defer' ? [{ at, what: plain(what) }] : []
    }),
  )
}

function acceptances(scene: Scene): readonly Dated[] {
  return acceptedAt(scene).map(({ machine, until }) => ({
    at: until,
    what: scene.machines.find(({ key }) => key === machine)?.name ?? '',
  }))
}

/** The first visit that is planned when the report is sent; one is opened five minutes after it begins. */
function nextVisit({ oracle, client, visit, at }: Scene, language: Language): string | null {
  const ahead = oracle.visits.filter(
    ({ clientId, times }) => clientId === client.id && times.openedAt > at && times.plannedAt <= visit.times.sentAt,
  )
  const begins = ahead.map(({ times }) => times.openedAt - 300_000)
  return begins.length === 0 ? null : longClock(Math.min(...begins), language, client.timeZone)
}
