import type { IncomingMessage } from 'node:http'
import {
  type ParsedMessageIn,
  parseMessageIn,
  parseQuery,
  IdOrUid,
  MessageContentQuery,
} from '@posthorn/contracts'
import {
  actorOf,
  type ApplicationSnapshot,
  checkIdempotencyKey,
  ForbiddenError,
  getMessage,
  hasScope,
  isForApplication,
  idempotencyBodyHash,
  idempotencyKeyHash,
  InvalidInputError,
  limitOf,
  NotFoundError,
  type Principal,
  publishMessage,
} from '@posthorn/core'
import type { ApiContext } from '../context.ts'
import { identify } from '../http/identify.ts'
import { readText } from '../http/read-body.ts'
import type { HttpAnswer } from '../http/send.ts'
import { keyOf } from '../http/serve-route.ts'
import { presentMessage } from '../routes/message-presenter.ts'
import { checkPayload } from './check-payload.ts'
import { createMissingApplication } from './inline-application.ts'

export interface PublishRequest {
  readonly req: IncomingMessage
  readonly requestId: string
  /** An id or uid, decoded. */
  readonly appName: string
  /** The text after `?`. */
  readonly search: string
}

export interface PublishAnswer extends HttpAnswer {
  readonly orgId: string
  readonly appId: string
  readonly messageId: string
  readonly bytesIn: number
}

/** `POST /api/v1/app/{app_id}/msg`: answered once the message and its deliveries are durable. */
export async function answerPublish(
  ctx: ApiContext,
  request: PublishRequest,
): Promise<PublishAnswer> {
  const known = identify(ctx, request.req)
  const principal = known instanceof Promise ? await known : known
  if (principal.kind === 'portal' || !hasScope(principal, 'publish')) throw new ForbiddenError()
  const { appName } = request
  const withContent = readWithContent(request.search)
  const bodyText = await readText(request.req)
  const message = parseMessageIn(bodyText)
  const application = await findTarget(ctx, {
    principal,
    requestId: request.requestId,
    appName,
    message,
  })
  const schemaErrors = await checkSchema(ctx, principal.orgId, message)
  const published = await publishMessage(
    ctx,
    { application, name: appName, actor: actorOf(principal) },
    { ...toDraft(message), schemaErrors, idempotency: readKey(request.req, principal, bodyText) },
  )
  const stored = published.kind === 'stored' ? toRow(published, message, schemaErrors) : null
  const scope = { orgId: principal.orgId, appId: application.id, actor: actorOf(principal) }
  const row = stored ?? (await getMessage(ctx, scope, { message: published.id, withContent }))
  const ids = { orgId: principal.orgId, appId: application.id, messageId: published.id }
  return { status: 202, json: presentMessage(row, withContent), ...ids, bytesIn: bodyText.length }
}

/** What the SDKs send, and nothing: known without parsing. */
const KNOWN_SEARCHES = new Map([
  ['', true],
  ['with_content=true', true],
  ['with_content=false', false],
])

function readWithContent(search: string): boolean {
  return KNOWN_SEARCHES.get(search) ?? parseQuery(MessageContentQuery, search).with_content
}

function refuseBadName(appName: string): void {
  if (IdOrUid.safeParse(appName).success) return
  const message = 'Must be an application id, or a uid of letters, digits, -, _ and .'
  throw new InvalidInputError([{ path: ['path', 'app_id_or_uid'], message }])
}

interface Target {
  readonly principal: Principal
  readonly requestId: string
  readonly appName: string
  readonly message: ParsedMessageIn
}

async function findTarget(ctx: ApiContext, target: Target): Promise<ApplicationSnapshot> {
  const found = findOwn(ctx, target)
  const application = found instanceof Promise ? await found : found
  if (!isForApplication(target.principal, application.id)) throw notFound()
  return application
}

function findOwn(
  ctx: ApiContext,
  target: Target,
): ApplicationSnapshot | Promise<ApplicationSnapshot> {
  const { orgId } = target.principal
  return ctx.snapshots.cached(orgId, target.appName) ?? loadOrCreate(ctx, target)
}

async function loadOrCreate(ctx: ApiContext, target: Target): Promise<ApplicationSnapshot> {
  const { principal, appName } = target
  refuseBadName(appName)
  const known = await ctx.snapshots.load(principal.orgId, appName)
  if (known !== null) return known
  if (target.message.application === null || limitOf(principal) !== null) throw notFound()
  const scope = { orgId: principal.orgId, actor: actorOf(principal), requestId: target.requestId }
  await createMissingApplication(ctx, scope, { appName, application: target.message.application })
  const created = await ctx.snapshots.load(principal.orgId, appName)
  if (created === null) throw notFound()
  return created
}

function notFound(): NotFoundError {
  return new NotFoundError('Application not found')
}

function checkSchema(
  ctx: ApiContext,
  orgId: string,
  message: ParsedMessageIn,
): Promise<string | null> | string | null {
  const found = ctx.schemas.get(orgId, message.eventType)
  const payload = { orgId, eventType: message.eventType, payloadText: message.payloadText }
  if (found === null) return null
  if (!(found instanceof Promise)) return checkPayload(ctx.validator, { ...payload, schema: found })
  return found.then((schema) => checkPayload(ctx.validator, { ...payload, schema }))
}

function readKey(req: IncomingMessage, principal: Principal, bodyText: string) {
  const key = checkIdempotencyKey(keyOf(req))
  if (key === undefined) return null
  return {
    key: idempotencyKeyHash(principal.orgId, { method: 'POST', url: req.url ?? '', key }),
    bodyHash: idempotencyBodyHash(bodyText),
  }
}

function toDraft(message: ParsedMessageIn) {
  return {
    eventType: message.eventType,
    eventId: message.eventId,
    channels: message.channels ?? [],
    tags: message.tags ?? [],
    payload: message.payloadText,
    payloadRetentionHours: message.payloadRetentionHours,
  }
}

type Stored = Extract<Awaited<ReturnType<typeof publishMessage>>, { kind: 'stored' }>
type Presentable = Parameters<typeof presentMessage>[0]

function toRow(
  published: Stored,
  message: ParsedMessageIn,
  schemaErrors: string | null,
): Presentable {
  return {
    id: published.id,
    eventType: message.eventType,
    eventId: message.eventId,
    channels: message.channels ?? [],
    tags: message.tags ?? [],
    payload: message.payloadText,
    schemaErrors: schemaErrors === null ? null : JSON.parse(schemaErrors),
    unmatched: published.unmatched,
  }
}
