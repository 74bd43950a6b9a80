import { createHash, hash } from 'node:crypto'
import type { ConvertBody } from '@posthorn/conversion'
import {
  type Acceptance,
  answerHandshake,
  type FetchKey,
  type HandshakeAnswer,
  type KeyRequest,
  refusalAnswer,
  type RefusalReason,
  type Reply,
  verify,
} from '@posthorn/providers'
import { newId } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import type { PublishContext } from '../publish/publish-message.ts'
import { formBody, type FormedBody } from './body-form.ts'
import { type CustomReply, renderReply } from './custom-reply.ts'
import type { JoinedEventTypes } from './joined-event-types.ts'
import { keepRefused } from './keep-refused.ts'
import { learnSecret } from './learn-secret.ts'
import { describeRequest, type Judged, logSourceRequest } from './log-source-request.ts'
import type { Pace } from './pace.ts'
import { publishReceived } from './publish-received.ts'
import { queryPayload } from './query-payload.ts'
import { receivedEventType } from './received-event-type.ts'
import type { ReceivedHeaders } from './received-headers.ts'
import type { ReceivingSource } from './receiving-source.ts'
import { releaseKey } from './release-key.ts'
import type { RequestLog } from './request-log.ts'

export interface ReceiveContext extends PublishContext, Pick<CoreContext, 'vault'> {
  readonly eventTypes: JoinedEventTypes
  readonly requestLog: RequestLog
  readonly convertBody: ConvertBody
  /** How many refusals of a source are kept: theirs alone, so that they cost accepted requests nothing. */
  readonly refusals: Pace
  /** Gets certificates and keys that a request names; without it such requests are refused. */
  readonly fetchKey?: FetchKeyFor
  /** PEM; what certificates that a request names must be vouched for by. The runtime's own, unless given. */
  readonly trustedRoots?: readonly string[]
}

/** For a source: what strangers make one of them ask for is no other's trouble. */
type FetchKeyFor = (request: KeyRequest & { readonly owner: string }) => ReturnType<FetchKey>

/** A request as it arrived, whole. */
export interface IncomingRequest {
  readonly method: string
  /** Public and whole, as the sender knows it. */
  readonly url: string
  /** What stands behind the token, with the query. */
  readonly path: string
  readonly address: string
  readonly headers: ReceivedHeaders
  readonly body: Buffer
}

export type Received =
  | {
      readonly kind: 'accepted' | 'duplicate'
      readonly messageId: string
      readonly reply: Reply | null
      /** The source's own, instead. */
      readonly custom: CustomReply | null
    }
  | { readonly kind: 'handshake'; readonly answer: HandshakeAnswer }
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly reason: string
      readonly detail: string
      /** What the sender must be told beside the status. */
      readonly headers?: Readonly<Record<string, string>>
    }

/**
 * Judges one request and, when it is the provider's own, commits its message. What it answers as accepted
 * is durable; what it throws is our own failure, and the sender has to come again.
 */
export async function receive(
  ctx: ReceiveContext,
  source: ReceivingSource,
  request: IncomingRequest,
): Promise<Received> {
  if (!source.options.enabled) return refuseUnjudged(ctx, { source, request, ...DISABLED })
  const input = verifyInput(ctx, source, request)
  if (source.provider.handshake !== undefined) {
    const handshake = await answerHandshake(source.provider, input)
    if (handshake?.outcome === 'answered') return shake(ctx, { source, request, answer: handshake })
    if (handshake !== undefined) return refuse(ctx, { source, request, ...handshake })
  }
  const verdict = await verify(source.provider, input)
  if (verdict.outcome === 'refused')
    return refuse(ctx, {
      source,
      request,
      ...verdict,
      ...refusalAnswer(source.provider, source.config, verdict.reason),
    })
  return accept(ctx, { source, request, verdict })
}

interface Whole extends Judged {
  readonly source: ReceivingSource
}

/** Keeps the secret that the provider hands over, and begins the subscription that it asks to confirm. */
async function shake(
  ctx: ReceiveContext,
  { source, request, answer }: Whole & { readonly answer: HandshakeAnswer },
): Promise<Received> {
  const { learnedSecret, confirm } = answer
  if (confirm !== undefined && !(await isConfirmed(ctx, { ...confirm, owner: source.id })))
    return refuse(ctx, { source, request, ...UNCONFIRMED })
  if (learnedSecret !== undefined && !(await learnSecret(ctx, source, learnedSecret)))
    return refuse(ctx, { source, request, ...HAS_ANOTHER })
  await logSourceRequest(ctx, { source, request, outcome: 'handshake' })
  return { kind: 'handshake', answer }
}

const UNCONFIRMED = {
  reason: 'key_unavailable',
  detail: 'The subscription could not be confirmed.',
  status: 503,
} as const

// Two of them came at once: only one was kept.
const HAS_ANOTHER = {
  reason: 'wrong_credentials',
  detail: 'This source has a secret already.',
  status: 403,
} as const

async function isConfirmed(
  { fetchKey }: Pick<ReceiveContext, 'fetchKey'>,
  confirm: Parameters<FetchKeyFor>[0],
): Promise<boolean> {
  if (fetchKey === undefined) return false
  return fetchKey(confirm).then(
    () => true,
    () => false,
  )
}

