-- When a source that publishes by schedule does so next: one row each, claimed by the database's clock.
CREATE TABLE source_schedule (
  source_id text COLLATE "C" PRIMARY KEY,
  next_at timestamptz NOT NULL
);
CREATE INDEX source_schedule_due ON source_schedule (next_at);
