/**
 * What a rule may ask while it judges one machine. Rules never see the clock: every question about time goes through here and
 * leaves the moment at which its answer changes, so that `dueAt` cannot be forgotten. Pure.
 */
import type { CheckName, Role } from '../../shared/checks/names.ts'
import type { OsFacts } from '../../shared/checks/system.ts'
import type { ReasonCode } from '../../shared/reading.ts'
import type { RuleId } from '../../shared/rules.ts'
import type { Severity } from '../../shared/severity.ts'
import { DAY_MS, type EpochMs } from '../../shared/units.ts'
import { type Support, supportOf, TABLE_AT } from '../facts/end-of-support.ts'
import type { Facts, MemoryEntry, Trend } from '../facts/facts.ts'
import { pingJobId } from '../facts/merge-pings.ts'
import type { Ping } from '../facts/ping.ts'
import { afterWorkingTime } from '../facts/working-time.ts'
import type { LimitKey } from '../policy/defaults.ts'
import type { Policy } from '../policy/resolve.ts'
import { type Growth, grownBy, usualBefore } from './history.ts'

/** Severity of each open finding, by rule and item: limits have a way back that is apart from the way in. */
export type OpenFindings = (rule: RuleId, item: string) => Severity | null

/** A sample as a rule gets it. `absent`: this machine does not measure it. */
export type Told =
  | { readonly state: 'value'; readonly value: number; readonly at: EpochMs }
  | { readonly state: 'failed'; readonly code: ReasonCode; readonly detail: string; readonly source: null }
  | { readonly state: 'absent' }

/** Deadlines by severity; null: none of that severity. */
export type Deadlines = { readonly [S in Severity]?: EpochMs | null }
/** Limits by severity, in the unit of what is measured; null: none of that severity. */
export type Levels = { readonly [S in Severity]?: number | null }

/** A drive as history remembers it. */
export type RememberedDrive = { readonly key: string; readonly isRemovable: boolean; readonly entry: MemoryEntry }

const FIXED = 'disk/drive:'
const REMOVABLE = 'disk/removable:'
const WORST_FIRST = ['critical', 'warning', 'info'] as const
const NOT_MEASURED: Told = { state: 'failed', code: 'empty', detail: '', source: null }
const ABSENT: Told = { state: 'absent' }

/** One judging of one machine; `L` are the limits that the rule has declared. */
export class RuleContext<L extends LimitKey = LimitKey> {
  /** First moment at which time alone changes an answer given so far. */
  dueAt: EpochMs
  readonly facts: Facts
  readonly #policy: Policy
  readonly #now: EpochMs
  readonly #open: OpenFindings
  #check: CheckName | 'agent' = 'agent'
  #rule: RuleId = 'agent/silent'

  constructor(facts: Facts, policy: Policy, now: EpochMs, open: OpenFindings) {
    this.facts = facts
    this.dueAt = facts.dueAt
    this.#policy = policy
    this.#now = now
    this.#open = open
  }

  /** Names the rule that asks from now on. */
  turnTo(rule: RuleId, check: CheckName | 'agent'): void {
    this.#rule = rule
    this.#check = check
  }

  get role(): Role {
    return this.facts.machine.role
  }

