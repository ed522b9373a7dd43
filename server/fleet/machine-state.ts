/** Everything that judging one machine needs, in memory: rebuilt from the store at start, updated after each commit. Types only. */
import type { CheckName, Role } from '../../shared/checks/names.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { AgentFacts, CheckFacts, Memory, Trend } from '../facts/facts.ts'
import type { Ping } from '../facts/ping.ts'
import type { Finding } from '../findings/finding.ts'
import type { PolicyLayers } from '../policy/policy.ts'
import type { Acceptance } from '../visits/visit.ts'

/** One machine as judged: identity, facts, memory, policy, findings and outcomes. */
export type MachineState = {
  readonly id: string
  readonly clientId: string
  readonly siteId: string
  /** Short name in URLs, unique in the client. */
  readonly slug: string
  readonly name: string
  readonly role: Role
  /** Room, and who uses it, as a person typed it; empty: nobody said. */
  readonly place: string
  readonly person: string
  readonly enrolledAt: EpochMs
  readonly agent: AgentFacts
  readonly checks: { readonly [C in CheckName]: CheckFacts<C> }
  readonly memory: Memory
  readonly trends: ReadonlyMap<string, Trend>
  readonly policy: PolicyLayers
  /** Open findings and those resolved since the last assessment. */
  readonly findings: readonly Finding[]
  readonly outcomes: readonly Outcome[]
  /** Risks of this machine that a person accepted and did not take back; findings/accepted.ts says which ones hold. */
  readonly acceptances: readonly Acceptance[]
  /** What jobs elsewhere told the server itself; absent (in snapshots of before 0.3.0): there were none. */
  readonly pings?: readonly Ping[]
  readonly assessedAt: EpochMs | null
  /** First moment at which time alone could change the answer. */
  readonly dueAt: EpochMs
  /** Version of the machine's row; `saveAssessment` refuses a stale one. */
  readonly version: number
  /** Highest record number covered by the last assessment, and by the last commit. */
  readonly assessedQ: number
  readonly upTo: number
}
