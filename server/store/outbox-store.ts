/** The outbox's side of the client's port: notices as written, notifications as sent. Types only. */
import type { Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Finding } from '../findings/finding.ts'
import type { NoticeDraft } from '../outbox/notice.ts'

/** A notice that waits. `isOver`: its finding is resolved by now. */
export type Notice = NoticeDraft & {
  readonly id: number
  readonly machineId: string
  readonly siteId: string
  readonly writtenAt: EpochMs
  readonly isOver: boolean
}

/** What became of a notice: somebody is told; it was over before; no channel wants it; it was told already. */
export type NoticeFate = 'told' | 'over' | 'unwanted' | 'known'

/** What a notification says. `visit`: one comes; it has no findings, and its `sendKey` says which. */
export type NotificationKind = 'alert' | 'reminder' | 'recovery' | 'visit'

/**
 * `waiting`: to be sent at `nextAt`; `leased`: being sent; `sent`: the other side took it; `dead`: given up after a day;
 * `superseded`: over before it was sent; `withheld`: this server sends nothing.
 */
export type NotificationState = 'waiting' | 'leased' | 'sent' | 'dead' | 'superseded' | 'withheld'

/** One finding in a notification, as it was when it was put there. */
export type NotificationItem = NoticeDraft

/** A notification to be made. `sendKey` follows from what it is about; one that exists already is not made again. */
export type NotificationDraft = {
  readonly sendKey: string
  /** `sendKey` of the first message of its thread; its own when it begins one. */
  readonly rootKey: string
  readonly channelId: string
  /** `person:<id>`, `address:<mail address>`; empty: the channel has one end. */
  readonly recipient: string
  readonly kind: NotificationKind
  readonly siteId: string
  readonly state: 'waiting' | 'withheld'
  readonly items: readonly NotificationItem[]
}

/** A stored notification. `failure`: code of the newest failed attempt. */
export type NotificationRow = Omit<NotificationDraft, 'state' | 'items'> & {
  readonly id: number
  readonly state: NotificationState
  readonly createdAt: EpochMs
  readonly nextAt: EpochMs
  readonly attempts: number
  readonly isUncertain: boolean
  readonly endedAt: EpochMs | null
  readonly failure: string | null
}

/** That one finding was, or is being, told to one end; or was to be, and was given up. */
export type Told = Pick<
  NotificationRow,
  'sendKey' | 'rootKey' | 'channelId' | 'recipient' | 'kind' | 'state' | 'endedAt'
> & {
  readonly findingId: string
  readonly machineId: string
  readonly siteId: string
  /** Severity that was told. */
  readonly severity: Severity
  /** As the finding is now. */
  readonly now: { readonly severity: Severity; readonly isOver: boolean; readonly isBlind: boolean }
}

/** Everything that routing needs of one client. */
export type OutboxState = {
  readonly notices: readonly Notice[]
  /** About findings that are open or have a notice. */
  readonly told: readonly Told[]
  /** `sendKey` of every notification about a visit, however it ended. */
  readonly visitKeys: readonly string[]
  /** When the next notification is to be tried; null: none waits. */
  readonly nextAt: EpochMs | null
  /** Notifications that wait or are being sent, and when the oldest was made. */
  readonly unsent: number
  readonly oldestAt: EpochMs | null
}

/** What routing decided. */
export type Routing = {
  readonly fates: readonly { readonly noticeId: number; readonly fate: NoticeFate }[]
  readonly notifications: readonly NotificationDraft[]
}

/** A notification that is ours to send for the time of the lease, with its findings as they are now. */
export type ClaimedNotification = NotificationRow & {
  readonly items: readonly (NotificationItem & { readonly finding: Finding })[]
}

/** How an attempt ended. `again`: tried once more at `nextAt`. `isUncertain`: the other side may have it. */
export type Settlement =
  | { readonly state: 'sent' | 'withheld' | 'superseded' }
  | { readonly state: 'dead'; readonly failure: string; readonly isUncertain: boolean }
  | { readonly state: 'again'; readonly nextAt: EpochMs; readonly failure: string; readonly isUncertain: boolean }

/** A line of the delivery log. */
export type DeliveryRow = NotificationRow & {
  readonly findings: readonly { readonly id: string; readonly number: number }[]
}

/** The client's methods about the outbox. Notices are written by `saveAssessment`. */
export interface OutboxStore {
  outbox(): Promise<OutboxState>
  /** Writes what routing decided; a notice that has its fate already keeps it. */
  saveRouting(routing: Routing, now: EpochMs): Promise<void>
  /**
   * Takes due notifications for `leaseMs`. On the way out go those that became pointless: an alert whose findings are all over,
   * a recovery of what was never sent. One that may have been sent already is sent again whole.
   */
  claimNotifications(now: EpochMs, leaseMs: number, limit: number): Promise<readonly ClaimedNotification[]>
  settleNotification(id: number, settlement: Settlement, now: EpochMs): Promise<void>
  /** At start: whatever a process that is gone was sending is free again, and may have been sent. */
  releaseNotifications(now: EpochMs): Promise<void>
  /** Newest first. */
  deliveries(filter: {
    readonly channelId?: string
    /** Those over one of these channels; of an empty list none is. */
    readonly channelIds?: readonly string[]
    /** Those that told of this finding. */
    readonly findingId?: string
    readonly since?: EpochMs
    readonly limit: number
  }): Promise<readonly DeliveryRow[]>
  /** Deletes what ended before `before`. @returns rows deleted, at most `budget`. */
  retainOutbox(before: EpochMs, budget: number): Promise<number>
}
