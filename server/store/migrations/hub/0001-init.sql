-- hub: people, clients, keys and codes. Instants are epoch ms UTC, flags 0 or 1, ids come from the application.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  language TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE client (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  language TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  -- the client's own key, wrapped by the master key
  wrapped_key BLOB NOT NULL
);

CREATE TABLE person_client (
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL,
  PRIMARY KEY (person_id, client_id)
);

CREATE TABLE signin_link (
  token_hash BLOB PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL
);

CREATE TABLE session (
  id_hash BLOB PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  secret_hash BLOB NOT NULL UNIQUE,
  label TEXT NOT NULL,
  role TEXT NOT NULL,
  client_id TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT
);

CREATE TABLE code (
  code_id BLOB PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES client (id),
  site_id TEXT NOT NULL,
  role TEXT,
  machine_name TEXT,
  wrapped_key BLOB NOT NULL,
  uses_left BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE agent_key (
  public_key BLOB PRIMARY KEY,
  agent_id BLOB NOT NULL UNIQUE,
  client_id TEXT NOT NULL REFERENCES client (id),
  machine_id TEXT NOT NULL,
  state TEXT NOT NULL,
  lease BLOB NOT NULL,
  lease_n BIGINT NOT NULL,
  -- the code it came with: the same key with the same code is one enrollment
  code_id BLOB,
  enrolled_at BIGINT NOT NULL
);

CREATE INDEX agent_key_client ON agent_key (client_id, machine_id);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at BIGINT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  client_id TEXT,
  detail TEXT NOT NULL
);
