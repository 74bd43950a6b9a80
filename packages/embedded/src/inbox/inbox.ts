import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type InboxAnswer, type InboxEntry, ReceivedLog } from './received-log.ts'

export interface InboxOptions {
  readonly port: number
  /** Lets the api read what arrived at a receiver, and set how it answers. */
  readonly token: string
  /** By the secret that the inbox itself was given. */
  readonly verify: (body: string, headers: Readonly<Record<string, string>>) => boolean
}

/**
 * Receivers for trying things out, on the loopback only. `/inbox` refuses what its own secret doesn't verify;
 * `/inbox/<key>` answers what it was told to, and is read and told through `/receiver/<key>`.
 */
export interface Inbox extends AsyncDisposable {
  readonly url: string
  find(webhookId: string): InboxEntry | undefined
}

const MAX_BODY_BYTES = 64_000
const MAX_HEADERS = 64
const MAX_HEADER = 2_000
const PATH = /^\/(inbox|receiver)(?:\/([0-9A-Za-z_-]{1,64}))?\/?(?:\?.*)?$/

export async function startInbox(options: InboxOptions): Promise<Inbox> {
  const inbox: Serving = { options, log: new ReceivedLog(), delayed: new Set() }
  const server = createServer((req, res) => serve(inbox, req, res))
  const port = await listen(server, options.port)
  return {
    url: `http://127.0.0.1:${port}/inbox`,
    find: (webhookId) => inbox.log.find(webhookId),
    [Symbol.asyncDispose]: async () => {
      for (const timer of inbox.delayed) clearTimeout(timer)
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

interface Serving {
  readonly options: InboxOptions
  readonly log: ReceivedLog
  readonly delayed: Set<NodeJS.Timeout>
}

function serve(inbox: Serving, req: IncomingMessage, res: ServerResponse): void {
  const [, place, key = null] = PATH.exec(req.url ?? '') ?? []
  req.on('error', () => undefined)
  readBody(req, (body, bodyBytes) => {
    if (place === 'receiver' && key !== null) return serveReceiver(inbox, { req, res, key, body })
    if (place !== 'inbox') return send(res, 404, {})
    if (req.method === 'GET') return showNewest(inbox, res)
    receive(inbox, { req, res, key, body, bodyBytes })
  })
}

function readBody(req: IncomingMessage, done: (body: Buffer, bodyBytes: number) => void): void {
  const chunks: Buffer[] = []
  let kept = 0
  let size = 0
  req.on('data', (chunk: Buffer) => {
    size += chunk.length
    const part = chunk.subarray(0, MAX_BODY_BYTES - kept)
    kept += part.length
    if (part.length > 0) chunks.push(part)
  })
  req.on('end', () => done(Buffer.concat(chunks), size))
}

interface Arrival {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly key: string | null
  readonly body: Buffer
  readonly bodyBytes: number
}

function receive(inbox: Serving, { req, res, key, body, bodyBytes }: Arrival): void {
  const headers = headersOf(req)
  const isWhole = bodyBytes === body.length
  const isVerified =
    isWhole && inbox.options.verify(body.toString('utf8'), Object.fromEntries(headers))
  const { statusCode, delayMs } =
    key === null ? { statusCode: isVerified ? 200 : 400, delayMs: 0 } : inbox.log.answerOf(key)
  inbox.log.add({
    key,
    webhookId: String(req.headers['webhook-id'] ?? ''),
    receivedAt: new Date().toISOString(),
    method: req.method ?? '',
    headers,
    body,
    bodyBytes,
    isVerified,
    answeredStatusCode: statusCode,
  })
  if (delayMs === 0) return answer(res, { statusCode, isVerified })
  const timer = setTimeout(() => {
    inbox.delayed.delete(timer)
    answer(res, { statusCode, isVerified })
  }, delayMs)
  inbox.delayed.add(timer)
}

function answer(
  res: ServerResponse,
  { statusCode, isVerified }: { readonly statusCode: number; readonly isVerified: boolean },
): void {
  send(res, statusCode, statusCode < 300 ? { received: true } : { received: isVerified })
}

function headersOf(req: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = []
  for (let at = 0; at < req.rawHeaders.length && pairs.length < MAX_HEADERS; at += 2) {
    const [name = '', value = ''] = req.rawHeaders.slice(at, at + 2)
    pairs.push([name.toLowerCase().slice(0, MAX_HEADER), value.slice(0, MAX_HEADER)])
  }
  return pairs
}

function showNewest({ log }: Serving, res: ServerResponse): void {
  const entries = log.newest().map(({ webhookId, receivedAt, isVerified, body }) => ({
    webhookId,
    receivedAt,
    isVerified,
    body: body.toString('utf8'),
  }))
  send(res, 200, { kept: entries.length, entries })
}

interface Asking {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly key: string
  readonly body: Buffer
}

function serveReceiver({ options, log }: Serving, { req, res, key, body }: Asking): void {
  if (!isAllowed(options.token, req.headers.authorization)) return send(res, 401, {})
  if (req.method === 'DELETE') log.clear(key)
  if (req.method === 'PUT') {
    const told = readAnswer(body)
    if (told === null) return send(res, 422, {})
    log.setAnswer(key, told)
  }
  const kept = log.list(key)
  const ids = kept.map((entry) => entry.id)
  // All of them, where the one that is named is gone.
  const known = ids.indexOf(new URL(req.url ?? '', 'http://inbox').searchParams.get('after') ?? '')
  const entries = (known < 0 ? kept : kept.slice(0, known)).map((entry) => ({
    ...entry,
    body: entry.body.toString('base64'),
  }))
  send(res, 200, { answer: log.answerOf(key), ids, entries })
}

function isAllowed(token: string, authorization = ''): boolean {
  const [given, wanted] = [Buffer.from(authorization), Buffer.from(`Bearer ${token}`)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function readAnswer(body: Buffer): InboxAnswer | null {
  try {
    const { statusCode, delayMs } = Object(JSON.parse(body.toString('utf8')))
    const isAnswer = isWithin(statusCode, 200, 599) && isWithin(delayMs, 0, 60_000)
    return isAnswer ? { statusCode, delayMs } : null
  } catch {
    return null
  }
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most
}

function send(res: ServerResponse, status: number, body: unknown): void {
  // Neither of these may have a body.
  if (status === 204 || status === 304) res.writeHead(status).end()
  else res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
