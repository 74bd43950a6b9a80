-- Slices of a task that were begun one after the other without one being finished: what never succeeds ends.
ALTER TABLE background_task ADD COLUMN failures smallint NOT NULL DEFAULT 0;
