import pg from 'pg'

/** What is stored when the pages are looked at. */
export type Scale = { endpoints: number; messages: number; eventTypes: number }

/** With the id of a message in the middle. */
export type Seeded = Scale & {
  appId: string
  endpointId: string
  orgId: string
  messageId: string
}

export type SeedInput = {
  databaseUrl: string
  scale: Scale
  /** Made by the API, so that it has all that an endpoint has. */
  appId: string
  endpointId: string
}

const CHUNK = 100_000
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const EPOCH_SECONDS = 1_400_000_000
const BODY_LENGTH = 27
const SHARED_LENGTH = 8

/** Rows as the pipeline would have left them, put there by SQL: one message in two is the first endpoint's. */
export async function seed({ databaseUrl, scale, appId, endpointId }: SeedInput): Promise<Seeded> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const orgId = await organisationOf(client, appId)
    const anchor = idStart(Date.now())
    await addEventTypes(client, orgId, scale.eventTypes)
    await addEndpoints(client, { orgId, appId, anchor, count: scale.endpoints - 1 })
    for (let from = 0; from < scale.messages; from += CHUNK)
      await addMessages(client, {
        appId,
        endpointId,
        anchor,
        from,
        to: Math.min(from + CHUNK, scale.messages),
        endpoints: scale.endpoints - 1,
      })
    await client.query('ANALYZE')
    const middle = Math.floor(scale.messages / 2).toString()
    const messageId = `msg_${anchor}${middle.padStart(BODY_LENGTH - SHARED_LENGTH, '0')}`
    return { ...(await count(client, appId)), appId, endpointId, orgId, messageId }
  } finally {
    await client.end()
  }
}

async function organisationOf(client: pg.Client, appId: string): Promise<string> {
  const { rows } = await client.query<{ org_id: string }>(
    'SELECT org_id FROM application WHERE id = $1',
    [appId],
  )
  const [row] = rows
  if (row === undefined) throw new Error('The application is not in the database.')
  return row.org_id
}

async function addEventTypes(client: pg.Client, orgId: string, most: number): Promise<void> {
  await client.query(
    `INSERT INTO event_type (org_id, name, description)
     SELECT $1, 'group' || n % 25 || '.thing' || n, 'Event type number ' || n FROM generate_series(1, $2::int) n
     ON CONFLICT DO NOTHING`,
    [orgId, most],
  )
}

type Endpoints = { orgId: string; appId: string; anchor: string; count: number }

async function addEndpoints(client: pg.Client, endpoints: Endpoints): Promise<void> {
  const { orgId, appId, anchor, count: most } = endpoints
  const id = `'ep_' || $3 || lpad(n::text, ${BODY_LENGTH - SHARED_LENGTH}, '0')`
  await client.query(
    `INSERT INTO endpoint (id, org_id, app_id, url, description, disabled)
     SELECT ${id}, $1, $2, 'https://hooks' || n || '.example.com/in', 'Endpoint number ' || n, n % 50 = 0
       FROM generate_series(1, $4::int) n`,
    [orgId, appId, anchor, most],
  )
  await client.query(
    `INSERT INTO endpoint_state (endpoint_id, app_id, failing_since, failure_count)
     SELECT e.id, e.app_id, CASE WHEN right(e.id, 2) = '07' THEN now() END, CASE WHEN right(e.id, 2) = '07' THEN 6 ELSE 0 END
       FROM endpoint e WHERE e.app_id = $1 ON CONFLICT DO NOTHING`,
    [appId],
  )
  await client.query(
    `INSERT INTO endpoint_stat (endpoint_id, hour, success, fail)
     SELECT e.id, date_trunc('hour', now()), 95, 5 FROM endpoint e WHERE e.app_id = $1 ON CONFLICT DO NOTHING`,
    [appId],
  )
}

type Messages = {
  appId: string
  endpointId: string
  anchor: string
  from: number
  to: number
  endpoints: number
}

async function addMessages(client: pg.Client, messages: Messages): Promise<void> {
  const { appId, endpointId, anchor, from, to, endpoints } = messages
  const suffix = `lpad(n::text, ${BODY_LENGTH - SHARED_LENGTH}, '0')`
  const span = [appId, anchor, from, to - 1]
  const endpoint = `CASE WHEN n % 2 = 0 THEN $5 ELSE 'ep_' || $2 || lpad((n % $6::int + 1)::text, ${BODY_LENGTH - SHARED_LENGTH}, '0') END`
  const series = 'generate_series($3::int, $4::int) n'
  await client.query(
    `INSERT INTO message (id, app_id, event_type, channels, tags, payload, publisher)
     SELECT 'msg_' || $2 || ${suffix}, $1, 'group' || n % 25 || '.thing' || n % 500,
            CASE WHEN n % 10 = 0 THEN '{eu}'::text[] ELSE '{}' END, CASE WHEN n % 100 = 0 THEN '{urgent}'::text[] ELSE '{}' END,
            '{"amount":' || n || ',"currency":"EUR"}', 'key:bench' FROM ${series}`,
    span,
  )
  await client.query(
    `INSERT INTO delivery (message_id, endpoint_id, app_id, status, attempt_count, cause)
     SELECT 'msg_' || $2 || ${suffix}, ${endpoint}, $1,
            (CASE WHEN n % 20 = 0 THEN 'failed' ELSE 'delivered' END)::delivery_status, 1,
            CASE WHEN n % 20 = 0 THEN 'http_500' END FROM ${series}`,
    [...span, endpointId, endpoints],
  )
  await client.query(
    `INSERT INTO attempt (message_id, id, endpoint_id, app_id, trigger, number, success, code, url, response_status, response_body, duration_ms)
     SELECT 'msg_' || $2 || ${suffix}, 'atmpt_' || $2 || ${suffix}, ${endpoint}, $1, 'scheduled', 1, n % 20 <> 0,
            CASE WHEN n % 20 = 0 THEN 'http_500' END, 'https://hooks.example.com/in', CASE WHEN n % 20 = 0 THEN 500 ELSE 200 END, 'ok', 12 FROM ${series}`,
    [...span, endpointId, endpoints],
  )
}

async function count(client: pg.Client, appId: string): Promise<Scale> {
  const { rows } = await client.query<Scale>(
    `SELECT (SELECT count(*)::int FROM endpoint WHERE app_id = $1) AS endpoints,
            (SELECT count(*)::int FROM message WHERE app_id = $1) AS messages,
            (SELECT count(*)::int FROM event_type) AS "eventTypes"`,
    [appId],
  )
  const [row] = rows
  if (row === undefined) throw new Error('Nothing was counted.')
  return row
}

/** The digits that ids of one instant share: 4 bytes of seconds and one of 4 ms steps, before 15 random ones. */
function idStart(atMs: number): string {
  const seconds = BigInt(Math.floor(atMs / 1000) - EPOCH_SECONDS)
  let number = ((seconds << 8n) | BigInt(Math.floor((atMs % 1000) / 4))) << 120n
  let text = ''
  for (let digit = 0; digit < BODY_LENGTH; digit++) {
    text = (DIGITS[Number(number % 62n)] ?? '0') + text
    number /= 62n
  }
  return text.slice(0, SHARED_LENGTH)
}
