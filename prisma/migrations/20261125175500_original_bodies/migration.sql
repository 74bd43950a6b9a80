-- What a source received, byte for byte, where its message's payload was made from it. Null: the payload is it.
ALTER TABLE message ADD COLUMN original bytea;
