/**
 * Judges one section by itself: what `server -- judge` prints, and what field tests use. A first sight without history: rules that
 * need some answer `unknown` with `needs-history`. Pure.
 */
import { Check } from 'typebox/schema'
import { emptySection, SECTION_SCHEMAS, type Sections } from '../shared/checks/index.ts'
import { CHECK_NAMES, type CheckName, type Role } from '../shared/checks/names.ts'
import type { Outcome } from '../shared/outcome.ts'
import { failed, REASON_CODES, type ReasonCode } from '../shared/reading.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { RuleId } from '../shared/rules.ts'
import type { Severity } from '../shared/severity.ts'
import { createFormatter } from '../shared/text/create-formatter.ts'
import type { Formatter, Language } from '../shared/text/format.ts'
import { reasonText } from '../shared/text/reason-catalogue.ts'
import { sayFinding, sayRule } from '../shared/text/rule-catalogue.ts'
import type { EpochMs } from '../shared/units.ts'
import { deriveFacts } from './facts/derive.ts'
import type { AgentFacts, CheckFacts, FactsSource } from './facts/facts.ts'
import { remember } from './facts/memory.ts'
import { resolvePolicy } from './policy/resolve.ts'
import { evaluateRules } from './rules/evaluate.ts'
import { rulesOf } from './rules/index.ts'

/** `now`: the moment to judge at; `timeZone` and `language` for the texts, UTC and English by default. */
export type JudgeOptions = {
  readonly now: EpochMs
  readonly role: Role
  readonly language?: Language
  readonly timeZone?: string
}

/** One outcome with its text. `severity` only when it fails, `code` only when it is unknown. */
export type JudgedOutcome = {
  readonly rule: RuleId
  readonly item: string
  readonly state: Outcome['state']
  readonly severity: Severity | null
  readonly code: ReasonCode | null
  readonly text: string
}

/** Why an input could not be judged; `detail` is a sentence for the person who gave it. */
export type JudgeError = { readonly code: 'not-json' | 'not-a-section'; readonly detail: string }

const NO_POLICY = { client: [], site: [], machine: [] }

/**
 * @param text JSON: the output of `agent parse`, or a bare section. Parts that it does not hold were never read.
 * @returns the outcomes of all rules of that check, or why the input is no section of it.
 */
export function judgeSection(
  check: CheckName,
  text: string,
  options: JudgeOptions,
): Result<readonly JudgedOutcome[], JudgeError> {
  const input = parseJson(text)
  if (!input.ok) return input
  const facts = factsOf(check, input.value, options.now)
  return facts.ok ? ok(judgeFacts(check, facts.value, options)) : facts
}

function judgeFacts<C extends CheckName>(
  check: C,
  facts: CheckFacts<C>,
  options: JudgeOptions,
): readonly JudgedOutcome[] {
  const { now, role, language = 'en', timeZone = 'UTC' } = options
  const policy = resolvePolicy(NO_POLICY, role)
  const memory = remember({}, check, facts, now)
  const source = machineWith({ [check]: facts }, role, now)
  const { judged } = evaluateRules(rulesOf(check), deriveFacts(source, memory, policy, now), policy, now, () => null)
  const f = createFormatter({ language, timeZone, now })
  return judged.map(({ outcome }) => say(check, outcome, f))
}

function say(check: CheckName, outcome: Outcome, f: Formatter): JudgedOutcome {
  const { rule, item, state } = outcome
  const said = sayRule(rule, f.language)
  const base = { rule, item, state, severity: null, code: null }
  if (outcome.state === 'fail') {
    return { ...base, severity: outcome.severity, text: sayFinding(rule, outcome.values, f).title }
  }
  if (outcome.state !== 'unknown') return { ...base, text: said.name }
  const { code, detail, source } = outcome
  const reason = reasonText({ subject: check, part: null, source, code, detail }, f)
  return { ...base, code, text: [said.blind, reason.sentence, reason.fix].filter((part) => part !== '').join(' ') }
}

function parseJson(text: string): Result<unknown, JudgeError> {
  try {
    return ok(JSON.parse(text))
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause)
    return err({ code: 'not-json', detail: `judge: the input is not JSON: ${what}` })
  }
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Both forms of the input as facts of the check. */
function factsOf<C extends CheckName>(check: C, input: unknown, now: EpochMs): Result<CheckFacts<C>, JudgeError> {
  if (!isObject(input)) return notASection(check)
  const isParsed = typeof input['state'] === 'string'
  const body = isParsed ? (input['section'] ?? {}) : input
  if (!isObject(body)) return notASection(check)
  const whole: unknown = { ...emptySection(check), ...wholeFailure(check, input), ...body }
  if (!isSection(check, whole)) return notASection(check)
  const at = typeof input['collectedAt'] === 'number' ? Math.min(input['collectedAt'], now) : now
  const given = isParsed && isObject(input['samples']) ? input['samples'] : {}
  const samples = new Map<string, { value: number | null; at: EpochMs }>()
  for (const [key, value] of Object.entries(given)) {
    if (value === null || (typeof value === 'number' && Number.isFinite(value))) samples.set(key, { value, at })
  }
  const parts = Object.keys(whole).filter((part) => part !== 'samples')
  const collectedAt = Object.fromEntries(parts.map((part) => [part, at])) as CheckFacts<C>['collectedAt']
  return ok({ section: whole, collectedAt, lastAt: at, samples })
}

function notASection(check: CheckName): Result<never, JudgeError> {
  const detail = `judge: the input is neither a section of the check ${check} nor the output of "agent parse" for it`
  return err({ code: 'not-a-section', detail })
}

function isSection<C extends CheckName>(check: C, value: unknown): value is Sections[C] {
  return Check(SECTION_SCHEMAS[check], value)
}

/** A source that failed as a whole fails every part. */
function wholeFailure(check: CheckName, input: { readonly [key: string]: unknown }) {
  if (input['state'] !== 'failed') return {}
  const code = REASON_CODES.find((known) => known === input['code']) ?? 'parse'
  const detail = typeof input['detail'] === 'string' ? input['detail'] : ''
  const reading = failed(typeof input['source'] === 'string' ? input['source'] : check, { code, detail })
  const parts = Object.keys(emptySection(check)).filter((part) => part !== 'samples')
  return Object.fromEntries(parts.map((part) => [part, reading]))
}

const SILENT_AGENT: AgentFacts = {
  lastReportAt: null,
  connected: false,
  skewMs: null,
  futureMs: 0,
  reportEveryMs: 60_000,
  checkEveryMs: { antivirus: 0, backup: 0, disk: 0, patch: 0, posture: 0, system: 0 },
  build: null,
  gap: null,
}

/** A machine of which one check is known and nothing else. */
function machineWith(known: { readonly [check: string]: unknown }, role: Role, now: EpochMs): FactsSource {
  const nothing = (check: CheckName) => ({
    section: emptySection(check),
    collectedAt: {},
    lastAt: null,
    samples: new Map(),
  })
  const checks = Object.fromEntries(CHECK_NAMES.map((check) => [check, known[check] ?? nothing(check)]))
  return {
    id: 'judged',
    name: 'judged',
    role,
    enrolledAt: now,
    agent: SILENT_AGENT,
    // One entry per check, each made for its own check above.
    checks: checks as FactsSource['checks'],
    trends: new Map(),
  }
}
