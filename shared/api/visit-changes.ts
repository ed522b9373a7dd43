/** What people may change about visits over the HTTP API: bodies of requests. Schemas; the dashboard imports their types only. Pure. */
import { type Static, Type } from 'typebox'
import { oneOf, orNull, strict, text } from '../reading.ts'
import { ANSWERS, URGENCIES, VISIT_KINDS } from '../visits.ts'
import { At } from './card.ts'
import { STEPS, VisitDate } from './visits.ts'

const Version = () => Type.Integer({ minimum: 0 })
const Minutes = () => Type.Integer({ minimum: 0, maximum: 100_000 })
const Euros = () => Type.Integer({ minimum: 0, maximum: 100_000_000 })
/** `09:00`. */
const ClockTime = () => Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })
const About = strict({ machineId: text(64), rule: text(64), item: text(512) })

/** `POST /api/v1/clients/:client/visits`. `author` null: the person who plans it. Times are of the client's zone. */
export const PlanRequest = strict({
  date: VisitDate(),
  time: ClockTime(),
  kind: oneOf(VISIT_KINDS),
  author: orNull(text(128)),
  recipient: text(256),
})
export type PlanRequest = Static<typeof PlanRequest>

/** `PATCH …/visits/:date`; null: as it is. Date, time and kind can change until the visit is opened. */
export const VisitEdit = strict({
  version: Version(),
  date: orNull(VisitDate()),
  time: orNull(ClockTime()),
  kind: orNull(oneOf(VISIT_KINDS)),
  author: orNull(text(128)),
  recipient: orNull(text(256)),
  minutes: orNull(Type.String({ maxLength: 50_000 })),
})
export type VisitEdit = Static<typeof VisitEdit>

/** `POST …/visits/:date/steps`. `reason`: why a sent visit is corrected; empty else. */
export const StepRequest = strict({ version: Version(), step: oneOf(STEPS), reason: text(2_000) })
export type StepRequest = Static<typeof StepRequest>

/** `POST …/visits/:date/actions`: something to do, or done at once. `needsHands`: on the walk list. */
export const ActionRequest = strict({
  version: Version(),
  text: text(2_000),
  who: text(128),
  dueAt: orNull(At()),
  machineId: orNull(text(64)),
  mends: orNull(strict({ rule: text(64), item: text(512) })),
  needsHands: Type.Boolean(),
  done: Type.Boolean(),
  minutes: orNull(Minutes()),
  note: text(2_000),
})
export type ActionRequest = Static<typeof ActionRequest>

/** `PATCH …/visits/:date/actions/:action`: tick it, drop it, open it again, say how long it took; null: as it is. */
export const ActionEdit = strict({
  version: Version(),
  state: orNull(oneOf(['open', 'done', 'dropped'] as const)),
  minutes: orNull(Minutes()),
  note: orNull(text(2_000)),
})
export type ActionEdit = Static<typeof ActionEdit>

/** `POST …/visits/:date/restore-tests`. `at` null: now. */
export const RestoreTestRequest = strict({
  version: Version(),
  machineId: text(64),
  job: text(128),
  at: orNull(At()),
  what: text(500),
  fromCopy: text(500),
  durationMs: Type.Integer({ minimum: 0, maximum: 60 * 86_400_000 }),
  isUsable: Type.Boolean(),
  watchedBy: text(128),
  note: text(2_000),
})
export type RestoreTestRequest = Static<typeof RestoreTestRequest>

const RecommendationBody = {
  rank: Type.Integer({ minimum: 1, maximum: 1_000 }),
  what: text(500),
  why: text(2_000),
  otherwise: text(2_000),
  urgency: oneOf(URGENCIES),
  effortMinutes: orNull(Minutes()),
  costLow: orNull(Euros()),
  costHigh: orNull(Euros()),
  owner: text(128),
  dueAt: orNull(At()),
  about: Type.Array(About, { maxItems: 2_000 }),
} as const

/** `POST …/visits/:date/recommendations`, and `PUT …/recommendations/:recommendation` with its whole new text. */
export const RecommendationRequest = strict({ version: Version(), ...RecommendationBody })
export type RecommendationRequest = Static<typeof RecommendationRequest>

/** `POST …/visits/:date/proposals` proposes for findings without a recommendation; `DELETE …/recommendations/:recommendation`. */
export const VersionRequest = strict({ version: Version() })
export type VersionRequest = Static<typeof VersionRequest>

/**
 * `PUT /api/v1/clients/:client/recommendations/:recommendation/decision`. `ask`: takes the answer back, it is asked on site.
 * `until` is needed for `defer` and `accept`, `reason` for `accept`. `by` empty: the person who answers.
 */
export const DecisionRequest = strict({
  answer: oneOf([...ANSWERS, 'ask'] as const),
  until: orNull(At()),
  reason: text(2_000),
  by: text(128),
})
export type DecisionRequest = Static<typeof DecisionRequest>

/** `POST /api/v1/clients/:client/acceptances`: accepts the risk of open findings, outside a visit. */
export const AcceptanceRequest = strict({
  about: Type.Array(About, { minItems: 1, maxItems: 2_000 }),
  by: text(128),
  reason: text(2_000),
  until: At(),
})
export type AcceptanceRequest = Static<typeof AcceptanceRequest>

/** `PUT /api/v1/clients/:client/machines/:machine/place`: room and user for the walk list. */
export const PlaceRequest = strict({ place: text(256), person: text(256) })
export type PlaceRequest = Static<typeof PlaceRequest>
