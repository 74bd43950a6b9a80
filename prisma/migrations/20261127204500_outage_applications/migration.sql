-- Which applications an outage touched, for staff who may see some of them alone. No reference to `application`: whoever
-- changes one never waits for who writes this.
CREATE TABLE outage_application (
  outage_id text COLLATE "C" NOT NULL REFERENCES outage (id),
  app_id text COLLATE "C" NOT NULL,
  began_at timestamptz(6) NOT NULL,
  -- Null: it goes on there.
  ended_at timestamptz(6),
  -- The most at once.
  endpoints integer NOT NULL,
  -- What the newest attempts of some of these came to when there were that many.
  causes jsonb NOT NULL,
  PRIMARY KEY (app_id, outage_id)
);
CREATE INDEX outage_application_outage ON outage_application (outage_id);
CREATE INDEX outage_application_going_on ON outage_application (app_id) WHERE ended_at IS NULL;
CREATE INDEX outage_application_ended ON outage_application (ended_at) WHERE ended_at IS NOT NULL;
