/** Part 3: what changed since the last visit, whole: every solved, new and worse point, every machine, every promise. Pure. */
import { type Standing, standingOf } from '../../../shared/severity.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import { workingDayMs, workingMsBetween } from '../../facts/working-hours.ts'
import { acceptanceOf } from '../../findings/accepted.ts'
import type { Finding } from '../../findings/finding.ts'
import { rankOf } from '../../views/standing-order.ts'
import type { ChangesPart, ReportItem } from '../report/report-parts.ts'
import type { ChangedFinding, PromisedAction, SolvedFinding } from '../since-visit.ts'
import type { Scene } from './report-input.ts'
import { ruleName, titleOf } from './said.ts'
import { workText } from './work-text.ts'

type Group = ChangesPart['groups'][number]

/** @returns the part; groups without items are left out. */
export function changesPart(scene: Scene): ChangesPart {
  const { texts, input, day } = scene
  const { parts } = texts
  return {
    heading: input.since.from === null ? parts.changesFirst : parts.changesSince(day(input.since.from)),
    groups: groupsOf(scene).filter(({ items }) => items.length > 0),
    none: parts.changesNone,
    outages: { label: parts.outages, text: outagesOf(scene) },
    trend: null,
  }
}

function groupsOf(scene: Scene): readonly Group[] {
  const { input, f, texts } = scene
  const { parts } = texts
  const { since } = input
  const group = (heading: string, items: readonly ReportItem[]): Group => ({ heading, items, rest: null })
  const done = since.promised.filter(({ evidence }) => evidence === 'proven' || evidence === 'word')
  const notShown = since.promised.filter(({ evidence }) => evidence === 'refuted' || evidence === 'open')
  return [
    group(
      parts.group_solved(since.solved.length, f),
      since.solved.map((one) => solvedItem(scene, one)),
    ),
    group(parts.group_new(since.opened.length, f), changedItems(scene, since.opened)),
    group(parts.group_worse(since.worse.length, f), changedItems(scene, since.worse)),
    group(parts.group_better(since.better.length, f), changedItems(scene, since.better)),
    group(
      parts.group_passing(since.passing.length, f),
      since.passing.map((one) => passingItem(scene, one)),
    ),
    group(
      parts.group_done(done.length, f),
      done.map((one) => promisedItem(scene, one)),
    ),
    group(
      parts.group_notShown(notShown.length, f),
      notShown.map((one) => promisedItem(scene, one)),
    ),
    group(parts.group_machines, machineItems(scene)),
    group(parts.group_disks, diskItems(scene)),
  ]
}

function solvedItem(scene: Scene, { finding, solvedAt, provenAt }: SolvedFinding): ReportItem {
  const { texts, nameOf, day } = scene
  return {
    state: 'good',
    text: texts.parts.about(nameOf(finding.machineId), ruleName(finding.rule, scene)),
    detail: texts.parts.solvedOn(day(solvedAt), provenAt !== null, titleOf(finding, scene)),
  }
}

/** What nobody saw at either visit, and what outages cost is counted from it. */
function passingItem(scene: Scene, finding: Finding): ReportItem {
  const { texts, nameOf, day } = scene
  const { machineId, openedAt, resolvedAt, changedAt } = finding
  return {
    state: 'good',
    text: texts.parts.about(nameOf(machineId), titleOf(finding, scene)),
    detail: texts.parts.lasted(day(openedAt), day(resolvedAt ?? changedAt)),
  }
}

type Told = { readonly state: Standing; readonly title: string; readonly detail: string; readonly machine: string }

/** The same sentence with the same state about several machines is one line, with all of their names. Worst first. */
function changedItems(scene: Scene, changed: readonly ChangedFinding[]): readonly ReportItem[] {
  const told = changed.map((one) => tellChange(scene, one))
  const groups = [...Map.groupBy(told, ({ state, title }) => `${state}\n${title}`).values()]
  const items = groups.map((group) => itemOf(scene, group))
  return items.sort((a, b) => rankOf(a.state) - rankOf(b.state))
}

function itemOf({ f, texts: { parts } }: Scene, group: readonly Told[]): ReportItem {
  const [first] = group
  if (first === undefined) throw new Error('a group is never empty')
  const { state, title, detail, machine } = first
  if (group.length === 1) return { state, text: parts.about(machine, title), detail }
  return { state, text: title, detail: f.list(group.map((one) => one.machine)) }
}

