import {
  checkIdempotencyKey,
  ConflictError,
  type CoreContext,
  IDEMPOTENCY_HOURS,
  idempotencyBodyHash,
  idempotencyKeyHash,
} from '@posthorn/core'
import { inOneTransaction, reserveKey, storeAnswer } from '@posthorn/db'
import type { HttpAnswer } from './send.ts'

export interface KeyedRequest {
  /** The organisation, or the portal's application. */
  readonly scopeId: string
  readonly method: string
  readonly url: string
  readonly key: string | undefined
  readonly bodyText: string
}

/**
 * Runs a handler once per idempotency key: the key, the handler's effect and its answer commit together. The
 * same request again gets the same answer; after an error the key is free.
 */
export async function answerOnce<Ctx extends CoreContext>(
  ctx: Ctx,
  request: KeyedRequest,
  handle: (ctx: Ctx) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const key = checkIdempotencyKey(request.key)
  if (key === undefined) return handle(ctx)
  const keyHash = idempotencyKeyHash(request.scopeId, {
    method: request.method,
    url: request.url,
    key,
  })
  const bodyHash = idempotencyBodyHash(request.bodyText)
  return inOneTransaction(ctx.db, async (db, tx) => {
    const stored = await reserveKey(tx, { key: keyHash, bodyHash, maxAgeHours: IDEMPOTENCY_HOURS })
    if (stored !== null) return replay(ctx, stored, bodyHash)
    const answer = await handle({ ...ctx, db })
    const response = ctx.vault.seal(JSON.stringify(answer.json))
    await storeAnswer(tx, { key: keyHash, status: answer.status, response })
    return answer
  })
}

function replay(
  ctx: Pick<CoreContext, 'vault'>,
  stored: {
    readonly bodyHash: Uint8Array
    readonly status: number | null
    readonly response: Uint8Array | null
  },
  bodyHash: Buffer,
): HttpAnswer {
  if (!bodyHash.equals(stored.bodyHash)) {
    throw new ConflictError(
      'This idempotency key came before with another body.',
      'idempotency_key_reused',
    )
  }
  if (stored.status === null || stored.response === null) throw new ConflictError()
  return { status: stored.status, json: readJson(ctx.vault.open(stored.response)) }
}

function readJson(text: string): string | null {
  const json: unknown = JSON.parse(text)
  return typeof json === 'string' ? json : null
}
