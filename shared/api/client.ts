/** One client, one finding and what stands around Today, as the HTTP API answers. Schemas; the dashboard imports their types only. Pure. */
import { type Static, Type } from 'typebox'
import { oneOf, orNull, REASON_CODES, strict, text } from '../reading.ts'
import { VISIT_STATES } from '../visits.ts'
import { At, Card, MachineRef, SeveritySchema, StandingSchema, Tally, ValuesSchema } from './card.ts'
import { TransitionView } from './views.ts'
import { ChangeView, VisitDate } from './visits.ts'

const ClientRef = strict({ id: text(64), slug: text(64), name: text(128) })
const Mark = () => orNull(StandingSchema)
const Days = () => Type.Number({ minimum: 0 })

/** A dial with the counts that add up to the machines it is about. `before`: at the last sent visit; null: there was none. */
export const DialView = strict({
  dial: oneOf(['backup', 'disk', 'patch', 'antivirus', 'posture'] as const),
  standing: StandingSchema,
  before: Mark(),
  tally: Tally,
})
export type DialView = Static<typeof DialView>

/** Work that would be lost today, in the working hours of the client's calendar; `dayMs`: the length of a working day. */
export const WorkLostView = Type.Union([
  strict({ kind: Type.Literal('work'), ms: Type.Number(), dayMs: Type.Number() }),
  strict({ kind: oneOf(['nothing', 'everything', 'not-proven'] as const) }),
])
export type WorkLostView = Static<typeof WorkLostView>

/** One row of the backup truth table. null: no source told it, never zero. `mark` null: the check does not concern the machine. */
export const BackupRowView = strict({
  machine: MachineRef,
  mark: Mark(),
  known: strict({
    kind: oneOf(['jobs', 'none', 'no-data', 'no-known-tool', 'no-job', 'unread'] as const),
    code: orNull(oneOf(REASON_CODES)),
  }),
  tools: Type.Array(text(128)),
  lastGoodAt: orNull(At()),
  lost: WorkLostView,
  copies: orNull(Type.Integer()),
  media: Type.Array(oneOf(['local', 'usb', 'nas', 'smb', 'nfs', 'sftp', 's3', 'cloud', 'server', 'unknown'] as const)),
  offsite: orNull(Type.Boolean()),
  encrypted: orNull(Type.Boolean()),
  /** The newest restore that was tried; null: none on record. */
  restoreTest: orNull(strict({ at: At(), durationMs: Type.Number(), isUsable: Type.Boolean() })),
})
export type BackupRowView = Static<typeof BackupRowView>

/** One row of the machines table, in closed words and numbers. */
export const MachineRowView = strict({
  machine: MachineRef,
  standing: StandingSchema,
  os: orNull(text(128)),
  place: text(256),
  person: text(256),
  connected: Type.Boolean(),
  isAway: Type.Boolean(),
  lastReportAt: orNull(At()),
  disk: oneOf(['replace-now', 'replace-soon', 'watch', 'healthy', 'not-proven'] as const),
  fullIn: Type.Union([
    strict({ kind: Type.Literal('days'), days: Days(), volume: text(512) }),
    strict({ kind: oneOf(['not-filling', 'not-proven'] as const) }),
  ]),
  patch: Type.Union([
    strict({ kind: Type.Literal('oldest'), since: At(), count: Type.Integer() }),
    strict({ kind: oneOf(['none', 'not-proven'] as const) }),
  ]),
  protection: oneOf(['active', 'weak', 'none-seen', 'not-proven'] as const),
  /** End of support of the system; `never`: none announced; null: not known. */
  supportUntil: orNull(Type.Union([At(), Type.Literal('never')])),
  open: Type.Integer(),
})
export type MachineRowView = Static<typeof MachineRowView>

/** One rule over one or many machines, in one standing. `cards`: at most 200, worst first; `count`: all of them. */
export const GroupView = strict({
  standing: StandingSchema,
  rule: text(64),
  count: Type.Integer(),
  machines: Type.Integer(),
  /** The oldest one's opening; null: nothing says since when. */
  since: orNull(At()),
  cards: Type.Array(Card),
})
export type GroupView = Static<typeof GroupView>

/** What changed. `visit`: since the last sent visit; `days`: none was sent, so over the last 30 days. */
export const ChangesView = strict({
  basis: oneOf(['visit', 'days'] as const),
  from: At(),
  opened: Type.Array(ChangeView),
  worse: Type.Array(ChangeView),
  solved: Type.Array(ChangeView),
})
export type ChangesView = Static<typeof ChangesView>

const VisitRef = strict({ date: VisitDate(), plannedAt: At(), openedAt: orNull(At()), state: oneOf(VISIT_STATES) })

