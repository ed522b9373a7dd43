/** The page of one visit, whatever its state: reading order, walk list, decisions, what was recorded. Pure. */
import type { Card } from '../../shared/api/card.ts'
import type { AcceptanceView, ActionView, VisitLine, VisitView, WalkItem } from '../../shared/api/visits.ts'
import type { EpochMs } from '../../shared/units.ts'
import { acceptanceOf, isRunning } from '../findings/accepted.ts'
import { stepsOf } from '../visits/life.ts'
import { evidenceOf } from '../visits/promised.ts'
import { proposalKindOf } from '../visits/proposal-kinds.ts'
import type { Acceptance, Action, RestoreTest, SentReport, Visit } from '../visits/visit.ts'
import { openDecisions, type VisitDesk } from '../visits/visit-desk.ts'
import { type WalkLine, walkList, walkMinutes } from '../visits/walk-list.ts'
import { cardOf } from './cards.ts'
import type { ClientEntry } from './machine-entry.ts'
import { problemsAt } from './machine-summary.ts'
import { compareProblems } from './problems.ts'
import { recommendationView } from './recommendation-view.ts'
import { sinceView } from './since-view.ts'
import { VisitNames } from './visit-names.ts'

/** @returns one line of a list of visits. */
export function visitLine({ client }: ClientEntry, visit: Visit): VisitLine {
  const { id, date, kind, state, plannedAt, author, recipient, openedAt, sentAt, revision } = visit
  return {
    client: { id: client.id, slug: client.slug, name: client.name },
    timeZone: client.timeZone,
    ...{ id, date, kind, state, plannedAt, author, recipient, openedAt, sentAt, revision },
  }
}

/** @returns the whole page at `now`. */
export function visitView(desk: VisitDesk, now: EpochMs): VisitView {
  const { entry, file, frozen, previous, machines, at } = desk
  const { client } = entry
  const { visit } = file
  const names = new VisitNames(desk)
  const dateOf = (visitId: string) => desk.visits.find(({ id }) => id === visitId)?.date ?? null
  const walk = walkList({ machines, sites: entry.sites, actions: desk.actions, visitId: visit.id, now: at })
  const parts = {
    urgent: urgentCards(desk),
    since: sinceView(desk.since, names),
    decisions: openDecisions(desk).map((one) => recommendationView(one, names, dateOf)),
    promised: desk.since.promised.map(({ action }) => actionView(action, desk, names)),
    walk: walk.map((line) => walkItem(line, names)),
  }
  return {
    now,
    timeZone: client.timeZone,
    client: { id: client.id, slug: client.slug, name: client.name },
    language: client.language,
    visit: visitLine(entry, visit),
    ...{ closedAt: visit.closedAt, minutes: visit.minutes, version: visit.version },
    corrections: visit.corrections.map((one) => ({ ...one })),
    steps: [...stepsOf(visit)],
    previous: previous === null ? null : { date: previous.visit.date, openedAt: previous.frozen.snapshot.at },
    snapshot: frozen === null ? null : snapshotView(frozen),
    reading: readingTimes(parts),
    ...parts,
    walkMinutes: walkMinutes(walk),
    actions: actionsOf(desk).map((action) => actionView(action, desk, names)),
    recommendations: file.recommendations.map((one) => recommendationView(one, names, dateOf)),
    restoreTests: file.restoreTests.map((one) => restoreTestView(one, names)),
    accepted: desk.acceptances.map((one) => acceptanceView(one, desk, names, now)),
    reports: file.reports.map((report) => sentReportView(report, visit.date)),
  }
}

function snapshotView({ snapshot, hash, attestations }: NonNullable<VisitDesk['frozen']>) {
  return {
    at: snapshot.at,
    hash: Buffer.from(hash).toString('hex'),
    attested: attestations.filter(({ attestation }) => attestation !== null).length,
    machines: snapshot.machines.length,
  }
}

