/** The texts of messages: mail and the short sentences of a webhook. Types only; a missing key or language does not compile. */
import type { FailureCode } from '../api/channels.ts'
import type { Formatter } from './format.ts'

/** What a message is about, in words that are safe to put into a sentence. Names come from PCs and people: hostile in every sink. */
export type MessageNames = {
  readonly client: string
  readonly site: string
  /** Machines of the message, without repetition. */
  readonly machines: readonly string[]
  /** Heading of the first finding: the rule's short name. */
  readonly about: string
  readonly count: number
}

/** A planned visit, in words. Names come from people: hostile in every sink. */
export type VisitNames = {
  readonly client: string
  /** `periodic visit`. */
  readonly kind: string
  /** `1 Dec, 09:00`, in the client's zone. */
  readonly when: string
  /** How far away it is: `7 days`. */
  readonly span: string
  readonly author: string
}

/** Words and sentences of one language. The subject starts with a word that says how things stand. */
export type ChannelText = {
  readonly state: {
    readonly critical: string
    readonly warning: string
    readonly info: string
    readonly solved: string
    readonly stillOpen: string
    readonly test: string
    readonly visit: string
  }
  /** After the state and a colon. */
  readonly subject: (names: MessageNames, f: Formatter) => string
  readonly lead: {
    readonly alert: (names: MessageNames, f: Formatter) => string
    readonly reminder: (names: MessageNames, f: Formatter) => string
    readonly recovery: (names: MessageNames, f: Formatter) => string
  }
  /** A visit that comes. */
  readonly visit: {
    readonly subject: (names: VisitNames) => string
    readonly lead: (names: VisitNames) => string
    readonly heading: (names: VisitNames) => string
    readonly prepare: string
    readonly footer: string
  }
  readonly since: (moment: string) => string
  readonly solvedAt: (moment: string, span: string) => string
  readonly looked: string
  readonly todo: string
  readonly means: string
  /** Label before what a recovery is the end of. */
  readonly told: string
  readonly open: string
  readonly more: (n: number, f: Formatter) => string
  readonly number: (n: number, f: Formatter) => string
  /** Why the reader gets this, and how it ends. */
  readonly footer: (channel: string) => string
  readonly testSubject: (channel: string) => string
  readonly testBody: (channel: string) => string
  /** Why a message was not taken, and what to do. */
  readonly failures: { readonly [C in FailureCode]: string }
}
