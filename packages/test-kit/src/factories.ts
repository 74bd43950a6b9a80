import { firstIdAt, type IdPrefix, newId } from '@posthorn/runtime'
import type pg from 'pg'

/**
 * Rows as the pipeline would have left them, put there by SQL: a history in one line, at any moment
 * of the past (`atMs` is what a message's or attempt's id says). Partitions must exist for it.
 */

type Queryable = Pick<pg.Pool, 'query'>
type Row = Readonly<Record<string, unknown>>

export interface SeededApplication {
  readonly orgId: string
  readonly appId: string
}

export async function seedApplication(
  db: Queryable,
  fields: { readonly orgId?: string; readonly appId?: string; readonly uid?: string } = {},
): Promise<SeededApplication> {
  const now = Date.now()
  const { orgId = newId('org_', now), appId = newId('app_', now), uid = null } = fields
  await db.query(
    `INSERT INTO organisation (id, operational_app_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [orgId, newId('app_', now)],
  )
  await insertRows(db, 'application', [
    {
      id: appId,
      org_id: orgId,
      uid,
      name: 'seeded',
      metadata: {},
      version: 1,
      operational: false,
      ...timestamps(now),
    },
  ])
  return { orgId, appId }
}

export interface EndpointSeed {
  readonly id?: string
  readonly uid?: string
  readonly url?: string
  readonly disabled?: boolean
  readonly deleted?: boolean
}

export async function seedEndpoint(
  db: Queryable,
  app: SeededApplication,
  fields: EndpointSeed = {},
): Promise<string> {
  const now = Date.now()
  const id = fields.id ?? newId('ep_', now)
  await insertRows(db, 'endpoint', [
    {
      id,
      org_id: app.orgId,
      app_id: app.appId,
      uid: fields.uid ?? null,
      url: fields.url ?? 'http://127.0.0.1:9/hook',
      description: '',
      event_types: [],
      channels: [],
      metadata: {},
      retry_schedule: [],
      has_own_schedule: false,
      disabled: fields.disabled ?? false,
      version: 1,
      ...timestamps(now),
      deleted_at: fields.deleted === true ? new Date(now) : null,
    },
  ])
  await insertRows(db, 'endpoint_state', [
    { endpoint_id: id, app_id: app.appId, failure_count: 0, lane: false },
  ])
  return id
}

function timestamps(atMs: number): Row {
  return { created_at: new Date(atMs), updated_at: new Date(atMs) }
}

export interface MessageSeed {
  readonly id?: string
  readonly atMs?: number
  readonly eventType?: string
  readonly eventId?: string
  readonly channels?: readonly string[]
  readonly tags?: readonly string[]
  /** The stored text; null: expunged. */
  readonly payload?: string | null
  readonly payloadExpiresAt?: Date
}

/** Answers the ids, in the order given. */
export async function seedMessages(
  db: Queryable,
  app: SeededApplication,
  seeds: readonly MessageSeed[],
): Promise<string[]> {
  const rows = seeds.map((seed) => messageRow(app.appId, seed))
  await insertRows(db, 'message', rows)
  const named = rows.filter((row) => row.event_id !== null)
  await insertRows(
    db,
    'message_event_id',
    named.map((row) => ({ app_id: app.appId, event_id: row.event_id, message_id: row.id })),
  )
  return rows.map((row) => row.id)
}

export async function seedMessage(
  db: Queryable,
  app: SeededApplication,
  seed: MessageSeed = {},
): Promise<string> {
  const [id] = await seedMessages(db, app, [seed])
  if (id === undefined) throw new Error('One message was asked for.')
  return id
}

function messageRow(appId: string, seed: MessageSeed) {
  return {
    id: seed.id ?? newId('msg_', seed.atMs ?? Date.now()),
    app_id: appId,
    event_type: seed.eventType ?? 'invoice.paid',
    event_id: seed.eventId ?? null,
    channels: seed.channels ?? [],
    tags: seed.tags ?? [],
    payload: seed.payload === undefined ? '{"amount":1}' : seed.payload,
    payload_expires_at: seed.payloadExpiresAt ?? null,
    publisher: 'key:seeded',
  }
}

export interface DeliverySeed {
  readonly messageId: string
  readonly endpointId: string
  readonly trigger?: 'scheduled' | 'manual'
  readonly status?: 'pending' | 'delivered' | 'failed' | 'canceled'
  readonly attemptCount?: number
  readonly nextAttemptAt?: Date
  readonly cause?: string
}

export async function seedDeliveries(
  db: Queryable,
  app: SeededApplication,
  seeds: readonly DeliverySeed[],
): Promise<void> {
  await insertRows(
    db,
    'delivery',
    seeds.map((seed) => ({
      message_id: seed.messageId,
      endpoint_id: seed.endpointId,
      trigger: seed.trigger ?? 'scheduled',
      app_id: app.appId,
      status: seed.status ?? 'delivered',
      attempt_count: seed.attemptCount ?? (seed.status === 'pending' ? 0 : 1),
      lost_count: 0,
      next_attempt_at: seed.nextAttemptAt ?? null,
      wait: seed.nextAttemptAt === undefined ? null : 'time',
      cause: seed.cause ?? null,
    })),
  )
}

export interface AttemptSeed {
  readonly messageId: string
  readonly endpointId: string
  readonly id?: string
  readonly atMs?: number
  readonly trigger?: 'scheduled' | 'manual'
  readonly number?: number
  readonly responseStatus?: number
  readonly responseBody?: string
  readonly nextAttemptAt?: Date
  readonly actor?: string
  /** In place of what the status says: `connection_refused`. */
  readonly code?: string
  /** What its sentence says. */
  readonly params?: Readonly<Record<string, string | number>>
  readonly url?: string
  readonly taskId?: string
  /** Besides how long its phases took. */
  readonly trace?: { readonly address?: string; readonly worker?: string; readonly errno?: string }
}

/** A 2xx is a success, anything else a failure. Answers the ids, in the order given. */
export async function seedAttempts(
  db: Queryable,
  app: SeededApplication,
  seeds: readonly AttemptSeed[],
): Promise<string[]> {
  const rows = seeds.map((seed) => attemptRow(app.appId, seed))
  await insertRows(db, 'attempt', rows)
  return rows.map((row) => row.id)
}

function attemptRow(appId: string, seed: AttemptSeed) {
  const status = seed.responseStatus ?? 200
  const success = status >= 200 && status < 300
  return {
    message_id: seed.messageId,
    id: seed.id ?? newId('atmpt_', seed.atMs ?? Date.now()),
    endpoint_id: seed.endpointId,
    app_id: appId,
    success,
    code: seed.code ?? (success ? null : `http_${status}`),
    response_status: status,
    ...whatIsNamed(seed),
  }
}

function whatIsNamed(seed: AttemptSeed) {
  return {
    trigger: seed.trigger ?? 'scheduled',
    number: seed.number ?? 1,
    params: seed.params ?? null,
    url: seed.url ?? 'http://127.0.0.1:9/hook',
    response_body: seed.responseBody ?? 'OK',
    response_headers: { 'content-type': 'text/plain' },
    duration_ms: 12,
    timing: {
      dnsMs: null,
      connectMs: 1,
      tlsMs: null,
      waitMs: 8,
      bodyMs: 1,
      totalMs: 12,
      ...seed.trace,
    },
    next_attempt_at: seed.nextAttemptAt ?? null,
    actor: seed.actor ?? null,
    task_id: seed.taskId ?? null,
  }
}

/** Ids that sort as they are numbered: the nth of an instant. */
export function idAt(prefix: IdPrefix, atMs: number, n = 0): string {
  const digits = String(n).padStart(6, '0')
  return firstIdAt(prefix, atMs).slice(0, -digits.length) + digits
}

// Of rows with the same columns. Those left out get their default, or are made by the database.
async function insertRows(db: Queryable, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first).join(', ')
  await db.query(
    `INSERT INTO ${table} (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  )
}
