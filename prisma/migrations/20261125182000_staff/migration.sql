-- Who works with the console: users, their role in each organisation, sessions and one-time links.

CREATE TABLE staff_user (
  id text COLLATE "C" PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text,
  totp_secret bytea,
  totp_pending bytea,
  totp_step bigint NOT NULL DEFAULT 0,
  identity text UNIQUE,
  last_sign_in_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE staff_member (
  org_id text COLLATE "C" NOT NULL REFERENCES organisation (id),
  user_id text COLLATE "C" NOT NULL REFERENCES staff_user (id),
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'support', 'viewer')),
  disabled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (org_id, user_id)
);
CREATE INDEX staff_member_user ON staff_member (user_id, org_id);

CREATE TABLE staff_session (
  id text COLLATE "C" PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  user_id text COLLATE "C" NOT NULL REFERENCES staff_user (id),
  method text NOT NULL,
  address text NOT NULL,
  user_agent text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX staff_session_user ON staff_session (user_id, id);

CREATE TABLE staff_link (
  id text COLLATE "C" PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  purpose text NOT NULL CHECK (purpose IN ('first_owner', 'invitation', 'recovery')),
  org_id text COLLATE "C",
  email text,
  role text,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX staff_link_org ON staff_link (org_id, id);

CREATE TABLE staff_recovery_code (
  user_id text COLLATE "C" NOT NULL REFERENCES staff_user (id),
  hash bytea NOT NULL,
  PRIMARY KEY (user_id, hash)
);

-- Browsers that a user signed in from: guesses made elsewhere don't lock them out.
CREATE TABLE staff_device (
  token_hash bytea PRIMARY KEY,
  user_id text COLLATE "C" NOT NULL REFERENCES staff_user (id),
  expires_at timestamptz NOT NULL
);
CREATE INDEX staff_device_user ON staff_device (user_id, expires_at);

CREATE TABLE staff_throttle (
  key text PRIMARY KEY,
  failures integer NOT NULL,
  ends_at timestamptz NOT NULL
);
CREATE INDEX staff_throttle_end ON staff_throttle (ends_at);
