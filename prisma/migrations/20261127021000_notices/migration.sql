-- Whom customers want told, by e-mail, that an endpoint of theirs is in trouble.
CREATE TABLE notice_address (
  id text COLLATE "C" PRIMARY KEY,
  app_id text COLLATE "C" NOT NULL REFERENCES application (id),
  -- In lower case.
  email text NOT NULL,
  notices text[] NOT NULL CHECK (notices <@ ARRAY['failing', 'disabled_soon', 'disabled']),
  language text NOT NULL CHECK (language IN ('en', 'de')),
  -- The secret part of its links: looked up by its hash, written into mails by decrypting it.
  token bytea NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  confirm_by timestamptz NOT NULL,
  -- Null: nothing but the mail that asks for it is sent.
  confirmed_at timestamptz,
  -- What it was told, by endpoint: what differs from how the endpoint is is still to be told.
  told jsonb NOT NULL DEFAULT '{}',
  -- Since when there is something to tell: what comes soon after goes into the same mail.
  news_since timestamptz,
  told_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (app_id, email)
);
CREATE INDEX notice_address_unconfirmed ON notice_address (confirm_by) WHERE confirmed_at IS NULL;

-- Written in the transaction that says so, and sent from here.
CREATE TABLE notice_mail (
  id text COLLATE "C" PRIMARY KEY,
  address_id text COLLATE "C" NOT NULL REFERENCES notice_address (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('confirmation', 'notice')),
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sent', 'failed')),
  content jsonb NOT NULL,
  attempts smallint NOT NULL DEFAULT 0,
  -- While it is being sent: when somebody else may take it over.
  next_attempt_at timestamptz,
  error text,
  settled_at timestamptz,
  CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
);
CREATE INDEX notice_mail_address ON notice_mail (address_id);
CREATE INDEX notice_mail_due ON notice_mail (next_attempt_at) WHERE status = 'pending';
CREATE INDEX notice_mail_settled ON notice_mail (settled_at) WHERE settled_at IS NOT NULL;

-- What was disabled of late, of the few applications where somebody wants to be told.
CREATE INDEX endpoint_disabled_app ON endpoint (app_id, disabled_at) WHERE disabled AND deleted_at IS NULL;
