-- Until when a refused request is kept is its source's to say; processes that don't say it yet mean seven days.
ALTER TABLE quarantined_request
  ADD COLUMN expires_at timestamptz NOT NULL DEFAULT now() + interval '7 days';
UPDATE quarantined_request SET expires_at = received_at + interval '7 days';
CREATE INDEX quarantined_request_end ON quarantined_request (expires_at);
