import { findApiKeyByHash } from '@posthorn/db'
import { verify } from '@posthorn/providers'
import { newId } from '@posthorn/runtime'
import { hashApiKey, isApiKeyText } from '../auth/api-key-text.ts'
import type { CoreContext } from '../context.ts'
import { keepRefused } from '../source/keep-refused.ts'
import { describeRequest } from '../source/log-source-request.ts'
import { publishReceived } from '../source/publish-received.ts'
import { type IncomingRequest, type ReceiveContext, verifyInput } from '../source/receive.ts'
import { contentTypeOf, holdBody } from '../source/received-body.ts'
import { receivedEventType } from '../source/received-event-type.ts'
import type { ReceivingSource } from '../source/receiving-source.ts'
import { releaseKey } from '../source/release-key.ts'
import type { ReleasedRequest } from '../source/released-request.ts'
import { stillRefused } from '../source/still-refused.ts'
import { mergeInput } from './flow-input.ts'
import { FLOW_TYPE, flowSettingsOf } from './flow-settings.ts'
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
      mayBeReleased: true,
    })
  if (flow.settings.status === 'paused') return { kind: 'paused' }
  return run(ctx, { flow, request })
}

const UNPROVEN = 'The token is missing or wrong.'

/**
 * Judges a kept request by the flow's token and status of today, and runs it.
 *
 * @throws {RefusedError} `still_refused`
 */
export async function releaseFlow(
  ctx: ReceiveContext,
  source: ReceivingSource,
  request: ReleasedRequest,
): Promise<string> {
  const flow = { ...source, settings: flowSettingsOf(source.config) }
  if (!(await mayRun(ctx, flow, request))) throw stillRefused(UNPROVEN)
  if (flow.settings.status === 'paused') throw stillRefused('The flow is paused.')
  const received = await run(ctx, { flow, request })
  if (received.kind === 'refused') throw stillRefused(received.detail)
  return received.messageId
}

type Ran = Exclude<FlowReceived, { kind: 'paused' }>

async function run(ctx: ReceiveContext, { flow, request }: Arrived): Promise<Ran> {
  const contentType = request.headers['content-type']?.[0] ?? ''
  const query = queryOf(request.path)
  const came = { query, contentType, bytes: request.body, owner: flow.id }
  const input = await mergeInput(ctx.convertBody, came)
  if (typeof input !== 'string')
    return refuse(ctx, {
      flow,
      request,
      reason: 'unreadable_body',
      mayBeReleased: false,
      ...input.fault,
    })
  const text = `{${JSON.stringify(flow.settings.refId)}:${input}}`
  const messageId = await commit(ctx, { flow, request, payload: text })
  return { kind: 'accepted', messageId, input: text }
}

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
  readonly request: IncomingRequest | ReleasedRequest
}

async function commit(
  ctx: ReceiveContext,
  { flow, request, payload }: Arrived & { readonly payload: string },
): Promise<string> {
  const eventType = receivedEventType(FLOW_TYPE, undefined)
  await ctx.eventTypes.join(flow, eventType)
  const release = releaseKey('releasedId' in request ? request.releasedId : undefined)
  const unverified = flow.isUnverified ? 'unverified' : null
  const part = {
    ...describeRequest({ source: flow, request }),
    requestId: newId('srcreq_', ctx.clock.nowMs()),
    key: release.key,
    keySeconds: release.keySeconds,
    contentType: contentTypeOf(request.headers['content-type']?.[0], holdBody(request.body)),
    payloadForm: null,
    original: request.body,
    reason: release.reason ?? unverified,
  }
  const { messageId } = await publishReceived(ctx, flow, { eventType, payload, part })
  return messageId
}

interface Refusing extends Arrived {
  readonly status: number
  readonly reason: string
  readonly detail: string
  readonly mayBeReleased: boolean
}

async function refuse(
  ctx: ReceiveContext,
  { flow: source, request, status, ...why }: Refusing,
): Promise<Extract<FlowReceived, { kind: 'refused' }>> {
  await keepRefused(ctx, { source, request, ...why })
  const { reason, detail } = why
  return { kind: 'refused', status, reason, detail }
}
