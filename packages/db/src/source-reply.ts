import type pg from 'pg'
import type { Database, Transaction } from './database.ts'
import { textArray } from './hot/binary-array.ts'

/** Longer than anybody waits: until then a second reply is known to be one. */
const KEPT_MINUTES = 10

export interface SourceReplyRow {
  readonly messageId: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** False: there is one already. Of several at once the first to commit wins, whichever process they reach. */
export async function insertSourceReply(
  tx: Transaction,
  reply: SourceReplyRow & { readonly sourceId: string },
): Promise<boolean> {
  const { messageId, sourceId, status, headers, body } = reply
  const stored = await tx.$executeRaw`
    INSERT INTO source_reply (message_id, source_id, status, headers, body, expires_at)
    VALUES (${messageId}, ${sourceId}, ${status}, ${JSON.stringify(headers)}::jsonb, ${body},
            now() + make_interval(mins => ${KEPT_MINUTES}))
    ON CONFLICT DO NOTHING`
  return stored > 0
}

/** Those that are there, of the messages asked for. */
export async function findSourceReplies(
  pool: Pick<pg.Pool, 'query'>,
  messageIds: readonly string[],
): Promise<SourceReplyRow[]> {
  if (messageIds.length === 0) return []
  const { rows } = await pool.query<SourceReplyRow>({
    name: 'find_source_replies',
    text: `SELECT message_id AS "messageId", status, headers, body
             FROM source_reply WHERE message_id = ANY ($1::text[])`,
    values: [textArray(messageIds)],
  })
  return rows
}

/** Whether the source received this message. */
export async function isMessageOfSource(
  db: Pick<Database['prisma'], '$queryRaw'>,
  { appId, sourceId }: { readonly appId: string; readonly sourceId: string },
  messageId: string,
): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM message
     WHERE id = ${messageId} AND app_id = ${appId} AND publisher = ${`source:${sourceId}`}`
  return rows.length > 0
}
