import type { AttemptRecord } from './attempt.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

/** As the row says: what tells what it came to. */
export type NewestAttempt = Pick<
  AttemptRecord,
  | 'id'
  | 'messageId'
  | 'trigger'
  | 'number'
  | 'success'
  | 'code'
  | 'params'
  | 'url'
  | 'responseStatus'
  | 'durationMs'
>

/** `NewestAttempt` of the row `a` of `attempt`. */
export const NEWEST_ATTEMPT = Prisma.sql`
  jsonb_build_object('id', a.id, 'messageId', a.message_id, 'trigger', a.trigger, 'number', a.number,
                     'success', a.success, 'code', a.code, 'params', a.params, 'url', a.url,
                     'responseStatus', a.response_status, 'durationMs', a.duration_ms)`

/** A message may go to thousands of endpoints: so many of its attempts are looked at, the newest first. */
const LOOKED_AT = 1_000

export interface NewestAttemptsQuery {
  readonly endpointId: string
  readonly messageIds: readonly string[]
}

/**
 * Of each message its newest attempt at an endpoint. The limit inside keeps any plan from walking the endpoint's
 * attempts for those of the message; where none was made at this endpoint, none of the others' is read.
 */
export function newestAttemptsSql(
  { appId }: { readonly appId: string },
  { endpointId, messageIds }: NewestAttemptsQuery,
): Prisma.Sql {
  return Prisma.sql`
    SELECT newest.attempt FROM unnest(${[...messageIds]}::text[]) AS m (id)
     CROSS JOIN LATERAL (
           SELECT ${NEWEST_ATTEMPT} AS attempt
             FROM (SELECT * FROM attempt
                    WHERE message_id = m.id
                      AND EXISTS (SELECT 1 FROM delivery
                                   WHERE message_id = m.id AND endpoint_id = ${endpointId} AND attempt_count > 0)
                    ORDER BY id DESC LIMIT ${LOOKED_AT}) a
            WHERE a.endpoint_id = ${endpointId} AND a.app_id = ${appId} ORDER BY a.id DESC LIMIT 1) newest`
}

export async function readNewestAttempts(
  db: Pick<PrismaClient, '$queryRaw'>,
  ...asked: Parameters<typeof newestAttemptsSql>
): Promise<NewestAttempt[]> {
  const rows = await db.$queryRaw<{ attempt: NewestAttempt }[]>(newestAttemptsSql(...asked))
  return rows.map((row) => row.attempt)
}
