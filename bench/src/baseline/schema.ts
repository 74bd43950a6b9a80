import pg from 'pg'

/** Two rows per publish, one per attempt, one partial index for what is due: nothing else. */
const SCHEMA = `
  create table endpoint (id int primary key, application_id int not null, url text not null, secret bytea not null);
  create index on endpoint (application_id);
  create table message (
    id text collate "C" primary key, application_id int not null, payload text not null,
    created_at timestamptz not null default now()
  );
  create table delivery (
    message_id text collate "C" not null, endpoint_id int not null, state text not null default 'pending',
    next_attempt_at timestamptz, leased_until timestamptz, lease_token text, primary key (message_id, endpoint_id)
  );
  create index on delivery (next_attempt_at) where state = 'pending';
  create table attempt (
    id text collate "C" primary key, message_id text collate "C" not null, endpoint_id int not null,
    status int not null, duration_ms real not null, response text not null
  );
`

export async function createBaselineSchema(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(SCHEMA)
  await client.end()
}
