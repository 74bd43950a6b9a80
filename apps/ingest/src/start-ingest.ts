import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { LocalDelivery, ReceiveContext } from '@posthorn/core'
import { createLogger, type Logger } from '@posthorn/runtime'
import { createApp } from './app.ts'
import type { IngestConfig } from './config.ts'
import { openIngestContext } from './context.ts'

export interface RunningIngest extends AsyncDisposable {
  readonly url: string
  /** What it counts, in Prometheus's text form. */
  readonly metrics: () => Promise<string>
}

export interface IngestStartOptions {
  /** The worker in this process: what is received here goes to it without a queue in between. */
  readonly localDelivery?: LocalDelivery
  /** Gets certificates and keys that requests name. */
  readonly fetchKey?: NonNullable<ReceiveContext['fetchKey']>
  readonly logger?: Logger
}

const KEEP_ALIVE_MS = 75_000
const HEADERS_MS = 20_000
const REQUEST_MS = 60_000
const MAX_HEADER_BYTES = 16_384
const DRAIN_MS = 4_000
const SWEEP_MS = 20

/** Listens. Disposal takes no new requests, lets those under way end for a bounded time, then closes all. */
export async function startIngest(
  config: IngestConfig,
  options: IngestStartOptions = {},
): Promise<RunningIngest> {
  const logger = options.logger ?? createLogger({ name: 'ingest', level: config.logLevel })
  await using stack = new AsyncDisposableStack()
  const { ctx } = stack.use(await openIngestContext(config, { ...options, logger }))
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  })
  const app = createApp(ctx)
  server.on('request', app)
  server.on('checkContinue', app)
  server.on('clientError', answerUnreadable)
  server.listen(config.http.port, config.http.host)
  await once(server, 'listening')
  stack.defer(() => drain(server))
  const url = urlOf(server, config.http.host)
  const resources = stack.move()
  return {
    url,
    metrics: () => ctx.metrics.registry.metrics(),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function urlOf(server: Server, host: string): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${address.port}`
}

const UNREADABLE = new Map([
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
])

// What Node itself refuses has no response object yet: the answer is written by hand.
function answerUnreadable(err: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || socket.bytesWritten > 0) return void socket.destroy()
  const line = UNREADABLE.get(err.code ?? '') ?? '400 Bad Request'
  const body = '{"code":"unreadable","detail":"The request could not be read."}'
  const head = `HTTP/1.1 ${line}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`
  socket.end(head + body)
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Connections that are busy now are asked to end with their answer, or fall idle and are closed then.
  for (const event of ['request', 'checkContinue'] as const)
    server.prependListener(event, (_req, res) => (res.shouldKeepAlive = false))
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}
