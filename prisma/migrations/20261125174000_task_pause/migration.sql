-- A task can be held, and counts at its beginning what it has before it.
ALTER TABLE background_task ADD COLUMN paused_at timestamptz;
ALTER TABLE background_task ADD COLUMN total integer;

-- What became of a task's deliveries. The others are in no entry of it, and a change of status moves none.
CREATE INDEX delivery_task ON delivery (task_id) WHERE task_id IS NOT NULL;
