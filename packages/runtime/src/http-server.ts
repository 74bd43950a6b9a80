import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { listenReadably, type SayRefusal } from './http-refusals.ts'

export interface HttpServerOptions {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  readonly listener: RequestListener
  /** Hears who waits to be asked for a body (`Expect: 100-continue`); without it all are told to go on. */
  readonly onContinue?: RequestListener
  /** The answer to what never gets as far as the listener. */
  readonly sayRefusal: SayRefusal
}

export interface RunningHttpServer extends AsyncDisposable {
  /** Where it listens, with the port in use. */
  readonly url: string
}

// The idle time is longer than that of the load balancers in front, which else meet a connection just closed.
const LIMITS = {
  keepAliveTimeout: 75_000,
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  maxHeaderSize: 16_384,
  // It is asked for by us, who say so.
  requireHostHeader: false,
}
const DRAIN_MS = 4_000
const SWEEP_MS = 20

/** Listens. Disposal takes no new requests, lets those under way end for 4 s at most, then closes all. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const { host, port } = options
  const server = createServer(LIMITS)
  listenReadably(server, options)
  server.listen(port, host)
  await once(server, 'listening')
  return { url: urlOf(server, host), [Symbol.asyncDispose]: () => drain(server) }
}

function urlOf(server: Server, host: string): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${address.port}`
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  closeAfterAnswers(server)
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}

// Connections that are busy now are asked to end with their answer, or fall idle and are closed then. A
// listener of `checkContinue` takes those requests over: it is added only where there is one already.
function closeAfterAnswers(server: Server): void {
  const events = ['request', 'checkContinue'] as const
  for (const event of events.filter((name) => server.listenerCount(name) > 0))
    server.prependListener(event, (_req, res) => (res.shouldKeepAlive = false))
}
