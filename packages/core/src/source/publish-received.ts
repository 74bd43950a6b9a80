import { findSourceKeyMessage, type ReceivedPart } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { matchEndpoints } from '../endpoint/match-endpoints.ts'
import { NotFoundError, OverloadedError } from '../errors.ts'
import type { PublishContext } from '../publish/publish-message.ts'
import type { ReceivingSource } from './receiving-source.ts'

export interface ReceivedMessage {
  readonly eventType: string
  /** Of the message's id, where it names it. */
  readonly payload: string | ((messageId: string) => string)
  readonly part: ReceivedPart
  /** Those of the source, unless given. */
  readonly channels?: readonly string[]
}

export type PublishedReceived =
  | { readonly kind: 'stored'; readonly messageId: string }
  /** The same event came before: this is its message. */
  | { readonly kind: 'duplicate'; readonly messageId: string }

const MAX_ROUNDS = 6

/**
 * Stores what a source received: message, deliveries, its key and the request's record in one statement.
 *
 * @throws {NotFoundError} the source or its application is gone
 * @throws {OverloadedError} too much waits to be stored; nothing was
 */
export async function publishReceived(
  ctx: PublishContext,
  source: Pick<ReceivingSource, 'id' | 'orgId' | 'appId'>,
  { eventType, payload, part, channels = [source.id] }: ReceivedMessage,
): Promise<PublishedReceived> {
  const { orgId, appId } = source
  let application = ctx.snapshots.cached(orgId, appId) ?? (await load(ctx, source))
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { matched, unmatched } = matchEndpoints(application.endpoints, { eventType, channels })
    const id = newId('msg_', ctx.clock.nowMs())
    const message = {
      id,
      appId,
      appVersion: application.version,
      eventType,
      channels,
      payload: typeof payload === 'string' ? payload : payload(id),
      unmatched,
      ...NOTHING_ELSE,
      publisher: `source:${source.id}`,
      received: part,
    }
    const notStored = await ctx.writer.write({ message, endpoints: matched })
    if (notStored === null) return { kind: 'stored', messageId: id }
    const first = notStored === 'source_key_taken' ? await findFirst(ctx, part) : null
    if (first !== null) return { kind: 'duplicate', messageId: first }
    if (notStored === 'source_gone') throw new NotFoundError('Source not found')
    if (notStored === 'stale') application = await load(ctx, source)
  }
  throw new OverloadedError(
    'The application changes faster than the message can be matched: try again.',
  )
}

const NOTHING_ELSE = {
  eventId: null,
  tags: [],
  payloadSeconds: null,
  schemaErrors: null,
  idempotency: null,
} as const

// Null: its time ended meanwhile, and the key is free.
async function findFirst(ctx: PublishContext, { sourceId, key }: ReceivedPart) {
  return key === null ? null : findSourceKeyMessage(ctx.db, { sourceId, key })
}

async function load(
  ctx: PublishContext,
  { orgId, appId }: Pick<ReceivingSource, 'orgId' | 'appId'>,
) {
  const fresh = await ctx.snapshots.load(orgId, appId)
  if (fresh === null) throw new NotFoundError('Application not found')
  return fresh
}
