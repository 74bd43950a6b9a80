import type { Database } from './database.ts'
import type { PayloadForm } from './hot/received-columns.ts'

/** What a message was made of, while it is kept: the payload's bytes unless it was made from others. */
export async function findReceivedOriginal(
  db: Pick<Database, 'hot'>,
  { appId, messageId }: { readonly appId: string; readonly messageId: string },
): Promise<Uint8Array | null> {
  const { rows } = await db.hot.query<{
    original: Uint8Array | null
    payload: string
    form: PayloadForm | null
  }>(
    `SELECT original, payload, payload_form AS form FROM message
      WHERE app_id = $1 AND id = $2 AND payload IS NOT NULL AND (payload_expires_at <= now()) IS NOT TRUE`,
    [appId, messageId],
  )
  const [row] = rows
  if (row === undefined) return null
  const { original, payload, form } = row
  return original ?? Buffer.from(payload, form === 'base64' ? 'base64' : 'utf8')
}
