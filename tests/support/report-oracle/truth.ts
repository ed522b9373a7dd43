/**
 * What the oracle says stands at a moment, with what it cannot know: a record comes hourly, and the oracle states for each thing how much
 * later it may be found. Within that slack a point may be there or not, and every count is a range. Shares no code with what judges. Pure.
 */
import type { Oracle, OracleLook, OracleMachine, OracleVisit, Showing } from '../../../server/demo/oracle/oracle.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A record is made up to an hour before what it shows is dated. */
const EARLY_MS = HOUR_MS + 60_000

export type Mark = 'urgent' | 'attention' | 'not-proven' | 'accepted' | 'note' | 'good'
export const WORST_FIRST: readonly Mark[] = ['urgent', 'attention', 'not-proven', 'accepted', 'note', 'good']
const MARK_OF = { critical: 'urgent', warning: 'attention', info: 'note' } as const

/** Something that is found or may be found. `severities`: those that it may have. */
export type Point = {
  readonly machine: OracleMachine
  readonly rule: string
  readonly item: string
  readonly severities: ReadonlySet<'critical' | 'warning' | 'info'>
  readonly isSure: boolean
  readonly showing: Showing
}

/** One visit of the oracle beside the visit before. */
export type Scene = {
  readonly oracle: Oracle
  readonly client: Oracle['clients'][number]
  readonly visit: OracleVisit
  readonly previous: OracleVisit | null
  readonly at: number
  /** In scope: enrolled. */
  readonly machines: readonly OracleMachine[]
}

/** @returns the visits that were carried out, each with the one before. */
export function scenesOf(oracle: Oracle): readonly Scene[] {
  return oracle.clients.flatMap((client) => {
    const made = oracle.visits.filter(({ clientId, looks }) => clientId === client.id && looks.length > 0)
    return made.map((visit, i) => {
      const at = visit.times.openedAt
      const own = oracle.machines.filter(
        ({ clientId, enrolledAt }) => clientId === client.id && (enrolledAt ?? at) < at,
      )
      const machines = own.filter(({ enrolledAt }) => enrolledAt !== null)
      return { oracle, client, visit, previous: made[i - 1] ?? null, at, machines }
    })
  })
}

export const placeOf = ({ machine, rule, item }: Point) => `${machine.name} ${rule} ${item}`

/** @returns everything of a client that is found, or may be, at a moment. */
export function pointsAt({ oracle, machines }: Scene, at: number): readonly Point[] {
  const byId = new Map(machines.map((machine) => [machine.id, machine]))
  return oracle.faults.flatMap(({ machineId, shows }) => {
    const machine = byId.get(machineId)
    return machine === undefined ? [] : shows.flatMap((showing) => pointAt(machine, showing, at) ?? [])
  })
}

function pointAt(machine: OracleMachine, showing: Showing, at: number): Point | null {
  const { rule, item, levels, endsAt, slackMs, endSlackMs } = showing
  const first = levels[0]
  if (first === undefined || at < first.at - EARLY_MS) return null
  if (endsAt !== null && at > endsAt + endSlackMs) return null
  const severities = levels.flatMap((level, i) => {
    const next = levels[i + 1]
    return at >= level.at - EARLY_MS && (next === undefined || at <= next.at + slackMs) ? [level.severity] : []
  })
  const isSure = at >= first.at + slackMs && (endsAt === null || at < endsAt - EARLY_MS)
  return { machine, rule, item, severities: new Set(severities), isSure, showing }
}

/** @returns what began after one moment and was over before another; those near an edge are left to `isNearEdge`. */
export function passedBetween({ oracle, machines }: Scene, from: number, to: number): readonly Point[] {
  const byId = new Map(machines.map((machine) => [machine.id, machine]))
  return oracle.faults.flatMap(({ machineId, shows }) => {
    const machine = byId.get(machineId)
    if (machine === undefined) return []
    return shows.flatMap((showing): Point[] => {
      const { rule, item, levels, endsAt, endSlackMs } = showing
      const first = levels[0]
      if (first === undefined || endsAt === null || first.at - EARLY_MS < from || endsAt + endSlackMs > to) return []
      return [
        { machine, rule, item, severities: new Set(levels.map(({ severity }) => severity)), isSure: true, showing },
      ]
    })
  })
}

