import type { IncomingMessage } from 'node:http'
import {
  type IncomingRequest,
  logSourceRequest,
  NotFoundError,
  OverloadedError,
  type ReceivingSource,
} from '@posthorn/core'
import { isDatabaseAway } from '@posthorn/db'
import { clientAddress, networkOf } from '@posthorn/safe-http'
import type { IngestContext } from '../context.ts'
import type { HandledRequest } from '../events.ts'
import type { Answer, Fault } from './answer.ts'
import type { Face, LaterAnswer } from './face.ts'
import { type BodyFault, declaredLength, judgeLength, readBody } from './read-body.ts'

export interface ReceivedAnswer<Answering = Answer> {
  readonly answer: Answering
  readonly told: Omit<HandledRequest, 'requestId' | 'method' | 'status' | 'durationMs'>
}

/** The receiving URL's parts: whose it is, and what stands behind that with the query. */
export interface ReceivingPath {
  readonly name: string
  readonly path: string
}

export interface Asked<Source extends ReceivingSource> {
  readonly req: IncomingMessage
  readonly face: Face<Source>
  readonly path: ReceivingPath
  /** Tells a sender who waits for it (`Expect: 100-continue`) that the body is wanted. */
  readonly askForBody: () => void
}

/**
 * One request to a receiving URL, in the order that never changes: declared length, pace of the address,
 * the source, its pace, the room for the body, the body, and only then whose request it is and its commit.
 * What an early answer leaves of the body is the caller's to discard.
 */
export async function receiveRequest<Source extends ReceivingSource>(
  ctx: IngestContext,
  { req, face, path, askForBody }: Asked<Source>,
): Promise<ReceivedAnswer> {
  const came = await judgeAndReceive(ctx, { req, face, path, askForBody })
  if ('fault' in came) return { answer: face.answerFault(came.fault), told: came.told }
  const { answer, told } = came
  // Whoever waits for a result holds no room for bodies meanwhile.
  return { answer: typeof answer === 'function' ? await answer() : answer, told }
}

/** What was found wrong before the face had the request. */
interface Refused {
  readonly fault: Fault
  readonly told: ReceivedAnswer['told']
}

async function judgeAndReceive<Source extends ReceivingSource>(
  ctx: IngestContext,
  { req, face, path: { name, path }, askForBody }: Asked<Source>,
): Promise<ReceivedAnswer<Answer | LaterAnswer> | Refused> {
  const fault = judgeLength(req)
  if (fault !== null) return refuseBody(fault)
  const nowMs = ctx.clock.nowMs()
  const address = clientAddress(req, ctx.http.trustedProxies)
  const network = networkOf(address)
  if (!ctx.addressPace.take(network, nowMs))
    return throttled(ctx.addressPace.wait(network, nowMs), 'address')
  const faceWaitSeconds = face.wait === undefined ? 0 : await face.wait(ctx, network)
  if (faceWaitSeconds > 0) return throttled(faceWaitSeconds, 'face')
  const source = await face.find(ctx, name)
  if (source === null) return UNKNOWN
  const arriving = { ctx, req, face, source, path, address }
  const rate = source.options.rate ?? undefined
  const paceSeconds = ctx.sourcePace.wait(source.id, nowMs, rate)
  if (paceSeconds > 0) return throttleSource(arriving, paceSeconds)
  const waitSeconds = face.waitOf === undefined ? 0 : await face.waitOf(ctx, source)
  if (waitSeconds > 0) return throttleSource(arriving, waitSeconds)
  return readAndReceive(arriving, askForBody)
}

interface Arriving<Source extends ReceivingSource> {
  readonly ctx: IngestContext
  readonly req: IncomingMessage
  readonly face: Face<Source>
  readonly source: Source
  readonly path: string
  readonly address: string
}

