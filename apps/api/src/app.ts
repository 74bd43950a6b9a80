import type { IncomingMessage, ServerResponse } from 'node:http'
import { atEndOfTurn, newId, type Refusal, type RefusalAnswer } from '@posthorn/runtime'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import type { ApiContext } from './context.ts'
import { isAllowedOrigin } from './http/allowed-origin.ts'
import { errorAnswer, UNEXPECTED } from './http/error-answer.ts'
import { inFaceOf, withoutDoubleSlash } from './http/losant-error.ts'
import type { ApiRoute } from './http/route-table.ts'
import { FIXED_HEADERS, type HttpAnswer, sendAnswer } from './http/send.ts'
import { serveRoute } from './http/serve-route.ts'
import { type LinkedPage, noticePages } from './notice/notice-pages.ts'
import { mountOpenId } from './openid/mount-openid.ts'
import { mountConsole, mountPages } from './pages/serve-pages.ts'
import { createPageLooks } from './portal-theme/page-looks.ts'
import { portalLook } from './portal-theme/portal-look.ts'
import { answerPublish } from './publish/publish-request.ts'
import { apiDocument, apiRoutes } from './routes/index.ts'
import { publishDocument } from './routes/publish.ts'

export type RequestListener = (req: IncomingMessage, res: ServerResponse) => void

const PUBLISH_PATH = /^\/api\/v1\/app\/([^/?]+)\/msg\/?(?:\?(.*))?$/
const ROUTE_OF_PUBLISH = '/api/v1/app/:appId/msg'

/**
 * The api as a request listener. The publish is served before Express, which costs it a tenth of its
 * throughput; everything else is a row of the table behind Express.
 */
export function createApp(ctx: ApiContext): RequestListener {
  const table = createTable(ctx)
  return (req, res) => {
    req.url = withoutDoubleSlash(req.url ?? '')
    if (!isAllowedOrigin(ctx, req)) return sendAnswer(res, newRequestId(), ORIGIN_REFUSED)
    const publish = req.method === 'POST' ? PUBLISH_PATH.exec(req.url ?? '') : null
    if (publish === null) table(req, res)
    else
      void handle(ctx, { req, res, route: ROUTE_OF_PUBLISH }, (requestId) =>
        answerPublishAt(ctx, publish, { req, requestId }),
      )
  }
}

/** What Node would refuse without a word, as everything else is refused. */
export function sayRefusal({ status, code, detail }: Refusal, url: string): RefusalAnswer {
  const { json } = inFaceOf(url, refusal(status, code, detail))
  const headers = { ...FIXED_HEADERS, 'content-type': 'application/json' }
  return { headers: { ...headers, 'x-request-id': newRequestId() }, body: json ?? '' }
}

async function answerPublishAt(
  ctx: ApiContext,
  [, appName = '', search = '']: RegExpExecArray,
  request: { readonly req: IncomingMessage; readonly requestId: string },
): Promise<HttpAnswer> {
  return answerPublish(ctx, { ...request, appName: decodeURIComponent(appName), search })
}

function createTable(ctx: ApiContext): Express {
  const app = express()
  app.disable('x-powered-by').disable('etag').set('query parser', false)
  app.use(answerPreflight)
  // Made when first asked for: it takes as long as most of what a start does.
  let document: string | undefined
  app.get('/api/v1/openapi.json', (_req, res) => {
    document ??= JSON.stringify(apiDocument())
    sendAnswer(res, newRequestId(), { status: 200, json: document })
  })
  app.get('/metrics', (req, res) => {
    if (ctx.mayReadMetrics(req.headers.authorization)) void sendMetrics(ctx, res)
    else sendAnswer(res, newRequestId(), METRICS_REFUSED)
  })
  for (const route of apiRoutes) mount(app, ctx, route)
  for (const page of noticePages) mountPage(app, ctx, page)
  mountOpenId(app, ctx)
  const looks = createPageLooks({
    read: (appId) => portalLook(ctx, appId),
    onError: (err) => ctx.events.failed('read the look of a portal', err),
  })
  mountPages(app, ctx.pages, looks)
  mountConsole(app, ctx.pages, ctx.staff.consoleUrl)
  app.use((req: Request, res: Response) => {
    void handle(ctx, { req, res, route: 'unknown' }, () => Promise.resolve(refuseUnknown(req)))
  })
  // Express knows an error handler by its four parameters.
  // oxlint-disable-next-line max-params
  app.use((err: unknown, req: Request, res: Response, _next: NextFunction) => {
    void handle(ctx, { req, res, route: 'unreadable' }, () => Promise.reject(err))
  })
  return app
}

