-- Visits, what hangs on them, and risks that a person accepted.
CREATE TABLE visit (
  id TEXT PRIMARY KEY,
  date TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  planned_at BIGINT NOT NULL,
  author TEXT NOT NULL,
  author_id TEXT,
  recipient TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  opened_at BIGINT,
  closed_at BIGINT,
  sent_at BIGINT,
  minutes TEXT NOT NULL,
  revision BIGINT NOT NULL,
  -- JSON: why it was reopened after it was sent
  corrections TEXT NOT NULL,
  version BIGINT NOT NULL
);

-- Written once, when the visit is opened.
CREATE TABLE snapshot (
  visit_id TEXT PRIMARY KEY REFERENCES visit (id),
  at BIGINT NOT NULL,
  hash BLOB NOT NULL,
  -- deflated JSON
  body BLOB NOT NULL
);

-- The columns after agent_id are null where the agent did not answer. A machine erased later leaves its evidence.
CREATE TABLE snapshot_attestation (
  visit_id TEXT NOT NULL REFERENCES snapshot (visit_id),
  machine_id TEXT NOT NULL,
  public_key BLOB NOT NULL,
  agent_id BLOB NOT NULL,
  stream BLOB,
  q BIGINT,
  at BIGINT,
  hash BLOB,
  body TEXT,
  PRIMARY KEY (visit_id, machine_id)
);

CREATE TABLE action (
  num INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  made_in TEXT NOT NULL REFERENCES visit (id),
  done_in TEXT REFERENCES visit (id),
  what TEXT NOT NULL,
  who TEXT NOT NULL,
  due_at BIGINT,
  machine_id TEXT,
  mends_rule TEXT,
  mends_item TEXT,
  needs_hands BIGINT NOT NULL,
  state TEXT NOT NULL,
  done_at BIGINT,
  minutes BIGINT,
  note TEXT NOT NULL
);

CREATE TABLE recommendation (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  place BIGINT NOT NULL,
  what TEXT NOT NULL,
  why TEXT NOT NULL,
  otherwise TEXT NOT NULL,
  urgency TEXT NOT NULL,
  effort_minutes BIGINT,
  cost_low BIGINT,
  cost_high BIGINT,
  owner TEXT NOT NULL,
  due_at BIGINT,
  -- JSON: machine, rule and item of each finding
  about TEXT NOT NULL,
  -- JSON; null: no answer yet
  decision TEXT
);

CREATE INDEX recommendation_visit ON recommendation (visit_id, place);

CREATE TABLE restore_test (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  machine_id TEXT NOT NULL,
  job TEXT NOT NULL,
  at BIGINT NOT NULL,
  what TEXT NOT NULL,
  from_copy TEXT NOT NULL,
  duration_ms BIGINT NOT NULL,
  usable BIGINT NOT NULL,
  watched_by TEXT NOT NULL,
  note TEXT NOT NULL
);

CREATE TABLE acceptance (
  num INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  machine_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  item TEXT NOT NULL,
  severity TEXT NOT NULL,
  accepted_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  until BIGINT NOT NULL,
  visit_id TEXT REFERENCES visit (id),
  revoked_at BIGINT
);

-- Never changed and never removed: what was sent was sent.
CREATE TABLE sent_report (
  visit_id TEXT NOT NULL REFERENCES visit (id),
  revision BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  language TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  pdf_hash BLOB NOT NULL,
  html_hash BLOB NOT NULL,
  manifest_hash BLOB NOT NULL,
  PRIMARY KEY (visit_id, revision)
);

-- For the walk list, as a person typed it.
ALTER TABLE machine ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE machine ADD COLUMN person TEXT NOT NULL DEFAULT '';
