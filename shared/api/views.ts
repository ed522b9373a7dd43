/** Answers of the HTTP API, one per page of the dashboard. Schemas; the dashboard imports their types only. Pure. */
import { type Static, Type } from 'typebox'
import { oneOf, orNull, strict, text } from '../reading.ts'
import {
  At,
  Card,
  CheckSchema,
  MachineRef,
  RoleSchema,
  SeveritySchema,
  StandingSchema,
  SubjectSchema,
  Tally,
  ValuesSchema,
} from './card.ts'

/** `GET /api/v1/session`: who is signed in, and where. */
export const SessionView = strict({
  person: strict({
    id: text(64),
    name: text(128),
    email: text(256),
    role: text(32),
    language: oneOf(['en', 'fr'] as const),
  }),
  server: strict({
    version: text(32),
    startedAt: At(),
    publicUrl: orNull(text(512)),
    listen: text(128),
    dataFolder: text(512),
  }),
  /** Server clock, to age things by. */
  now: At(),
})
export type SessionView = Static<typeof SessionView>

/** `GET /api/v1/today`. */
export const TodayView = strict({
  now: At(),
  timeZone: text(64),
  /** `first-run`: one machine only, nothing else enrolled yet (ui.md 11). `gathering`: too little coverage after a start. */
  mode: oneOf(['first-run', 'gathering', 'normal'] as const),
  clients: Type.Integer(),
  machines: Type.Integer(),
  reporting: Type.Integer(),
  /** Machines that have sent at least one report since they were enrolled, and first report of the oldest one. */
  heard: Type.Integer(),
  firstReportAt: orNull(At()),
  lastReportAt: orNull(At()),
  /** Urgent, worst first; at most 5, and how many more. */
  urgent: Type.Array(Card),
  urgentMore: Type.Integer(),
  /** Attention and not proven, worst first; at most 10. */
  week: Type.Array(Card),
  weekMore: Type.Integer(),
  /** Notes: info findings. */
  notes: Type.Array(Card),
  notesMore: Type.Integer(),
  /** Outcomes that pass, over all machines. */
  good: Type.Integer(),
  /** Machines about which something could not be told, whatever else is known of them; a part that no rule judges counts too. */
  notProven: Type.Integer(),
  /** One row per client: the five dials' standings and counts. */
  rows: Type.Array(
    strict({
      id: text(64),
      slug: text(64),
      name: text(128),
      dials: strict({
        backup: StandingSchema,
        disk: StandingSchema,
        patch: StandingSchema,
        antivirus: StandingSchema,
        posture: StandingSchema,
      }),
      machines: Type.Integer(),
      reporting: Type.Integer(),
      open: Type.Integer(),
      worst: orNull(Card),
      /** Its machine when it has exactly one: a page about that machine must be able to name it when it has no card. */
      only: orNull(MachineRef),
    }),
  ),
})
export type TodayView = Static<typeof TodayView>

/** One fact row: name and value come from the catalogue by `key` and `values`. */
export const FactRow = strict({
  /** Key of the fact's text (`disk.drive`, `patch.updates`, …). */
  key: text(64),
  item: text(512),
  state: oneOf(['value', 'failed', 'never', 'stale'] as const),
  values: ValuesSchema,
  code: orNull(text(32)),
  detail: text(500),
  source: orNull(text(64)),
  collectedAt: orNull(At()),
  /** Standing of the worst outcome about this item, `good` if one passes, null if no rule judges it. */
  standing: orNull(StandingSchema),
})
export type FactRow = Static<typeof FactRow>

/** One check of one machine: standing, counts, facts and what needs doing. */
export const CheckView = strict({
  check: SubjectSchema,
  standing: StandingSchema,
  tally: Tally,
  collectedAt: orNull(At()),
  facts: Type.Array(FactRow),
  cards: Type.Array(Card),
  good: Type.Array(strict({ rule: text(64), item: text(512) })),
})
export type CheckView = Static<typeof CheckView>

/** A change of a finding; newest first in lists. */
export const TransitionView = strict({
  at: At(),
  kind: oneOf(['opened', 'worsened', 'improved', 'resolved', 'fired', 'blinded', 'unblinded'] as const),
  rule: text(64),
  item: text(512),
  from: orNull(SeveritySchema),
  to: orNull(SeveritySchema),
  values: orNull(ValuesSchema),
})
export type TransitionView = Static<typeof TransitionView>

