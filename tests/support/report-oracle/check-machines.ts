/** Part 5 against the oracle: each machine's state, disks, room, updates, protection, end of support, what is to be done. Pure. */
import type { OracleMachine } from '../../../server/demo/oracle/oracle.ts'
import type { VisitReport } from '../../../server/visits/report/visit-report.ts'
import { plain, shortDay, spanWords } from './calendar.ts'
import { lookOf, type Mark, marksOf, pointsAt, type Scene, WORST_FIRST } from './truth.ts'
import { SPOKEN, SUPPORT_DAYS, WORDS } from './words.ts'

type Language = VisitReport['language']
type Row = NonNullable<VisitReport['parts']['machines']>['rows'][number]
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const CELLS = {
  en: {
    now: 'replace now',
    soon: 'replace at the next visit',
    watch: 'watch',
    healthy: 'healthy',
    still: 'stable',
    active: 'active',
    weak: 'weak',
    never: 'no end set',
    ended: 'ended',
  },
  fr: {
    now: 'remplacer maintenant',
    soon: 'remplacer à la prochaine visite',
    watch: 'surveiller',
    healthy: 'sain',
    still: 'stable',
    active: 'actif',
    weak: 'faible',
    never: 'sans fin fixée',
    ended: 'terminé le',
  },
} as const

/** @returns a sentence for each difference. */
export function checkMachineRows(scene: Scene, { language, parts: { machines } }: VisitReport): readonly string[] {
  const rows = machines?.rows ?? []
  const ranks = rows.map(({ state }) => WORST_FIRST.indexOf(state as Mark))
  const complaints = ranks.every((rank, at) => rank >= (ranks[at - 1] ?? 0)) ? [] : ['machines: the worst is not first']
  if (rows.length !== scene.machines.length)
    complaints.push(`machines: ${rows.length} rows for ${scene.machines.length}`)
  return [
    ...complaints,
    ...scene.machines.flatMap((machine) => {
      const row = rows.find(({ machine: name }) => name === machine.name)
      return row === undefined ? [`machines: ${machine.name} is missing`] : checkRow(scene, language, machine, row)
    }),
  ]
}

function checkRow(scene: Scene, language: Language, machine: OracleMachine, row: Row): readonly string[] {
  const expected: { readonly [K in keyof Row]?: readonly string[] } = {
    state: [...marksOf(scene, machine, null)],
    disk: diskOf(scene, language, machine),
    fullIn: roomOf(scene, language, machine),
    patchAge: patchOf(scene, language, machine),
    antivirus: protectionOf(scene, language, machine),
    encrypted: encryptionOf(scene, language, machine),
    supportUntil: supportOf(scene, language, machine),
  }
  const complaints = Object.entries(expected).flatMap(([key, options]) => {
    const said = plain(row[key as keyof Row] ?? '')
    return options.map(plain).includes(said)
      ? []
      : [`machines: ${machine.name} ${key} "${said}", not ${options.join(' or ')}`]
  })
  if (!(row.kind ?? '').startsWith(SPOKEN[language].roles[machine.role]))
    complaints.push(`machines: ${machine.name} is no ${row.kind}`)
  return [...complaints, ...checkActions(scene, language, machine, row)]
}

/** What its last words proved is proven for a week; a day more or less by the rhythm of what was read. */
const isOld = (scene: Scene, machine: OracleMachine) =>
  scene.at - (lookOf(scene, machine)?.lastSaidAt ?? 0) > 5 * DAY_MS

/** Every machine of the demonstration is encrypted; what is no longer heard is proven for an hour on servers, for days elsewhere. */
function encryptionOf(scene: Scene, language: Language, machine: OracleMachine): readonly string[] {
  const silentMs = scene.at - (lookOf(scene, machine)?.lastSaidAt ?? 0)
  const isUnproven = isOld(scene, machine) || (machine.role === 'server' && silentMs > HOUR_MS / 2)
  return [SPOKEN[language].yes, ...(isUnproven ? [SPOKEN[language].notProven] : [])]
}

