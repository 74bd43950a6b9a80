-- Whether deliveries of the whole installation are paused, since when, by whom and why: one row while they are,
-- none else. Every worker reads it at its start and with its heartbeat.
CREATE TABLE delivery_pause (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  paused_at timestamptz NOT NULL DEFAULT now(),
  paused_by text NOT NULL,
  reason text NOT NULL
);
-- Whether the worker has heard of it; null: one of an older version, which doesn't listen.
ALTER TABLE worker ADD COLUMN is_paused boolean;
