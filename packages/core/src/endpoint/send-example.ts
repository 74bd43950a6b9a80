import {
  afterCommit,
  findEventTypeSchemas,
  inTransaction,
  insertExampleMessage,
  type MessageRow,
  requestManualDelivery,
  type Transaction,
} from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { actorText, type AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { examplePayload, PING_EVENT_TYPE, PING_PAYLOAD } from './example-payload.ts'
import { shareEnabledEndpoint } from './share-enabled-endpoint.ts'

export interface ExampleToSend {
  readonly idOrUid: string
  readonly eventType: string
  readonly exampleIndex: number
  /** Sent instead of an example, under any event type. */
  readonly payload: Readonly<Record<string, unknown>> | null
}

export interface ExampleContext extends Pick<CoreContext, 'db' | 'clock'> {
  /** Throws when the endpoint had its share of examples. */
  readonly limitExamples: (endpointId: string) => void
  /** Lets the dispatcher look at once; without it the next sweep does. */
  readonly nudge?: (() => void) | undefined
}

/** A message of its own, tagged `test`, to this endpoint whatever its filters: one attempt, by hand. */
export async function sendExample(
  ctx: ExampleContext,
  scope: AppScope,
  input: ExampleToSend,
): Promise<MessageRow> {
  const id = newId('msg_', ctx.clock.nowMs())
  const message = await inTransaction(ctx.db, async (tx) => {
    const endpointId = await shareEnabledEndpoint(tx, scope, input.idOrUid)
    const payload = await choosePayload(tx, scope, input)
    ctx.limitExamples(endpointId)
    return publishExample(tx, scope, { id, endpointId, eventType: input.eventType, payload })
  })
  afterCommit(ctx.db, () => ctx.nudge?.())
  return message
}

interface Example {
  readonly id: string
  readonly endpointId: string
  readonly eventType: string
  readonly payload: string
}

async function publishExample(
  tx: Transaction,
  scope: AppScope,
  { id, endpointId, eventType, payload }: Example,
): Promise<MessageRow> {
  const actor = actorText(scope.actor)
  const message = { id, eventType, tags: ['test'], payload }
  await insertExampleMessage(tx, { ...message, appId: scope.appId, publisher: actor })
  await requestManualDelivery(tx, scope, { messageId: id, endpointId, actor })
  const changes = { messageId: { from: null, to: id } }
  await recordAudit(tx, scope, { action: 'endpoint.send_example', target: endpointId, changes })
  return { ...message, eventId: null, channels: [], schemaErrors: null, unmatched: null }
}

async function choosePayload(
  tx: Transaction,
  scope: AppScope,
  { eventType, exampleIndex, payload }: Omit<ExampleToSend, 'idOrUid'>,
): Promise<string> {
  if (payload !== null) return JSON.stringify(payload)
  if (eventType === PING_EVENT_TYPE) return PING_PAYLOAD
  const schemas = await findEventTypeSchemas(tx, scope.orgId, eventType)
  if (schemas === undefined) throw new NotFoundError()
  return examplePayload(schemas, exampleIndex)
}
