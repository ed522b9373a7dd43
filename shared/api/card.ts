/** Pieces that several answers of the HTTP API share. Schemas; the dashboard imports their types only. Pure. */
import { type Static, Type } from 'typebox'
import { CHECK_NAMES, ROLES } from '../checks/names.ts'
import { oneOf, orNull, REASON_CODES, strict, text } from '../reading.ts'
import { SEVERITIES } from '../severity.ts'

/** Epoch ms, UTC. */
export const At = () => Type.Integer()
/** The five dials and system, as people group facts; `agent`: about the agent itself. */
export const SubjectSchema = oneOf([...CHECK_NAMES, 'agent'] as const)
/** A check by name. */
export const CheckSchema = oneOf(CHECK_NAMES)
/** The role of a machine. */
export const RoleSchema = oneOf(ROLES)
/** Severity as the API and the metrics say it; people read the standing. */
export const SeveritySchema = oneOf(SEVERITIES)
/** The one scale of words for people. */
export const StandingSchema = oneOf(['urgent', 'attention', 'note', 'not-proven', 'accepted', 'good'] as const)

/** Raw values of a rule's failing outcome; the reader's language gives the sentence (shared/text). Strings are hostile. */
export const ValuesSchema = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()]))

/** Names and addresses (URL path) of a machine and its client. */
export const MachineRef = strict({
  id: text(64),
  slug: text(64),
  name: text(128),
  role: RoleSchema,
  client: strict({ id: text(64), slug: text(64), name: text(128) }),
  site: text(128),
})
export type MachineRef = Static<typeof MachineRef>

/** One line that a person reads: a finding, or an outcome that could not be told. */
export const Card = strict({
  /** Finding id; null for a card made from an unknown outcome without a finding. */
  findingId: orNull(text(64)),
  number: orNull(Type.Integer()),
  machine: MachineRef,
  rule: text(64),
  subject: SubjectSchema,
  item: text(512),
  standing: StandingSchema,
  severity: orNull(SeveritySchema),
  /** Values for the rule's texts; null for an unknown. */
  values: orNull(ValuesSchema),
  /** Why it could not be told; null unless the standing is `not-proven`. */
  blind: orNull(strict({ code: oneOf(REASON_CODES), detail: text(500), source: orNull(text(64)) })),
  openedAt: orNull(At()),
  changedAt: orNull(At()),
  /** An open finding whose rule cannot tell at the moment: since when, and why. It keeps its standing; null: it can. */
  frozen: orNull(strict({ since: At(), code: oneOf(REASON_CODES) })),
  /** Who accepted the risk of an open finding, why, and until when; the standing is then `accepted`. null: nobody. */
  acceptance: orNull(strict({ id: text(64), by: text(128), reason: text(2_000), at: At(), until: At() })),
  alert: orNull(oneOf(['pending', 'firing', 'resolved'] as const)),
  /** Source and collection time of what was looked at; null: not known. */
  source: orNull(text(64)),
  collectedAt: orNull(At()),
})
export type Card = Static<typeof Card>

/** Counts that add up over the items or machines in scope. */
export const Tally = strict({
  good: Type.Integer(),
  bad: Type.Integer(),
  accepted: Type.Integer(),
  unknown: Type.Integer(),
})
export type Tally = Static<typeof Tally>
