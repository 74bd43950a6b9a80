-- The only applications that a key is taken for; empty: all of its organisation.
ALTER TABLE api_key ADD COLUMN app_ids text[] NOT NULL DEFAULT '{}';
