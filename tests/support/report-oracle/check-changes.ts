/** Part 3 against the oracle: every new, solved, worse, vanished, promised and done thing is there, and nothing else. Pure. */
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { lengthWords, longDay, plain, workedMinutes, workWords } from './calendar.ts'
import { checkPromises } from './check-promises.ts'
import { type Claim, claimsOf, type GroupName, groupOf, solvedClaims, strangeGroups } from './claims.ts'
import { numbersOf } from './numbers.ts'
import { acceptedAt, lookOf, type Point, passedBetween, placeOf, pointsAt, type Scene } from './truth.ts'

type Language = VisitReport['language']

/** What may stand in a group: `must` has to, `may` is within the slack of hourly history. */
type Expected = { readonly must: readonly Point[]; readonly may: readonly Point[] }

/** @returns a sentence for each difference. */
export function checkChanges(scene: Scene, report: VisitReport): readonly string[] {
  const { changes } = report.parts
  if (scene.visit.plan.kind === 'mini-audit') return changes === null ? [] : ['a mini-audit has no part 3']
  if (changes === null) return ['part 3 is missing']
  const expected = expectedOf(scene)
  return [
    ...strangeGroups(report).map((heading) => `part 3 has a group "${heading}"`),
    ...(['opened', 'worse', 'better', 'solved', 'passing'] as const).flatMap((group) =>
      checkGroup(scene, report, group, expected[group]),
    ),
    ...checkPromises(scene, report),
    ...checkMachines(scene, report),
    ...checkCounters(scene, report),
    ...checkOutages(scene, report),
  ]
}

const RANK = ['critical', 'warning', 'info']

/** By place: what stands now beside what stood at the visit before. */
export function expectedOf(scene: Scene): {
  readonly [G in 'opened' | 'worse' | 'better' | 'solved' | 'passing']: Expected
} {
  const from = scene.previous?.times.openedAt ?? null
  const now = new Map(pointsAt(scene, scene.at).map((point) => [placeOf(point), point]))
  const before = new Map((from === null ? [] : pointsAt(scene, from)).map((point) => [placeOf(point), point]))
  const lists = { opened: made(), worse: made(), better: made(), solved: made(), passing: made() }
  for (const [place, point] of now) {
    const was = before.get(place)
    if (was === undefined) add(lists.opened, point, point.isSure)
    else {
      if (!was.isSure) add(lists.opened, point, false)
      sortBySeverity(lists, point, was)
    }
  }
  for (const [place, was] of before) {
    const point = now.get(place)
    if (point === undefined) add(lists.solved, was, was.isSure)
    else if (!point.isSure) add(lists.solved, was, false)
  }
  const sure = (one: Point | undefined) => one?.isSure === true
  for (const point of from === null ? [] : passedBetween(scene, from, scene.at)) {
    if (!sure(before.get(placeOf(point))) && !sure(now.get(placeOf(point)))) add(lists.passing, point, true)
  }
  return lists
}

const made = (): { must: Point[]; may: Point[] } => ({ must: [], may: [] })
const add = (list: { must: Point[]; may: Point[] }, point: Point, isSure: boolean) =>
  (isSure ? list.must : list.may).push(point)

function sortBySeverity(
  lists: { readonly worse: ReturnType<typeof made>; readonly better: ReturnType<typeof made> },
  now: Point,
  was: Point,
) {
  const pairs = [...now.severities].flatMap((a) =>
    [...was.severities].map((b) => Math.sign(RANK.indexOf(a) - RANK.indexOf(b))),
  )
  const isSure = new Set(pairs).size === 1 && now.isSure && was.isSure
  if (pairs.includes(-1)) add(lists.worse, now, isSure)
  if (pairs.includes(1)) add(lists.better, now, isSure)
}

function checkGroup(
  scene: Scene,
  report: VisitReport,
  group: Exclude<GroupName, 'done' | 'notShown' | 'machines' | 'disks'>,
  { must, may }: Expected,
): readonly string[] {
  const names = new Set(scene.machines.map(({ name }) => name))
  const { items, count } = groupOf(report, group)
  const read =
    group === 'solved' ? solvedClaims(items, report.language, names) : claimsOf(items, report.language, names)
  const claims = read.filter((one): one is Claim => typeof one !== 'string')
  const complaints = read.filter((one) => typeof one === 'string')
  if (count !== claims.length) complaints.push(`${group}: the heading counts ${count}, its lines tell ${claims.length}`)
  const left = [...claims]
  for (const [points, isMust] of [
    [must, true],
    [may, false],
  ] as const) {
    for (const point of points) {
      const at = left.findIndex((claim) => isAbout(claim, point))
      const claim = left[at]
      if (claim === undefined) {
        if (isMust) complaints.push(`${group}: missing ${placeOf(point)}`)
        continue
      }
      left.splice(at, 1)
      complaints.push(...checkClaim(scene, report.language, group, point, claim))
    }
  }
  return [...complaints, ...left.map(({ name, title }) => `${group}: "${name}: ${title}" is in no oracle`)]
}

/** The item stands in the sentence; which one of a machine is meant matters only where it has several. */
function isAbout({ name, rule, title }: Claim, { machine, rule: wanted, item }: Point): boolean {
  if (name !== machine.name || rule !== wanted) return false
  const said = item
    .replace(/^[a-z]+:/, '')
    .replace('/', ' ')
    .toLowerCase()
  return rule.startsWith('antivirus/') || said.trim() === '' || title.toLowerCase().includes(said.trim())
}

const STATE = { critical: 'urgent', warning: 'attention', info: 'note' } as const

