import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'

/** One webhook that arrived at the built-in inbox. */
export interface InboxEntry {
  readonly webhookId: string
  readonly receivedAt: string
  readonly isVerified: boolean
  readonly body: string
}

/** A receiver for trying things out: verifies what arrives and keeps the last 100, in memory. */
export interface Inbox extends AsyncDisposable {
  readonly url: string
  find(webhookId: string): InboxEntry | undefined
}

const MAX_ENTRIES = 100
const MAX_BODY_BYTES = 64_000

export async function startInbox(options: { port: number; secret: string }): Promise<Inbox> {
  const webhook = new Webhook(options.secret)
  const entries: InboxEntry[] = []
  const server = createServer((req, res) => {
    if (req.method === 'POST') receive({ webhook, entries }, req, res)
    else showEntries(entries, res)
  })
  const port = await listen(server, options.port)
  return {
    url: `http://127.0.0.1:${port}/inbox`,
    find: (webhookId) => entries.findLast((entry) => entry.webhookId === webhookId),
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

interface Keeping {
  readonly webhook: Webhook
  readonly entries: InboxEntry[]
}

function receive(keeping: Keeping, req: IncomingMessage, res: ServerResponse): void {
  const chunks: Buffer[] = []
  let size = 0
  req.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  })
  req.on('error', () => undefined)
  req.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8')
    const isVerified = size <= MAX_BODY_BYTES && verifies(keeping.webhook, { body, req })
    const webhookId = String(req.headers['webhook-id'] ?? '')
    keeping.entries.push({ webhookId, receivedAt: new Date().toISOString(), isVerified, body })
    if (keeping.entries.length > MAX_ENTRIES) keeping.entries.shift()
    answer(res, isVerified ? 200 : 400, { received: isVerified })
  })
}

function verifies(
  webhook: Webhook,
  { body, req }: { body: string; req: IncomingMessage },
): boolean {
  const header = (name: string): string => String(req.headers[name] ?? '')
  try {
    webhook.verify(body, {
      'webhook-id': header('webhook-id'),
      'webhook-timestamp': header('webhook-timestamp'),
      'webhook-signature': header('webhook-signature'),
    })
    return true
  } catch {
    return false
  }
}

function showEntries(entries: readonly InboxEntry[], res: ServerResponse): void {
  answer(res, 200, { kept: entries.length, entries: entries.toReversed() })
}

function answer(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
