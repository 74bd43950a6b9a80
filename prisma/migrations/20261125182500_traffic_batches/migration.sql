-- One row a recorded batch, whatever it holds: a row for each endpoint of it cost more than the rest of the record.
DROP TABLE traffic_delta;
CREATE TABLE traffic_delta (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  minute timestamptz NOT NULL DEFAULT date_trunc('minute', now()),
  app_ids text[] NOT NULL,
  endpoint_ids text[] NOT NULL,
  event_types text[] NOT NULL,
  marks smallint[] NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_threshold = -1);
