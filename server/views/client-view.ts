/** The answer of `GET /api/v1/clients/:client`: dials, what cannot wait, changes, backup truth, machines, everything else. Pure. */
import type { BackupRowView, ClientView, DialView, MachineRowView } from '../../shared/api/client.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { WorkingCalendar } from '../facts/working-hours.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import type { RestoreTest, Visit } from '../visits/visit.ts'
import { backupTruth } from './backup-truth.ts'
import { cardOf } from './cards.ts'
import { type ChangesInput, clientChanges } from './client-changes.ts'
import { countMark, DIALS, type Dial, type DialCount, emptyDial, isAway, standingOfDial } from './dials.ts'
import { groupCards } from './finding-groups.ts'
import { type ClientEntry, type MachineEntry, refOf } from './machine-entry.ts'
import { markOfMachine, problemsAt, standingOfMachine, summaryOf } from './machine-summary.ts'
import { machineTruth } from './machine-truth.ts'
import { compareProblems } from './problems.ts'
import { rankOf } from './standing-order.ts'
import { workLost } from './work-lost.ts'

/** What the page is made from. `visits`: newest date first; `restoreTests`: newest first. */
export type ClientInput = Omit<ChangesInput, 'machines' | 'now'> & {
  readonly entry: ClientEntry
  readonly machines: readonly MachineEntry[]
  readonly visits: readonly Visit[]
  readonly restoreTests: readonly RestoreTest[]
  readonly calendar: WorkingCalendar
  readonly isKeeper: boolean
  readonly now: EpochMs
}

const URGENT_SHOWN = 20

/** @returns the whole page; tables worst first. Every count comes from the same marks as the dials. */
export function clientView(input: ClientInput): ClientView {
  const { entry, machines, now } = input
  const { client, sites } = entry
  const states = machines.map(({ state }) => state)
  const problems = machines
    .flatMap((one) => problemsAt(one.state, now).map((problem) => ({ problem, one })))
    .sort((a, b) => compareProblems(a.problem, b.problem))
  const cards = problems.map(({ problem, one }) => cardOf(one, problem))
  const urgent = cards.filter(({ standing }) => standing === 'urgent')
  return {
    now,
    timeZone: client.timeZone,
    client: { id: client.id, slug: client.slug, name: client.name },
    isKeeper: input.isKeeper,
    sites: sites.length,
    machines: states.length,
    reporting: states.filter(({ agent }) => agent.connected).length,
    away: states.filter((state) => isAway(state, now)).length,
    standings: standingsOf(states, now),
    ...visitsOf(input),
    dials: DIALS.map((dial) => dialView(dial, states, input)),
    urgent: urgent.slice(0, URGENT_SHOWN),
    urgentMore: Math.max(0, urgent.length - URGENT_SHOWN),
    changes: clientChanges({ ...input, machines: states }),
    backup: backupRows(input),
    table: machineRows(input),
    others: groupCards(cards.filter(({ standing }) => standing !== 'urgent')),
  }
}

function standingsOf(states: readonly MachineState[], now: EpochMs): ClientView['standings'] {
  const counts = { urgent: 0, attention: 0, 'not-proven': 0, accepted: 0, note: 0, good: 0 }
  for (const state of states) counts[standingOfMachine(state, now)] += 1
  return counts
}

/** The next one that is not sent, and the last one that was. */
function visitsOf({ visits }: ClientInput): Pick<ClientView, 'nextVisit' | 'lastVisit'> {
  const waiting = visits.filter(({ sentAt }) => sentAt === null)
  return {
    nextVisit: visitRef(waiting.at(-1)),
    lastVisit: visitRef(visits.find(({ sentAt }) => sentAt !== null)),
  }
}

/** @returns a visit as a page points to it. */
export function visitRef(visit: Visit | undefined): ClientView['nextVisit'] {
  if (visit === undefined) return null
  const { date, plannedAt, openedAt, state } = visit
  return { date, plannedAt, openedAt, state }
}

function countOf(states: readonly MachineState[], dial: Dial, at: EpochMs): DialCount {
  const count = emptyDial()
  for (const state of states) countMark(count, markOfMachine(state, dial, at), state.role === 'server')
  return count
}

function dialView(dial: Dial, states: readonly MachineState[], { previous, now }: ClientInput): DialView {
  const count = countOf(states, dial, now)
  const { good, urgent, attention, accepted, unknown } = count
  return {
    dial,
    standing: standingOfDial(count),
    before: previous === null ? null : standingOfDial(countOf(previous.machines, dial, previous.at)),
    tally: { good, bad: urgent + attention, accepted, unknown },
  }
}

function backupRows({ entry, machines, restoreTests, calendar, now }: ClientInput): BackupRowView[] {
  const rows = machines.map((one): BackupRowView => {
    const truth = backupTruth(one.state, now)
    const test = restoreTests.find(({ machineId }) => machineId === one.state.id)
    const { mark, known, tools, lastGoodAt, copies, media, offsite, encrypted } = truth
    return {
      machine: refOf(one),
      mark,
      known: { kind: known.kind, code: known.kind === 'unread' ? known.code : null },
      tools: [...tools],
      lastGoodAt,
      lost: workLost(truth, calendar, entry.client.timeZone, now),
      copies,
      media: [...media],
      offsite,
      encrypted,
      restoreTest: test === undefined ? null : { at: test.at, durationMs: test.durationMs, isUsable: test.isUsable },
    }
  })
  // A machine on which nothing would be missed is outside the dial.
  return rows.sort((a, b) => rankOf(a.mark ?? 'good') - rankOf(b.mark ?? 'good') || byName(a, b))
}

const byName = (a: { readonly machine: { readonly name: string } }, b: typeof a) =>
  a.machine.name.localeCompare(b.machine.name)

function machineRows({ machines, now }: ClientInput): MachineRowView[] {
  const rows = machines.map((one): MachineRowView => {
    const { state } = one
    const { standing, os, disk, fullIn, patch, protection, supportUntil } = machineTruth(state, now)
    return {
      machine: refOf(one),
      standing,
      os,
      place: state.place,
      person: state.person,
      connected: state.agent.connected,
      isAway: isAway(state, now),
      lastReportAt: state.agent.lastReportAt,
      disk,
      fullIn,
      patch,
      protection,
      supportUntil,
      open: summaryOf(state, now).open,
    }
  })
  return rows.sort((a, b) => rankOf(a.standing) - rankOf(b.standing) || b.open - a.open || byName(a, b))
}
