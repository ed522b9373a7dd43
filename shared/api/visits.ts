/** Visits over the HTTP API: what the pages read. Requests stand in visit-changes.ts. Schemas; the dashboard imports their types only. Pure. */
import { type Static, Type } from 'typebox'
import { ROLES } from '../checks/names.ts'
import { oneOf, orNull, strict, text } from '../reading.ts'
import { PROPOSAL_KINDS } from '../text/proposal-text.ts'
import { ANSWERS, THINGS, URGENCIES, VISIT_KINDS, VISIT_STATES } from '../visits.ts'
import { At, Card, SeveritySchema, StandingSchema, Tally, ValuesSchema } from './card.ts'

/** Calendar day in the client's zone, `2026-11-24`: the visit's address. */
export const VisitDate = () => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const ClientRef = strict({ id: text(64), slug: text(64), name: text(128) })
/** `slug` null: the machine is no longer there. */
const MachineName = strict({ id: text(64), slug: orNull(text(64)), name: text(128) })

/** One line of a list of visits. */
export const VisitLine = strict({
  client: ClientRef,
  timeZone: text(64),
  id: text(64),
  date: VisitDate(),
  kind: oneOf(VISIT_KINDS),
  state: oneOf(VISIT_STATES),
  plannedAt: At(),
  author: text(128),
  recipient: text(256),
  openedAt: orNull(At()),
  sentAt: orNull(At()),
  revision: Type.Integer(),
})
export type VisitLine = Static<typeof VisitLine>

/** `GET /api/v1/visits` and `GET /api/v1/clients/:client/visits`: newest date first. */
export const VisitsView = strict({ now: At(), visits: Type.Array(VisitLine) })
export type VisitsView = Static<typeof VisitsView>

/** A finding beside what stood at the last visit. `before` null: it was not open then; `severity` null: solved. */
export const ChangeView = strict({
  machine: MachineName,
  rule: text(64),
  item: text(512),
  standing: StandingSchema,
  severity: orNull(SeveritySchema),
  before: orNull(SeveritySchema),
  values: ValuesSchema,
  /** Opened, changed or solved at. */
  at: At(),
  /** Of a solved one: when its rule was seen to pass; null: it is no longer found, which proves less. */
  provenAt: orNull(At()),
})
export type ChangeView = Static<typeof ChangeView>

/** Since the last sent visit. `from` null: there is none, and all that is open counts as new. */
export const SinceView = strict({
  from: orNull(At()),
  to: At(),
  opened: Type.Array(ChangeView),
  worse: Type.Array(ChangeView),
  better: Type.Array(ChangeView),
  solved: Type.Array(ChangeView),
  passing: Type.Array(ChangeView),
  appeared: Type.Array(MachineName),
  vanished: Type.Array(MachineName),
  moved: Type.Array(
    strict({ machine: MachineName, drive: text(512), counter: text(64), before: Type.Number(), after: Type.Number() }),
  ),
  slipped: Type.Array(strict({ machine: MachineName, rule: text(64), job: text(512), from: At(), to: orNull(At()) })),
})
export type SinceView = Static<typeof SinceView>

/** Something promised or to be done. */
export const ActionView = strict({
  id: text(64),
  /** Date of the visit that promised it. */
  madeIn: orNull(VisitDate()),
  text: text(2_000),
  who: text(128),
  dueAt: orNull(At()),
  machine: orNull(MachineName),
  mends: orNull(strict({ rule: text(64), item: text(512) })),
  needsHands: Type.Boolean(),
  state: oneOf(['open', 'done', 'dropped'] as const),
  doneAt: orNull(At()),
  minutes: orNull(Type.Integer()),
  note: text(2_000),
  /** What the evidence says: `proven` its rule passes now, `word` ticked without proof, `refuted` ticked but still found, `open`. */
  evidence: oneOf(['proven', 'word', 'refuted', 'open'] as const),
  provenAt: orNull(At()),
})
export type ActionView = Static<typeof ActionView>

/** One thing to do in front of a machine, in walking order. */
export const WalkItem = strict({
  key: text(700),
  /** `action`: promised or added by a person; `finding`: a rule says so. */
  kind: oneOf(['action', 'finding'] as const),
  standing: StandingSchema,
  machine: orNull(MachineName),
  site: text(128),
  /** Room and user, as typed; empty: nobody said. */
  place: text(256),
  person: text(256),
  /** Of a finding: its rule with values gives the sentence. Of an action: the rule that it mends, or null. */
  rule: orNull(text(64)),
  item: text(512),
  values: orNull(ValuesSchema),
  /** What mends the finding, as a kind with texts of its own; null: it has none, or there is no finding. */
  measure: orNull(oneOf(PROPOSAL_KINDS)),
  /** Of an action. Empty for a finding. */
  text: text(2_000),
  minutes: Type.Integer(),
  bring: orNull(oneOf(THINGS)),
  /** The action behind it; null: ticking it makes one. */
  actionId: orNull(text(64)),
  done: Type.Boolean(),
})
export type WalkItem = Static<typeof WalkItem>

/** What the manager said. */
export const DecisionView = strict({
  answer: oneOf(ANSWERS),
  until: orNull(At()),
  reason: text(2_000),
  by: text(128),
  at: At(),
})

/** A recommendation. Costs are whole euros excluding tax. */
export const RecommendationView = strict({
  id: text(64),
  visitDate: orNull(VisitDate()),
  rank: Type.Integer(),
  what: text(500),
  why: text(2_000),
  otherwise: text(2_000),
  urgency: oneOf(URGENCIES),
  effortMinutes: orNull(Type.Integer()),
  costLow: orNull(Type.Integer()),
  costHigh: orNull(Type.Integer()),
  owner: text(128),
  dueAt: orNull(At()),
  about: Type.Array(strict({ machine: MachineName, rule: text(64), item: text(512) })),
  decision: orNull(DecisionView),
})
export type RecommendationView = Static<typeof RecommendationView>