/** `GET /api/v1/clients/:client/machines/:machine`. */
export const MachineView = strict({
  now: At(),
  timeZone: text(64),
  machine: MachineRef,
  standing: StandingSchema,
  /** What the sentence of the page is about: the worst card, null when nothing is wrong or unknown. */
  worst: orNull(Card),
  os: orNull(text(128)),
  model: orNull(text(256)),
  enrolledAt: At(),
  connected: Type.Boolean(),
  lastReportAt: orNull(At()),
  reportEveryMs: Type.Integer(),
  checks: Type.Array(CheckView),
  transitions: Type.Array(TransitionView),
  /** What this agent sent: the newest record as it came, sizes and key fingerprint. */
  sent: strict({
    lastBytes: orNull(Type.Integer()),
    todayBytes: Type.Integer(),
    record: orNull(Type.String()),
    build: orNull(text(64)),
    fingerprint: text(64),
    sections: Type.Array(strict({ check: CheckSchema, at: At(), body: Type.String() })),
  }),
})
export type MachineView = Static<typeof MachineView>

/** `GET /api/v1/clients/:client/machines/:machine/history?check=&key=&from=`: one sample over time; gaps are gaps. */
export const HistoryView = strict({
  now: At(),
  check: CheckSchema,
  key: text(512),
  from: At(),
  points: Type.Array(strict({ at: At(), value: orNull(Type.Number()) })),
  /** Stretches without data longer than three times the rhythm. */
  gaps: Type.Array(strict({ from: At(), to: At() })),
})
export type HistoryView = Static<typeof HistoryView>

/** `GET /api/v1/clients/:client/machines/:machine/checks/:check`: everything behind one check. */
export const RawCheckView = strict({
  now: At(),
  machine: MachineRef,
  check: CheckSchema,
  body: orNull(Type.String()),
  samples: Type.Array(strict({ key: text(512), value: orNull(Type.Number()), at: At() })),
  versions: Type.Array(strict({ at: At(), body: Type.String() })),
  outcomes: Type.Array(
    strict({
      rule: text(64),
      item: text(512),
      state: oneOf(['pass', 'fail', 'unknown', 'not-applicable'] as const),
      severity: orNull(SeveritySchema),
    }),
  ),
  /** Limits in force for this check and where each was set. */
  limits: Type.Array(
    strict({
      key: text(64),
      value: Type.Union([Type.Number(), Type.String(), Type.Boolean()]),
      unit: text(32),
      from: oneOf(['default', 'client', 'site', 'machine'] as const),
      reason: text(500),
    }),
  ),
})
export type RawCheckView = Static<typeof RawCheckView>

/** `GET /api/v1/machines` and `GET /api/v1/findings`. */
export const MachinesView = strict({
  now: At(),
  machines: Type.Array(
    strict({
      machine: MachineRef,
      standing: StandingSchema,
      os: orNull(text(128)),
      connected: Type.Boolean(),
      lastReportAt: orNull(At()),
      open: Type.Integer(),
      worst: orNull(Card),
    }),
  ),
})
export type MachinesView = Static<typeof MachinesView>
/** `GET /api/v1/findings`: everything open, urgent first. */
export const FindingsView = strict({ now: At(), total: Type.Integer(), cards: Type.Array(Card) })
export type FindingsView = Static<typeof FindingsView>

/** `GET /api/v1/clients`. */
export const ClientsView = strict({
  clients: Type.Array(
    strict({
      id: text(64),
      slug: text(64),
      name: text(128),
      timeZone: text(64),
      sites: Type.Array(strict({ id: text(64), name: text(128) })),
      machines: Type.Integer(),
    }),
  ),
})
export type ClientsView = Static<typeof ClientsView>

/** `POST /api/v1/clients/:client/codes`: the code is shown once and never again. */
export const CodeRequest = strict({
  siteId: orNull(text(64)),
  role: orNull(RoleSchema),
  machineName: orNull(text(128)),
})
/** A new enrollment code; never readable again. */
export const CodeView = strict({ code: text(1024), expiresAt: At(), uses: Type.Integer(), client: text(128) })
export type CodeView = Static<typeof CodeView>

/** Messages of the live socket `/api/v1/live`, server to page. `changed`: ask again for what you show; numbers come with the answer. */
export const LiveMessage = Type.Union([
  strict({ t: Type.Literal('hello'), now: At(), version: text(32) }),
  strict({ t: Type.Literal('changed'), now: At(), machines: Type.Array(text(64)) }),
  strict({ t: Type.Literal('tick'), now: At() }),
])
export type LiveMessage = Static<typeof LiveMessage>

/** Every error of the API. `code` can be searched for; `message` says what happened and what to do. */
export const ErrorView = strict({ error: strict({ code: text(64), message: text(500) }) })
export type ErrorView = Static<typeof ErrorView>
