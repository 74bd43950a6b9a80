-- What staff write down about an application: no part of it, as customers read that.
CREATE TABLE application_note (
  app_id text COLLATE "C" PRIMARY KEY REFERENCES application (id),
  text text NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz(6) NOT NULL DEFAULT now()
);
