import { answerHandshake, findProvider, type HandshakeResult, verify } from '@posthorn/providers'
import { newId } from '@posthorn/runtime'
import { OverloadedError } from '../errors.ts'
import { keepRefused } from '../source/keep-refused.ts'
import { describeRequest, logSourceRequest } from '../source/log-source-request.ts'
import { publishReceived } from '../source/publish-received.ts'
import { type IncomingRequest, type ReceiveContext, verifyInput } from '../source/receive.ts'
import { receivedEventType } from '../source/received-event-type.ts'
import type { ReceivingSource } from '../source/receiving-source.ts'
import { releaseKey } from '../source/release-key.ts'
import type { ReleasedRequest } from '../source/released-request.ts'
import { stillRefused } from '../source/still-refused.ts'
import { sourceChannels } from '../source/triggered-endpoints.ts'
import { losantPayload } from './losant-payload.ts'
import { LOSANT_TYPE, type LosantSettings, losantSettingsOf } from './losant-settings.ts'

export type LosantReceived =
  | { readonly kind: 'accepted'; readonly messageId: string }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'handshake'; readonly status: number; readonly body: string }
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly reason: string
      readonly detail: string
    }

interface Arrived {
  readonly source: ReceivingSource
  readonly request: IncomingRequest | ReleasedRequest
  readonly settings: LosantSettings
}

/**
 * Judges one request to a Losant webhook and, when it may, commits its message: the trigger's payload. What it
 * answers as accepted is durable.
 */
export async function receiveLosant(
  ctx: ReceiveContext,
  source: ReceivingSource,
  request: IncomingRequest,
): Promise<LosantReceived> {
  if (!source.options.enabled) return { kind: 'disabled' }
  const arrived = { source, request, settings: losantSettingsOf(source.config) }
  const fault = await provenFault(ctx, arrived)
  if (fault !== null) return refuse(ctx, arrived, { ...fault, mayBeReleased: true })
  const handshake = await shake(ctx, arrived)
  if (handshake?.outcome === 'refused') return refuse(ctx, arrived, handshake)
  if (handshake?.outcome !== 'answered') return accept(ctx, arrived)
  await logSourceRequest(ctx, { source, request, outcome: 'handshake' })
  return { kind: 'handshake', status: handshake.status, body: handshake.body }
}

/**
 * Judges a kept request by the webhook's settings of today, and commits its message.
 *
 * @throws {RefusedError} `still_refused`
 */
export async function releaseLosant(
  ctx: ReceiveContext,
  source: ReceivingSource,
  request: ReleasedRequest,
): Promise<string> {
  const arrived = { source, request, settings: losantSettingsOf(source.config) }
  const fault = await provenFault(ctx, arrived)
  const received =
    fault === null ? await accept(ctx, arrived) : ({ kind: 'refused', ...fault } as const)
  if (received.kind === 'accepted') return received.messageId
  throw stillRefused(received.detail)
}

interface Fault {
  readonly status: number
  readonly reason: string
  readonly detail: string
  /** What only the body is at fault for isn't: no other secret makes it readable. */
  readonly mayBeReleased?: boolean
}

/** Basic auth, if there is any, then what Alexa signs. Null: proven, or nothing had to be. */
async function provenFault(
  ctx: ReceiveContext,
  { source, request, settings }: Arrived,
): Promise<Fault | null> {
  const input = { ...verifyInput(ctx, source, request), noVerification: false }
  const { basicAuthUsername, basicAuthPassword, verificationType } = settings
  if (basicAuthUsername !== '' || basicAuthPassword !== '') {
    const verdict = await verify(source.provider, input)
    if (verdict.outcome === 'refused') return { ...verdict, status: 401 }
  }
  const alexa = verificationType === 'alexa' ? findProvider('alexa') : null
  if (alexa === null) return null
  const verdict = await verify(alexa, { ...input, config: {} })
  if (verdict.outcome !== 'refused') return null
  return { ...verdict, status: verdict.reason === 'key_unavailable' ? 503 : 400 }
}

/** What Facebook and Fitbit ask before they send anything. */
async function shake(
  ctx: ReceiveContext,
  { source, request, settings }: Arrived,
): Promise<HandshakeResult> {
  const { verificationType, verificationCode } = settings
  if (verificationType !== 'facebook' && verificationType !== 'fitbit') return undefined
  const provider = findProvider(verificationType)
  if (provider === null) return undefined
  const config = { verifyToken: verificationCode, verificationCode }
  return answerHandshake(provider, { ...verifyInput(ctx, source, request), config })
}

async function accept(
  ctx: ReceiveContext,
  { source, request, settings }: Arrived,
): Promise<Extract<LosantReceived, { kind: 'accepted' | 'refused' }>> {
  const { castBuffersAs, annotateMultipart, waitForReply } = settings
  const body = await ctx.convertBody({
    contentType: request.headers['content-type']?.[0] ?? '',
    bytes: request.body,
    owner: source.id,
    whole: { binary: castBuffersAs, annotateFiles: annotateMultipart },
  })
  if (body === null) throw new OverloadedError('Too many bodies are being converted.')
  if (body.kind === 'unusable')
    return refuse(ctx, { source, request, settings }, { ...body, reason: 'unreadable_body' })
  const payload = losantPayload(request, body.kind === 'json' ? body.text : 'null')
  const eventType = receivedEventType(LOSANT_TYPE, undefined)
  await ctx.eventTypes.join(source, eventType)
  const { messageId } = await publishReceived(ctx, source, {
    eventType,
    payload: waitForReply ? payload.withReplyId : payload.text,
    part: receivedPart(ctx, { source, request, settings }),
    channels: sourceChannels(source.id),
  })
  return { kind: 'accepted', messageId }
}

function receivedPart(ctx: ReceiveContext, { source, request, settings }: Arrived) {
  const release = releaseKey('releasedId' in request ? request.releasedId : undefined)
  const isProven =
    settings.verificationType === 'alexa' ||
    settings.basicAuthUsername !== '' ||
    settings.basicAuthPassword !== ''
  const unverified = isProven ? null : 'unverified'
  return {
    ...describeRequest({ source, request }),
    requestId: newId('srcreq_', ctx.clock.nowMs()),
    // The same call twice triggers twice.
    key: release.key,
    keySeconds: release.keySeconds,
    contentType: 'application/json',
    payloadForm: null,
    original: request.body,
    reason: release.reason ?? unverified,
  }
}

async function refuse(
  ctx: ReceiveContext,
  { source, request }: Arrived,
  { status, reason, detail, mayBeReleased = false }: Fault,
): Promise<Extract<LosantReceived, { kind: 'refused' }>> {
  await keepRefused(ctx, { source, request, reason, detail, mayBeReleased })
  return { kind: 'refused', status, reason, detail }
}
