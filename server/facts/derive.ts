/**
 * From the state of a machine to what the server currently believes about it: agent times moved to the server's clock, times in the
 * future and parts that grew stale turned into failed readings, sleeping drives given their last proven health, pings joined as backup jobs. Pure.
 */
import type { PartName, Sections } from '../../shared/checks/index.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import { type Failure, failed, type Reading } from '../../shared/reading.ts'
import { futureDetail } from '../../shared/rule-detail.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { LimitKey } from '../policy/defaults.ts'
import type { Policy } from '../policy/resolve.ts'
import { correctSamples } from './correct-samples.ts'
import type { Deriving } from './deriving.ts'
import type { AgentFacts, CheckFacts, Facts, FactsSource, Memory } from './facts.ts'
import { isoOf } from './instant-detail.ts'
import { keepAsleep } from './keep-asleep.ts'
import { mergePings } from './merge-pings.ts'
import type { Ping } from './ping.ts'
import { agedAfterMs, PART_CADENCES, staleAfterMs } from './rhythms.ts'

/** Below this the measured skew is the noise of the network (notes/security-reliability.md 5.7). */
const SKEW_NOISE_MS = 2_000
const NOTHING_KEPT: ReadonlyMap<string, EpochMs> = new Map()
const NO_PINGS: readonly Ping[] = []

/** @returns the facts of a machine at `now`; objects of the state are kept as they are wherever nothing had to be changed. */
export function deriveFacts(state: FactsSource, memory: Memory, policy: Policy, now: EpochMs): Facts {
  const skew = state.agent.skewMs ?? 0
  const deriving: Deriving = {
    policy,
    now,
    skewMs: Math.abs(skew) > SKEW_NOISE_MS ? skew : 0,
    futureMs: Number(policy.values['agent.futureMs']),
    dueAt: Number.POSITIVE_INFINITY,
  }
  const pings = state.pings ?? NO_PINGS
  const keptAt = new Map<string, EpochMs>()
  const disk = keepAsleep(deriveCheck('disk', state.checks.disk, deriving), memory, deriving, keptAt)
  const checks = {
    antivirus: deriveCheck('antivirus', state.checks.antivirus, deriving),
    // After the agent's times are corrected: those of pings are the server's own.
    backup: mergePings(deriveCheck('backup', state.checks.backup, deriving), pings, now),
    disk,
    patch: deriveCheck('patch', state.checks.patch, deriving),
    posture: deriveCheck('posture', state.checks.posture, deriving),
    system: correctBoot(deriveCheck('system', state.checks.system, deriving), deriving),
  }
  return {
    machine: { id: state.id, name: state.name, role: state.role, enrolledAt: state.enrolledAt },
    agent: state.agent,
    agentFailure: agentFailure(state.agent, deriving),
    checks,
    memory,
    trends: state.trends,
    pings,
    keptAt: keptAt.size === 0 ? NOTHING_KEPT : keptAt,
    dueAt: deriving.dueAt,
  }
}

const keysOf = <K extends string>(table: { readonly [P in K]: unknown }): readonly K[] =>
  Object.keys(table).filter((key): key is K => key in table)

/** Names of the parts of each check, once. */
const PART_NAMES: { readonly [C in CheckName]: readonly PartName<C>[] } = {
  antivirus: keysOf(PART_CADENCES.antivirus),
  backup: keysOf(PART_CADENCES.backup),
  disk: keysOf(PART_CADENCES.disk),
  patch: keysOf(PART_CADENCES.patch),
  posture: keysOf(PART_CADENCES.posture),
  system: keysOf(PART_CADENCES.system),
}

function deriveCheck<C extends CheckName>(check: C, facts: CheckFacts<C>, deriving: Deriving): CheckFacts<C> {
  if (facts.lastAt === null) return facts
  const samples = correctSamples(check, facts.samples, deriving)
  let section = facts.section
  const cadences = PART_CADENCES[check] as { readonly [part: string]: Extract<LimitKey, `cadence.${string}`> }
  for (const part of PART_NAMES[check]) {
    const reading = section[part] as Reading<unknown>
    const cadence = cadences[part]
    if (reading.state !== 'value' || cadence === undefined) continue
    const at = facts.collectedAt[part] ?? facts.lastAt
    const staleAt = at + staleAfterMs(deriving.policy, cadence)
    if (deriving.now > staleAt) section = { ...section, [part]: staleReading(reading.source, at) } as Sections[C]
    else if (staleAt + 1 < deriving.dueAt) deriving.dueAt = staleAt + 1
  }
  return section === facts.section && samples === facts.samples ? facts : { ...facts, section, samples }
}

/** The detail of a stale reading is the instant of the last proof, so that a text can name it. */
function staleReading(source: string, at: EpochMs) {
  return failed(source, { code: 'stale', detail: isoOf(at) })
}

/** What an agent last told of itself proves the present as long as anything else that it told. Never heard is no age. */
function agentFailure({ lastReportAt, reportEveryMs }: AgentFacts, deriving: Deriving): Failure | null {
  if (lastReportAt === null) return null
  const staleAt = lastReportAt + agedAfterMs(deriving.policy, reportEveryMs)
  if (deriving.now > staleAt) return { code: 'stale', detail: isoOf(lastReportAt) }
  if (staleAt + 1 < deriving.dueAt) deriving.dueAt = staleAt + 1
  return null
}

/** The boot instant is the only agent time inside a section. */
function correctBoot(facts: CheckFacts<'system'>, deriving: Deriving): CheckFacts<'system'> {
  const { boot } = facts.section
  if (boot.state !== 'value') return facts
  const bootedAt = boot.value.bootedAt + deriving.skewMs
  if (bootedAt > deriving.now + deriving.futureMs) {
    deriving.dueAt = Math.min(deriving.dueAt, bootedAt - deriving.futureMs)
    const reading = failed(boot.source, { code: 'parse', detail: futureDetail(isoOf(bootedAt)) })
    return { ...facts, section: { ...facts.section, boot: reading } }
  }
  if (bootedAt === boot.value.bootedAt && bootedAt <= deriving.now) return facts
  const reading = { ...boot, value: { bootedAt: Math.min(bootedAt, deriving.now) } }
  return { ...facts, section: { ...facts.section, boot: reading } }
}
