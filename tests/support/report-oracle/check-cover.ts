/** Page 1 against the oracle: who and when, the headline with its machines, five dials, four figures, the minutes. Pure. */
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { longDay, plain, timeWords } from './calendar.ts'
import { expectedOf } from './check-changes.ts'
import { doneOf } from './check-record.ts'
import { dialStates, type Mark, marksOf, pointsAt, product, type Scene, waitingFor } from './truth.ts'
import { SPOKEN } from './words.ts'

const DIALS = ['backup', 'disk', 'patch', 'antivirus', 'posture'] as const
/** Words of safety. None may stand on page 1 while one machine is bad, accepted or not known. */
const SAFE =
  /\b(?:safe|saved|secure|protected|sûrs?|sauf|sauvés?|sauvegardés?|protégés?|en sécurité|à l’abri|as it should be|comme il doit être)\b/i

/** @returns a sentence for each difference. */
export function checkCover(scene: Scene, report: VisitReport): readonly string[] {
  return [
    ...checkLines(scene, report),
    ...DIALS.flatMap((dial, at) => checkDial(scene, report, dial, at)),
    ...checkHeadline(scene, report),
    ...checkFigures(scene, report),
  ]
}

function checkLines(
  { client, visit, previous }: Scene,
  { language, cover, documentTitle, footer }: VisitReport,
): readonly string[] {
  const day = (at: number) => longDay(at, language, client.timeZone)
  const lines = plain(cover.lines.join('\n'))
  const wanted = [
    day(visit.times.openedAt),
    visit.plan.recipient,
    ...client.sites,
    ...(previous === null ? [] : [day(previous.times.openedAt)]),
  ]
  const isNamed =
    cover.client === client.name && documentTitle.includes(client.name) && footer.text.includes(client.name)
  return [
    ...wanted.filter((one) => !lines.includes(plain(one))).map((one) => `cover: "${one}" does not stand in "${lines}"`),
    ...(isNamed ? [] : ['cover: another client']),
  ]
}

/** Machines that a dial is about: a backup is not asked of one that holds nothing. */
function inDial({ machines, visit }: Scene, dial: string) {
  if (dial !== 'backup') return machines
  return machines.filter(
    ({ id, holdsData }) => holdsData || (visit.looks.find(({ machineId }) => machineId === id)?.jobs.length ?? 0) > 0,
  )
}

function checkDial(scene: Scene, report: VisitReport, dial: (typeof DIALS)[number], at: number): readonly string[] {
  const spoken = SPOKEN[report.language]
  const row = report.cover.dials[at]
  if (row === undefined || row.name !== spoken.dials[dial]) return [`dial ${dial} is missing`]
  const machines = inDial(scene, dial)
  const complaints: string[] = []
  const said = spoken.counts.exec(plain(row.countsText))
  const told = [row.counts.good, row.counts.bad, row.counts.unknown, row.counts.accepted]
  if (JSON.stringify(told) !== JSON.stringify([1, 2, 3, 4].map((n) => Number(said?.[n] ?? 0))))
    complaints.push(`dial ${dial}: "${row.countsText}" is not ${told}`)
  const fits = product(machines.map((machine) => marksOf(scene, machine, dial))).filter(
    (marks) => JSON.stringify(countsOf(marks)) === JSON.stringify(told),
  )
  if (fits.length === 0) complaints.push(`dial ${dial}: ${told} fits no history of ${machines.length} machines`)
  const states = fits.map((marks) => dialStates(marks, machines))
  if (!states.includes(row.state)) complaints.push(`dial ${dial} is ${row.state}, not ${[...new Set(states)]}`)
  if (row.word !== spoken.states[row.state]) complaints.push(`dial ${dial}: "${row.word}" for ${row.state}`)
  return [...complaints, ...checkMovement(scene, report, dial, row)]
}

function countsOf(marks: readonly Mark[]): readonly number[] {
  const count = (...of: readonly Mark[]) => marks.filter((mark) => of.includes(mark)).length
  return [count('good', 'note'), count('urgent', 'attention'), count('not-proven'), count('accepted')]
}

/** The small circle: where the dial stood when the visit before was opened, with what was accepted then. */
function checkMovement(
  scene: Scene,
  { language }: VisitReport,
  dial: string,
  { before, state, movement }: VisitReport['cover']['dials'][number],
): readonly string[] {
  const { previous } = scene
  if (previous === null) return before === null && movement === '' ? [] : [`dial ${dial} moved since no visit`]
  const past: Scene = {
    ...scene,
    visit: previous,
    previous: null,
    at: previous.times.openedAt,
    machines: scene.machines.filter(({ enrolledAt }) => (enrolledAt ?? 0) < previous.times.openedAt),
  }
  const machines = inDial(past, dial)
  const states = new Set(
    product(machines.map((machine) => marksOf(past, machine, dial))).map((marks) => dialStates(marks, machines)),
  )
  const kind = Object.entries(SPOKEN[language].moved).find(([, pattern]) => pattern.test(plain(movement)))?.[0]
  const order = ['urgent', 'attention', 'good']
  const expected = [...states].map((was): string =>
    was === state
      ? 'same'
      : was === 'not-proven' || state === 'not-proven'
        ? 'other'
        : order.indexOf(state) > order.indexOf(was)
          ? 'better'
          : 'worse',
  )
  const isTold = before === null ? states.has('not-proven') : states.has(before)
  return isTold && expected.includes(kind ?? '') ? [] : [`dial ${dial}: "${movement}" (${before}), was ${[...states]}`]
}

