-- What a worker says of itself when it says that it lives; null: one of an older version.
ALTER TABLE worker ADD COLUMN version text, ADD COLUMN memory_bytes bigint;
