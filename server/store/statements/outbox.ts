/** Notifications of one client: claimed, settled, listed. Statement bodies; the engine runs each in one transaction. */
import { SEVERITIES } from '../../../shared/severity.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { NOTICE_KINDS } from '../../outbox/notice.ts'
import type { OutboxStore } from '../outbox-store.ts'
import { num, numOrNull, str, strOrNull, word } from '../row.ts'
import { all, one, reading, run, type SqlRow, type SqlValue, type Steps, writing } from '../statement.ts'
import type { ClaimedNotification, DeliveryRow, NotificationRow, Settlement } from '../store.ts'
import { FINDING_COLUMNS, findingOf } from './findings.ts'
import { NOTIFICATION_KINDS, NOTIFICATION_STATES } from './notices.ts'

/** A recovery whose alert is on its way looks again after this. */
const AFTER_ALERT_MS = 5_000

function rowOf(row: SqlRow): NotificationRow {
  return {
    id: num(row, 'id'),
    sendKey: str(row, 'send_key'),
    rootKey: str(row, 'root_key'),
    channelId: str(row, 'channel_id'),
    recipient: str(row, 'recipient'),
    kind: word(row, 'kind', NOTIFICATION_KINDS),
    siteId: str(row, 'site_id'),
    state: word(row, 'state', NOTIFICATION_STATES),
    createdAt: num(row, 'created_at'),
    nextAt: num(row, 'next_at'),
    attempts: num(row, 'attempts'),
    isUncertain: num(row, 'uncertain') === 1,
    endedAt: numOrNull(row, 'ended_at'),
    failure: strOrNull(row, 'failure'),
  }
}

function* itemsOf(id: number): Steps<ClaimedNotification['items']> {
  const rows = yield* all(
    `SELECT i.kind AS item_kind, i.severity AS item_severity, i.at AS item_at, ${FINDING_COLUMNS}
     FROM notification_item i JOIN finding f ON f.id = i.finding_id JOIN machine m ON m.num = f.machine
     WHERE i.notification = ? ORDER BY f.number`,
    id,
  )
  return rows.map((row) => ({
    findingId: str(row, 'id'),
    kind: word(row, 'item_kind', NOTICE_KINDS),
    severity: word(row, 'item_severity', SEVERITIES),
    at: num(row, 'item_at'),
    finding: findingOf(row),
  }))
}

/**
 * Takes out what has ended since, unless the other side may have it already. @returns whether anything is left to say; of a visit the
 * sender knows that.
 */
function* dropEnded({ id, kind, isUncertain }: NotificationRow): Steps<boolean> {
  if (kind === 'visit') return true
  if (kind !== 'recovery' && !isUncertain) {
    yield* run(
      `DELETE FROM notification_item WHERE notification = ? AND finding_id IN
         (SELECT id FROM finding WHERE resolved_at IS NOT NULL)`,
      id,
    )
  }
  // The end of what this end of the channel was never told of is nobody's news.
  if (kind === 'recovery') {
    yield* run(
      `DELETE FROM notification_item WHERE notification = ? AND finding_id NOT IN
         (SELECT i.finding_id FROM notification_item i JOIN notification n ON n.id = i.notification
          JOIN notification me ON me.id = ? AND n.channel_id = me.channel_id AND n.recipient = me.recipient
          WHERE n.kind IN ('alert', 'reminder') AND n.state IN ('sent', 'waiting', 'leased'))`,
      id,
      id,
    )
  }
  return (yield* one('SELECT 1 AS left_over FROM notification_item WHERE notification = ? LIMIT 1', id)) !== null
}

/** True while a message of the thread that says what is bad is on its way: its recovery comes after. */
function* isThreadBusy({ id, rootKey }: NotificationRow): Steps<boolean> {
  const before = yield* one(
    `SELECT 1 AS busy FROM notification WHERE root_key = ? AND id < ? AND kind IN ('alert', 'reminder')
       AND state IN ('waiting', 'leased') LIMIT 1`,
    rootKey,
    id,
  )
  return before !== null
}

const end = (id: number, state: string, now: EpochMs) =>
  run('UPDATE notification SET state = ?, ended_at = ?, lease_until = NULL WHERE id = ?', state, now, id)

