-- Code that is to change what an endpoint receives: kept and shown, not run.
ALTER TABLE endpoint ADD COLUMN transformation jsonb;