/** Accepted risks in force for the report of a visit: decided at it, or before and not over. */
export function acceptedAt({ oracle, client, visit, at }: Scene) {
  const made = oracle.visits.filter(
    ({ clientId, looks, times }) =>
      clientId === client.id && looks.length > 0 && times.openedAt <= visit.times.openedAt,
  )
  return made.flatMap(({ plan, times }) =>
    plan.recommendations.flatMap(({ about, decision }) => {
      if (decision?.answer !== 'accept' || decision.untilDaysAfter === null) return []
      const until = times.openedAt + decision.untilDaysAfter * DAY_MS
      if (until < at) return []
      return about.map(({ machine, rule, item }) => ({ machine, rule, item, until, ...decision }))
    }),
  )
}

/** @returns the marks that a machine may have, from its points, what nobody can tell, and what was accepted. */
export function marksOf(scene: Scene, machine: OracleMachine, dial: string | null): ReadonlySet<Mark> {
  const accepted = acceptedAt(scene)
  let marks: ReadonlySet<Mark> = new Set<Mark>(['good'])
  const add = (options: readonly Mark[]) => {
    const next = [...marks].flatMap((mark) => options.map((option) => worse(mark, option)))
    marks = new Set(next)
  }
  for (const point of pointsAt(scene, scene.at)) {
    if (point.machine.id !== machine.id || (dial !== null && !point.rule.startsWith(`${dial}/`))) continue
    const isAccepted = accepted.some(
      (one) => one.machine === machine.key && one.rule === point.rule && one.item === point.item,
    )
    const options = [...point.severities].map((severity): Mark => (isAccepted ? 'accepted' : MARK_OF[severity]))
    add(point.isSure ? options : [...options, 'good'])
  }
  if (isBlind(scene, machine, dial)) add(['not-proven'])
  return marks
}

const worse = (a: Mark, b: Mark) => (WORST_FIRST.indexOf(a) < WORST_FIRST.indexOf(b) ? a : b)

/** Last words older than a week prove nothing of a machine whose silence is found; what may not be read is never proven. */
export function isBlind({ oracle, at, visit }: Scene, machine: OracleMachine, dial: string | null): boolean {
  const isUnreadable = oracle.blind.some(
    ({ machineId, from, until, rule }) =>
      machineId === machine.id &&
      from < at &&
      (until === null || at < until) &&
      (dial === null || rule.startsWith(`${dial}/`)),
  )
  const look = lookOf({ visit }, machine)
  return (
    isUnreadable ||
    (look !== undefined && at - look.lastSaidAt > 7 * DAY_MS && dial !== null && isMissed(machine, look, at))
  )
}

/** A desktop that was silent for three working days is missed; a laptop travels for three weeks. */
export function isMissed({ role }: OracleMachine, { lastSaidAt }: OracleLook, at: number): boolean {
  return at - lastSaidAt > (role === 'laptop' ? 21 : 5) * DAY_MS
}

export function lookOf({ visit }: Pick<Scene, 'visit'>, { id }: OracleMachine): OracleLook | undefined {
  return visit.looks.find(({ machineId }) => machineId === id)
}

/** Recommendations of earlier visits that nobody answered. */
export function waitingFor({ oracle, client, visit }: Scene) {
  const made = oracle.visits.filter(
    ({ clientId, looks, times }) =>
      clientId === client.id && looks.length > 0 && times.openedAt <= visit.times.openedAt,
  )
  return made.flatMap(({ plan, times }) =>
    plan.recommendations
      .filter(({ decision }) => decision === null)
      .map((one) => ({ ...one, preparedAt: times.preparedAt })),
  )
}

/** Every history that the slack allows: one mark for each machine. Few machines are open at once, so that the list stays short. */
export function product(sets: readonly ReadonlySet<Mark>[]): readonly (readonly Mark[])[] {
  return sets.reduce<readonly (readonly Mark[])[]>(
    (all, marks) => all.flatMap((one) => [...marks].map((mark) => [...one, mark])),
    [[]],
  )
}

/** Where a dial stands (ui.md 4): urgent over not proven over attention over good. */
export function dialStates(
  marks: readonly Mark[],
  machines: readonly OracleMachine[],
): 'urgent' | 'not-proven' | 'attention' | 'good' {
  if (marks.includes('urgent')) return 'urgent'
  const unknown = machines.filter((_, at) => marks[at] === 'not-proven')
  const isMany = unknown.length >= 2 && unknown.length > marks.length / 5
  if (unknown.length === marks.length || isMany || unknown.some(({ role }) => role === 'server')) return 'not-proven'
  return marks.every((mark) => mark === 'good' || mark === 'note') ? 'good' : 'attention'
}
