-- The longest that the worker's event loop was held up since its sign of life before; null: an older version.
ALTER TABLE worker ADD COLUMN loop_delay_ms float8;
-- When the scheduler last looked for what is due; null: not since this is noted.
ALTER TABLE leader ADD COLUMN swept_at timestamptz(6);
