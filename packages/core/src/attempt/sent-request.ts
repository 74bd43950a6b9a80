import { type AttemptRecord, loadEndpoints, loadMessages, type MessageRow } from '@posthorn/db'
import { idTimeMs } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { WITHHELD } from '../audit/diff-changes.ts'
import type { CoreContext } from '../context.ts'
import { requestHeaders, type SignatureHeaders } from '../delivery/request-headers.ts'
import { openHeaders } from '../endpoint/endpoint-headers.ts'

export interface SentRequestContext extends Pick<CoreContext, 'db' | 'vault'> {
  readonly deliverySettings: { readonly signatureHeaders: SignatureHeaders }
}

export interface SentRequest {
  readonly url: string
  /** The signature withheld; whoever shows them withholds the sensitive ones of the endpoint. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** False: the endpoint was changed since, so its own headers are left out. */
  readonly hasCustomHeaders: boolean
  /** Null: the payload is gone. */
  readonly bodyBytes: number | null
}

/** Nothing was sent, or nobody knows what. */
const UNSENT = new Set(['payload_expired', 'invalid_url', 'invalid_header', 'worker_lost'])

/** The request of an attempt: put together again, as what it is made of is kept and the attempt's moment says the rest. */
export async function describeSentRequest(
  ctx: SentRequestContext,
  scope: AppScope,
  attempt: AttemptRecord,
): Promise<SentRequest | null> {
  const atMs = idTimeMs('atmpt_', attempt.id)
  if (atMs === null || (attempt.code !== null && UNSENT.has(attempt.code))) return null
  const { messageId } = attempt
  const [message] = await loadMessages(ctx.db, scope, { ids: [messageId], withContent: true })
  const [endpoint] = await loadEndpoints(ctx.db, scope, [attempt.endpointId])
  const isUnchanged = endpoint !== undefined && endpoint.updatedAt.getTime() < atMs
  const headers = requestHeaders({
    messageId,
    timestampSeconds: Math.floor(atMs / 1000),
    signature: WITHHELD,
    contentType: message?.contentType ?? null,
    signatureHeaders: ctx.deliverySettings.signatureHeaders,
    customHeaders: isUnchanged ? Object.entries(openHeaders(ctx.vault, endpoint)) : [],
  })
  return {
    url: attempt.url,
    headers: pairs(headers),
    hasCustomHeaders: isUnchanged,
    bodyBytes: message === undefined ? null : bytesOf(message),
  }
}

function pairs(headers: readonly string[]): [string, string][] {
  return headers.flatMap((name, index) =>
    index % 2 === 0 ? [[name, headers[index + 1] ?? ''] as [string, string]] : [],
  )
}

function bytesOf({ payload, payloadForm }: MessageRow): number | null {
  if (payload === null) return null
  return Buffer.byteLength(payload, payloadForm === 'base64' ? 'base64' : 'utf8')
}
