import { newId } from '@posthorn/runtime'
import { type Actor, actorText } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { matchEndpoints, type Unmatched } from '../endpoint/match-endpoints.ts'
import { ConflictError, NotFoundError, OverloadedError } from '../errors.ts'
import type { ApplicationSnapshot, ApplicationSnapshots } from './application-snapshot.ts'
import { findFirstPublish, type FirstPublish } from './first-publish.ts'
import type { MessageWriter } from './message-writer.ts'

export interface PublishContext extends Pick<CoreContext, 'db' | 'clock'> {
  readonly snapshots: ApplicationSnapshots
  readonly writer: MessageWriter
}

export interface MessageDraft {
  readonly eventType: string
  readonly eventId: string | null
  readonly channels: readonly string[]
  readonly tags: readonly string[]
  /** The publisher's own bytes. */
  readonly payload: string
  readonly payloadRetentionHours: number | null
  readonly schemaErrors: string | null
  readonly idempotency: { readonly key: Uint8Array; readonly bodyHash: Uint8Array } | null
}

export type Published =
  | { readonly kind: 'stored'; readonly id: string; readonly unmatched: Unmatched | null }
  /** The same request came before: this is its message. */
  | { readonly kind: 'repeated'; readonly id: string }

export interface PublishTarget {
  readonly application: ApplicationSnapshot
  /** How the caller named it: what a changed application is looked up by again. */
  readonly name: string
  readonly actor: Actor
}

const MAX_ROUNDS = 6

/**
 * Stores a message with its deliveries; resolves once both are durable.
 *
 * @throws {ConflictError} `conflict`: the event id is taken; `idempotency_key_reused`: by another body
 * @throws {NotFoundError} the application is gone
 * @throws {OverloadedError} too much waits to be stored; nothing was
 */
export async function publishMessage(
  ctx: PublishContext,
  target: PublishTarget,
  draft: MessageDraft,
): Promise<Published> {
  let { application } = target
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { matched, unmatched } = matchEndpoints(application.endpoints, draft)
    const id = newId('msg_', ctx.clock.nowMs())
    const message = toRow(draft, { id, application, unmatched, publisher: actorText(target.actor) })
    const notStored = await ctx.writer.write({ message, endpoints: matched })
    if (notStored === null) return { kind: 'stored', id, unmatched }
    if (notStored === 'stale') application = await reload(ctx, application.orgId, target.name)
    else {
      const first = await findFirstPublish(ctx.db, { appId: application.id, draft, triedId: id })
      if (first !== null) return answerRepeat(first)
    }
  }
  throw new OverloadedError(
    'The application changes faster than the message can be matched: try again.',
  )
}

async function reload(
  ctx: PublishContext,
  orgId: string,
  name: string,
): Promise<ApplicationSnapshot> {
  const fresh = await ctx.snapshots.load(orgId, name)
  if (fresh === null) throw new NotFoundError('Application not found')
  return fresh
}

function answerRepeat(first: FirstPublish): Published {
  switch (first.kind) {
    case 'same_request':
      return { kind: 'repeated', id: first.messageId }
    case 'other_body':
      throw new ConflictError(
        'This idempotency key came before with another body.',
        'idempotency_key_reused',
      )
    case 'same_event_id':
      throw new ConflictError(`A message with this eventId exists already: ${first.messageId}`)
  }
}

interface RowContext {
  readonly id: string
  readonly application: ApplicationSnapshot
  readonly unmatched: Unmatched | null
  readonly publisher: string
}

function toRow(draft: MessageDraft, { id, application, unmatched, publisher }: RowContext) {
  return {
    id,
    appId: application.id,
    appVersion: application.version,
    eventType: draft.eventType,
    eventId: draft.eventId,
    channels: draft.channels,
    tags: draft.tags,
    payload: draft.payload,
    payloadSeconds:
      draft.payloadRetentionHours === null ? null : draft.payloadRetentionHours * 3600,
    schemaErrors: draft.schemaErrors,
    unmatched,
    publisher,
    idempotency: draft.idempotency,
  }
}
