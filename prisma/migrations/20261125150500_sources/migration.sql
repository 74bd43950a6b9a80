-- What third parties send: sources, their tokens, what is known to have come, and the log of requests.

-- The application that holds the endpoints of one source; found by id, listed nowhere.
ALTER TABLE application ADD COLUMN source_id text COLLATE "C";
DROP INDEX application_list;
CREATE INDEX application_list ON application (org_id, id)
  WHERE deleted_at IS NULL AND NOT operational AND source_id IS NULL;

-- A body as a third party sent it. `payload_form` null: a JSON object; else what `payload` holds instead.
ALTER TABLE message ADD COLUMN content_type text, ADD COLUMN payload_form text;

CREATE TABLE source (
  id text COLLATE "C" PRIMARY KEY,
  org_id text COLLATE "C" NOT NULL REFERENCES organisation (id),
  app_id text COLLATE "C" NOT NULL REFERENCES application (id),
  uid text COLLATE "C",
  name text NOT NULL,
  type text NOT NULL,
  config bytea NOT NULL,
  secrets bytea NOT NULL,
  options jsonb NOT NULL DEFAULT '{}',
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE UNIQUE INDEX source_uid ON source (org_id, uid) WHERE uid IS NOT NULL;
CREATE INDEX source_list ON source (org_id, id) WHERE deleted_at IS NULL;
CREATE INDEX source_app ON source (app_id);

CREATE TABLE source_token (
  hash bytea PRIMARY KEY,
  source_id text COLLATE "C" NOT NULL REFERENCES source (id),
  token bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz
);
CREATE UNIQUE INDEX source_token_current ON source_token (source_id) WHERE expires_at IS NULL;
CREATE INDEX source_token_expiry ON source_token (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE source_key (
  source_id text COLLATE "C" NOT NULL,
  key bytea NOT NULL,
  message_id text COLLATE "C" NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (source_id, key)
);
CREATE INDEX source_key_expiry ON source_key (expires_at);

CREATE TABLE source_request (
  source_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  outcome text NOT NULL,
  reason text,
  detail text,
  message_id text COLLATE "C",
  event_type text,
  method text NOT NULL,
  path text NOT NULL,
  address text NOT NULL,
  content_type text,
  body_bytes integer NOT NULL,
  headers jsonb NOT NULL,
  PRIMARY KEY (source_id, id)
) PARTITION BY RANGE (id);

CREATE TABLE quarantined_request (
  source_id text COLLATE "C" NOT NULL REFERENCES source (id),
  id text COLLATE "C" NOT NULL,
  reason text NOT NULL,
  detail text NOT NULL,
  method text NOT NULL,
  path text NOT NULL,
  address text NOT NULL,
  request bytea NOT NULL,
  body bytea NOT NULL,
  received_at timestamptz NOT NULL,
  released_at timestamptz,
  message_id text COLLATE "C",
  PRIMARY KEY (source_id, id)
);
CREATE INDEX quarantined_request_age ON quarantined_request (received_at);
