/** Writes the oracle of a world: what its scenario says happened up to a moment. Looks at no store and no rule. Pure. */
import type { EpochMs } from '../../../shared/units.ts'
import { jobState, runsBetween } from '../life/backup-runs.ts'
import { enrolledAt } from '../life/presence.ts'
import type { DemoClient, DemoMachine, World } from '../scenario/world.ts'
import { visitTimes } from '../visit-stops.ts'
import { eventFault } from './event-faults.ts'
import { lookAt } from './look-at.ts'
import type {
  Oracle,
  OracleBlind,
  OracleFault,
  OracleJob,
  OracleMachine,
  OracleOutage,
  OracleVisit,
  Showing,
} from './oracle.ts'
import { slowFaults } from './slow-faults.ts'

/** @param endAt how far history was lived. */
export function oracleOf(world: World, endAt: EpochMs): Oracle {
  const machines = world.clients.flatMap((client) => client.machines)
  return {
    seed: world.seed,
    startAt: world.startAt,
    anchorAt: world.anchorAt,
    endAt,
    clients: world.clients.map(({ id, spec: { slug, name, language, timeZone, sites } }) => ({
      ...{ id, slug, name, language, timeZone, sites },
    })),
    machines: machines.map(machineOf),
    faults: machines.flatMap((machine) => faultsOf(machine, endAt)),
    blind: machines.flatMap(blindOf),
    outages: world.clients.flatMap(({ machines: own }) => outagesOf(own)),
    jobs: machines.flatMap((machine) => jobsOf(machine, endAt)),
    visits: world.clients.flatMap((client) => visitsOf(client, world, endAt)),
  }
}

function visitsOf({ id, spec, machines }: DemoClient, world: World, endAt: EpochMs): readonly OracleVisit[] {
  return spec.visits.map((plan) => {
    const times = visitTimes(plan, world)
    const isMade = plan.state === 'sent' && times.sentAt < endAt && times.plannedAt > world.startAt
    return {
      ...{ clientId: id, plan, times },
      isInHistory: times.plannedAt > world.startAt,
      looks: isMade ? machines.flatMap((machine) => lookAt(machine, times.openedAt) ?? []) : [],
    }
  })
}

function machineOf(machine: DemoMachine): OracleMachine {
  const { id, clientId, siteId, spec, happenings } = machine
  const { key, name, role, place, person, os, holdsData, memoryBytes } = spec
  const vanishedAt = happenings.find(({ kind, to }) => kind === 'away' && to === null)?.from ?? null
  return {
    ...{ id, key, name, clientId, siteId, role, place, person, os, holdsData, memoryBytes },
    isDeclaredNone: machine.isDeclaredNone,
    enrolledAt: enrolledAt(machine),
    vanishedAt,
  }
}

function faultsOf(machine: DemoMachine, endAt: EpochMs): readonly OracleFault[] {
  const events = machine.happenings.filter(({ from }) => from < endAt).map((one) => eventFault(machine, one, endAt))
  return [...events, ...slowFaults(machine, endAt)].map((fault) => ({
    ...fault,
    shows: fault.shows.filter(hasBegun(endAt)),
  }))
}

const hasBegun =
  (endAt: EpochMs) =>
  ({ levels }: Showing) =>
    (levels[0]?.at ?? endAt) < endAt

function blindOf({ id, happenings, spec }: DemoMachine): readonly OracleBlind[] {
  return happenings
    .filter(({ kind }) => kind === 'backup-unreadable')
    .flatMap(({ from, to }) =>
      spec.jobs.map((job) => ({
        machineId: id,
        rule: 'backup/too-old' as const,
        item: job.id,
        from,
        until: to,
        why: 'access-denied',
      })),
    )
}

function outagesOf(machines: readonly DemoMachine[]): readonly OracleOutage[] {
  const found = new Map<string, OracleOutage>()
  for (const { id, clientId, siteId, happenings } of machines) {
    for (const { kind, from, to } of happenings) {
      if ((kind !== 'power-cut' && kind !== 'line-down') || to === null) continue
      const key = `${siteId} ${kind} ${from}`
      const known = found.get(key) ?? { clientId, siteId, kind, from, to, machineIds: [] }
      found.set(key, { ...known, machineIds: [...known.machineIds, id] })
    }
  }
  return [...found.values()]
}

function jobsOf(machine: DemoMachine, endAt: EpochMs): readonly OracleJob[] {
  const from = enrolledAt(machine)
  if (from === null) return []
  return machine.spec.jobs.map((job) => ({
    machineId: machine.id,
    job: job.id,
    offsite: job.destination.offsite,
    runs: runsBetween(machine, job, from, endAt).map(({ endedAt, isGood }) => ({ endedAt, isGood })),
    lastGoodAt: jobState(machine, job, endAt)?.lastGood?.endedAt ?? null,
  }))
}
