import type { IncomingMessage } from 'node:http'
import {
  type IncomingRequest,
  logSourceRequest,
  NotFoundError,
  OverloadedError,
  receive,
  type ReceivingSource,
} from '@posthorn/core'
import { isDatabaseAway } from '@posthorn/db'
import type { IngestContext } from '../context.ts'
import type { HandledRequest } from '../events.ts'
import { type Answer, answerError, answerReceived } from './answer.ts'
import { clientAddress } from './client-address.ts'
import { type BodyFault, discard, judgeLength, readBody } from './read-body.ts'

export interface ReceivedAnswer {
  readonly answer: Answer
  readonly told: Omit<HandledRequest, 'requestId' | 'method' | 'status' | 'durationMs'>
}

/** The receiving URL's parts: its token, and what stands behind it with the query. */
export interface ReceivingPath {
  readonly token: string
  readonly path: string
}

/**
 * One request to a receiving URL, in the order that never changes: declared length, pace of the address,
 * the source, its pace, the body, and only then whose request it is and its commit.
 */
export async function receiveRequest(
  ctx: IngestContext,
  req: IncomingMessage,
  { token, path }: ReceivingPath,
): Promise<ReceivedAnswer> {
  const fault = judgeLength(req)
  if (fault !== null) return refuseBody(req, fault)
  const nowMs = ctx.clock.nowMs()
  const address = clientAddress(req, ctx.http.trustedProxies)
  if (!ctx.addressPace.take(address, nowMs))
    return throttled(ctx.addressPace.wait(address, nowMs), 'address')
  const source = await ctx.sources.find(token)
  if (source === null) return UNKNOWN
  const arriving = { ctx, req, source, path, address }
  const rate = source.options.rate ?? undefined
  const waitSeconds = ctx.sourcePace.wait(source.id, nowMs, rate)
  if (waitSeconds > 0) return throttleSource(arriving, waitSeconds)
  return readAndReceive(arriving)
}

interface Arriving {
  readonly ctx: IngestContext
  readonly req: IncomingMessage
  readonly source: ReceivingSource
  readonly path: string
  readonly address: string
}

async function readAndReceive(arriving: Arriving): Promise<ReceivedAnswer> {
  const { ctx, req, source } = arriving
  if (isEncoded(req)) return refuseBody(req, 'encoded')
  using place = ctx.bodyRoom.enter()
  const body = await readBody(req, place)
  if (!Buffer.isBuffer(body)) return refuseBody(req, body)
  const received = await receive(ctx, source, incoming(arriving, body))
  if (received.kind === 'accepted' || received.kind === 'duplicate')
    ctx.sourcePace.charge(source.id, ctx.clock.nowMs(), source.options.rate ?? undefined)
  const told = {
    outcome: received.kind,
    bytesIn: body.byteLength,
    sourceId: source.id,
    type: source.type,
    ...('messageId' in received && { messageId: received.messageId }),
    ...('reason' in received && { reason: received.reason }),
  }
  return { answer: answerReceived(received, req), told }
}

function incoming({ ctx, req, path, address }: Arriving, body: Buffer): IncomingRequest {
  const base = ctx.http.publicUrl ?? `http://${req.headers.host ?? ''}`
  const { method = '', url = '', headersDistinct: headers } = req
  return { method, url: base + url, path, address, headers, body }
}

// Kept like a refusal, so that a flood writes no more than a flood of those.
async function throttleSource(arriving: Arriving, waitSeconds: number): Promise<ReceivedAnswer> {
  const { ctx, req, source } = arriving
  discard(req)
  if (ctx.refusals.take(source.id, ctx.clock.nowMs())) {
    const request = incoming(arriving, Buffer.alloc(0))
    await logSourceRequest(ctx, { source, request, outcome: 'throttled', reason: 'source_rate' })
  }
  const { answer, told } = throttled(waitSeconds, 'source')
  return { answer, told: { ...told, sourceId: source.id, type: source.type } }
}

function throttled(waitSeconds: number, reason: string): ReceivedAnswer {
  const detail = 'Over rate limit, request throttled'
  const answer = answerError(429, { code: 'rate_limited', detail }, Math.max(1, waitSeconds))
  return { answer, told: { outcome: 'throttled', bytesIn: 0, reason } }
}

const UNKNOWN: ReceivedAnswer = {
  answer: answerError(404, { code: 'not_found', detail: 'No source receives here.' }),
  told: { outcome: 'unknown', bytesIn: 0 },
}

// The signature is over the bytes as sent, and receivers get no encoding told: it must be none.
function isEncoded(req: IncomingMessage): boolean {
  const encoding = req.headers['content-encoding']?.trim().toLowerCase() ?? ''
  return encoding !== '' && encoding !== 'identity'
}

const BODY_FAULTS = {
  too_large: answerError(413, { code: 'payload_too_large', detail: 'At most 25 MB are taken.' }),
  no_room: answerError(503, { code: 'unavailable', detail: 'Too many bodies at once.' }, 1),
  broken: answerError(400, { code: 'malformed', detail: 'The body did not come to its end.' }),
  encoded: answerError(415, {
    code: 'unsupported_media_type',
    detail: 'Bodies are taken without content encoding.',
  }),
} as const

function refuseBody(req: IncomingMessage, reason: BodyFault | 'encoded'): ReceivedAnswer {
  if (!req.complete) discard(req)
  const outcome = reason === 'no_room' ? 'failed' : 'refused'
  return { answer: BODY_FAULTS[reason], told: { outcome, bytesIn: 0, reason } }
}

/** Our own failure, so that the sender comes again. Null: unexpected. */
export function answerFailure(err: unknown): Answer | null {
  if (err instanceof OverloadedError)
    return answerError(503, { code: 'unavailable', detail: err.message }, err.retryAfterSeconds)
  if (err instanceof NotFoundError) return UNKNOWN.answer
  if (isDatabaseAway(err))
    return answerError(503, { code: 'unavailable', detail: 'Try again in a moment.' }, 1)
  return null
}
