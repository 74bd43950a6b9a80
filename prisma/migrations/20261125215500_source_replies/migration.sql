-- What backends reply to callers who wait: the first of each message stays until nobody can ask for it.
CREATE TABLE source_reply (
  message_id text COLLATE "C" PRIMARY KEY,
  source_id text COLLATE "C" NOT NULL,
  status integer NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX source_reply_expiry ON source_reply (expires_at);

-- Losant's clients know ids of 24 hexadecimal digits: the first of the digest of ours.
CREATE INDEX source_losant_id ON source (org_id, left(encode(sha256(decode(id, 'escape')), 'hex'), 24))
  WHERE deleted_at IS NULL AND type = 'losant';
CREATE INDEX application_losant_id ON application (org_id, left(encode(sha256(decode(id, 'escape')), 'hex'), 24))
  WHERE deleted_at IS NULL;