function urgentCards({ entry, machines, at }: VisitDesk): Card[] {
  const found = machines.flatMap((state) => {
    const site = entry.sites.find(({ id }) => id === state.siteId) ?? null
    const problems = problemsAt(state, at).filter(({ standing }) => standing === 'urgent')
    return problems.map((problem) => ({ problem, entry: { state, client: entry.client, site } }))
  })
  found.sort((a, b) => compareProblems(a.problem, b.problem))
  return found.map(({ problem, entry: machine }) => cardOf(machine, problem))
}

/** Made at this visit, or ended at it. */
function actionsOf({ actions, file }: VisitDesk): readonly Action[] {
  const { id } = file.visit
  return actions.filter(({ madeIn, doneIn }) => madeIn === id || doneIn === id)
}

function actionView(action: Action, { machines, visits }: VisitDesk, names: VisitNames): ActionView {
  const { id, madeIn, text, who, dueAt, machineId, mends, needsHands, state, doneAt, minutes, note } = action
  return {
    ...{ id, text, who, dueAt, needsHands, state, doneAt, minutes, note },
    madeIn: visits.find((visit) => visit.id === madeIn)?.date ?? null,
    machine: machineId === null ? null : names.machine(machineId),
    mends: mends === null ? null : { ...mends },
    ...evidenceOf(action, machines),
  }
}

function walkItem(
  { key, standing, machine, site, finding, action, minutes, bring }: WalkLine,
  names: VisitNames,
): WalkItem {
  return {
    ...{ key: key.slice(0, 700), standing, site, minutes, bring },
    kind: action === null ? 'finding' : 'action',
    machine: machine === null ? null : names.machine(machine.id),
    place: machine?.place ?? '',
    person: machine?.person ?? '',
    rule: finding?.rule ?? action?.mends?.rule ?? null,
    item: finding?.item ?? action?.mends?.item ?? '',
    values: finding === null ? null : { ...finding.values },
    measure: finding === null ? null : proposalKindOf(finding.rule),
    text: action?.text ?? '',
    actionId: action?.id ?? null,
    done: action?.state === 'done',
  }
}

function restoreTestView({ visitId: _, machineId, ...rest }: RestoreTest, names: VisitNames) {
  return { ...rest, machine: names.machine(machineId) }
}

function acceptanceView(one: Acceptance, { machines }: VisitDesk, names: VisitNames, now: EpochMs): AcceptanceView {
  const { id, machineId, rule, item, severity, by, reason, at, until } = one
  const finding = machines
    .find((state) => state.id === machineId)
    ?.findings.find((open) => open.resolvedAt === null && open.rule === rule && open.item === item)
  const isOutgrown = finding !== undefined && acceptanceOf([one], finding, now) === null
  return {
    ...{ id, rule, item, severity, by, reason, at, until, machine: names.machine(machineId) },
    isInForce: isRunning(one, now) && !isOutgrown,
  }
}

/** @returns where the files of a sent revision are found. */
export function sentReportView({ revision, sentAt, language, name }: SentReport, date: string) {
  return { date, revision, sentAt, language, name }
}

type Parts = Pick<VisitView, 'urgent' | 'since' | 'decisions' | 'promised' | 'walk'>

/** Lines that a person reads in a minute. */
const LINES_A_MINUTE = { urgent: 3, since: 5, decisions: 1, promised: 5, walk: 6 } as const

function readingTimes({ urgent, since, decisions, promised, walk }: Parts): VisitView['reading'] {
  const changes = [since.opened, since.worse, since.solved, since.appeared, since.vanished, since.moved, since.slipped]
  const lines = {
    ...{ urgent: urgent.length, decisions: decisions.length, promised: promised.length, walk: walk.length },
    since: changes.reduce((sum, list) => sum + list.length, 0),
  }
  const minutes = (part: keyof typeof lines) => Math.ceil(lines[part] / LINES_A_MINUTE[part])
  return {
    urgent: minutes('urgent'),
    since: minutes('since'),
    decisions: minutes('decisions'),
    promised: minutes('promised'),
    walk: minutes('walk'),
  }
}
