-- Dead-man's switches: addresses that backup jobs elsewhere (a NAS, a cloud service) call when they run.
CREATE TABLE ping (
  id TEXT PRIMARY KEY,
  machine INTEGER NOT NULL REFERENCES machine (num) ON DELETE CASCADE,
  name TEXT NOT NULL,
  -- SHA-256 of the secret part of its address, which is kept nowhere
  secret_hash BLOB NOT NULL UNIQUE,
  every_ms BIGINT NOT NULL,
  grace_ms BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  -- newest start, success and failure; null: none yet
  started_at BIGINT,
  succeeded_at BIGINT,
  failed_at BIGINT,
  -- of the newest finished run; null: it told none
  exit_status BIGINT,
  -- 0: the newest finished run was good
  failed_in_row BIGINT NOT NULL,
  duration_ms BIGINT,
  -- first line of the newest message; hostile
  note TEXT NOT NULL,
  UNIQUE (machine, name)
);
