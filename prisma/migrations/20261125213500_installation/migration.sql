-- What its owners call it; null: nobody named it.
ALTER TABLE organisation ADD COLUMN name text;

-- What owners set for all organisations at once: one row, or none. Null: as the environment says.
CREATE TABLE installation (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  retention_days integer CHECK (retention_days BETWEEN 1 AND 3650),
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);