function checkHeadline(scene: Scene, { language, cover: { verdict, dials } }: VisitReport): readonly string[] {
  const { machines } = scene
  const sets = machines.map((machine) => marksOf(scene, machine, null))
  const complaints: string[] = []
  const may = (mark: Mark) => machines.filter((_, at) => sets[at]?.has(mark))
  const must = (mark: Mark) => machines.filter((_, at) => sets[at]?.size === 1 && sets[at].has(mark))
  const text = plain(`${verdict.sentence} ${verdict.text}`)
  const isAnyOpen = sets.some((marks) => ![...marks].some((mark) => mark === 'good' || mark === 'note'))
  if (isAnyOpen && (verdict.state === 'good' || SAFE.test(text)))
    complaints.push(`headline: "${text}" over a machine that is not good`)
  const isDialOpen = dials.some(({ state }) => state === 'not-proven')
  const worst = must('urgent').length > 0 ? 'urgent' : must('attention').length > 0 ? 'attention' : null
  const allowed =
    worst !== null
      ? [worst, ...(may('urgent').length > 0 ? ['urgent'] : [])]
      : isDialOpen
        ? ['not-proven']
        : isAnyOpen
          ? ['attention']
          : ['good']
  if (!allowed.includes(verdict.state)) complaints.push(`headline is ${verdict.state}, not ${allowed.join(' or ')}`)
  if (verdict.word !== SPOKEN[language].states[verdict.state as 'good'])
    complaints.push(`headline: "${verdict.word}" for ${verdict.state}`)
  if (worst !== null && (verdict.state === 'urgent' || verdict.state === 'attention')) {
    complaints.push(
      ...checkNames(
        text,
        language,
        may(verdict.state).map(({ name }) => name),
        must(verdict.state).map(({ name }) => name),
        machines.length,
      ),
    )
  }
  const unknown = machines.filter((_, at) => sets[at]?.has('not-proven')).map(({ name }) => name)
  if (unknown.length > 0 && unknown.length < 4 && !unknown.every((name) => text.includes(name)))
    complaints.push(`headline: ${unknown} are not known, which "${text}" does not tell`)
  return complaints
}

/** Up to three machines by name, else how many of how many. */
function checkNames(
  text: string,
  language: VisitReport['language'],
  may: readonly string[],
  must: readonly string[],
  total: number,
): readonly string[] {
  const counts = Array.from({ length: may.length - must.length + 1 }, (_, more) => must.length + more)
  const isCounted = counts.some((n) =>
    text.includes(language === 'fr' ? `sur ${n} des ${total} postes` : `on ${n} of ${total} machines`),
  )
  const isNamed = must.length <= 3 && must.every((name) => text.includes(name))
  return (counts.some((n) => n > 3) && isCounted) || isNamed
    ? []
    : [`headline: "${text}" does not tell of ${must} (${counts} of ${total})`]
}

function checkFigures(scene: Scene, { cover: { figures, cost }, language }: VisitReport): readonly string[] {
  const { visit, machines, previous, at } = scene
  const within = (
    value: string | undefined,
    { must, may }: { readonly must: readonly unknown[]; readonly may: readonly unknown[] },
  ) => Number(value) >= must.length && Number(value) <= must.length + may.length
  const { opened, solved } = expectedOf(scene)
  const points = pointsAt(scene, at)
  const open = { must: points.filter(({ isSure }) => isSure), may: points.filter(({ isSure }) => !isSure) }
  const [first, second, third, fourth] = figures.map(({ value }) => value)
  const waiting = waitingFor(scene)
  const decided = visit.plan.recommendations.filter(({ decision }) => decision !== null).length
  const isStart =
    previous === null
      ? Number(first) === machines.length && within(second, open)
      : within(first, solved) && within(second, opened)
  const said = plain(figures[2]?.text ?? '')
    .match(/\d+/g)
    ?.map(Number)
  const complaints = isStart ? [] : [`figures: ${first}, ${second}`]
  if (Number(third) !== decided + waiting.length || said?.[0] !== decided || said[1] !== waiting.length)
    complaints.push(`figures: "${third} ${figures[2]?.text}", ${decided} decided, ${waiting.length} wait`)
  if (Number(fourth) !== visit.plan.restoreTests.length) complaints.push(`figures: ${fourth} restores`)
  const minutes = doneOf(scene).map((one) => one.minutes)
  const sum = timeWords(minutes.reduce((total, one) => total + one, 0))
  const points3 =
    language === 'fr' ? `${sum} de travail sur ${minutes.length} point` : `${sum} of work on ${minutes.length} point`
  if (minutes.length === 0 ? cost !== null : !plain(cost ?? '').includes(points3))
    complaints.push(`cost: "${cost}" is not "${points3}"`)
  return complaints
}
