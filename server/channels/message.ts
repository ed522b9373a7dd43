/** What is to be said to one end, before it is put into words. Types and the answer of a delivery. */
import type { FailureCode } from '../../shared/api/channels.ts'
import type { Result } from '../../shared/result.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { VisitKind } from '../../shared/visits.ts'
import type { Finding } from '../findings/finding.ts'
import type { Audience } from './channel.ts'

/** One finding of a message. Names and values come from PCs: hostile in every sink. */
export type MessageProblem = {
  readonly finding: Finding
  readonly machine: { readonly id: string; readonly name: string }
  /** Address of the finding's page; null: no public address is set. */
  readonly url: string | null
}

/** The visit that a message is about. Names are typed by people: hostile in every sink. */
export type MessageVisit = {
  readonly kind: VisitKind
  readonly plannedAt: EpochMs
  readonly author: string
  /** Address of the visit's page; null: no public address is set. */
  readonly url: string | null
}

/** A message to one end of a channel. `client` null: a test, which is about nobody. */
export type Message = {
  readonly key: string
  /** Key of the first message of its thread; its own when it begins one. */
  readonly rootKey: string
  readonly kind: 'alert' | 'reminder' | 'recovery' | 'visit' | 'test'
  readonly createdAt: EpochMs
  readonly channelName: string
  readonly language: 'en' | 'fr'
  readonly audience: Audience
  readonly timeZone: string
  readonly client: { readonly id: string; readonly slug: string; readonly name: string } | null
  readonly site: string
  readonly problems: readonly MessageProblem[]
  /** Exactly when `kind` is `visit`. */
  readonly visit: MessageVisit | null
}

/** Why a message was not taken. `isUncertain`: the other side may have it. */
export type DeliveryFailure = { readonly code: FailureCode; readonly isUncertain: boolean }

/** How an attempt ended. */
export type Delivery = Result<null, DeliveryFailure>
