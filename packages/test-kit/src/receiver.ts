import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** One request as it arrived, byte for byte. */
export interface ReceivedRequest {
  readonly messageId: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly atMs: number
}

/** A status, a status with headers and body, `hang`: no answer at all, or `drip`: a body that never ends. */
export type ReceiverReply =
  | number
  | 'hang'
  | 'drip'
  | {
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string | Buffer
    }

export interface Receiver extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly ReceivedRequest[]
  /** Answers the next requests so, one each; the last one goes on for all that follow. */
  replies(...replies: readonly [ReceiverReply, ...ReceiverReply[]]): void
  of(messageId: string): ReceivedRequest[]
}

/** A real HTTP server that scripts its answers and keeps a ledger of what came. */
export async function startReceiver(): Promise<Receiver> {
  const requests: ReceivedRequest[] = []
  let script: ReceiverReply[] = [200]
  const server = createServer((req, res) => {
    void readRequest(req).then((received) => {
      requests.push(received)
      answer(res, (script.length > 1 ? script.shift() : script[0]) ?? 200)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    requests,
    replies: (...replies) => void (script = [...replies]),
    of: (messageId) => requests.filter((request) => request.messageId === messageId),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function readRequest(req: IncomingMessage): Promise<ReceivedRequest> {
  const atMs = performance.now()
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  const headers = Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [name, String(value)]),
  )
  return { messageId: headers['webhook-id'] ?? '', headers, body: Buffer.concat(chunks), atMs }
}

const DRIP_MS = 50

function answer(res: ServerResponse, reply: ReceiverReply): void {
  if (reply === 'hang') return
  if (reply === 'drip') return drip(res)
  if (typeof reply === 'number') return void res.writeHead(reply).end('answered')
  res.writeHead(reply.status, { ...reply.headers }).end(reply.body ?? 'answered')
}

function drip(res: ServerResponse): void {
  res.writeHead(200)
  const timer = setInterval(() => res.write('.'), DRIP_MS)
  res.on('close', () => clearInterval(timer))
}