function diskOf(scene: Scene, language: Language, machine: OracleMachine): readonly string[] {
  const cells = CELLS[language]
  const drives = pointsAt(scene, scene.at).filter(
    ({ machine: one, rule }) => one.id === machine.id && /^disk\/(?!filling-up|space-low)/.test(rule),
  )
  const words = { critical: cells.now, warning: cells.soon, info: cells.watch } as const
  const order = [cells.now, cells.soon, cells.watch, cells.healthy]
  let options: readonly string[] = [cells.healthy]
  for (const { severities, isSure } of drives) {
    const own = [...[...severities].map((severity) => words[severity]), ...(isSure ? [] : [cells.healthy])]
    options = options.flatMap((before) =>
      own.map((word) => order[Math.min(order.indexOf(before as never), order.indexOf(word))] ?? ''),
    )
  }
  return options
}

function roomOf(scene: Scene, language: Language, machine: OracleMachine): readonly string[] {
  const spoken = SPOKEN[language]
  const isNew = scene.at - (machine.enrolledAt ?? 0) < 9 * DAY_MS
  if (isNew || isOld(scene, machine)) return [spoken.notProven]
  const days = (lookOf(scene, machine)?.volumes ?? []).map(
    ({ availableBytes, bytesPerDay }) => availableBytes / bytesPerDay,
  )
  const first = Math.min(...days)
  // Within a twentieth of two years the trend may say either; a trend is drawn through a day's readings.
  if (first > 1.05 * 730) return [CELLS[language].still]
  return [-2, -1, 0, 1, 2].map((more) => spanWords((first + more) * DAY_MS, language))
}

function patchOf(scene: Scene, language: Language, machine: OracleMachine): readonly string[] {
  const updates = lookOf(scene, machine)?.updates
  if (updates === undefined) return []
  if (updates.oldestSeenAt === null) return [SPOKEN[language].none]
  const age = scene.at - updates.oldestSeenAt
  // What waits may have been read up to six hours after the first sight that the oracle dates.
  return [-6 * HOUR_MS, -HOUR_MS, 0, HOUR_MS].map((more) => spanWords(age + more, language))
}

function protectionOf(scene: Scene, language: Language, machine: OracleMachine): readonly string[] {
  const { weak, active } = CELLS[language]
  return [...marksOf(scene, machine, 'antivirus')].map((mark) =>
    mark === 'urgent' || mark === 'attention' || mark === 'accepted' ? weak : active,
  )
}

function supportOf(scene: Scene, language: Language, machine: OracleMachine): readonly string[] {
  const { never, ended } = CELLS[language]
  const day = SUPPORT_DAYS[machine.os]
  const unread = isOld(scene, machine) ? [SPOKEN[language].notProven] : []
  if (day == null) return [never, ...unread]
  const at = Date.parse(`${day}T12:00:00Z`)
  const said = shortDay(at, scene.at, language, scene.client.timeZone)
  return [at < scene.at ? `${ended} ${said}` : said, ...unread]
}

/** At most two names of rules, all of them about points that ask for something. */
function checkActions(
  scene: Scene,
  language: Language,
  machine: OracleMachine,
  { action, state }: Row,
): readonly string[] {
  const points = pointsAt(scene, scene.at).filter(
    (point) => point.machine.id === machine.id && (point.severities.has('critical') || point.severities.has('warning')),
  )
  const names = new Set(points.map(({ rule }) => WORDS[language][rule]?.name))
  const asks = state === 'urgent' || state === 'attention'
  const said = plain(action)
  if (!asks)
    return said === SPOKEN[language].dash ? [] : [`machines: ${machine.name} asks for "${said}" and is ${state}`]
  const told = said.split(', ')
  const isRight =
    told.length <= 2 &&
    told.length >= Math.min(2, new Set(points.filter(({ isSure }) => isSure).map(({ rule }) => rule)).size) &&
    told.every((name) => names.has(name))
  return isRight ? [] : [`machines: ${machine.name} asks for "${said}", not ${[...names].join(', ')}`]
}
