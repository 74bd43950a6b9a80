-- When the newest calls of each key came, in milliseconds, the oldest first: what bounds them holds over all processes
-- that receive. Unlogged: a crash of the database begins the windows anew, and counting writes no log.
CREATE UNLOGGED TABLE call_window (
  key text COLLATE "C" PRIMARY KEY,
  calls double precision[] NOT NULL,
  taken integer NOT NULL,
  expires_at timestamptz NOT NULL
) WITH (fillfactor = 50);