function mount(app: Express, ctx: ApiContext, route: ApiRoute): void {
  app[route.method](route.path, (req: Request, res: Response) => {
    const params = req.params as Record<string, string>
    void handle(ctx, { req, res, route: route.path }, (requestId) =>
      serveRoute(ctx, route, { req, requestId, params }),
    )
  })
}

function mountPage(app: Express, ctx: ApiContext, page: LinkedPage): void {
  app[page.method](page.path, (req: Request, res: Response) => {
    const { token = '' } = req.params as Record<string, string>
    void handle(ctx, { req, res, route: page.path }, (requestId) =>
      page.answer(ctx, { req, requestId, token }),
    )
  })
}

interface Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly route: string
}

async function handle(
  ctx: ApiContext,
  { req, res, route }: Exchange,
  answer: (requestId: string) => Promise<HttpAnswer>,
): Promise<void> {
  const startedAtMs = performance.now()
  const requestId = newRequestId()
  const sent = inFaceOf(
    req.url ?? '',
    await answer(requestId).catch((err: unknown) => toErrorAnswer(ctx, requestId, err)),
  )
  sendAnswer(res, requestId, sent)
  // What wasn't read of a refused body must not be taken for the next request.
  if (!req.complete) req.resume()
  const { status } = sent
  const durationMs = performance.now() - startedAtMs
  const handled = { requestId, method: req.method ?? '', route, status, durationMs, ...idsOf(sent) }
  // All of a batch are answered before any of them is told of.
  atEndOfTurn(() => ctx.events.requestHandled(handled))
}

function toErrorAnswer(ctx: ApiContext, requestId: string, err: unknown): HttpAnswer {
  const answer = errorAnswer(err)
  if (answer !== null) return answer
  ctx.events.unexpected(requestId, err)
  return UNEXPECTED
}

function idsOf(
  answer: HttpAnswer & { orgId?: string; appId?: string; messageId?: string; bytesIn?: number },
) {
  const { orgId, appId, messageId, bytesIn } = answer
  return { orgId, appId, messageId, bytesIn }
}

const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, idempotency-key, svix-req-id, svix-retry-count',
  'access-control-max-age': '600',
}

function answerPreflight(req: Request, res: Response, next: NextFunction): void {
  if (req.method !== 'OPTIONS') return next()
  sendAnswer(res, newRequestId(), { status: 204, json: null, headers: PREFLIGHT_HEADERS })
}

const ORIGIN_REFUSED: HttpAnswer = refusal(
  403,
  'origin_not_allowed',
  'Pages of this origin may not call: POSTHORN_ALLOWED_ORIGINS lists those that may.',
)

const METRICS_REFUSED: HttpAnswer = {
  ...refusal(401, 'authentication_failed', 'Metrics ask for the token of POSTHORN_METRICS_TOKEN.'),
  headers: { 'www-authenticate': 'Bearer' },
}

async function sendMetrics(ctx: ApiContext, res: Response): Promise<void> {
  const { registry } = ctx.metrics
  const texts = await Promise.all([registry.metrics(), ctx.metricsBeside()])
  res.writeHead(200, { 'content-type': registry.contentType }).end(texts.join(''))
}

const KNOWN_PATHS = [publishDocument, ...apiRoutes].map((route) => ({
  method: route.method.toUpperCase(),
  pattern: new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}/?$`),
}))

function refuseUnknown(req: Request): HttpAnswer {
  const methods = KNOWN_PATHS.filter(({ pattern }) => pattern.test(req.path)).map(
    ({ method }) => method,
  )
  if (methods.length === 0) return refusal(404, 'not_found', 'There is no such route.')
  const allow = [...new Set(methods)].join(', ')
  const answer = refusal(405, 'method_not_allowed', `This path takes ${allow}.`)
  return { ...answer, headers: { allow } }
}

function refusal(status: number, code: string, detail: string): HttpAnswer {
  return { status, json: JSON.stringify({ code, detail }) }
}

function newRequestId(): string {
  return newId('req_', Date.now())
}
