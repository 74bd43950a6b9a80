-- When which host was out: written while it is, for staff to look back. Nothing is decided by it.
CREATE TABLE outage (
  id text COLLATE "C" PRIMARY KEY,
  org_id text COLLATE "C" NOT NULL REFERENCES organisation (id),
  host text COLLATE "C" NOT NULL,
  began_at timestamptz(6) NOT NULL,
  -- Null: it goes on.
  ended_at timestamptz(6),
  -- The most at once.
  endpoints integer NOT NULL,
  applications integer NOT NULL,
  -- What the newest attempts came to while it was widest.
  causes jsonb NOT NULL
);
CREATE UNIQUE INDEX outage_going_on ON outage (org_id, host) WHERE ended_at IS NULL;
CREATE INDEX outage_newest ON outage (org_id, id) WHERE ended_at IS NOT NULL;
CREATE INDEX outage_ended ON outage (ended_at) WHERE ended_at IS NOT NULL;