/** `GET /api/v1/clients/:client`. */
export const ClientView = strict({
  now: At(),
  timeZone: text(64),
  client: ClientRef,
  /** Whether the reader keeps this client: plans visits, makes codes. */
  isKeeper: Type.Boolean(),
  sites: Type.Integer(),
  machines: Type.Integer(),
  reporting: Type.Integer(),
  /** Not connected, and away as usual: they keep their last proven state. */
  away: Type.Integer(),
  /** Machines by how they stand as a whole; they add up to `machines`. */
  standings: strict({
    urgent: Type.Integer(),
    attention: Type.Integer(),
    'not-proven': Type.Integer(),
    accepted: Type.Integer(),
    note: Type.Integer(),
    good: Type.Integer(),
  }),
  nextVisit: orNull(VisitRef),
  lastVisit: orNull(VisitRef),
  dials: Type.Array(DialView),
  /** What cannot wait, worst first; at most 20, and how many more. */
  urgent: Type.Array(Card),
  urgentMore: Type.Integer(),
  changes: ChangesView,
  backup: Type.Array(BackupRowView),
  table: Type.Array(MachineRowView),
  /** Everything but what is urgent: attention, not proven, accepted, notes. */
  others: Type.Array(GroupView),
})
export type ClientView = Static<typeof ClientView>

/** `GET /api/v1/clients/:client/findings`: open, accepted and solved ones of a client. */
export const ClientFindingsView = strict({
  now: At(),
  timeZone: text(64),
  client: ClientRef,
  open: Type.Array(GroupView),
  accepted: Type.Array(Card),
  /** Solved within 90 days, the newest first. */
  solved: Type.Array(
    strict({
      number: Type.Integer(),
      machine: strict({ slug: orNull(text(64)), name: text(128) }),
      rule: text(64),
      item: text(512),
      values: ValuesSchema,
      severity: SeveritySchema,
      openedAt: At(),
      resolvedAt: At(),
    }),
  ),
})
export type ClientFindingsView = Static<typeof ClientFindingsView>

const LimitValue = orNull(Type.Union([Type.Number(), Type.Boolean()]))

/** Facts → limits → outcome → alert, as the server's explain says it. */
export const ExplanationView = strict({
  facts: Type.Array(
    strict({
      part: text(64),
      state: oneOf(['value', 'failed', 'never'] as const),
      source: orNull(text(64)),
      code: orNull(oneOf(REASON_CODES)),
      detail: text(500),
      collectedAt: orNull(At()),
    }),
  ),
  limits: Type.Array(
    strict({
      key: text(64),
      value: LimitValue,
      unit: text(32),
      from: oneOf(['default', 'client', 'site', 'machine'] as const),
      setBy: orNull(text(128)),
      setAt: orNull(At()),
      reason: text(500),
    }),
  ),
  outcome: strict({
    state: oneOf(['pass', 'fail', 'unknown', 'not-applicable'] as const),
    severity: orNull(SeveritySchema),
    values: orNull(ValuesSchema),
    code: orNull(oneOf(REASON_CODES)),
    detail: text(500),
    source: orNull(text(64)),
  }),
  alert: strict({
    why: oneOf([
      'passes',
      'not-applicable',
      'could-not-tell',
      'holding',
      'blind',
      'clearing',
      'told',
      'accepted',
      'held-back',
    ] as const),
    at: orNull(At()),
    by: orNull(text(64)),
  }),
  holdMs: orNull(Type.Number()),
  clearMs: orNull(Type.Number()),
})
export type ExplanationView = Static<typeof ExplanationView>

/** `GET /api/v1/clients/:client/findings/:number`. */
export const FindingView = strict({
  now: At(),
  timeZone: text(64),
  card: Card,
  /** null: open. */
  resolvedAt: orNull(At()),
  /** null: solved, or the machine is no longer there: nothing is left to explain. */
  explanation: orNull(ExplanationView),
  /** Messages that told of it, newest first; null: not for this reader. */
  told: orNull(
    Type.Array(
      strict({
        channel: text(128),
        recipient: text(256),
        kind: oneOf(['alert', 'reminder', 'recovery', 'visit'] as const),
        state: oneOf(['waiting', 'leased', 'sent', 'dead', 'superseded', 'withheld'] as const),
        createdAt: At(),
        endedAt: orNull(At()),
        failure: orNull(text(64)),
      }),
    ),
  ),
  transitions: Type.Array(TransitionView),
})
export type FindingView = Static<typeof FindingView>

/** `GET /api/v1/around`: what stands beside Today. Asked apart, for it reads the clients' files. */
export const AroundView = strict({
  now: At(),
  /** Not sent yet, the next one first; at most 5. Null: only those who look after clients see visits in the making. */
  visits: orNull(Type.Array(strict({ client: ClientRef, ...VisitRef.properties }))),
  /** `sent`: alerts that left in the last 7 days; `held`: findings in that time that interrupted nobody. */
  interruptions: strict({ from: At(), sent: Type.Integer(), held: Type.Integer() }),
  clients: Type.Array(
    strict({
      id: text(64),
      nextVisit: orNull(VisitRef),
      basis: oneOf(['visit', 'days'] as const),
      from: At(),
      /** Found since and still open; solved since. */
      opened: Type.Integer(),
      solved: Type.Integer(),
      /** Open findings since then, oldest first; the last one is now. */
      trend: Type.Array(Type.Integer()),
    }),
  ),
})
export type AroundView = Static<typeof AroundView>

/** `POST /api/v1/clients`. */
export const ClientBody = strict({
  name: text(128),
  site: text(128),
  language: oneOf(['en', 'fr'] as const),
  timeZone: text(64),
})
export type ClientBody = Static<typeof ClientBody>
