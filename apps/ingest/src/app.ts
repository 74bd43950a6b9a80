import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ReceivingSource } from '@posthorn/core'
import { isMigrated } from '@posthorn/db'
import {
  atEndOfTurn,
  newId,
  type Refusal,
  type RefusalAnswer,
  utf8Form,
  withinDeadline,
} from '@posthorn/runtime'
import type { IngestContext } from './context.ts'
import { flowFace } from './flow/flow-face.ts'
import { type Answer, answerFault, answerJson, type Fault } from './http/answer.ts'
import type { Face } from './http/face.ts'
import { discard } from './http/read-body.ts'
import {
  failureFault,
  type ReceivedAnswer,
  type ReceivingPath,
  receiveRequest,
} from './http/receive-request.ts'
import { sourceFace } from './http/source-face.ts'
import { losantFace } from './losant/losant-face.ts'

export type RequestListener = (req: IncomingMessage, res: ServerResponse) => void

/**
 * Receiving URLs: `/in/{token}` and Losant's `/webhooks/{token}` with anything behind them, and
 * `/v1/flow-webhook/{flow_id}` with nothing but a query; besides those only health and metrics. Hears `checkContinue` as well as `request`: the body is asked for when all that precedes it has been judged.
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
  const receiver = receiverOf(req.url ?? '')
  if (receiver === null) await serveOwn(ctx, req, res)
  else await serveReceiving(ctx, { req, res, receiver })
  discard(req)
}

const SOURCE = /^\/in\/([^/?#]+)([^#]*)$/
const LOSANT = /^\/webhooks\/([^/?#]+)([^#]*)$/
const BY_TOKEN = [
  [SOURCE, sourceFace],
  [LOSANT, losantFace],
] as const
const FLOW = /^\/v1\/flow-webhook\/([^/?#]+)(\?[^#]*)?$/

interface Receiver {
  receive(ctx: IngestContext, asked: AskedBase): Promise<ReceivedAnswer>
  readonly answerFault: (fault: Fault) => Answer
}

interface AskedBase {
  readonly req: IncomingMessage
  readonly askForBody: () => void
}

function receiverOf(url: string): Receiver | null {
  for (const [pattern, face] of BY_TOKEN) {
    const [, name, rest = ''] = pattern.exec(url) ?? []
    if (name !== undefined)
      return receiverAt(face, { name, path: rest.startsWith('/') ? rest : `/${rest}` })
  }
  const [, name, query = ''] = FLOW.exec(url) ?? []
  return name === undefined ? null : receiverAt(flowFace, { name, path: `/${query}` })
}

function receiverAt<Source extends ReceivingSource>(
  face: Face<Source>,
  path: ReceivingPath,
): Receiver {
  return {
    receive: (ctx, asked) => receiveRequest(ctx, { ...asked, face, path }),
    answerFault: face.answerFault,
  }
}

/** What Node would refuse without a word, in the words of the face that it was for. */
export function sayRefusal(refusal: Refusal, url: string): RefusalAnswer {
  const { headers, body } = (receiverOf(url)?.answerFault ?? answerFault)(refusal)
  return { headers: { ...headers, 'x-request-id': newRequestId() }, body }
}

interface Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly receiver: Receiver
}

async function serveReceiving(ctx: IngestContext, { req, res, receiver }: Exchange): Promise<void> {
  const startedAtMs = performance.now()
  const requestId = newRequestId()
  const asked = { req, askForBody: () => askForBody(req, res) }
  const { answer, told } = await receiver.receive(ctx, asked).catch((err: unknown) => {
    const fault = failureFault(err)
    if (fault === null) ctx.events.unexpected(requestId, err)
    return { answer: fault === null ? UNEXPECTED : receiver.answerFault(fault), told: FAILED }
  })
  send(res, requestId, answer)
  const { method = '' } = req
  const durationMs = performance.now() - startedAtMs
  const handled = { requestId, method, status: answer.status, durationMs, ...told }
  // All of a batch are answered before any of them is told of.
  atEndOfTurn(() => ctx.events.requestHandled(handled))
}

function askForBody(req: IncomingMessage, res: ServerResponse): void {
  if (req.httpVersion === '1.1' && req.headers.expect !== undefined) res.writeContinue()
}

const FAILED: ReceivedAnswer['told'] = { outcome: 'failed', bytesIn: 0 }
const UNEXPECTED = answerJson(500, {})
const NO_CONTENT: Answer = { status: 204, body: '', headers: {} }
const NOT_READY = answerFault({
  status: 503,
  code: 'unavailable',
  detail: 'The database is not available.',
  retryAfterSeconds: 1,
})
const NOTHING_HERE = answerFault({
  status: 404,
  code: 'not_found',
  detail: 'No source receives here.',
})
const READY_DEADLINE_MS = 2_000

async function serveOwn(ctx: IngestContext, req: IncomingMessage, res: ServerResponse) {
  const answer = await answerOwn(ctx, req)
  send(res, newRequestId(), answer)
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
  if (status === 204 || status === 304) {
    res.writeHead(status, { ...headers, 'x-request-id': requestId }).end()
    return
  }
  const { byteLength, encoding } = utf8Form(body)
  res.writeHead(status, { ...headers, 'x-request-id': requestId, 'content-length': byteLength })
  res.end(body, encoding)
}

function newRequestId(): string {
  return newId('req_', Date.now())
}
