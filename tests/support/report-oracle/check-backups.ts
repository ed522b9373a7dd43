/** Part 4 against the oracle: per machine the last good copy, the work that would be lost, copies, places, restores; the three disasters. Pure. */
import type { OracleMachine } from '../../../server/demo/oracle/oracle.ts'
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { lengthWords, listWords, longClock, plain, shortDay, weekClock, workedMinutes, workWords } from './calendar.ts'
import { lookOf, marksOf, type Scene } from './truth.ts'
import { SPOKEN } from './words.ts'

type Language = VisitReport['language']
type Rows = NonNullable<VisitReport['parts']['backup']>
const DAY_MS = 86_400_000

/** @returns a sentence for each difference. */
export function checkBackups(scene: Scene, { language, parts: { backup } }: VisitReport): readonly string[] {
  if (backup === null) return ['part 4 is missing']
  const holders = scene.machines.filter(({ holdsData }) => holdsData)
  const others = scene.machines.filter(({ holdsData }) => !holdsData)
  const told = new Map(backup.rows.map((row) => [row.machine, row]))
  const complaints =
    told.size === holders.length && backup.rows.length === holders.length
      ? []
      : [`backups: ${told.size} rows for ${holders.length} machines`]
  for (const machine of holders) {
    const row = told.get(machine.name)
    complaints.push(
      ...(row === undefined ? [`backups: ${machine.name} is missing`] : checkRow(scene, language, machine, row)),
    )
  }
  const note = plain(backup.note)
  const missing = others.filter(({ name }) => !note.includes(name)).map(({ name }) => name)
  if (missing.length > 0) complaints.push(`backups: ${missing} hold nothing, which "${note}" does not tell`)
  const sum = language === 'fr' ? `Sur ${holders.length} postes` : `Over ${holders.length} machines`
  if (!note.includes(sum) || !note.includes(longClock(scene.at, language, scene.client.timeZone)))
    complaints.push(`backups: "${note}"`)
  return [...complaints, ...checkDisasters(scene, language, backup.disasters)]
}

/** When a copy was made, in the words of a table. */
function momentWords({ at, client }: Scene, when: number, language: Language): string {
  return at - when < 6 * DAY_MS
    ? weekClock(when, language, client.timeZone)
    : shortDay(when, at, language, client.timeZone)
}

/** The newest restore of a machine up to this visit. */
function restoreOf({ oracle, client, visit }: Scene, { key }: OracleMachine) {
  const made = oracle.visits.filter(
    (one) => one.clientId === client.id && one.looks.length > 0 && one.times.openedAt <= visit.times.openedAt,
  )
  return made
    .flatMap(({ plan, times }) =>
      plan.restoreTests.filter(({ machine }) => machine === key).map((test) => ({ ...test, at: times.openedAt })),
    )
    .at(-1)
}

function checkRow(
  scene: Scene,
  language: Language,
  machine: OracleMachine,
  row: Rows['rows'][number],
): readonly string[] {
  const expected = { ...copiesOf(scene, language, machine), restoreTest: restoreWords(scene, language, machine) }
  const complaints = Object.entries(expected).flatMap(([key, wanted]) => {
    const said = plain(row[key as keyof typeof expected])
    return said === plain(wanted) ? [] : [`backups: ${machine.name} ${key} "${said}", not "${wanted}"`]
  })
  const marks: ReadonlySet<string> = marksOf(scene, machine, 'backup')
  return marks.has(row.state)
    ? complaints
    : [...complaints, `backups: ${machine.name} is ${row.state}, not ${[...marks]}`]
}

/** Without a job everything is a dash, and lost when a person said so; what may not be read is not proven. */
function copiesOf(scene: Scene, language: Language, machine: OracleMachine) {
  const spoken = SPOKEN[language]
  const jobs = lookOf(scene, machine)?.jobs ?? []
  const { dash, notProven } = spoken
  const lost = machine.isDeclaredNone ? spoken.everything : notProven
  if (jobs.length === 0)
    return { tool: dash, lastGood: dash, workLost: lost, copies: dash, where: dash, encrypted: dash }
  const kinds = listWords([...new Set(jobs.map(({ kind }) => placeWords(kind, language)))], language)
  const told = {
    tool: listWords(
      jobs.map(({ name }) => name),
      language,
    ),
    encrypted: jobs.every(({ encrypted }) => encrypted) ? spoken.yes : spoken.no,
  }
  const good = jobs.flatMap(({ lastGoodAt }) => lastGoodAt ?? [])
  if (good.length === 0 || !jobs.every(({ isReadable }) => isReadable)) {
    return { ...told, lastGood: notProven, workLost: notProven, copies: notProven, where: kinds }
  }
  const last = Math.max(...good)
  const place = jobs.some(({ offsite }) => offsite) ? spoken.elsewhere : spoken.onsite
  return {
    ...told,
    lastGood: momentWords(scene, last, language),
    workLost: workWords(workedMinutes(last, scene.at, scene.client.timeZone), language),
    copies: String(jobs.reduce((sum, { copies }) => sum + copies, 0)),
    where: `${kinds} (${place})`,
  }
}

function placeWords(kind: string, language: Language): string {
  const places: { readonly [kind: string]: string } = SPOKEN[language].places
  return places[kind] ?? kind
}

function restoreWords(scene: Scene, language: Language, machine: OracleMachine): string {
  const restore = restoreOf(scene, machine)
  if (restore === undefined) return SPOKEN[language].never
  const day = shortDay(restore.at, scene.at, language, scene.client.timeZone)
  return `${day}, ${SPOKEN[language].usable} ${lengthWords(restore.durationMinutes * 60_000, language)}`
}

/** Fire and theft leave what is elsewhere; that a copy is out of an attacker's reach is never proven. */
function checkDisasters(scene: Scene, language: Language, disasters: Rows['disasters']): readonly string[] {
  const spoken = SPOKEN[language]
  const servers = scene.machines.filter(({ role, holdsData }) => role === 'server' && holdsData)
  const complaints =
    disasters.length === servers.length ? [] : [`disasters: ${disasters.length} for ${servers.length} servers`]
  for (const machine of servers) {
    const rows =
      disasters.find(
        ({ heading }) => plain(heading).startsWith(`${machine.name} `) || plain(heading).startsWith(`${machine.name}:`),
      )?.rows ?? []
    const copies = (lookOf(scene, machine)?.jobs ?? []).filter(
      ({ offsite, lastGoodAt, isReadable }) => offsite && lastGoodAt !== null && isReadable,
    )
    const [best] = copies.toSorted((a, b) => (b.lastGoodAt ?? 0) - (a.lastGoodAt ?? 0))
    const restore = restoreOf(scene, machine)
    const kept = best === undefined ? spoken.notProven : momentWords(scene, best.lastGoodAt ?? 0, language)
    const from = best === undefined ? spoken.notProven : `${best.name}, ${placeWords(best.kind, language)}`
    const back =
      best === undefined || restore === undefined
        ? spoken.notProven
        : lengthWords(restore.durationMinutes * 60_000, language)
    const told = rows.map(({ restoredFrom, keptUntil, backAfter }) =>
      [restoredFrom.text, keptUntil.text, plain(backAfter.text).split(/, (?:measured|mesuré)/)[0]]
        .map((text) => plain(text ?? ''))
        .join(' | '),
    )
    const never = [spoken.notProven, spoken.notProven, spoken.notProven].join(' | ')
    const left = [from, kept, back].join(' | ')
    if (JSON.stringify(told) !== JSON.stringify([left, never, left]))
      complaints.push(`disasters: ${machine.name} "${told}", not "${left}"`)
  }
  return complaints
}
