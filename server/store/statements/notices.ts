/** Notices of one client: written with a judgement, read and fated by routing. Statement bodies. */
import { SEVERITIES } from '../../../shared/severity.ts'
import type { EpochMs } from '../../../shared/units.ts'
import { NOTICE_KINDS, type NoticeDraft } from '../../outbox/notice.ts'
import { num, numOrNull, str, word } from '../row.ts'
import { all, many, one, reading, run, type SqlRow, type Steps, writing } from '../statement.ts'
import type { Notice, OutboxState, Routing, Told } from '../store.ts'

/** Kinds of a stored notification. */
export const NOTIFICATION_KINDS = ['alert', 'reminder', 'recovery', 'visit'] as const
/** States of a stored notification. */
export const NOTIFICATION_STATES = ['waiting', 'leased', 'sent', 'dead', 'superseded', 'withheld'] as const

/** Writes the notices of one machine's judgement. */
export function* saveNotices(machine: number, notices: readonly NoticeDraft[], writtenAt: EpochMs): Steps<void> {
  yield* many(
    'INSERT INTO notice (finding_id, machine, kind, severity, at, written_at) VALUES (?, ?, ?, ?, ?, ?)',
    notices.map(({ findingId, kind, severity, at }) => [findingId, machine, kind, severity, at, writtenAt]),
  )
}

function noticeOf(row: SqlRow): Notice {
  return {
    id: num(row, 'id'),
    findingId: str(row, 'finding_id'),
    kind: word(row, 'kind', NOTICE_KINDS),
    severity: word(row, 'severity', SEVERITIES),
    at: num(row, 'at'),
    machineId: str(row, 'machine_id'),
    siteId: str(row, 'site_id'),
    writtenAt: num(row, 'written_at'),
    isOver: numOrNull(row, 'resolved_at') !== null,
  }
}

function toldOf(row: SqlRow): Told {
  return {
    sendKey: str(row, 'send_key'),
    rootKey: str(row, 'root_key'),
    channelId: str(row, 'channel_id'),
    recipient: str(row, 'recipient'),
    kind: word(row, 'kind', NOTIFICATION_KINDS),
    state: word(row, 'state', NOTIFICATION_STATES),
    endedAt: numOrNull(row, 'ended_at'),
    findingId: str(row, 'finding_id'),
    machineId: str(row, 'machine_id'),
    siteId: str(row, 'site_id'),
    severity: word(row, 'told_severity', SEVERITIES),
    now: {
      severity: word(row, 'severity', SEVERITIES),
      isOver: numOrNull(row, 'resolved_at') !== null,
      isBlind: numOrNull(row, 'blind_since') !== null,
    },
  }
}

const WAITING_SQL = `SELECT n.id, n.finding_id, n.kind, n.severity, n.at, n.written_at, m.id AS machine_id, m.site_id, f.resolved_at
  FROM notice n JOIN machine m ON m.num = n.machine JOIN finding f ON f.id = n.finding_id
  WHERE n.fate IS NULL ORDER BY n.id`

// Whatever state: a message whose channel was off (`superseded`) is still to be said. One whose findings ended all has no items.
const TOLD_SQL = `SELECT n.send_key, n.root_key, n.channel_id, n.recipient, n.kind, n.state, n.ended_at, i.finding_id,
    i.severity AS told_severity, f.severity, f.resolved_at, f.blind_since, m.id AS machine_id, m.site_id
  FROM notification_item i JOIN notification n ON n.id = i.notification JOIN finding f ON f.id = i.finding_id
  JOIN machine m ON m.num = f.machine
  WHERE i.finding_id IN (SELECT id FROM finding WHERE resolved_at IS NULL UNION SELECT finding_id FROM notice WHERE fate IS NULL)
    AND n.kind IN ('alert', 'reminder') ORDER BY n.id`

function* outbox(): Steps<OutboxState> {
  const notices = (yield* all(WAITING_SQL)).map(noticeOf)
  const told = (yield* all(TOLD_SQL)).map(toldOf)
  const visits = yield* all(`SELECT send_key FROM notification WHERE kind = 'visit'`)
  const open = yield* one(
    `SELECT COUNT(*) AS unsent, MIN(created_at) AS oldest,
       MIN(CASE WHEN state = 'waiting' THEN next_at ELSE lease_until END) AS next_at
     FROM notification WHERE state IN ('waiting', 'leased')`,
  )
  return {
    notices,
    told,
    visitKeys: visits.map((row) => str(row, 'send_key')),
    nextAt: open === null ? null : numOrNull(open, 'next_at'),
    unsent: open === null ? 0 : num(open, 'unsent'),
    oldestAt: open === null ? null : numOrNull(open, 'oldest'),
  }
}

function* saveRouting({ fates, notifications }: Routing, now: EpochMs): Steps<void> {
  for (const draft of notifications) {
    const { sendKey, rootKey, channelId, recipient, kind, siteId, state, items } = draft
    const made = yield* one(
      `INSERT INTO notification (send_key, root_key, channel_id, recipient, kind, site_id, state, created_at, next_at,
         attempts, uncertain, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?) ON CONFLICT DO NOTHING RETURNING id`,
      sendKey,
      rootKey,
      channelId,
      recipient,
      kind,
      siteId,
      state,
      now,
      now,
      state === 'withheld' ? now : null,
    )
    if (made === null) continue
    yield* many(
      'INSERT INTO notification_item (notification, finding_id, kind, severity, at) VALUES (?, ?, ?, ?, ?)',
      items.map((item) => [num(made, 'id'), item.findingId, item.kind, item.severity, item.at]),
    )
  }
  yield* many(
    'UPDATE notice SET fate = ?, routed_at = ? WHERE id = ? AND fate IS NULL',
    fates.map(({ noticeId, fate }) => [fate, now, noticeId]),
  )
}

function* retainOutbox(before: EpochMs, budget: number): Steps<number> {
  const notices = yield* run(
    'DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE routed_at < ? ORDER BY id LIMIT ?)',
    before,
    budget,
  )
  // What still tells of an open finding stays, or its end would reach nobody.
  const notifications = yield* run(
    `DELETE FROM notification WHERE id IN (SELECT n.id FROM notification n WHERE n.ended_at < ? AND NOT EXISTS
       (SELECT 1 FROM notification_item i JOIN finding f ON f.id = i.finding_id
        WHERE i.notification = n.id AND f.resolved_at IS NULL) ORDER BY n.id LIMIT ?)`,
    before,
    Math.max(0, budget - notices),
  )
  return notices + notifications
}

/** Bodies of the client's methods that route. */
export const noticeMethods = {
  outbox: reading(outbox),
  saveRouting: writing(saveRouting),
  retainOutbox: writing(retainOutbox),
}
