-- The outbox. A notice is written in the transaction of its transition; a notification is what one recipient of one channel is sent.
CREATE TABLE notice (
  id INTEGER PRIMARY KEY,
  finding_id TEXT NOT NULL,
  machine INTEGER NOT NULL REFERENCES machine (num) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  at BIGINT NOT NULL,
  -- the wait for others of the same site counts from here
  written_at BIGINT NOT NULL,
  -- what became of it: told, over, unwanted, known; null: it waits
  fate TEXT,
  routed_at BIGINT
);

CREATE INDEX notice_fate ON notice (fate, id);
CREATE INDEX notice_finding ON notice (finding_id);

CREATE TABLE notification (
  id INTEGER PRIMARY KEY,
  -- follows from channel, recipient and notices: the same work done twice makes one
  send_key TEXT NOT NULL UNIQUE,
  -- send_key of the first message of the thread
  root_key TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  -- person:<id>, address:<mail address>, or empty: the channel has one end
  recipient TEXT NOT NULL,
  kind TEXT NOT NULL,
  site_id TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  lease_until BIGINT,
  attempts BIGINT NOT NULL,
  -- 1: an attempt ended without an answer, the other side may have it
  uncertain BIGINT NOT NULL,
  ended_at BIGINT,
  failure TEXT
);

CREATE INDEX notification_state ON notification (state, next_at);
CREATE INDEX notification_thread ON notification (root_key, state);
CREATE INDEX notification_created ON notification (created_at);

CREATE TABLE notification_item (
  notification BIGINT NOT NULL REFERENCES notification (id) ON DELETE CASCADE,
  finding_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (notification, finding_id)
);

CREATE INDEX notification_item_finding ON notification_item (finding_id);
