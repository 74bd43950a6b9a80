-- When a key was last taken, to ten minutes; null: not since this is noted.
ALTER TABLE api_key ADD COLUMN last_used_at timestamptz(6);
