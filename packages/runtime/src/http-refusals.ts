import {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import type { Duplex } from 'node:stream'

/** A request that no listener gets to see. */
export interface Refusal {
  readonly status: 400 | 405 | 408 | 417 | 431
  readonly code: string
  readonly detail: string
}

export interface RefusalAnswer {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** Says a refusal in the words of whoever listens; the URL is empty where it couldn't be read. */
export type SayRefusal = (refusal: Refusal, url: string) => RefusalAnswer

export interface ReadableListeners {
  readonly listener: RequestListener
  readonly onContinue?: RequestListener | undefined
  readonly sayRefusal: SayRefusal
}

const NO_HOST: Refusal = {
  status: 400,
  code: 'generic_error',
  detail: 'An HTTP/1.1 request names a host.',
}
const EXPECTS_MORE: Refusal = {
  status: 417,
  code: 'expectation_failed',
  detail: 'The only expectation that is met is 100-continue.',
}
const CONNECTS: Refusal = {
  status: 405,
  code: 'method_not_allowed',
  detail: 'This is no proxy.',
}
const ALLOW = { allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' }

/**
 * Listens, and answers all that Node would answer with nothing, or by closing the connection. The server
 * is made with `requireHostHeader: false`.
 */
export function listenReadably(server: Server, listeners: ReadableListeners): void {
  const { listener, onContinue, sayRefusal } = listeners
  const latest = new LatestAnswers()
  const entering =
    (serve: RequestListener): RequestListener =>
    (req, res) => {
      latest.enter(res)
      if (lacksHost(req)) send(res, NO_HOST, sayRefusal)
      else serve(req, res)
    }
  server.on('request', entering(listener))
  if (onContinue !== undefined) server.on('checkContinue', entering(onContinue))
  server.on(
    'checkExpectation',
    entering((_req, res) => send(res, EXPECTS_MORE, sayRefusal)),
  )
  server.on('connect', (req, socket) => {
    // From here on Node listens to the socket no more: whoever resets it would end the process.
    socket.on('error', () => socket.destroy())
    const { headers, body } = sayRefusal(CONNECTS, req.url ?? '')
    latest.inTurn(socket, () =>
      write(socket, CONNECTS, { headers: { ...headers, ...ALLOW }, body }),
    )
  })
  server.on('clientError', (err, socket) => {
    const refusal = refusalOf(err)
    latest.inTurn(socket, () => write(socket, refusal, sayRefusal(refusal, '')))
  })
}

/** The latest answer of each connection, which says whose turn it is where a request can't be read. */
class LatestAnswers {
  readonly #answers = new WeakMap<Duplex, ServerResponse>()
  readonly #ending = new WeakSet<Duplex>()

  enter(res: ServerResponse): void {
    const { req } = res
    const { socket } = req
    this.#answers.set(socket, res)
    res.once('close', () => {
      // An answer before the end of its request is still what a fault in the rest belongs to.
      if (req.complete && this.#answers.get(socket) === res) this.#answers.delete(socket)
    })
  }

  /** Writes the connection's last answer after those under way; a request that has its answer gets no other. */
  inTurn(socket: Duplex, writeLast: () => void): void {
    if (!socket.writable) return void socket.destroy()
    if (this.#ending.has(socket)) return
    this.#ending.add(socket)
    const answer = this.#answers.get(socket)
    if (answer === undefined || (answer.req.complete && answer.closed)) writeLast()
    else if (answer.req.complete) answer.once('close', writeLast)
    else if (answer.headersSent || answer.socket === null) socket.destroy()
    else writeLast()
  }
}

function lacksHost({ headers, httpVersion }: IncomingMessage): boolean {
  return headers.host === undefined && httpVersion === '1.1'
}

function send(res: ServerResponse, refusal: Refusal, sayRefusal: SayRefusal): void {
  const { headers, body } = sayRefusal(refusal, res.req.url ?? '')
  const length = Buffer.byteLength(body)
  res.writeHead(refusal.status, { ...headers, 'content-length': length, connection: 'close' })
  res.end(body)
  res.req.resume()
}

const LINGER_MS = 1_000

// There is no response object here: the answer is written by hand. Closed at once, with bytes unread, the
// connection would be reset and the answer lost; left to the caller, it would be open for as long as he likes.
function write(socket: Duplex, { status }: Refusal, { headers, body }: RefusalAnswer): void {
  const all = { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`)
  socket.end(body)
  socket.resume()
  setTimeout(() => socket.destroy(), LINGER_MS).unref()
}

function refusalOf({ code }: NodeJS.ErrnoException): Refusal {
  const detail = 'The request could not be read.'
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, code: 'headers_too_large', detail }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, code: 'request_timeout', detail }
  return { status: 400, code: 'generic_error', detail }
}
