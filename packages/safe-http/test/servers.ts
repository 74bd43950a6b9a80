import {
  createServer as createHttpServer,
  type RequestListener,
  type Server as HttpServer,
} from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import {
  createSafeClient,
  parseCidr,
  type SafeClient,
  type SafeClientOptions,
  type Cidr,
} from '../src/index.ts'

export interface TestServer extends AsyncDisposable {
  port: number
  url: string
  /** Connections accepted so far. */
  connections: number
  /** What arrived, all connections together. */
  received: string
}

export function cidr(text: string): Cidr {
  const parsed = parseCidr(text)
  if (!parsed) throw new Error(`not a CIDR: ${text}`)
  return parsed
}

/** A client that may reach this machine's first loopback address, and nothing else that isn't public. */
export function localClient(options: Partial<SafeClientOptions> = {}): SafeClient {
  return createSafeClient({ httpsOnly: false, allowSubnets: [cidr('127.0.0.1/32')], ...options })
}

/** Speaks raw TCP; `onRequest` runs once per chunk that arrives. */
export function rawServer(
  onRequest: (socket: Socket, text: string) => void,
  host = '127.0.0.1',
): Promise<TestServer> {
  return started(createServer(), 'http', { host, onRequest })
}

export function tlsServer(
  options: TlsOptions,
  onRequest: (socket: Socket, text: string) => void = (socket) => socket.end(okResponse),
): Promise<TestServer> {
  return started(createTlsServer(options), 'https', { host: '127.0.0.1', onRequest })
}

export function httpServer(listener: RequestListener): Promise<TestServer> {
  return started(createHttpServer(listener), 'http', { host: '127.0.0.1' })
}

export const okResponse = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

async function started(
  server: Server | HttpServer,
  scheme: string,
  options: { host: string; onRequest?: (socket: Socket, text: string) => void },
): Promise<TestServer> {
  const sockets = new Set<Socket>()
  const { onRequest } = options
  server.on('connection', (socket: Socket) => {
    running.connections++
    sockets.add(socket.on('error', () => {}))
  })
  const event = scheme === 'https' ? 'secureConnection' : 'connection'
  if (onRequest) {
    server.on(event, (socket: Socket) => {
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        running.received += chunk.toString('latin1')
        onRequest(socket, chunk.toString('latin1'))
      })
    })
  }
  await new Promise<void>((resolve) => server.listen(0, options.host, resolve))
  const port = portOf(server)
  const running: TestServer = {
    port,
    url: `${scheme}://${options.host}:${port}/hook`,
    connections: 0,
    received: '',
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return running
}

function portOf(server: Server): number {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen')
  return address.port
}
