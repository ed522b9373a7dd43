/**
 * What the outbox does next for one client: waiting notices become notifications, grouped by site and by end; what stays open is
 * said again. Pure: equal state and time give equal notifications with equal keys, so that doing it twice makes them once.
 */
import { SEVERITIES, type Severity } from '../../shared/severity.ts'
import type { EpochMs } from '../../shared/units.ts'
import type { Notice, NoticeFate, NotificationDraft, OutboxState, Routing, Told } from '../store/store.ts'
import type { End } from './end.ts'
import { planReminders } from './plan-reminders.ts'
import { sendKey } from './send-key.ts'

/** What decides besides the state. Times by machine, because policy is. */
export type PlanOptions = {
  readonly clientId: string
  readonly now: EpochMs
  readonly ends: readonly End[]
  readonly groupWaitMs: (machineId: string) => number
  /** A person accepted the risk: nobody is told that it got worse or is still there. */
  readonly isAccepted: (machineId: string, findingId: string) => boolean
  /** 0: never said again. */
  readonly repeatMs: (machineId: string) => number
  /** False: everything is made, nothing is sent. */
  readonly isSending: boolean
}

/**
 * `dueAt`: when this client must be looked at again by time alone. `held`: ids of the notices that keep until an acceptance ends; they
 * get no fate and wait for no channel.
 */
export type OutboxPlan = Routing & { readonly dueAt: EpochMs; readonly held: ReadonlySet<number> }

/** Plans the routing of one client. */
export function planOutbox(state: OutboxState, options: PlanOptions): OutboxPlan {
  const held = heldNotices(state, options)
  const free = state.notices.filter(({ id }) => !held.has(id))
  const bySite = Map.groupBy(free, ({ siteId }) => siteId)
  const fates: { noticeId: number; fate: NoticeFate }[] = []
  const notifications: NotificationDraft[] = []
  let dueAt = state.nextAt ?? Number.POSITIVE_INFINITY
  for (const [siteId, notices] of bySite) {
    const goesAt = Math.min(...notices.map(({ machineId, writtenAt }) => writtenAt + options.groupWaitMs(machineId)))
    if (goesAt > options.now) {
      dueAt = Math.min(dueAt, goesAt)
      continue
    }
    const site = routeSite(siteId, notices, state.told, options)
    fates.push(...site.fates)
    notifications.push(...site.notifications)
  }
  const reminders = planReminders(state, options)
  notifications.push(...reminders.notifications)
  if (notifications.some(({ state: made }) => made === 'waiting')) dueAt = options.now
  return { fates, notifications, held, dueAt: Math.min(dueAt, reminders.dueAt) }
}

/**
 * Notices of findings whose risk was accepted before anybody was told: the alert fired and will not fire again, so this is what tells of
 * it when the acceptance ends. What was told is said again by a reminder.
 */
function heldNotices({ notices, told }: OutboxState, options: PlanOptions): ReadonlySet<number> {
  const known = new Set(told.filter((one) => isTold(one, options)).map(({ findingId }) => findingId))
  const held = changesOf(notices).filter(
    ({ findingId, isOver, newest }) =>
      !isOver && !known.has(findingId) && options.isAccepted(newest.machineId, findingId),
  )
  return new Set(held.flatMap(({ all }) => all.map(({ id }) => id)))
}

/** What a group of notices says of one finding: the newest thing that still holds. */
type Change = {
  readonly findingId: string
  readonly newest: Notice
  readonly isOver: boolean
  readonly all: readonly Notice[]
}

function changesOf(notices: readonly Notice[]): readonly Change[] {
  return [...Map.groupBy(notices, ({ findingId }) => findingId)].map(([findingId, all]) => {
    const isOver = all.some(({ kind, isOver }) => isOver || kind === 'resolved')
    const newest = all.findLast(({ kind }) => (kind === 'resolved') === isOver) ?? all[all.length - 1]
    if (newest === undefined) throw new Error('a group of notices is never empty')
    return { findingId, newest, isOver, all }
  })
}

function routeSite(siteId: string, notices: readonly Notice[], told: readonly Told[], options: PlanOptions): Routing {
  const changes = changesOf(notices)
  const reached = new Set<string>()
  const knew = new Set<string>()
  const notifications = options.ends.flatMap((end) => {
    const mine = told.filter((one) => isTo(one, end) && isTold(one, options))
    const threads = new Map<string, { root: string | null; items: Notice[] }>()
    for (const change of changes) {
      const known = mine.filter(({ findingId }) => findingId === change.findingId)
      if (known.length > 0) knew.add(change.findingId)
      if (!change.isOver && options.isAccepted(change.newest.machineId, change.findingId)) continue
      if (!isNews(change, known, end.channel.minSeverity)) continue
      reached.add(change.findingId)
      const root = known[0]?.rootKey ?? null
      const lane = `${change.isOver ? 'over' : 'bad'} ${root ?? ''}`
      const thread = threads.get(lane) ?? { root, items: [] }
      thread.items.push(change.newest)
      threads.set(lane, thread)
    }
    return [...threads.values()].map(({ root, items }) => draftOf(siteId, end, root, items, options))
  })
  const fates = changes.flatMap((change) =>
    change.all.map(({ id }) => ({ noticeId: id, fate: fateOf(change, reached, knew) })),
  )
  return { fates, notifications }
}

/** What was given up or left unsaid told nobody. */
function isTold({ state }: Told, { isSending }: PlanOptions): boolean {
  return state !== 'dead' && state !== 'superseded' && (state !== 'withheld' || !isSending)
}

/** @returns true when a message belongs to an end. */
export function isTo({ channelId, recipient }: Told, end: End): boolean {
  return channelId === end.channel.id && recipient === end.recipient
}

const isAtLeast = (severity: Severity, least: Severity) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least)

/** Bad news once for each severity that it reaches; the end only to whom the beginning was told. */
function isNews({ isOver, newest }: Change, known: readonly Told[], minSeverity: Severity): boolean {
  if (isOver) return known.length > 0
  if (!isAtLeast(newest.severity, minSeverity)) return false
  return !known.some(({ severity }) => isAtLeast(severity, newest.severity))
}

function fateOf({ findingId, isOver }: Change, reached: ReadonlySet<string>, knew: ReadonlySet<string>): NoticeFate {
  if (reached.has(findingId)) return 'told'
  if (isOver) return 'over'
  return knew.has(findingId) ? 'known' : 'unwanted'
}

function draftOf(
  siteId: string,
  { channel, recipient }: End,
  root: string | null,
  items: readonly Notice[],
  { clientId, isSending }: PlanOptions,
): NotificationDraft {
  const kind = items[0]?.kind === 'resolved' || items[0]?.isOver === true ? 'recovery' : 'alert'
  const about = items.map(({ findingId, kind: what, at }) => `${findingId} ${what} ${at}`).toSorted()
  const key = sendKey([clientId, channel.id, recipient, kind, ...about])
  return {
    sendKey: key,
    rootKey: root ?? key,
    channelId: channel.id,
    recipient,
    kind,
    siteId,
    state: isSending ? 'waiting' : 'withheld',
    items: items.map(({ findingId, kind: what, severity, at }) => ({ findingId, kind: what, severity, at })),
  }
}
