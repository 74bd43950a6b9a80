CREATE TYPE delivery_trigger AS ENUM ('scheduled', 'manual');
CREATE TYPE delivery_status AS ENUM ('pending', 'delivered', 'failed', 'canceled');
CREATE TYPE delivery_wait AS ENUM ('time', 'turn');
CREATE TYPE schema_validation AS ENUM ('off', 'warn', 'reject');
CREATE TYPE task_status AS ENUM ('running', 'finished', 'failed');

CREATE TABLE organisation (
  id text COLLATE "C" PRIMARY KEY,
  operational_app_id text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE application (
  id text COLLATE "C" PRIMARY KEY,
  org_id text COLLATE "C" NOT NULL REFERENCES organisation (id),
  uid text COLLATE "C",
  name text NOT NULL,
  throttle_rate integer,
  metadata jsonb NOT NULL DEFAULT '{}',
  version bigint NOT NULL DEFAULT 1,
  operational boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE UNIQUE INDEX application_uid ON application (org_id, uid) WHERE uid IS NOT NULL;
CREATE INDEX application_list ON application (org_id, id) WHERE deleted_at IS NULL AND NOT operational;

CREATE TABLE event_type (
  org_id text COLLATE "C" NOT NULL REFERENCES organisation (id),
  name text COLLATE "C" NOT NULL,
  description text NOT NULL,
  archived boolean NOT NULL DEFAULT false,
  deprecated boolean NOT NULL DEFAULT false,
  schemas jsonb,
  schema_validation schema_validation NOT NULL DEFAULT 'warn',
  feature_flags text[] NOT NULL DEFAULT '{}',
  group_name text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (org_id, name)
);

CREATE TABLE endpoint (
  id text COLLATE "C" PRIMARY KEY,
  org_id text COLLATE "C" NOT NULL REFERENCES organisation (id),
  app_id text COLLATE "C" NOT NULL REFERENCES application (id),
  uid text COLLATE "C",
  url text NOT NULL,
  description text NOT NULL DEFAULT '',
  throttle_rate integer,
  event_types text[] NOT NULL DEFAULT '{}',
  channels text[] NOT NULL DEFAULT '{}',
  metadata jsonb NOT NULL DEFAULT '{}',
  retry_schedule integer[] NOT NULL DEFAULT '{}',
  has_own_schedule boolean NOT NULL DEFAULT false,
  headers bytea,
  disabled boolean NOT NULL DEFAULT false,
  disabled_at timestamptz,
  disabled_by text,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
CREATE UNIQUE INDEX endpoint_uid ON endpoint (app_id, uid) WHERE uid IS NOT NULL;
CREATE INDEX endpoint_list ON endpoint (app_id, id) WHERE deleted_at IS NULL;

CREATE TABLE endpoint_secret (
  id text COLLATE "C" PRIMARY KEY,
  endpoint_id text COLLATE "C" NOT NULL REFERENCES endpoint (id),
  secret bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz
);
CREATE INDEX endpoint_secret_endpoint ON endpoint_secret (endpoint_id);
CREATE UNIQUE INDEX endpoint_secret_current ON endpoint_secret (endpoint_id) WHERE expires_at IS NULL;

CREATE TABLE endpoint_state (
  endpoint_id text COLLATE "C" PRIMARY KEY,
  app_id text COLLATE "C" NOT NULL,
  rate integer,
  failing_since timestamptz,
  failure_count integer NOT NULL DEFAULT 0,
  breaker_opened_at timestamptz,
  held_until timestamptz,
  lane boolean NOT NULL DEFAULT false,
  next_turn_at timestamptz,
  slot_at timestamptz
) WITH (fillfactor = 50);
CREATE INDEX endpoint_state_turn ON endpoint_state (next_turn_at) WHERE next_turn_at IS NOT NULL;
CREATE INDEX endpoint_state_failing ON endpoint_state (failing_since) WHERE failing_since IS NOT NULL;

CREATE TABLE endpoint_stat (
  endpoint_id text COLLATE "C" NOT NULL,
  hour timestamptz NOT NULL,
  success integer NOT NULL DEFAULT 0,
  fail integer NOT NULL DEFAULT 0,
  PRIMARY KEY (endpoint_id, hour)
) WITH (fillfactor = 50);

-- Partitioned by the message's id, a week each: retention drops whole partitions.
CREATE TABLE message (
  id text COLLATE "C" NOT NULL,
  app_id text COLLATE "C" NOT NULL,
  event_type text NOT NULL,
  event_id text,
  channels text[] NOT NULL DEFAULT '{}',
  tags text[] NOT NULL DEFAULT '{}',
  payload text,
  payload_expires_at timestamptz,
  schema_errors jsonb,
  unmatched text,
  publisher text NOT NULL,
  PRIMARY KEY (app_id, id)
) PARTITION BY RANGE (id);
CREATE INDEX message_payload_expiry ON message (payload_expires_at) WHERE payload_expires_at IS NOT NULL AND payload IS NOT NULL;

CREATE TABLE delivery (
  message_id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  trigger delivery_trigger NOT NULL DEFAULT 'scheduled',
  app_id text COLLATE "C" NOT NULL,
  status delivery_status NOT NULL DEFAULT 'pending',
  attempt_count smallint NOT NULL DEFAULT 0,
  lost_count smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  wait delivery_wait,
  lease_token uuid,
  cause text,
  task_id text,
  actor text,
  PRIMARY KEY (message_id, endpoint_id, trigger)
) PARTITION BY RANGE (message_id);
-- A delivery in flight is in neither of the next two: a first attempt that succeeds never touches them.
CREATE INDEX delivery_due ON delivery (next_attempt_at) WHERE wait = 'time';
CREATE INDEX delivery_waiting ON delivery (endpoint_id, wait, next_attempt_at, message_id) WHERE wait IS NOT NULL;
CREATE INDEX delivery_endpoint ON delivery (endpoint_id, message_id);

CREATE TABLE attempt (
  message_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  app_id text COLLATE "C" NOT NULL,
  trigger delivery_trigger NOT NULL,
  number smallint NOT NULL,
  success boolean NOT NULL,
  code text,
  params jsonb,
  url text NOT NULL,
  response_status smallint NOT NULL,
  response_body text,
  response_headers jsonb,
  duration_ms integer NOT NULL,
  timing jsonb,
  next_attempt_at timestamptz,
  task_id text,
  actor text,
  PRIMARY KEY (message_id, id)
) PARTITION BY RANGE (message_id);
CREATE INDEX attempt_endpoint ON attempt (endpoint_id, id);

CREATE TABLE message_event_id (
  app_id text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  message_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (app_id, event_id)
);
CREATE INDEX message_event_id_message ON message_event_id (message_id);

CREATE TABLE idempotency_key (
  key bytea PRIMARY KEY,
  body_hash bytea NOT NULL,
  message_id text COLLATE "C",
  status smallint,
  response bytea,
  created_at timestamptz NOT NULL DEFAULT now()
);
-- Rows arrive in time order, so a block range index finds the expired ones at next to no cost.
CREATE INDEX idempotency_key_created ON idempotency_key USING brin (created_at) WITH (pages_per_range = 32, autosummarize = on);

CREATE TABLE lease (
  token uuid PRIMARY KEY,
  worker text NOT NULL,
  expires_at timestamptz NOT NULL,
  message_ids text[] NOT NULL,
  endpoint_ids text[] NOT NULL,
  triggers delivery_trigger[] NOT NULL
);
CREATE INDEX lease_expiry ON lease (expires_at);

CREATE TABLE worker (
  id text PRIMARY KEY,
  seen_at timestamptz NOT NULL DEFAULT now(),
  host text NOT NULL,
  pid integer NOT NULL
);

CREATE TABLE leader (
  name text PRIMARY KEY,
  holder text NOT NULL,
  expires_at timestamptz NOT NULL
);

CREATE TABLE background_task (
  id text COLLATE "C" PRIMARY KEY,
  org_id text COLLATE "C" NOT NULL REFERENCES organisation (id),
  app_id text COLLATE "C",
  endpoint_id text COLLATE "C",
  type text NOT NULL,
  status task_status NOT NULL DEFAULT 'running',
  input jsonb NOT NULL DEFAULT '{}',
  cursor text COLLATE "C",
  done integer NOT NULL DEFAULT 0,
  skipped integer NOT NULL DEFAULT 0,
  error text,
  actor text NOT NULL,
  leased_until timestamptz,
  canceled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX background_task_list ON background_task (org_id, id);
CREATE INDEX background_task_running ON background_task (leased_until) WHERE status = 'running';

CREATE TABLE api_key (
  id text COLLATE "C" PRIMARY KEY,
  org_id text COLLATE "C" NOT NULL REFERENCES organisation (id),
  name text NOT NULL,
  hash bytea NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX api_key_list ON api_key (org_id, id);

CREATE TABLE revocation (
  subject text PRIMARY KEY,
  revoked_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);

CREATE TABLE audit_record (
  id text COLLATE "C" PRIMARY KEY,
  org_id text COLLATE "C" NOT NULL,
  app_id text COLLATE "C",
  actor text NOT NULL,
  action text NOT NULL,
  target text NOT NULL,
  changes jsonb,
  request_id text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX audit_record_list ON audit_record (org_id, id);
CREATE INDEX audit_record_app ON audit_record (app_id, id) WHERE app_id IS NOT NULL;