function checkClaim(scene: Scene, language: Language, group: string, point: Point, claim: Claim): readonly string[] {
  const complaints: string[] = []
  const what = `${group}: "${claim.name}: ${claim.title}"`
  const accepted = acceptedAt(scene).some(
    ({ machine, rule, item }) => machine === point.machine.key && rule === point.rule && item === point.item,
  )
  const isOver = group === 'solved' || group === 'passing'
  const states = isOver ? ['good'] : accepted ? ['accepted'] : [...point.severities].map((severity) => STATE[severity])
  if (!states.includes(claim.state as never)) complaints.push(`${what} is ${claim.state}, not ${states.join(' or ')}`)
  for (const [at, options] of numbersOf(scene, point, language, isOver).entries()) {
    const said = claim.numbers[at]
    if (options !== null && (said === undefined || !options.includes(said)))
      complaints.push(`${what} says ${said}, not ${options.join(' or ')}`)
  }
  const days = daysOf(scene, language, point, isOver)
  if (claim.detail !== '' && !accepted && !days.every((options) => options.some((day) => claim.detail.includes(day)))) {
    complaints.push(`${what}: "${claim.detail}" is not of ${days.map((options) => options.join(' or ')).join(' and ')}`)
  }
  return complaints
}

/** Days that the line under a sentence may name: when its severity began, or when it ended. */
function daysOf(
  { at, client: { timeZone } }: Scene,
  language: Language,
  { showing: { levels, endsAt, slackMs, endSlackMs } }: Point,
  isOver: boolean,
): readonly (readonly string[])[] {
  const between = (from: number, to: number) => {
    const days = new Set<string>()
    for (let when = from; when <= to; when += 3_600_000) days.add(longDay(when, language, timeZone))
    return [...days.add(longDay(to, language, timeZone))]
  }
  if (isOver) return endsAt === null ? [] : [between(endsAt - 3_660_000, endsAt + endSlackMs)]
  return [
    levels
      .filter((level) => level.at - 3_660_000 <= at)
      .flatMap((level) => between(level.at - 3_660_000, level.at + slackMs)),
  ]
}

function checkMachines({ machines, previous, visit }: Scene, report: VisitReport): readonly string[] {
  const from = previous?.times.openedAt ?? visit.times.openedAt
  const fresh = machines
    .filter(({ enrolledAt }) => (enrolledAt ?? 0) > from)
    .map(({ name }) => name)
    .sort()
  const told = groupOf(report, 'machines')
    .items.map(({ text }) => text.split(/ est nouveau| is new/)[0])
    .sort()
  return JSON.stringify(fresh) === JSON.stringify(told) ? [] : [`machines: ${told} are told, ${fresh} are new`]
}

const COUNTERS: { readonly [field: string]: string } = {
  reallocatedSectors: 'secteurs remplacés',
  pendingSectors: 'secteurs illisibles',
  offlineUncorrectable: 'secteurs non corrigeables',
  crcErrors: 'erreurs de transfert sur le câble',
}

/** Drives are read every six hours: a step of the last six hours may not be seen yet. */
function checkCounters({ machines, visit, previous }: Scene, report: VisitReport): readonly string[] {
  const told = groupOf(report, 'disks').items.map(({ text }) => text)
  const expected = machines.flatMap((machine) => {
    const look = lookOf({ visit }, machine)
    const was = previous === null ? undefined : lookOf({ visit: previous }, machine)
    if (look === undefined || was === undefined) return []
    return look.drives.flatMap(({ drive, counters }) =>
      [...new Set(counters.map(({ field }) => field))].flatMap((field) => {
        const last = (of: typeof look) =>
          of.drives
            .find((one) => one.drive === drive)
            ?.counters.filter((one) => one.field === field)
            .at(-1)?.value ?? 0
        const [before, after] = [last(was), last(look)]
        return after > before
          ? [`${machine.name} : ${drive.replace('/', ' ')} : ${COUNTERS[field]}, de ${before} à ${after}`]
          : []
      }),
    )
  })
  return JSON.stringify(told.toSorted()) === JSON.stringify(expected.toSorted())
    ? []
    : [`counters: "${told}" for "${expected}"`]
}

/** Servers only. From the last word before the cut to the first one after: at most two minutes more than it lasted. */
function checkOutages({ oracle, client, machines, at, previous }: Scene, report: VisitReport): readonly string[] {
  const said = plain(report.parts.changes?.outages?.text ?? '')
  const from = previous?.times.openedAt ?? 0
  const cuts = oracle.outages.filter((one) => one.clientId === client.id && one.from > from && one.to < at)
  const expected = cuts.flatMap((cut) =>
    machines
      .filter(({ id, role }) => role === 'server' && cut.machineIds.includes(id))
      .map((machine) => ({ machine, cut })),
  )
  const names = machines
    .filter(({ role, name }) => role === 'server' && said.includes(`${name} `))
    .map(({ name }) => name)
  if (names.length !== new Set(expected.map(({ machine }) => machine.name)).size) return [`outages: "${said}"`]
  return expected.flatMap(({ machine, cut }) => {
    const lengths = [0, 1, 2].map((more) => lengthWords(cut.to - cut.from + more * 60_000, report.language))
    const work = workWords(workedMinutes(cut.from, cut.to, client.timeZone), report.language)
    const day = longDay(cut.from, report.language, client.timeZone)
    const isTold =
      said.includes(`${machine.name} `) && said.includes(day) && said.includes(work.replace(' de travail', ''))
    return isTold && lengths.some((length) => said.includes(length))
      ? []
      : [`outages: "${said}" for ${machine.name}, ${lengths[0]}, ${work}, ${day}`]
  })
}
