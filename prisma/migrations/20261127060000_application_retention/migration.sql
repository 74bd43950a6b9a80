-- How long the payloads of an application are kept, where that is less than all are. Apart from `application`: only
-- what tells of it and the clean-up read it, no publish.
CREATE TABLE application_retention (
  app_id text COLLATE "C" PRIMARY KEY REFERENCES application (id),
  payload_days integer NOT NULL CHECK (payload_days BETWEEN 1 AND 3650),
  changed_by text NOT NULL,
  changed_at timestamptz(6) NOT NULL DEFAULT now(),
  -- What the clean-up has been through: up to this message.
  done_to text COLLATE "C" NOT NULL DEFAULT '',
  next_look_at timestamptz(6) NOT NULL DEFAULT now()
);
CREATE INDEX application_retention_due ON application_retention (next_look_at);
