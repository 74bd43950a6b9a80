-- What recorded attempts add to the rollups, in their own transaction. Only appended, so recorders never
-- wait for each other; a worker folds it into the rollups and deletes it.
CREATE TABLE traffic_delta (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  event_type text COLLATE "C" NOT NULL,
  minute timestamptz NOT NULL DEFAULT date_trunc('minute', now()),
  marks smallint[] NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_threshold = -1);

-- Attempts of an application, of each of its endpoints and of each event type: a minute, an hour, a day.
CREATE TABLE traffic_minute (
  app_id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  starts_at timestamptz NOT NULL,
  success integer NOT NULL,
  fail integer NOT NULL,
  exhausted integer NOT NULL,
  latency integer[] NOT NULL,
  PRIMARY KEY (app_id, kind, key, starts_at)
) WITH (fillfactor = 50);
CREATE TABLE traffic_hour (LIKE traffic_minute INCLUDING ALL) WITH (fillfactor = 50);
CREATE TABLE traffic_day (LIKE traffic_minute INCLUDING ALL) WITH (fillfactor = 50);
CREATE INDEX traffic_minute_start ON traffic_minute (starts_at);
CREATE INDEX traffic_hour_start ON traffic_hour (starts_at);
CREATE INDEX traffic_day_start ON traffic_day (starts_at);