async function readAndReceive<Source extends ReceivingSource>(
  arriving: Arriving<Source>,
  askForBody: () => void,
): Promise<ReceivedAnswer<Answer | LaterAnswer> | Refused> {
  const { ctx, req, face, source } = arriving
  if (isEncoded(req)) return refuseBody('encoded')
  using place = ctx.bodyRoom.enter(source.id)
  if (!place.hasRoom(declaredLength(req))) return refuseBody('no_room')
  askForBody()
  const body = await readBody(req, place)
  if (!Buffer.isBuffer(body)) return refuseBody(body)
  const { answer, ...came } = await face.receive(ctx, source, incoming(arriving, body))
  if (came.outcome === 'accepted' || came.outcome === 'duplicate')
    ctx.sourcePace.charge(source.id, ctx.clock.nowMs(), source.options.rate ?? undefined)
  const { id: sourceId, type } = source
  return { answer, told: { ...came, bytesIn: body.byteLength, sourceId, type } }
}

function incoming<Source extends ReceivingSource>(
  { ctx, req, path, address }: Arriving<Source>,
  body: Buffer,
): IncomingRequest {
  const base = ctx.http.publicUrl ?? `http://${req.headers.host ?? ''}`
  const { method = '', url = '', headersDistinct: headers } = req
  return { method, url: base + url, path, address, headers, body }
}

async function throttleSource<Source extends ReceivingSource>(
  arriving: Arriving<Source>,
  waitSeconds: number,
): Promise<Refused> {
  const { ctx, source } = arriving
  const request = incoming(arriving, Buffer.alloc(0))
  await logSourceRequest(ctx, { source, request, outcome: 'throttled', reason: 'source_rate' })
  const { fault, told } = throttled(waitSeconds, 'source')
  return { fault, told: { ...told, sourceId: source.id, type: source.type } }
}

function throttled(waitSeconds: number, reason: string): Refused {
  const detail = 'Over rate limit, request throttled'
  const retryAfterSeconds = Math.max(1, waitSeconds)
  const fault = { status: 429, code: 'rate_limited', detail, retryAfterSeconds }
  return { fault, told: { outcome: 'throttled', bytesIn: 0, reason } }
}

const UNKNOWN: Refused = {
  fault: { status: 404, code: 'not_found', detail: 'No source receives here.' },
  told: { outcome: 'unknown', bytesIn: 0 },
}

// The signature is over the bytes as sent, and receivers get no encoding told: it must be none.
function isEncoded(req: IncomingMessage): boolean {
  const encoding = req.headers['content-encoding']?.trim().toLowerCase() ?? ''
  return encoding !== '' && encoding !== 'identity'
}

const BODY_FAULTS = {
  too_large: { status: 413, code: 'payload_too_large', detail: 'At most 25 MB are taken.' },
  no_room: {
    status: 503,
    code: 'unavailable',
    detail: 'Too many bodies at once.',
    retryAfterSeconds: 1,
  },
  broken: { status: 400, code: 'malformed', detail: 'The body did not come to its end.' },
  slow: {
    status: 408,
    code: 'too_slow',
    detail: 'The body did not come in time.',
    headers: { connection: 'close' },
  },
  encoded: {
    status: 415,
    code: 'unsupported_media_type',
    detail: 'Bodies are taken without content encoding.',
  },
} as const

function refuseBody(reason: BodyFault | 'encoded'): Refused {
  const outcome = reason === 'no_room' ? 'failed' : 'refused'
  return { fault: BODY_FAULTS[reason], told: { outcome, bytesIn: 0, reason } }
}

/** Our own failure, so that the sender comes again. Null: unexpected. */
export function failureFault(err: unknown): Fault | null {
  if (err instanceof OverloadedError) return unavailable(err.message, err.retryAfterSeconds)
  if (err instanceof NotFoundError) return UNKNOWN.fault
  return isDatabaseAway(err) ? unavailable('Try again in a moment.', 1) : null
}

function unavailable(detail: string, retryAfterSeconds: number): Fault {
  return { status: 503, code: 'unavailable', detail, retryAfterSeconds }
}