/** A restore that was tried. */
export const RestoreTestView = strict({
  id: text(64),
  machine: MachineName,
  job: text(128),
  at: At(),
  what: text(500),
  fromCopy: text(500),
  /** Until the data was usable again. */
  durationMs: Type.Integer(),
  isUsable: Type.Boolean(),
  watchedBy: text(128),
  note: text(2_000),
})
export type RestoreTestView = Static<typeof RestoreTestView>

/** A risk that a named person accepted. `isInForce` false: over, taken back, or the finding got worse than accepted. */
export const AcceptanceView = strict({
  id: text(64),
  machine: MachineName,
  rule: text(64),
  item: text(512),
  severity: SeveritySchema,
  by: text(128),
  reason: text(2_000),
  at: At(),
  until: At(),
  isInForce: Type.Boolean(),
})
export type AcceptanceView = Static<typeof AcceptanceView>

/** A revision that was sent; files lie below `/api/v1/clients/:client/visits/:date/reports/r<revision>.<pdf|html|evidence.json>`. */
export const SentReportView = strict({
  date: VisitDate(),
  revision: Type.Integer(),
  sentAt: At(),
  language: oneOf(['en', 'fr'] as const),
  /** Name of its files before the extension. */
  name: text(128),
})
export type SentReportView = Static<typeof SentReportView>

/** What a person may do with a visit next; an empty list: nothing. */
export const STEPS = ['prepare', 'open', 'close', 'send', 'correct'] as const

/** `GET /api/v1/clients/:client/visits/:date`: the page of one visit, whatever its state. From its snapshot once it was opened. */
export const VisitView = strict({
  now: At(),
  timeZone: text(64),
  client: ClientRef,
  language: oneOf(['en', 'fr'] as const),
  visit: VisitLine,
  closedAt: orNull(At()),
  minutes: Type.String(),
  corrections: Type.Array(strict({ at: At(), by: text(128), reason: text(2_000) })),
  /** To be sent with every change; a change that names an older one is refused with `conflict`. */
  version: Type.Integer(),
  steps: Type.Array(oneOf(STEPS)),
  /** The last sent visit before this one. */
  previous: orNull(strict({ date: VisitDate(), openedAt: At() })),
  /** SHA-256 of the frozen snapshot in hex, and how many agents signed it, of all in scope. */
  snapshot: orNull(strict({ at: At(), hash: text(64), attested: Type.Integer(), machines: Type.Integer() })),
  /** Reading time of each part in minutes, from what stands in it. */
  reading: strict({
    urgent: Type.Integer(),
    since: Type.Integer(),
    decisions: Type.Integer(),
    promised: Type.Integer(),
    walk: Type.Integer(),
  }),
  urgent: Type.Array(Card),
  since: SinceView,
  /** Recommendations of earlier visits without an answer, or put off until now. */
  decisions: Type.Array(RecommendationView),
  /** Promised at earlier visits and open when this one began, with what the evidence shows. */
  promised: Type.Array(ActionView),
  walk: Type.Array(WalkItem),
  walkMinutes: Type.Integer(),
  /** Made at this visit. */
  actions: Type.Array(ActionView),
  recommendations: Type.Array(RecommendationView),
  restoreTests: Type.Array(RestoreTestView),
  accepted: Type.Array(AcceptanceView),
  reports: Type.Array(SentReportView),
})
export type VisitView = Static<typeof VisitView>

/** `GET /api/v1/clients/:client/portal`: what a manager sees of their own company. No rule ids, no severities. */
export const PortalView = strict({
  now: At(),
  timeZone: text(64),
  client: ClientRef,
  /** Whether the reader may answer decisions. */
  mayDecide: Type.Boolean(),
  nextVisit: orNull(strict({ date: VisitDate(), plannedAt: At(), author: text(128) })),
  lastVisitAt: orNull(At()),
  dials: Type.Array(
    strict({
      dial: oneOf(['backup', 'disk', 'patch', 'antivirus', 'posture'] as const),
      standing: StandingSchema,
      /** At the last sent visit. */
      before: orNull(StandingSchema),
      tally: Tally,
    }),
  ),
  decisions: Type.Array(
    strict({
      id: text(64),
      what: text(500),
      why: text(2_000),
      otherwise: text(2_000),
      urgency: oneOf(URGENCIES),
      costLow: orNull(Type.Integer()),
      costHigh: orNull(Type.Integer()),
      dueAt: orNull(At()),
      decision: orNull(DecisionView),
      /** An answer can be changed until the date that it is due. */
      isOpen: Type.Boolean(),
    }),
  ),
  /** One line per kind of fault over all machines, worst first, in the reader's language. */
  handled: Type.Array(
    strict({
      standing: StandingSchema,
      text: text(2_000),
      machines: Type.Array(text(128)),
      since: orNull(At()),
      /** On the walk list or among the actions of the next visit. */
      isPlanned: Type.Boolean(),
      acceptedUntil: orNull(At()),
      acceptedBy: orNull(text(128)),
    }),
  ),
  reports: Type.Array(SentReportView),
  machines: Type.Array(
    strict({ name: text(128), role: oneOf(ROLES), standing: StandingSchema, lastReportAt: orNull(At()) }),
  ),
  /** Who can see this page. */
  readers: Type.Array(strict({ name: text(128), mayDecide: Type.Boolean(), isOperator: Type.Boolean() })),
})
export type PortalView = Static<typeof PortalView>
