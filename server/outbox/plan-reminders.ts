/** What is still open is said again once a day: one message for each site and end, whatever number of findings. Pure. */
import type { EpochMs } from '../../shared/units.ts'
import type { NotificationDraft, OutboxState, Told } from '../store/store.ts'
import type { End } from './end.ts'
import type { PlanOptions } from './plan.ts'
import { sendKey } from './send-key.ts'

/** Reminders that are due, and when the next one will be. */
export type Reminders = { readonly notifications: readonly NotificationDraft[]; readonly dueAt: EpochMs }

/** A finding that an end knows to be bad, or was to know. `toldAt`: when the last message about it ended; null: one is still on its way. */
type Standing = { readonly newest: Told; readonly rootKey: string; readonly toldAt: EpochMs | null }

/** @returns the reminders of one client. A server that sends nothing has none. */
export function planReminders(state: OutboxState, options: PlanOptions): Reminders {
  const notifications: NotificationDraft[] = []
  let dueAt = Number.POSITIVE_INFINITY
  if (!options.isSending) return { notifications, dueAt }
  for (const end of options.ends) {
    const mine = state.told.filter((told) => told.channelId === end.channel.id && told.recipient === end.recipient)
    for (const [siteId, told] of Map.groupBy(mine, ({ siteId }) => siteId)) {
      const standing = standingOf(told.filter((one) => !options.isAccepted(one.machineId, one.findingId)))
      const next = nextAt(standing, options)
      if (next === null) continue
      if (next > options.now) dueAt = Math.min(dueAt, next)
      else notifications.push(draftOf(siteId, end, standing, options))
    }
  }
  return { notifications, dueAt }
}

/**
 * Findings that are open, can be seen, and were told. One whose message was given up is among them: it is said again a day later, or a
 * mail server that was away for a day would leave it unsaid for ever.
 */
function standingOf(told: readonly Told[]): readonly Standing[] {
  const open = told.filter(({ now, state }) => !now.isOver && !now.isBlind && state !== 'withheld')
  return [...Map.groupBy(open, ({ findingId }) => findingId).values()].flatMap((all) => {
    const [first] = all
    const newest = all.at(-1)
    if (first === undefined || newest === undefined) return []
    const isOnItsWay = all.some(({ state }) => state === 'waiting' || state === 'leased')
    const toldAt = isOnItsWay ? null : Math.max(...all.map(({ endedAt }) => endedAt ?? 0))
    return [{ newest, rootKey: first.rootKey, toldAt }]
  })
}

/** @returns when the first of them is due; null: nothing is, or a message is on its way already. */
function nextAt(standing: readonly Standing[], { repeatMs }: PlanOptions): EpochMs | null {
  let next = Number.POSITIVE_INFINITY
  for (const { newest, toldAt } of standing) {
    if (toldAt === null) return null
    const every = repeatMs(newest.machineId)
    if (every > 0) next = Math.min(next, toldAt + every)
  }
  return Number.isFinite(next) ? next : null
}

function draftOf(
  siteId: string,
  { channel, recipient }: End,
  standing: readonly Standing[],
  { clientId, now }: PlanOptions,
): NotificationDraft {
  const told = standing.map(({ newest, toldAt }) => `${newest.findingId} ${toldAt ?? 0}`).toSorted()
  const key = sendKey([clientId, channel.id, recipient, 'reminder', siteId, ...told])
  const roots = new Set(standing.map(({ rootKey }) => rootKey))
  const [root] = roots
  return {
    sendKey: key,
    // Of one thread it is the next word; of several it begins its own.
    rootKey: roots.size === 1 && root !== undefined ? root : key,
    channelId: channel.id,
    recipient,
    kind: 'reminder',
    siteId,
    state: 'waiting',
    items: standing.map(({ newest }) => ({
      findingId: newest.findingId,
      kind: 'fired',
      severity: newest.now.severity,
      at: now,
    })),
  }
}
