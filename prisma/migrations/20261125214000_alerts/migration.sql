-- What staff want to be told of, and what they were told.

CREATE TABLE alert_rule (
  id text COLLATE "C" PRIMARY KEY,
  org_id text COLLATE "C" NOT NULL REFERENCES organisation (id),
  name text NOT NULL,
  condition text NOT NULL CHECK (condition IN ('lag', 'oldest_due', 'success_rate', 'endpoint_failing',
    'endpoint_disabled', 'message_exhausted', 'quarantine_growth')),
  threshold double precision NOT NULL,
  window_seconds integer NOT NULL,
  -- Null: no reminders.
  reminder_seconds integer,
  target_kind text NOT NULL CHECK (target_kind IN ('email', 'slack', 'webhook')),
  target bytea NOT NULL,
  muted_until timestamptz,
  -- Of what was seen at the last look: null, too little to judge by.
  observed double precision,
  observed_at timestamptz,
  beyond_since timestamptz,
  firing_since timestamptz,
  -- Whether the target believes that it fires: what differs from `firing_since` is still to be told.
  told boolean NOT NULL DEFAULT false,
  notified_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX alert_rule_list ON alert_rule (org_id, id);

-- Written with the edge that it tells of, and sent from here.
CREATE TABLE alert_notification (
  id text COLLATE "C" PRIMARY KEY,
  rule_id text COLLATE "C" NOT NULL REFERENCES alert_rule (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('firing', 'resolved', 'reminder', 'test')),
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sent', 'failed')),
  content jsonb NOT NULL,
  attempts smallint NOT NULL DEFAULT 0,
  -- While it is being sent: when somebody else may take it over.
  next_attempt_at timestamptz,
  error text,
  settled_at timestamptz,
  CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
);
CREATE INDEX alert_notification_list ON alert_notification (rule_id, id);
CREATE INDEX alert_notification_due ON alert_notification (next_attempt_at) WHERE status = 'pending';
