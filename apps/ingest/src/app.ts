import type { IncomingMessage, ServerResponse } from 'node:http'
import { isMigrated } from '@posthorn/db'
import { newId, withinDeadline } from '@posthorn/runtime'
import type { IngestContext } from './context.ts'
import { flowFace } from './flow/flow-face.ts'
import { type Answer, answerError, answerJson } from './http/answer.ts'
import { discard } from './http/read-body.ts'
import { answerFailure, type ReceivedAnswer, receiveRequest } from './http/receive-request.ts'
import { sourceFace } from './http/source-face.ts'

export type RequestListener = (req: IncomingMessage, res: ServerResponse) => void

/**
 * Receiving URLs, `/in/{token}` with anything behind it and `/v1/flow-webhook/{flow_id}` with nothing but a
 * query; besides those only health and metrics. Hears `checkContinue` as well as `request`: the body is asked for when all that precedes it has been judged.
 */
export function createApp(ctx: IngestContext): RequestListener {
  return (req, res) => {
    serve(ctx, req, res).catch((err: unknown) => {
      ctx.events.failed('answer', err)
      res.destroy()
    })
  }
}

async function serve(ctx: IngestContext, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const receive = receiverOf(req.url ?? '')
  if (receive === null) await serveOwn(ctx, req, res)
  else await serveReceiving(ctx, { req, res, receive })
  discard(req)
}

const SOURCE = /^\/in\/([^/?#]+)([^#]*)$/
const FLOW = /^\/v1\/flow-webhook\/([^/?#]+)(\?[^#]*)?$/

type Receive = (ctx: IngestContext, asked: AskedBase) => Promise<ReceivedAnswer>
interface AskedBase {
  readonly req: IncomingMessage
  readonly askForBody: () => void
}

function receiverOf(url: string): Receive | null {
  const [, token, rest = ''] = SOURCE.exec(url) ?? []
  if (token !== undefined) {
    const path = { name: token, path: rest.startsWith('/') ? rest : `/${rest}` }
    return (ctx, asked) => receiveRequest(ctx, { ...asked, face: sourceFace, path })
  }
  const [, id, query = ''] = FLOW.exec(url) ?? []
  if (id === undefined) return null
  const path = { name: id, path: `/${query}` }
  return (ctx, asked) => receiveRequest(ctx, { ...asked, face: flowFace, path })
}

interface Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly receive: Receive
}

async function serveReceiving(ctx: IngestContext, { req, res, receive }: Exchange): Promise<void> {
  const startedAtMs = performance.now()
  const requestId = newId('req_', Date.now())
  const asked = { req, askForBody: () => askForBody(req, res) }
  const { answer, told } = await receive(ctx, asked).catch((err: unknown) =>
    failed(ctx, requestId, err),
  )
  send(res, requestId, answer)
  const { method = '' } = req
  const durationMs = performance.now() - startedAtMs
  ctx.events.requestHandled({ requestId, method, status: answer.status, durationMs, ...told })
}

function askForBody(req: IncomingMessage, res: ServerResponse): void {
  if (req.httpVersion === '1.1' && req.headers.expect !== undefined) res.writeContinue()
}

function failed(ctx: IngestContext, requestId: string, err: unknown): ReceivedAnswer {
  const known = answerFailure(err)
  if (known === null) ctx.events.unexpected(requestId, err)
  return { answer: known ?? UNEXPECTED, told: { outcome: 'failed', bytesIn: 0 } }
}

const UNEXPECTED = answerJson(500, {})
const NO_CONTENT: Answer = { status: 204, body: '', headers: {} }
const NOT_READY = answerError(
  503,
  { code: 'unavailable', detail: 'The database is not available.' },
  1,
)
const NOTHING_HERE = answerError(404, { code: 'not_found', detail: 'No source receives here.' })
const READY_DEADLINE_MS = 2_000

async function serveOwn(ctx: IngestContext, req: IncomingMessage, res: ServerResponse) {
  const answer = await answerOwn(ctx, req)
  send(res, newId('req_', Date.now()), answer)
}

async function answerOwn(ctx: IngestContext, req: IncomingMessage): Promise<Answer> {
  switch (`${req.method} ${req.url}`) {
    case 'GET /api/v1/health':
    case 'GET /api/v1/health/live':
      return NO_CONTENT
    case 'GET /api/v1/health/ping': {
      const migrated = isMigrated(ctx.db.hot).catch(() => false)
      return (await withinDeadline(migrated, READY_DEADLINE_MS, false)) ? NO_CONTENT : NOT_READY
    }
    case 'GET /metrics':
      return ctx.mayReadMetrics(req.headers.authorization) ? metrics(ctx) : METRICS_REFUSED
    default:
      return NOTHING_HERE
  }
}

const METRICS_REFUSED = answerJson(
  401,
  { code: 'authentication_failed', detail: 'Metrics ask for the token of POSTHORN_METRICS_TOKEN.' },
  { 'www-authenticate': 'Bearer' },
)

async function metrics({ metrics: { registry } }: IngestContext): Promise<Answer> {
  const headers = { 'content-type': registry.contentType }
  return { status: 200, body: await registry.metrics(), headers }
}

function send(res: ServerResponse, requestId: string, { status, body, headers }: Answer): void {
  if (res.headersSent || res.destroyed) return
  const hasBody = status !== 204 && status !== 304
  res.writeHead(status, {
    ...headers,
    'x-request-id': requestId,
    ...(hasBody && { 'content-length': Buffer.byteLength(body) }),
  })
  res.end(hasBody ? body : undefined)
}
