-- Deliveries that were taken over from workers that died, by hour: what staff see of it.
CREATE TABLE lease_rescue (
  hour timestamptz PRIMARY KEY,
  deliveries integer NOT NULL,
  last_at timestamptz NOT NULL
);
