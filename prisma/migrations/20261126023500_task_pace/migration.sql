-- Where a task stood when it was let go on: its pace is measured from there.
ALTER TABLE background_task
  ADD COLUMN resumed_at timestamptz,
  ADD COLUMN resumed_done integer NOT NULL DEFAULT 0,
  ADD COLUMN resumed_fraction double precision NOT NULL DEFAULT 0;
