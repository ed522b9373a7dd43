/** Updates, protection and backups of a demo machine at one moment. Pure. */
import type { Product } from '../../../shared/checks/antivirus.ts'
import type { Job } from '../../../shared/checks/backup.ts'
import { failed, read } from '../../../shared/reading.ts'
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../../shared/units.ts'
import type { JobSpec } from '../scenario/machine-spec.ts'
import { osOf } from '../scenario/operating-systems.ts'
import { type DemoMachine, during } from '../scenario/world.ts'
import { jobState } from './backup-runs.ts'
import { readAt } from './readings.ts'
import { STEADY_ANTIVIRUS, STEADY_BACKUP, STEADY_PATCH } from './steady-parts.ts'
import { keptParts, type Look, type Told } from './told.ts'
import { batchOf, lastInstallAt, waitingBatches } from './updates.ts'

const PRODUCTS = {
  defender: { id: 'defender', name: 'Microsoft Defender Antivirus', kind: 'antivirus', engineVersion: '1.1.25100.9' },
  sentinelone: { id: 'sentinelone', name: 'SentinelOne', kind: 'edr', engineVersion: '25.1.3' },
  clamav: { id: 'clamav', name: 'ClamAV', kind: 'antivirus', engineVersion: '1.4.3' },
} as const
const MECHANISMS = {
  'windows-update': 'windows-update',
  apt: 'unattended-upgrades',
  softwareupdate: 'softwareupdate',
} as const

/** Id of a machine's protection product; the item in findings. */
export function productId({ spec }: DemoMachine): string {
  return PRODUCTS[spec.antivirus].id
}

/** When the signatures in use were made. */
export function signaturesAt(machine: DemoMachine, { at, startedAt }: Look): EpochMs {
  const stuck = during(machine, 'signatures-stuck', at)
  return Math.min(stuck?.from ?? at, readAt(machine, 'signatures', startedAt, at)) - 20 * MINUTE_MS
}

/** When the list of updates was last refreshed. */
export function listRefreshedAt({ at, startedAt }: Look): EpochMs {
  return startedAt + Math.floor((at - startedAt) / DAY_MS) * DAY_MS - 10 * MINUTE_MS
}

function updatesAt(machine: DemoMachine, patchAt: EpochMs): Told<'patch'>['parts'] {
  const { packages, facts } = osOf(machine.spec.os)
  const source = packages === 'apt' ? 'patch/apt' : `patch/${packages}`
  const waiting = waitingBatches(machine, patchAt).flatMap((week) => batchOf(machine, week))
  const isDue = during(machine, 'restart-waits', patchAt) !== null
  return {
    manager: read(source, { name: packages }),
    updates: read(source, {
      security: waiting.length,
      other: 0,
      phased: 0,
      held: 0,
      heldSecurity: 0,
      keptBack: 0,
      securityUpdates: waiting.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    }),
    ...STEADY_PATCH,
    database: read(source, { broken: false, problems: [] }),
    automatic: read(source, { enabled: true, mechanism: MECHANISMS[packages] }),
    reboot: read(source, {
      required: isDue,
      reasons: isDue ? [packages === 'apt' ? 'kernel' : 'update'] : [],
      runningKernel: facts.kernel,
      installedKernel: facts.kernel,
    }),
  }
}

/** Updates as of their last reading. */
export function tellPatch(machine: DemoMachine, look: Look): Told<'patch'> {
  const patchAt = readAt(machine, 'patch', look.startedAt, look.at)
  return {
    parts: keptParts(machine, 'patch', String(patchAt), () => updatesAt(machine, patchAt)),
    samples: {
      'list:refreshedAt': listRefreshedAt({ ...look, at: patchAt }),
      'upgrade:lastAt': lastInstallAt(machine, patchAt),
    },
    readAt: patchAt,
    partReadAt: {},
  }
}

/** The protection product of a machine. */
export function tellAntivirus(machine: DemoMachine, look: Look): Told<'antivirus'> {
  const isStopped = during(machine, 'antivirus-stopped', look.at) !== null
  const { antivirus } = machine.spec
  const product: Product = {
    ...PRODUCTS[antivirus],
    running: !isStopped,
    // A stopped one is not asked what it watches.
    realTime: isStopped ? null : true,
    updaterRunning: antivirus === 'sentinelone' ? null : !isStopped,
  }
  const hasSignatures = antivirus !== 'sentinelone'
  return {
    parts: keptParts(machine, 'antivirus', String(isStopped), () => ({
      products: read(`antivirus/${antivirus}`, [product]),
      ...STEADY_ANTIVIRUS,
    })),
    samples: hasSignatures ? { [`product:${product.id}:signaturesAt`]: signaturesAt(machine, look) } : {},
    readAt: look.at,
    partReadAt: {},
  }
}

/** `key`: everything that its part of the section depends on. */
type ToldJob = {
  readonly key: string
  readonly job: Job
  readonly samples: readonly (readonly [string, number | null])[]
}

function tellJob(machine: DemoMachine, spec: JobSpec, at: EpochMs): ToldJob | null {
  const state = jobState(machine, spec, at)
  if (state === null) return null
  const { id, tool, name, destination } = spec
  const base = { id, tool, name, destination: { ...destination, sameDisk: false }, expectedEveryMs: null }
  if (during(machine, 'backup-unreadable', at) !== null) {
    const detail = 'Operation not permitted: the backup’s records need full disk access'
    return {
      key: `${id} hidden`,
      job: { ...base, status: failed(`backup/${tool}`, { code: 'access-denied', detail }) },
      samples: [],
    }
  }
  const { last, lastGood, copies } = state
  const status = read(`backup/${tool}`, {
    lastResult: last.isGood ? ('success' as const) : ('failed' as const),
    copies: null,
    tooSmall: null,
  })
  return {
    key: `${id} ${last.isGood}`,
    job: { ...base, status },
    samples: [
      [`job:${id}:lastRunAt`, last.endedAt],
      [`job:${id}:lastSuccessAt`, lastGood?.endedAt ?? null],
      [`job:${id}:bytes`, lastGood?.bytes ?? null],
      [`job:${id}:copies`, copies],
    ],
  }
}

/** Jobs and whether something here would be missed. */
export function tellBackup(machine: DemoMachine, { at }: Look): Told<'backup'> {
  const told = machine.spec.jobs.map((spec) => tellJob(machine, spec, at)).filter((one) => one !== null)
  const tools = [...new Set(told.map(({ job }) => job.tool))].sort().map((id) => ({ id, name: id }))
  const { holdsData, role } = machine.spec
  const kept = role === 'server' ? 'shares' : 'home-folders'
  const detail = holdsData ? 'folders with documents' : 'no documents outside redirected folders'
  return {
    parts: keptParts(machine, 'backup', told.map(({ key }) => key).join(), () => ({
      tools: read('backup/tools', tools),
      jobs: read(
        'backup/jobs',
        told.map(({ job }) => job),
      ),
      ...STEADY_BACKUP,
      holdsData: read('backup/data', { holds: holdsData, reason: holdsData ? kept : 'none-seen', detail }),
    })),
    samples: Object.fromEntries(told.flatMap(({ samples }) => samples)),
    readAt: at,
    partReadAt: {},
  }
}
