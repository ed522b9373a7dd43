/**
 * What a rule is. A rule declares the parts of a section that it reads; evaluate.ts turns missing, failed and stale parts into
 * `unknown` before the rule sees anything, so that rule code handles values only. Texts stand in shared/text. Pure.
 */
import type { PartName, Sections } from '../../shared/checks/index.ts'
import type { CheckName } from '../../shared/checks/names.ts'
import type { ReasonCode } from '../../shared/reading.ts'
import type { RuleId, RuleSubject, RuleValues } from '../../shared/rules.ts'
import type { Severity } from '../../shared/severity.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import type { AgentFacts } from '../facts/facts.ts'
import type { LimitKey } from '../policy/defaults.ts'
import type { RuleContext } from './context.ts'
import type { Verdict } from './verdict.ts'

export type { Deadlines, RuleContext } from './context.ts'
export { copyOf } from './copies.ts'
export { driveName, eachSmart, unverdicted } from './drives.ts'
export { isWeaker, lacking, lackingSample } from './lacking.ts'
export { passByList } from './list-age.ts'
export { managerOf } from './manager-of.ts'
export { isLinux, isProtecting, isRelieved } from './protectors.ts'
export { blind, fail, notApplicable, pass, unknown, type Verdict } from './verdict.ts'

type CheckOf<R extends RuleId> = R extends `${infer C}/${string}` ? Extract<C, CheckName> : never
type PartOf<R extends RuleId> = CheckOf<R> extends never ? 'agent' : PartName<CheckOf<R>>
type ValueOf<T> = T extends { readonly state: 'value'; readonly value: infer V } ? V : never

/** What rules about the agent read: facts that the server itself writes. */
export type AgentPart = {
  readonly agent: AgentFacts
  readonly lastAt: { readonly [C in CheckName]: number | null }
}

type Opened<R extends RuleId, N extends string, S extends string> =
  CheckOf<R> extends never
    ? AgentPart
    : { readonly [P in N & keyof Sections[CheckOf<R>]]: ValueOf<Sections[CheckOf<R>][P]> } & {
        readonly [P in S & keyof Sections[CheckOf<R>]]: Sections[CheckOf<R>][P]
      }

/** How long a condition must hold before anybody is told, or be over before it is solved; ms, by severity if it matters. */
export type HoldMs = number | { readonly [S in Severity]: number }

/** A rule as its file writes it. */
export type RuleDefinition<
  R extends RuleId,
  N extends readonly PartOf<R>[],
  S extends readonly PartOf<R>[],
  L extends readonly LimitKey[],
> = {
  /** Equal to the file's path. */
  readonly id: R
  /** Parts that it reads; `agent` for the server's own facts. Any of them without a value: the rule could not tell. */
  readonly needs: N
  /** Parts that it looks at as readings, value or not. */
  readonly sees?: S
  /** Keys of policy/defaults.ts that it asks for; shown by `explain` and in the README. */
  readonly limits: L
  /** Reason codes of a needed part that mean "does not exist here". Never `access-denied`. */
  readonly notApplicableWhen?: readonly Exclude<ReasonCode, 'access-denied'>[]
  /** Rules that, failing, hold this one's alerts back. Default: `agent/silent`. */
  readonly dependsOn?: readonly RuleId[]
  /** Default: 5 minutes. */
  readonly holdMs?: HoldMs
  /** Default: 10 minutes. */
  readonly clearMs?: HoldMs
  /** An item that is no longer listed stays open until it is back or a person decides. Default: false. */
  readonly keepsVanished?: boolean
  /** Judges by the server's own clock: of all rules about the agent it alone goes on when the machine fell silent. Default: false. */
  readonly judgesSilence?: boolean
  /** Working time to put it right, for the visit. */
  readonly effortMinutes: number
  /** Somebody must stand in front of the machine. */
  readonly needsHands: boolean
  /** One verdict per item; nothing at all means that there is nothing to judge here. */
  readonly evaluate: (
    parts: Opened<R, N[number], S[number]>,
    context: RuleContext<L[number]>,
  ) => Iterable<Verdict<RuleValues[R]>>
}

/** A rule as the registry holds it. */
export type Rule = {
  readonly id: RuleId
  readonly subject: RuleSubject
  readonly needs: readonly string[]
  readonly sees: readonly string[]
  readonly limits: readonly LimitKey[]
  readonly notApplicableWhen: readonly ReasonCode[]
  readonly dependsOn: readonly RuleId[]
  readonly holdMs: { readonly [S in Severity]: number }
  readonly clearMs: { readonly [S in Severity]: number }
  readonly keepsVanished: boolean
  readonly judgesSilence: boolean
  readonly effortMinutes: number
  readonly needsHands: boolean
  readonly evaluate: (parts: Readonly<Record<string, unknown>>, context: RuleContext) => Iterable<Verdict<unknown>>
}

const bySeverity = (ms: HoldMs) => (typeof ms === 'number' ? { critical: ms, warning: ms, info: ms } : ms)

/** Makes a rule from its definition; the registry is server/rules/index.ts. */
export function defineRule<
  const R extends RuleId,
  const N extends readonly PartOf<R>[],
  const L extends readonly LimitKey[],
  const S extends readonly PartOf<R>[] = readonly [],
>(definition: RuleDefinition<R, N, S, L>): Rule & { readonly id: R } {
  const { id, needs, sees, limits, effortMinutes, needsHands, keepsVanished } = definition
  const subject = id.slice(0, id.indexOf('/')) as RuleSubject
  return {
    id,
    subject,
    needs,
    sees: sees ?? [],
    limits,
    notApplicableWhen: definition.notApplicableWhen ?? [],
    dependsOn: definition.dependsOn ?? (subject === 'agent' ? [] : ['agent/silent']),
    holdMs: bySeverity(definition.holdMs ?? 5 * MINUTE_MS),
    clearMs: bySeverity(definition.clearMs ?? 10 * MINUTE_MS),
    keepsVanished: keepsVanished ?? false,
    judgesSilence: definition.judgesSilence ?? false,
    effortMinutes,
    needsHands,
    // The one place where a rule's own types are forgotten: evaluate.ts passes exactly the parts that it declared.
    evaluate: definition.evaluate as Rule['evaluate'],
  }
}
