import { findApiKeyByHash } from '@posthorn/db'
import { verify } from '@posthorn/providers'
import { newId } from '@posthorn/runtime'
import { hashApiKey, isApiKeyText } from '../auth/api-key-text.ts'
import type { CoreContext } from '../context.ts'
import { logSourceRequest, describeRequest } from '../source/log-source-request.ts'
import { publishReceived } from '../source/publish-received.ts'
import { type IncomingRequest, type ReceiveContext, verifyInput } from '../source/receive.ts'
import { contentTypeOf, holdBody } from '../source/received-body.ts'
import { receivedEventType } from '../source/received-event-type.ts'
import { mergeInput } from './flow-input.ts'
import { FLOW_TYPE } from './flow-settings.ts'
import type { ReceivingFlow } from './receiving-flow.ts'

/** Whoever has a key with one of these may run every flow of its organisation. */
const RUN_SCOPES = ['automation.webhook_run', 'automation.manage', 'automation']

export type FlowReceived =
  | { readonly kind: 'accepted'; readonly messageId: string; readonly input: string }
  | { readonly kind: 'paused' }
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly reason: string
      readonly detail: string
    }

/**
 * Judges one request to a flow and, when it may run it, commits its message: the merged input under the
 * flow's `refId`. What it answers as accepted is durable.
 */
export async function receiveFlow(
  ctx: ReceiveContext,
  flow: ReceivingFlow,
  request: IncomingRequest,
): Promise<FlowReceived> {
  if (!(await mayRun(ctx, flow, request)))
    return refuse(ctx, {
      flow,
      request,
      status: 401,
      reason: 'wrong_credentials',
      detail: UNPROVEN,
    })
  if (flow.settings.status === 'paused') return { kind: 'paused' }
  const contentType = request.headers['content-type']?.[0] ?? ''
  const query = queryOf(request.path)
  const input = await mergeInput(ctx.convertBody, { query, contentType, bytes: request.body })
  if (typeof input !== 'string')
    return refuse(ctx, { flow, request, reason: 'unreadable_body', ...input.fault })
  const text = `{${JSON.stringify(flow.settings.refId)}:${input}}`
  const messageId = await commit(ctx, { flow, request, payload: text })
  return { kind: 'accepted', messageId, input: text }
}

const UNPROVEN = 'The token is missing or wrong.'

function queryOf(path: string): string {
  const start = path.indexOf('?')
  return start < 0 ? '' : path.slice(start + 1)
}

async function mayRun(
  ctx: ReceiveContext,
  flow: ReceivingFlow,
  request: IncomingRequest,
): Promise<boolean> {
  const verdict = await verify(flow.provider, verifyInput(ctx, flow, request))
  if (verdict.outcome !== 'refused') return true
  const [, text = ''] = /^Bearer +(\S+) *$/i.exec(request.headers['authorization']?.[0] ?? '') ?? []
  return isApiKeyText(text) && isFittingKey(ctx, flow, text)
}

async function isFittingKey(
  { db, clock }: Pick<CoreContext, 'db' | 'clock'>,
  { orgId }: ReceivingFlow,
  text: string,
): Promise<boolean> {
  const key = await findApiKeyByHash(db.prisma, hashApiKey(text))
  if (key === null || key.orgId !== orgId) return false
  const isExpired = key.expiresAt !== null && key.expiresAt.getTime() <= clock.nowMs()
  return !isExpired && RUN_SCOPES.some((scope) => key.scopes.includes(scope))
}

interface Arrived {
  readonly flow: ReceivingFlow
  readonly request: IncomingRequest
}

async function commit(
  ctx: ReceiveContext,
  { flow, request, payload }: Arrived & { readonly payload: string },
): Promise<string> {
  const eventType = receivedEventType(FLOW_TYPE, undefined)
  await ctx.eventTypes.join(flow, eventType)
  const part = {
    ...describeRequest({ source: flow, request }),
    requestId: newId('srcreq_', ctx.clock.nowMs()),
    key: null,
    keySeconds: 0,
    contentType: contentTypeOf(request.headers['content-type']?.[0], holdBody(request.body)),
    payloadForm: null,
    original: request.body,
    reason: flow.isUnverified ? 'unverified' : null,
  }
  const { messageId } = await publishReceived(ctx, flow, { eventType, payload, part })
  return messageId
}

interface Refusing extends Arrived {
  readonly status: number
  readonly reason: string
  readonly detail: string
}

async function refuse(
  ctx: ReceiveContext,
  { flow, request, status, reason, detail }: Refusing,
): Promise<FlowReceived> {
  if (ctx.refusals.take(flow.id, ctx.clock.nowMs())) {
    const outcome = 'refused'
    await logSourceRequest(ctx, { source: flow, request, outcome, reason, detail })
  }
  return { kind: 'refused', status, reason, detail }
}
