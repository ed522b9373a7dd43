-- Everything of one client. Instants are epoch ms UTC; `machine` numbers are small and local to this file.
CREATE TABLE site (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE
);

CREATE TABLE machine (
  num INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  site_id TEXT NOT NULL REFERENCES site (id),
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT,
  build TEXT,
  enrolled_at BIGINT NOT NULL,
  retired_at BIGINT
);

-- What every commit changes, in a row of its own: small, so that a commit rewrites one page and not the judgement.
CREATE TABLE intake (
  machine INTEGER PRIMARY KEY REFERENCES machine (num) ON DELETE CASCADE,
  stream BLOB,
  up_to BIGINT NOT NULL,
  last_report_at BIGINT,
  -- JSON: check or check#part -> epoch ms
  collected TEXT NOT NULL,
  last_bytes BIGINT,
  day BIGINT NOT NULL,
  day_bytes BIGINT NOT NULL,
  day_records BIGINT NOT NULL
);

-- Marks of streams before the current one, should one come back.
CREATE TABLE stream (
  machine INTEGER NOT NULL REFERENCES machine (num) ON DELETE CASCADE,
  stream BLOB NOT NULL,
  up_to BIGINT NOT NULL,
  PRIMARY KEY (machine, stream)
) WITHOUT ROWID;

CREATE TABLE section (
  id INTEGER PRIMARY KEY,
  machine INTEGER NOT NULL REFERENCES machine (num) ON DELETE CASCADE,
  check_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  q BIGINT NOT NULL,
  hash BLOB NOT NULL,
  body TEXT NOT NULL
);

CREATE INDEX section_machine ON section (machine, check_name, id);

CREATE TABLE sample_key (
  id INTEGER PRIMARY KEY,
  machine INTEGER NOT NULL REFERENCES machine (num) ON DELETE CASCADE,
  check_name TEXT NOT NULL,
  sample_key TEXT NOT NULL,
  -- newest day in sample_day: where a start finds the newest value
  last_day BIGINT NOT NULL,
  UNIQUE (machine, check_name, sample_key)
);

-- value null: measured and failed. By key, as history is read.
CREATE TABLE sample (
  key_id INTEGER NOT NULL,
  at BIGINT NOT NULL,
  value REAL,
  PRIMARY KEY (key_id, at)
) WITHOUT ROWID;

-- The newest samples in the order of their coming, moved to `sample` some thousand at a time: a commit then changes one page here
-- and not one page per key there.
CREATE TABLE sample_new (
  id INTEGER PRIMARY KEY,
  key_id INTEGER NOT NULL,
  at BIGINT NOT NULL,
  value REAL
);

-- Running sums of one UTC day; x is the hour of the day as a fraction, y the value. last and failed tell the newest reading.
-- By day first: what a commit changes lies together.
CREATE TABLE sample_day (
  day BIGINT NOT NULL,
  key_id INTEGER NOT NULL,
  n BIGINT NOT NULL,
  sx REAL NOT NULL,
  sy REAL NOT NULL,
  sxx REAL NOT NULL,
  sxy REAL NOT NULL,
  low REAL,
  high REAL,
  last REAL,
  last_at BIGINT,
  failed_at BIGINT,
  PRIMARY KEY (day, key_id)
) WITHOUT ROWID;

CREATE TABLE gap (
  id INTEGER PRIMARY KEY,
  machine INTEGER NOT NULL REFERENCES machine (num) ON DELETE CASCADE,
  from_q BIGINT NOT NULL,
  to_q BIGINT NOT NULL,
  why TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE INDEX gap_machine ON gap (machine, id);

CREATE TABLE attestation (
  id INTEGER PRIMARY KEY,
  machine INTEGER NOT NULL REFERENCES machine (num) ON DELETE CASCADE,
  stream BLOB NOT NULL,
  q BIGINT NOT NULL,
  at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  -- SHA-256 of the signed transcript; the next attestation names it as `prev`
  hash BLOB NOT NULL,
  chained BIGINT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (machine, stream, q)
);

CREATE TABLE judgement (
  machine INTEGER PRIMARY KEY REFERENCES machine (num) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  assessed_at BIGINT,
  assessed_q BIGINT NOT NULL,
  due_at BIGINT NOT NULL
);

-- The two large texts of a judgement, written only when they change.
CREATE TABLE judgement_text (
  machine INTEGER PRIMARY KEY REFERENCES machine (num) ON DELETE CASCADE,
  memory TEXT NOT NULL,
  outcomes TEXT NOT NULL
);

CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  number BIGINT NOT NULL UNIQUE,
  machine INTEGER NOT NULL REFERENCES machine (num) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  item TEXT NOT NULL,
  severity TEXT NOT NULL,
  value_list TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  resolved_at BIGINT,
  clearing_since BIGINT,
  blind_since BIGINT,
  blind_code TEXT,
  alert TEXT NOT NULL
);

CREATE INDEX finding_machine ON finding (machine, opened_at);
CREATE INDEX finding_open ON finding (resolved_at, machine);

CREATE TABLE transition (
  id INTEGER PRIMARY KEY,
  finding_id TEXT NOT NULL,
  machine INTEGER NOT NULL REFERENCES machine (num) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  item TEXT NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  from_severity TEXT,
  to_severity TEXT,
  value_list TEXT
);

CREATE INDEX transition_machine ON transition (machine, id);
CREATE INDEX transition_at ON transition (at);

CREATE TABLE policy (
  scope TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (scope, name)
);

CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);

INSERT INTO counter (name, value) VALUES ('finding', 0);
