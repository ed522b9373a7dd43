/** What a manager answers, and risks that a person accepts. Every answer is a line of the audit log, with the name. */
import type { AcceptanceRequest, DecisionRequest } from '../../../shared/api/visit-changes.ts'
import { ok } from '../../../shared/result.ts'
import { createFormatter } from '../../../shared/text/create-formatter.ts'
import { DAY_MS } from '../../../shared/units.ts'
import type { Caller } from '../../auth/access.ts'
import { isRuleId } from '../../commands/rule-id.ts'
import type { ClientEntry } from '../../views/machine-entry.ts'
import { acceptRisks, decide } from '../../visits/decide.ts'
import type { Acceptance, Decision, Recommendation, RiskRef, Visit } from '../../visits/visit.ts'
import type { Services } from '../services.ts'
import { audit, cleanName, newId, type Operation, type OperationError, refuse } from './operation.ts'
import { personName, saveChange } from './visits.ts'

/** Nobody accepts a risk for longer: after two years it is asked again. */
const LONGEST_MS = 731 * DAY_MS
const ATTEMPTS = 3

/** @returns whether an answer may still be given or changed: at a visit, or until the date that the recommendation is due. */
export function isOpenDecision({ decision, dueAt }: Recommendation, { state }: Visit, now: number): boolean {
  if (state !== 'sent') return true
  if (decision === null || (decision.answer === 'defer' && (decision.until ?? 0) <= now)) return true
  return dueAt === null || now <= dueAt
}

/** Answers a recommendation of the client, whichever visit made it. */
export async function answerRecommendation(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  id: string,
  order: DecisionRequest,
): Operation<Recommendation> {
  const decision = await decisionOf(services, caller, order)
  if ('code' in decision) return refuse(decision.code, decision.message)
  for (let attempt = 1; ; attempt += 1) {
    const answered = await answerOnce(services, caller, entry, id, decision.made)
    if (answered.ok || answered.error.code !== 'conflict' || attempt === ATTEMPTS) return answered
  }
}

/** The recommendation is read anew at each attempt: somebody may change its visit at the same moment. */
async function answerOnce(
  services: Services,
  caller: Caller,
  entry: ClientEntry,
  id: string,
  decision: Decision | null,
): Operation<Recommendation> {
  const store = services.store.client(entry.client.id)
  const recommendation = (await store.recommendations()).find((one) => one.id === id)
  const visits = await store.visits()
  const visit = visits.find((one) => one.id === recommendation?.visitId)
  if (recommendation === undefined || visit === undefined) return refuse('absent', 'There is no such recommendation.')
  const now = services.clock.now()
  if (!isOpenDecision(recommendation, visit, now)) {
    return refuse('refused', 'The date of this decision has passed. It is asked again at the next visit.')
  }
  const { language, timeZone } = entry.client
  const { recommendation: answered, ...follows } = decide({
    ...{ recommendation, decision, now, visitId: (underWay(visits, visit) ?? visit).id },
    ...{ f: createFormatter({ language, timeZone, now }) },
    machines: [...services.fleet.states(entry.client.id)],
    ...{ actions: await store.actions(), acceptances: await store.acceptances() },
  })
  const change = { visit, version: visit.version, recommendations: [answered], ...follows }
  const what = decision === null ? 'decision taken back' : `decision: ${decision.answer}`
  const saved = await saveChange(services, caller, entry, change, what, `${decision?.by ?? ''}: ${recommendation.what}`)
  return saved.ok ? ok(answered) : saved
}

/** @returns the newest visit that is open, after the one that asked: what was asked then is answered at it. */
function underWay(visits: readonly Visit[], asked: Visit): Visit | undefined {
  const open = visits.filter(({ state }) => state === 'on-site' || state === 'closing')
  return open
    .filter(({ openedAt }) => (openedAt ?? 0) > (asked.openedAt ?? 0))
    .toSorted((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0))[0]
}

/** `made` null: the answer is taken back. A client's own people answer in their own name. */
async function decisionOf(
  services: Services,
  caller: Caller,
  order: DecisionRequest,
): Promise<{ readonly made: Decision | null } | OperationError> {
  if (order.answer === 'ask') return { made: null }
  const at = services.clock.now()
  const own = await personName(services, caller)
  const given = caller.grant.role === 'client-admin' ? '' : order.by
  const by = cleanName(given) ?? cleanName(own ?? '')
  if (by === null) return { code: 'invalid', message: 'Say who decided.' }
  const until = order.answer === 'do' ? null : order.until
  const fault = order.answer === 'do' ? null : faultOf(until, at)
  if (fault !== null) return { code: 'invalid', message: fault }
  const reason = order.reason.trim().toWellFormed()
  if (order.answer === 'accept' && reason === '') {
    return { code: 'invalid', message: 'Say why the risk is accepted.' }
  }
  return { made: { answer: order.answer, until, reason, by, at } }
}

function faultOf(until: number | null, now: number): string | null {
  if (until === null || until <= now) return 'Say until when: a date that is still to come.'
  return until - now > LONGEST_MS ? 'At most two years: then it is asked again.' : null
}

/** Accepts the risk of open findings outside a visit. */
export async function acceptOpenRisks(
  services: Services,
  caller: Caller,
  { client }: ClientEntry,
  order: AcceptanceRequest,
): Operation<readonly Acceptance[]> {
  const now = services.clock.now()
  const by = cleanName(order.by) ?? cleanName((await personName(services, caller)) ?? '')
  const reason = order.reason.trim().toWellFormed()
  if (by === null) return refuse('invalid', 'Say who accepts the risk.')
  if (reason === '') return refuse('invalid', 'Say why the risk is accepted.')
  const fault = faultOf(order.until, now)
  if (fault !== null) return refuse('invalid', fault)
  const about = order.about.flatMap(({ machineId, rule, item }): RiskRef[] =>
    isRuleId(rule) ? [{ machineId, rule, item }] : [],
  )
  const machines = [...services.fleet.states(client.id)]
  const accepted = acceptRisks(about, machines, { by, reason, at: now, until: order.until, visitId: null, idOf: newId })
  if (accepted.length === 0) {
    return refuse('absent', 'None of these is open: what is not found or could not be told cannot be accepted.')
  }
  await services.store.client(client.id).saveAcceptances(accepted)
  await services.fleet.reloadAcceptances(services.store, client.id)
  const what = accepted.map(({ machineId, rule }) => `${services.fleet.state(machineId)?.name ?? machineId} ${rule}`)
  await audit(services, caller, 'risk accepted', client.id, `${by}: ${what.join(', ')}`)
  return ok(accepted)
}

/** Takes an acceptance back: the finding is open for everybody again. */
export async function revokeAcceptance(
  services: Services,
  caller: Caller,
  { client }: ClientEntry,
  id: string,
): Operation<{ readonly id: string }> {
  const revoked = await services.store.client(client.id).revokeAcceptance(id, services.clock.now())
  if (revoked === 'absent') return refuse('absent', 'There is no such acceptance in force.')
  await services.fleet.reloadAcceptances(services.store, client.id)
  await audit(services, caller, 'acceptance taken back', client.id, id)
  return ok({ id })
}
