-- Keys come with every publish and are looked up by the key alone: an analyze needs a few rows, and neither hashes nor answers.
ALTER TABLE idempotency_key
  ALTER COLUMN key SET STATISTICS 20,
  ALTER COLUMN created_at SET STATISTICS 20,
  ALTER COLUMN body_hash SET STATISTICS 0,
  ALTER COLUMN message_id SET STATISTICS 0,
  ALTER COLUMN status SET STATISTICS 0,
  ALTER COLUMN response SET STATISTICS 0;
