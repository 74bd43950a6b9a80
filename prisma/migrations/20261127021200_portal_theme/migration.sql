-- How the portals of an organisation look. Apart from `organisation`, which is read often: images are kilobytes.
CREATE TABLE portal_theme (
  org_id text COLLATE "C" PRIMARY KEY REFERENCES organisation (id),
  theme jsonb NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz(6) NOT NULL DEFAULT now()
);