  /** A limit that is always set. */
  limit(key: L): number {
    return Number(this.#policy.values[key])
  }

  /** A limit that may be unset for this role; null: not set. */
  limitOrNull(key: L): number | null {
    const value = this.#policy.values[key]
    return typeof value === 'number' ? value : null
  }

  /** A yes or no of the policy. */
  flag(key: L): boolean {
    return this.#policy.values[key] === true
  }

  /** Age for the values of a finding; never compare it, ask `aged`. */
  ageMs(at: EpochMs): number {
    return Math.max(0, this.#now - at)
  }

  /** True once `at` has passed. */
  isPast(at: EpochMs): boolean {
    if (this.#now > at) return true
    if (at + 1 < this.dueAt) this.dueAt = at + 1
    return false
  }

  /** The worst severity whose deadline has passed, and since when; null: none. */
  overdue(deadlines: Deadlines): { readonly severity: Severity; readonly since: EpochMs } | null {
    let worst: { severity: Severity; since: EpochMs } | null = null
    for (const severity of WORST_FIRST) {
      const at = deadlines[severity] ?? null
      if (at !== null && this.isPast(at)) worst ??= { severity, since: at }
    }
    return worst
  }

  /** The worst severity whose age limit (ms) is passed by something of `from`. At the limit is not past it. */
  aged(from: EpochMs, limits: Levels): { readonly severity: Severity; readonly since: EpochMs } | null {
    const at = (limit: number | null | undefined) => (limit == null ? null : from + limit)
    return this.overdue({ critical: at(limits.critical), warning: at(limits.warning), info: at(limits.info) })
  }

  /** Instant at which so much working time (Monday to Friday) has passed. */
  afterWorkingTime(from: EpochMs, workingMs: number): EpochMs {
    return afterWorkingTime(from, workingMs)
  }

  /**
   * The worst severity whose limit `value` has reached. An open finding keeps its severity until the value is `clear` beyond the
   * limit on the good side.
   */
  above(item: string, value: number, levels: Levels, clear: number): Severity | null {
    const open = this.open(item)
    for (const severity of WORST_FIRST) {
      const limit = levels[severity] ?? null
      if (limit === null) continue
      const isHeld = open !== null && WORST_FIRST.indexOf(open) <= WORST_FIRST.indexOf(severity)
      if (value >= limit || (isHeld && value > limit - clear)) return severity
    }
    return null
  }

  /** Like `above` for values that are bad when they are small. At the limit is not below it. */
  below(item: string, value: number, levels: Levels, clear: number): Severity | null {
    const open = this.open(item)
    for (const severity of WORST_FIRST) {
      const limit = levels[severity] ?? null
      if (limit === null) continue
      const isHeld = open !== null && WORST_FIRST.indexOf(open) <= WORST_FIRST.indexOf(severity)
      if (value < limit || (isHeld && value < limit + clear)) return severity
    }
    return null
  }

  /** Severity of this rule's open finding about an item; null: none is open. */
  open(item: string): Severity | null {
    return this.#open(this.#rule, item)
  }

  /** A sample of the rule's own check. */
  sample(key: string): Told {
    if (this.#check === 'agent') return ABSENT
    const { samples, section } = this.facts.checks[this.#check]
    const fact = samples.get(key)
    if (fact === undefined) return section.samples.includes(key) ? NOT_MEASURED : ABSENT
    if (fact.value !== null) return { state: 'value', value: fact.value, at: fact.at }
    return fact.failure === undefined ? NOT_MEASURED : { state: 'failed', ...fact.failure, source: null }
  }

  /** The pings of the machine, with the ids of their jobs. */
  pings(): readonly { readonly id: string; readonly ping: Ping }[] {
    return this.facts.pings.map((ping) => ({ id: pingJobId(ping), ping }))
  }

  /** The ping behind a job; null: the job is one that the agent reads. */
  ping(jobId: string): Ping | null {
    return this.facts.pings.find((ping) => pingJobId(ping) === jobId) ?? null
  }

  /** What history remembers. @param key without the check: `smart:<drive>:crcErrors`. */
  remembered(key: string): MemoryEntry | null {
    const whole = `${this.#check}/${key}`
    const { memory } = this.facts
    return Object.hasOwn(memory, whole) ? (memory[whole] ?? null) : null
  }

  /** Every drive that was ever listed. `entry.value`: how many readings in a row missed it, at most 2; `seenAt`: its last sight. */
  rememberedDrives(): readonly RememberedDrive[] {
    const { memory } = this.facts
    return Object.keys(memory).flatMap((key): readonly RememberedDrive[] => {
      const entry = memory[key]
      if (entry === undefined) return []
      if (key.startsWith(FIXED)) return [{ key: key.slice(FIXED.length), isRemovable: false, entry }]
      return key.startsWith(REMOVABLE) ? [{ key: key.slice(REMOVABLE.length), isRemovable: true, entry }] : []
    })
  }

  /** How much a remembered counter grew within a window. */
  grown(entry: MemoryEntry, windowMs: number): Growth {
    const growth = grownBy(entry, windowMs, this.#now)
    if (growth.changesAt < this.dueAt) this.dueAt = growth.changesAt
    return growth
  }

  /** Median over the 30 days before its last change; null: not yet known for long enough. */
  usual(entry: MemoryEntry): number | null {
    return usualBefore(entry, 30 * DAY_MS)
  }

  /** Trend of a sample of the rule's own check; null: fewer than seven days of it. */
  trend(sampleKey: string): Trend | null {
    return this.facts.trends.get(`${this.#check}/${sampleKey}`) ?? null
  }

  /** End of support of an operating system; null: not in the table. */
  supportOf(os: OsFacts): Support | null {
    return supportOf(os)
  }

  /** The day of the table of ends of support. */
  get supportTableAt(): EpochMs {
    return TABLE_AT
  }
}
