-- Channels: where people are told. Secrets (password, webhook secret and address) only wrapped by the master key.
CREATE TABLE channel (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  min_severity TEXT NOT NULL,
  enabled BIGINT NOT NULL,
  -- 1: every client, also later ones; 0: those of channel_client
  all_clients BIGINT NOT NULL,
  -- JSON; nothing secret
  settings TEXT NOT NULL,
  wrapped_secret BLOB,
  created_at BIGINT NOT NULL,
  -- newest delivery that the other side took, newest failure and its code
  proven_at BIGINT,
  failed_at BIGINT,
  failure TEXT
);

CREATE TABLE channel_client (
  channel_id TEXT NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL,
  PRIMARY KEY (channel_id, client_id)
);

-- The one mail server of the installation.
CREATE TABLE mail_server (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  settings TEXT NOT NULL,
  wrapped_password BLOB,
  changed_at BIGINT NOT NULL
);
