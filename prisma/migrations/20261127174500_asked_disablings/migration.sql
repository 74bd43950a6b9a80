-- What receivers asked for (410, `webhook-delivery: disable`), written with the attempt that says so and gone once it is
-- done. A row for each attempt: those who record never wait for each other.
CREATE TABLE asked_disabling (
  attempt_id text COLLATE "C" PRIMARY KEY,
  endpoint_id text COLLATE "C" NOT NULL
);