export function verifyInput(
  ctx: Pick<ReceiveContext, 'clock' | 'fetchKey' | 'trustedRoots'>,
  source: ReceivingSource,
  request: Pick<IncomingRequest, 'method' | 'url' | 'headers' | 'body'> & {
    readonly atMs?: number
  },
) {
  const { fetchKey } = ctx
  return {
    rawBody: request.body,
    method: request.method,
    url: request.url,
    headers: request.headers,
    config: source.config,
    secrets: source.secrets,
    now: new Date(request.atMs ?? ctx.clock.nowMs()),
    noVerification: source.isUnverified,
    ...(fetchKey && {
      fetchKey: (asked: KeyRequest) => fetchKey({ ...asked, owner: source.id }),
    }),
    ...(ctx.trustedRoots && { trustedRoots: ctx.trustedRoots }),
  }
}

interface Accepting extends Whole {
  readonly verdict: Acceptance
  /** Of a request that waited in quarantine. */
  readonly releasedId?: string
}

/** Commits the message of a request that was found to be the provider's own, if its body can be read. */
export async function accept(
  ctx: ReceiveContext,
  { source, request, verdict, releasedId }: Accepting,
): Promise<Exclude<Received, { kind: 'handshake' }>> {
  const query = queryPayload({ source, request, verdict })
  const body =
    query === null ? await readBody(ctx, { source, request, verdict }) : bodyOfQuery(query)
  if ('fault' in body)
    return refuse(ctx, { source, request, reason: 'unreadable_body', ...body.fault })
  const eventType = receivedEventType(source.type, verdict.eventType)
  await ctx.eventTypes.join(source, eventType)
  const { reply = null } = source.provider
  const unverified = verdict.outcome === 'unverified' ? 'unverified' : null
  const release = releaseKey(releasedId)
  const part = {
    ...describeRequest({ source, request }),
    requestId: newId('srcreq_', ctx.clock.nowMs()),
    key: keyOf(verdict, request.body, query ?? '') ?? release.key,
    keySeconds: Math.max(source.options.dedupeSeconds, release.keySeconds),
    contentType: body.contentType,
    payloadForm: body.payloadForm,
    original: body.original,
    reason: release.reason ?? unverified,
  }
  const published = await publishReceived(ctx, source, { eventType, payload: body.payload, part })
  const { messageId } = published
  const custom =
    source.options.reply &&
    renderReply(source.options.reply, { messageId, eventType, sourceId: source.id })
  if (published.kind === 'stored') return { kind: 'accepted', messageId, reply, custom }
  await logSourceRequest(ctx, { source, request, outcome: 'duplicate', messageId, eventType })
  return { kind: 'duplicate', messageId, reply, custom }
}

function readBody({ convertBody }: ReceiveContext, { source, request, verdict }: Accepting) {
  return formBody(convertBody, {
    bytes: request.body,
    isParsed: verdict.isParsed === true,
    contentType: request.headers['content-type']?.[0],
    form: source.options.bodies,
    owner: source.id,
    jsonField: source.provider.jsonField,
  })
}

function bodyOfQuery(payload: string): FormedBody {
  return {
    payload,
    payloadForm: null,
    contentType: 'application/json',
    original: Buffer.alloc(0),
  }
}

/**
 * What repetitions have in common. Under a signed body an id that isn't signed can be changed by whoever
 * replays a request: there the body tells, and the event type, for some send one body under several.
 */
function keyOf(verdict: Acceptance, body: Buffer, query: string): Uint8Array | null {
  const { deliveryId, deliveryIdSigned, bodySigned, eventType = '' } = verdict
  if (deliveryId === undefined) return null
  // Where it says all, that the body is as empty as another's makes it no repetition.
  const said = query === '' ? '' : ` ${query}`
  if (deliveryIdSigned || !bodySigned) return sha256(`id ${deliveryId}${said}`)
  const named = `body ${JSON.stringify(eventType)} `
  return createHash('sha256').update(named).update(body).update(said).digest()
}

// Text of the digest costs a third of bytes that Node allocates outside the heap.
function sha256(text: string): Uint8Array {
  return Buffer.from(hash('sha256', text, 'hex'), 'hex')
}

interface Refusing extends Whole {
  /** `unreadable_body`: the provider's own, but it can't be made JSON as the source wants it. */
  readonly reason: RefusalReason | 'unreadable_body'
  readonly detail: string
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

async function refuse(
  ctx: ReceiveContext,
  { source, request, reason, detail, status, headers = {} }: Refusing,
): Promise<Extract<Received, { kind: 'refused' }>> {
  await keepRefused(ctx, { source, request, reason, detail, mayBeReleased: true })
  return { kind: 'refused', status, reason, detail, headers }
}

const DISABLED = { reason: 'disabled', detail: 'The source is disabled.', status: 503 } as const

/** Nothing of it is kept but that it came: it wasn't looked at. */
async function refuseUnjudged(
  ctx: ReceiveContext,
  { source, request, reason, detail, status }: Whole & typeof DISABLED,
): Promise<Received> {
  await keepRefused(ctx, { source, request, reason, detail, mayBeReleased: false })
  return { kind: 'refused', status, reason, detail }
}