function* claimOne(row: NotificationRow, now: EpochMs, leaseMs: number): Steps<ClaimedNotification | null> {
  if (row.kind === 'recovery' && (yield* isThreadBusy(row))) {
    yield* run('UPDATE notification SET next_at = ? WHERE id = ?', now + AFTER_ALERT_MS, row.id)
    return null
  }
  // A lease that ran out was of somebody who is gone: whether it was sent is not known.
  const isUncertain = row.isUncertain || row.state === 'leased'
  if (!(yield* dropEnded({ ...row, isUncertain }))) {
    yield* end(row.id, 'superseded', now)
    return null
  }
  yield* run(
    `UPDATE notification SET state = 'leased', lease_until = ?, attempts = attempts + 1, uncertain = ? WHERE id = ?`,
    now + leaseMs,
    isUncertain ? 1 : 0,
    row.id,
  )
  const items = yield* itemsOf(row.id)
  return { ...row, state: 'leased', attempts: row.attempts + 1, isUncertain, items }
}

function* claimNotifications(now: EpochMs, leaseMs: number, limit: number): Steps<readonly ClaimedNotification[]> {
  const due = yield* all(
    `SELECT * FROM notification WHERE (state = 'waiting' AND next_at <= ?) OR (state = 'leased' AND lease_until <= ?)
     ORDER BY id LIMIT ?`,
    now,
    now,
    limit,
  )
  const claimed: ClaimedNotification[] = []
  for (const row of due) {
    const one = yield* claimOne(rowOf(row), now, leaseMs)
    if (one !== null) claimed.push(one)
  }
  return claimed
}

function* settleNotification(id: number, settlement: Settlement, now: EpochMs): Steps<void> {
  if (settlement.state === 'again') {
    const { nextAt, failure, isUncertain } = settlement
    yield* run(
      `UPDATE notification SET state = 'waiting', lease_until = NULL, next_at = ?, failure = ?,
         uncertain = CASE WHEN ? = 1 THEN 1 ELSE uncertain END WHERE id = ? AND state = 'leased'`,
      nextAt,
      failure,
      isUncertain ? 1 : 0,
      id,
    )
    return
  }
  const failure = settlement.state === 'dead' ? settlement.failure : null
  yield* run(
    `UPDATE notification SET state = ?, ended_at = ?, lease_until = NULL, failure = ? WHERE id = ? AND state = 'leased'`,
    settlement.state,
    now,
    failure,
    id,
  )
}

function* releaseNotifications(now: EpochMs): Steps<void> {
  yield* run(
    `UPDATE notification SET state = 'waiting', lease_until = NULL, next_at = ?, uncertain = 1 WHERE state = 'leased'`,
    now,
  )
}

type DeliveryFilter = Parameters<OutboxStore['deliveries']>[0]

function* deliveries({
  channelId,
  channelIds,
  findingId,
  since,
  limit,
}: DeliveryFilter): Steps<readonly DeliveryRow[]> {
  const wanted: string[] = []
  const params: SqlValue[] = []
  if (channelId !== undefined) {
    wanted.push('channel_id = ?')
    params.push(channelId)
  }
  if (channelIds !== undefined) {
    wanted.push(channelIds.length === 0 ? '1 = 0' : `channel_id IN (${channelIds.map(() => '?').join(', ')})`)
    params.push(...channelIds)
  }
  if (findingId !== undefined) {
    wanted.push('id IN (SELECT notification FROM notification_item WHERE finding_id = ?)')
    params.push(findingId)
  }
  if (since !== undefined) {
    wanted.push('created_at >= ?')
    params.push(since)
  }
  const where = wanted.length === 0 ? '' : `WHERE ${wanted.join(' AND ')}`
  const found: DeliveryRow[] = []
  for (const row of yield* all(`SELECT * FROM notification ${where} ORDER BY id DESC LIMIT ?`, ...params, limit)) {
    const findings = yield* all(
      `SELECT f.id, f.number FROM notification_item i JOIN finding f ON f.id = i.finding_id
       WHERE i.notification = ? ORDER BY f.number`,
      num(row, 'id'),
    )
    found.push({ ...rowOf(row), findings: findings.map((one) => ({ id: str(one, 'id'), number: num(one, 'number') })) })
  }
  return found
}

/** Bodies of the client's methods about notifications. */
export const outboxMethods = {
  claimNotifications: writing(claimNotifications),
  settleNotification: writing(settleNotification),
  releaseNotifications: writing(releaseNotifications),
  deliveries: reading(deliveries),
}
