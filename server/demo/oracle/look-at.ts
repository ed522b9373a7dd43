/** What is true of a machine at one moment: what somebody who opens a visit then could know of it at best. Looks at no store and no rule. Pure. */
import { DAY_MS, type EpochMs } from '../../../shared/units.ts'
import { jobState } from '../life/backup-runs.ts'
import { enrolledAt, isCutOff, momentsOf, stretchAt } from '../life/presence.ts'
import { firstSight, readAt } from '../life/readings.ts'
import { driveKey, usedBytes, wearPercent } from '../life/tell-disk.ts'
import { listRefreshedAt, signaturesAt } from '../life/tell-software.ts'
import { batteryPercent } from '../life/tell-system.ts'
import { batchOf, lastInstallAt, releasedAt, waitingBatches } from '../life/updates.ts'
import { type DemoMachine, during } from '../scenario/world.ts'
import type { OracleLook } from './oracle.ts'

const LOOK_BACK_MS = 60 * DAY_MS

/** @returns null: the machine has not said anything yet. */
export function lookAt(machine: DemoMachine, at: EpochMs): OracleLook | null {
  const enrolled = enrolledAt(machine)
  const lastSaidAt = enrolled === null ? null : lastSaid(machine, Math.max(enrolled, at - LOOK_BACK_MS), at)
  if (lastSaidAt === null) return null
  const { spec, anchorAt, counters } = machine
  const stretch = stretchAt(machine, lastSaidAt)
  const startedAt = Math.max(stretch?.from ?? lastSaidAt, machine.enrolledAfter)
  const patchAt = readAt(machine, 'patch', startedAt, lastSaidAt)
  return {
    machineId: machine.id,
    isOn: stretchAt(machine, at) !== null && !isCutOff(machine, at),
    lastSaidAt,
    batteryPercent: batteryPercent(machine, lastSaidAt),
    drives: spec.drives.map((drive, index) => ({
      drive: driveKey(drive),
      wearPercent: wearPercent(drive, anchorAt, lastSaidAt),
      counters: counters
        .filter((step) => step.drive === index && step.at <= lastSaidAt)
        .map(({ field, value, at: movedAt }) => ({ field, value, movedAt })),
    })),
    volumes: spec.volumes.map((volume) => ({
      mount: volume.mount,
      availableBytes: volume.totalBytes - usedBytes(machine, volume, lastSaidAt),
      bytesPerDay: volume.bytesPerDay,
    })),
    updates: updatesAt(machine, patchAt),
    listAt: listRefreshedAt({ at: patchAt, startedAt }),
    memoryPercent: spec.memoryShare * 100,
    lastInstallAt: lastInstallAt(machine, patchAt),
    signaturesAt: spec.antivirus === 'sentinelone' ? null : signaturesAt(machine, { at: lastSaidAt, startedAt }),
    jobs: jobsAt(machine, lastSaidAt),
  }
}

function lastSaid(machine: DemoMachine, from: EpochMs, to: EpochMs): EpochMs | null {
  let last: EpochMs | null = null
  for (const at of momentsOf(machine, from, to + 1)) if (!isCutOff(machine, at)) last = at
  return last
}

function updatesAt(machine: DemoMachine, patchAt: EpochMs): OracleLook['updates'] {
  const weeks = waitingBatches(machine, patchAt)
  const [oldest] = weeks
  const seen = oldest === undefined ? null : firstSight(machine, 'patch', releasedAt(oldest))
  return {
    waiting: weeks.reduce((sum, week) => sum + batchOf(machine, week).length, 0),
    oldestSeenAt: seen?.readAt ?? null,
  }
}

function jobsAt(machine: DemoMachine, at: EpochMs): OracleLook['jobs'] {
  return machine.spec.jobs.flatMap((job) => {
    const state = jobState(machine, job, at)
    if (state === null) return []
    const { kind, offsite, encrypted } = job.destination
    return [
      {
        ...{ job: job.id, name: job.name, kind, offsite, encrypted },
        copies: state.copies,
        lastGoodAt: state.lastGood?.endedAt ?? null,
        isReadable: during(machine, 'backup-unreadable', at) === null,
      },
    ]
  })
}
