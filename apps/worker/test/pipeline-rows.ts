import type { CoreContext } from '@posthorn/core'
import { newId } from '@posthorn/runtime'
import { generateSecret } from '@posthorn/signing'
import { waitFor } from '@posthorn/test-kit'

export interface EndpointOptions {
  readonly rate?: number
  /** The current one first. */
  readonly secrets?: readonly string[]
  readonly operational?: boolean
  readonly retrySchedule?: readonly number[]
}

interface RowsContext extends CoreContext {
  readonly app: {
    readonly orgId: string
    readonly appId: string
    readonly operationalAppId: string
  }
}

/** What tests put into the database, and read out of it, past the API. */
export function createPipelineRows(ctx: RowsContext) {
  return {
    addEndpoint: (url: string, options: EndpointOptions = {}) => addEndpoint(ctx, url, options),
    async deliveryOf(messageId: string, trigger: 'scheduled' | 'manual' = 'scheduled') {
      const { rows } = await ctx.db.hot.query<{
        status: string
        attempts: number
        cause: string | null
        wait: string | null
      }>(
        `SELECT status, attempt_count AS attempts, cause, wait FROM delivery
          WHERE message_id = $1 AND trigger = $2::delivery_trigger`,
        [messageId, trigger],
      )
      return rows[0]
    },
    async attemptsOf(messageId: string) {
      const { rows } = await ctx.db.hot.query<{
        code: string | null
        number: number
        trigger: string
        success: boolean
        timing: Record<string, unknown>
      }>(
        'SELECT code, number, trigger, success, timing FROM attempt WHERE message_id = $1 ORDER BY id',
        [messageId],
      )
      return rows
    },
    async untilStatus(messageId: string, status: string): Promise<void> {
      await waitFor(`${messageId} ${status}`, async () => {
        const { rows } = await ctx.db.hot.query<{ done: boolean }>(
          'SELECT bool_and(status::text = $2) AS done FROM delivery WHERE message_id = $1',
          [messageId, status],
        )
        return rows[0]?.done === true
      })
    },
    /** Deliveries by status. */
    async tally(): Promise<Record<string, number>> {
      const { rows } = await ctx.db.hot.query<{ status: string; count: number }>(
        'SELECT status::text, count(*)::int AS count FROM delivery WHERE app_id = $1 GROUP BY 1',
        [ctx.app.appId],
      )
      return Object.fromEntries(rows.map((row) => [row.status, row.count]))
    },
    async stateOf(endpointId: string) {
      const { rows } = await ctx.db.hot.query<{
        failing_since: Date | null
        failure_count: number
        breaker_opened_at: Date | null
        held_until: Date | null
        disabled: boolean
        disabled_by: string | null
      }>(
        `SELECT s.*, e.disabled, e.disabled_by FROM endpoint_state s JOIN endpoint e ON e.id = s.endpoint_id
          WHERE s.endpoint_id = $1`,
        [endpointId],
      )
      const [row] = rows
      if (row === undefined) throw new Error('No such endpoint.')
      return row
    },
  }
}

async function addEndpoint(
  ctx: RowsContext,
  url: string,
  options: EndpointOptions,
): Promise<string> {
  const { app, clock, db } = ctx
  const id = newId('ep_', clock.nowMs())
  const rate = options.rate ?? null
  const appId = options.operational === true ? app.operationalAppId : app.appId
  await db.hot.query(
    `INSERT INTO endpoint (id, org_id, app_id, url, throttle_rate, retry_schedule, has_own_schedule)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      app.orgId,
      appId,
      url,
      rate,
      options.retrySchedule ?? [],
      options.retrySchedule !== undefined,
    ],
  )
  await db.hot.query(
    `INSERT INTO endpoint_state (endpoint_id, app_id, rate, lane) VALUES ($1, $2, $3::int, $3 IS NOT NULL)`,
    [id, appId, rate],
  )
  for (const [age, secret] of (options.secrets ?? [generateSecret()]).entries())
    await addSecret(ctx, { endpointId: id, secret, age })
  await db.hot.query('UPDATE application SET version = version + 1 WHERE id = $1', [appId])
  return id
}

interface SecretSeed {
  readonly endpointId: string
  readonly secret: string
  /** 0: the current one. Others are hours old and live for one more. */
  readonly age: number
}

async function addSecret(
  { db, clock, vault }: RowsContext,
  { endpointId, secret, age }: SecretSeed,
): Promise<void> {
  await db.hot.query(
    `INSERT INTO endpoint_secret (id, endpoint_id, secret, created_at, expires_at)
     VALUES ($1, $2, $3, now() - $4 * interval '1 hour', CASE WHEN $4 > 0 THEN now() + interval '1 hour' END)`,
    [newId('key_', clock.nowMs()), endpointId, Buffer.from(vault.seal(secret)), age],
  )
}