/** The state is that of the page: an accepted risk is said to be accepted, while it is no worse than what was accepted. */
function tellChange(scene: Scene, { finding }: ChangedFinding): Told {
  const { input, texts, nameOf, day } = scene
  const { machineId, severity, changedAt } = finding
  // What was accepted at the visit holds in its report, as if from the moment that its states are told of (visit-desk.ts).
  const own = input.acceptances
    .filter((one) => one.machineId === machineId)
    .map((one) => ({ ...one, at: Math.min(one.at, input.frozenAt) }))
  const accepted = acceptanceOf(own, finding, input.frozenAt)
  return {
    state: accepted === null ? standingOf('fail', severity) : 'accepted',
    title: titleOf(finding, scene),
    machine: nameOf(machineId),
    detail:
      accepted === null
        ? texts.parts.openedOn(day(changedAt))
        : texts.parts.acceptedNote(accepted.by, day(accepted.until)),
  }
}

function promisedItem({ texts: { parts }, day }: Scene, { action, evidence, provenAt }: PromisedAction): ReportItem {
  const how =
    evidence === 'proven' && provenAt !== null
      ? parts.done_proven(day(provenAt))
      : parts[`done_${evidence === 'proven' ? 'word' : evidence}`]
  const promise = parts.promisedDue(action.who, action.dueAt === null ? null : day(action.dueAt))
  const state = evidence === 'proven' ? 'good' : evidence === 'word' ? 'not-proven' : 'attention'
  return { state, text: action.text, detail: parts.promise(promise, how) }
}

function machineItems({ input: { since }, texts: { parts } }: Scene): readonly ReportItem[] {
  return [
    ...since.appeared.map(({ name }): ReportItem => ({ state: 'note', text: parts.appeared(name), detail: null })),
    ...since.vanished.map(
      ({ name }): ReportItem => ({ state: 'not-proven', text: parts.vanished(name), detail: null }),
    ),
  ]
}

function diskItems({ input: { since }, f, texts: { parts } }: Scene): readonly ReportItem[] {
  return since.moved.map(({ name, drive, counter, before, after }) => ({
    state: 'attention',
    text: parts.about(
      name,
      parts.counterMoved(drive.replace('/', ' '), counterName(counter, parts), f.count(before), f.count(after)),
    ),
    detail: null,
  }))
}

/** Silences of servers in the period that lasted long enough to be a finding. */
function outagesOf(scene: Scene): string {
  const { input, texts } = scene
  const { parts } = texts
  const servers = new Set(input.machines.flatMap(({ id, role }) => (role === 'server' ? id : [])))
  const silent = input.since.silent.filter(({ machineId }) => servers.has(machineId))
  if (silent.length === 0) return parts.outagesNone
  const sorted = [...silent].sort((a, b) => a.openedAt - b.openedAt)
  return sorted.map((finding) => outageOf(scene, finding)).join(' ')
}

/** From its last word to the next one: the finding opens only when its silence is too long. */
function outageOf({ input, f, texts: { parts }, nameOf, day, lasting }: Scene, finding: Finding): string {
  const { lastReportAt } = finding.values as Readonly<Record<string, unknown>>
  const from = typeof lastReportAt === 'number' ? lastReportAt : finding.openedAt
  const to = finding.resolvedAt ?? input.frozenAt
  const worked = workingMsBetween(from, to, input.calendar, input.client.timeZone)
  const work = worked < MINUTE_MS ? null : workText(worked, workingDayMs(input.calendar), parts, f)
  const name = nameOf(finding.machineId)
  return finding.resolvedAt === null
    ? parts.outageRunning(name, day(from), lasting(to - from), work)
    : parts.outage(name, parts.lasted(day(from), day(to)), lasting(to - from), work)
}

/** Words for a field of the drive's own numbers; a field of a later version stands as it is. */
function counterName(counter: string, parts: Scene['texts']['parts']): string {
  const texts: { readonly [key: string]: unknown } = parts
  const word = texts[`counter_${counter}`]
  return typeof word === 'string' ? word : counter
}
