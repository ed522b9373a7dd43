/**
 * What a manager's table says of one machine besides its backup: disks in words, room, updates, protection, end of support. Numbers
 * and closed words; client page and visit report put them into sentences. Pure.
 */
import type { EpochMs } from '../../shared/units.ts'
import { DAY_MS } from '../../shared/units.ts'
import { deriveFacts } from '../facts/derive.ts'
import { supportOf } from '../facts/end-of-support.ts'
import type { Facts } from '../facts/facts.ts'
import type { MachineState } from '../fleet/machine-state.ts'
import { resolvePolicy } from '../policy/resolve.ts'
import { isAway, type Mark } from './dials.ts'
import { type EncryptionWord, encryptionWord } from './encryption-word.ts'
import { markOfMachine, problemsAt, standingOfMachine } from './machine-summary.ts'
import { type Problem, ruleOf } from './problems.ts'

/** `replace-now`: it says itself, or its counters say, that it fails. `replace-soon`: at the next visit. null: nothing to judge. */
export type DiskWord = 'replace-now' | 'replace-soon' | 'watch' | 'healthy' | 'not-proven'

/** A number of days, or why there is none. */
export type Forecast =
  | { readonly kind: 'days'; readonly days: number; readonly volume: string }
  | { readonly kind: 'not-filling' }
  | { readonly kind: 'not-proven' }

/** `none`: no security update waits. */
export type PatchAge =
  | { readonly kind: 'none' }
  | { readonly kind: 'oldest'; readonly since: EpochMs; readonly count: number }
  | { readonly kind: 'not-proven' }

/** `none-seen`: every known product was looked for. */
export type Protection = 'active' | 'weak' | 'none-seen' | 'not-proven'

/** One row. `problems`: what is wrong or not proven, worst first. */
export type MachineTruth = {
  readonly standing: ReturnType<typeof standingOfMachine>
  readonly marks: { readonly disk: Mark; readonly patch: Mark; readonly antivirus: Mark; readonly posture: Mark }
  readonly disk: DiskWord
  readonly fullIn: Forecast
  readonly patch: PatchAge
  readonly protection: Protection
  readonly encryption: EncryptionWord
  /** End of support of the system; `never`: none announced; null: not known. */
  readonly supportUntil: EpochMs | 'never' | null
  readonly os: string | null
  readonly problems: readonly Problem[]
}

const DRIVE_RULES =
  /^disk\/(?:drive-failing|sectors-|errors-|cable-|worn|nvme-|self-test-|gone|raid-|health-unreadable|too-hot)/
const FORECAST_MOST_DAYS = 730
const TREND_FRESH_MS = 3 * DAY_MS

/** @returns the row of one machine at `now`. */
export function machineTruth(state: MachineState, now: EpochMs): MachineTruth {
  const policy = resolvePolicy(state.policy, state.role)
  const at = isAway(state, now) ? Math.min(now, state.agent.lastReportAt ?? now) : now
  const facts = deriveFacts(state, state.memory, policy, at)
  const problems = problemsAt(state, now)
  const marks = {
    disk: markOfMachine(state, 'disk', now),
    patch: markOfMachine(state, 'patch', now),
    antivirus: markOfMachine(state, 'antivirus', now),
    posture: markOfMachine(state, 'posture', now),
  }
  return {
    standing: standingOfMachine(state, now),
    marks,
    disk: diskWord(facts, problems),
    fullIn: forecast(facts, at),
    patch: patchAge(facts),
    protection: protectionOf(facts, marks.antivirus),
    encryption: encryptionWord(facts.checks.posture.section.encryption),
    supportUntil: supportUntil(facts),
    os: osOf(facts),
    problems,
  }
}

function diskWord({ checks: { disk } }: Facts, problems: readonly Problem[]): DiskWord {
  const about = problems.filter((problem) => DRIVE_RULES.test(ruleOf(problem)))
  if (about.some(({ standing }) => standing === 'urgent')) return 'replace-now'
  if (about.some(({ standing }) => standing === 'attention')) return 'replace-soon'
  if (about.some(({ standing }) => standing === 'note' || standing === 'accepted')) return 'watch'
  const { drives } = disk.section
  if (drives.state !== 'value' || about.length > 0) return 'not-proven'
  const real = drives.value.filter(({ kind }) => kind !== 'virtual')
  const isProven = real.every(({ smart }) => smart.state === 'value' && smart.value.passed === true)
  return real.length > 0 && isProven ? 'healthy' : 'not-proven'
}

/** The volume that is full first. A volume without a trend leaves the answer open unless another one fills. */
function forecast({ checks: { disk }, trends }: Facts, now: EpochMs): Forecast {
  const { volumes } = disk.section
  if (volumes.state !== 'value') return { kind: 'not-proven' }
  let isOpen = volumes.value.length === 0
  let first: Forecast & { readonly kind: 'days' } = {
    kind: 'days',
    days: Number.POSITIVE_INFINITY,
    volume: '',
  }
  for (const { mount, network, readOnly } of volumes.value) {
    if (network || readOnly) continue
    const trend = trends.get(`disk/volume:${mount}:usedBytes`)
    const available = disk.samples.get(`volume:${mount}:availableBytes`)?.value ?? null
    if (trend === undefined || available === null || now - trend.lastAt > TREND_FRESH_MS) isOpen = true
    else if (trend.perDay > 0 && available / trend.perDay < first.days) {
      first = { kind: 'days', days: available / trend.perDay, volume: mount }
    }
  }
  if (first.days <= FORECAST_MOST_DAYS) return first
  return { kind: isOpen ? 'not-proven' : 'not-filling' }
}

function patchAge({ checks: { patch }, memory }: Facts): PatchAge {
  const { updates } = patch.section
  if (updates.state !== 'value') return { kind: 'not-proven' }
  const { security, securityUpdates } = updates.value
  if (security === null) return { kind: 'not-proven' }
  if (security === 0) return { kind: 'none' }
  const published = patch.samples.get('security:oldestAt')?.value ?? null
  const seen = securityUpdates.flatMap(({ name }) => memory[`patch/security:${name}`]?.since ?? [])
  const times = published === null ? seen : [...seen, published]
  return times.length === 0 ? { kind: 'not-proven' } : { kind: 'oldest', since: Math.min(...times), count: security }
}

function protectionOf({ checks: { antivirus } }: Facts, mark: Mark): Protection {
  const { products } = antivirus.section
  if (products.state !== 'value') return 'not-proven'
  if (products.value.length === 0) return 'none-seen'
  if (mark === 'urgent' || mark === 'attention' || mark === 'accepted') return 'weak'
  return mark === 'not-proven' || mark === null ? 'not-proven' : 'active'
}

function supportUntil({ checks: { system } }: Facts): EpochMs | 'never' | null {
  const { os } = system.section
  const support = os.state === 'value' ? supportOf(os.value) : null
  if (support === null) return null
  const end = support.free && support.extendedAt !== null ? support.extendedAt : support.endsAt
  return end ?? 'never'
}

function osOf({ checks: { system } }: Facts): string | null {
  const { os } = system.section
  return os.state === 'value' ? os.value.name : null
}
