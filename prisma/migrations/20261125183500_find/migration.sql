-- Where an endpoint is, for finding it and for seeing an outage as one: always what its URL says.
ALTER TABLE endpoint ADD COLUMN host text COLLATE "C"
  GENERATED ALWAYS AS (lower(substring(url FROM '^[A-Za-z]+://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/:?#]*)'))) STORED;

CREATE INDEX endpoint_host ON endpoint (org_id, host, id) WHERE deleted_at IS NULL;
-- Finds a domain by its end: `example.com` is in `hooks.example.com`.
CREATE INDEX endpoint_host_end ON endpoint (org_id, reverse(host), id) WHERE deleted_at IS NULL;
CREATE INDEX endpoint_disabled ON endpoint (org_id, disabled_at) WHERE disabled AND deleted_at IS NULL;

CREATE INDEX application_name ON application (org_id, lower(name) text_pattern_ops)
  WHERE deleted_at IS NULL AND NOT operational AND source_id IS NULL;
CREATE INDEX application_uid_start ON application (org_id, lower(uid) text_pattern_ops)
  WHERE deleted_at IS NULL AND NOT operational AND source_id IS NULL;

-- The messages of all applications, newest first. Ids grow, so what a publish adds is always at its end.
CREATE INDEX message_newest ON message (id);
