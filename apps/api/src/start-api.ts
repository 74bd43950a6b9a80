import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { PayloadValidator } from '@posthorn/catalog'
import type { LocalDelivery } from '@posthorn/core'
import { createLogger, type Logger } from '@posthorn/runtime'
import { createApp } from './app.ts'
import type { ApiConfig } from './config.ts'
import { type ApiContext, openApiContext } from './context.ts'

export interface RunningApi extends AsyncDisposable {
  readonly url: string
}

export interface ApiStartOptions {
  /** The worker in this process: what is published here goes to it without a queue in between. */
  readonly localDelivery?: LocalDelivery
  /** What the other roles in this process count, in Prometheus's text form. */
  readonly metricsBeside?: () => Promise<string>
  /** Of payloads and schemas; ends with the api. */
  readonly validator?: PayloadValidator
  /** Gets certificates and keys that requests in quarantine name. */
  readonly fetchKey?: NonNullable<ApiContext['fetchKey']>
  readonly logger?: Logger
}

// Longer than the idle time of the load balancers in front, which else meet a connection just closed.
const KEEP_ALIVE_MS = 75_000
const HEADERS_MS = 20_000
const REQUEST_MS = 60_000
const MAX_HEADER_BYTES = 16_384
const DRAIN_MS = 4_000
const SWEEP_MS = 20

/** Listens. Disposal takes no new requests, lets those under way end for a bounded time, then closes all. */
export async function startApi(
  config: ApiConfig,
  options: ApiStartOptions = {},
): Promise<RunningApi> {
  const logger = options.logger ?? createLogger({ name: 'api', level: config.logLevel })
  await using stack = new AsyncDisposableStack()
  const open = stack.use(await openApiContext(config, { ...options, logger }))
  const server = createHttpServer()
  server.on('request', createApp(open.ctx))
  server.on('clientError', answerUnreadable)
  server.listen(config.http.port, config.http.host)
  await once(server, 'listening')
  stack.defer(() => drain(server))
  const url = urlOf(server, config.http.host)
  const resources = stack.move()
  return { url, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

function createHttpServer(): Server {
  return createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  })
}

function urlOf(server: Server, host: string): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${address.port}`
}

// What Node itself refuses has no response object yet: the answer is written by hand.
function answerUnreadable(err: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || socket.bytesWritten > 0) return void socket.destroy()
  const isTooLarge = err.code === 'HPE_HEADER_OVERFLOW'
  const isTooSlow = err.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const [line, code] = isTooLarge
    ? ['431 Request Header Fields Too Large', 'headers_too_large']
    : isTooSlow
      ? ['408 Request Timeout', 'request_timeout']
      : ['400 Bad Request', 'generic_error']
  const body = JSON.stringify({ code, detail: 'The request could not be read.' })
  const head = `HTTP/1.1 ${line}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`
  socket.end(head + body)
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Connections that are busy now are asked to end with their answer, or fall idle and are closed then.
  server.prependListener('request', (_req, res) => (res.shouldKeepAlive = false))
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}
