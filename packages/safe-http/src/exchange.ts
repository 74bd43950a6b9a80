import type { IncomingHttpHeaders } from 'node:http'
import { atEndOfTurn } from '@posthorn/runtime'
import type { Dispatcher } from 'undici'
import type { Connection } from './connection.ts'
import { codeOf } from './error-code.ts'
import { causeOfError, failureCause } from './failure-cause.ts'
import { findUnsendableHeader } from './header-rules.ts'
import { decodeBody } from './response-body.ts'
import { keepHeaders } from './response-headers.ts'
import type { FailureCause, ResponseNotice, SendFailure, SendResponse } from './send-result.ts'

export interface ExchangeRequest {
  method: 'GET' | 'POST'
  host: string
  path: string
  headers: string[] | Record<string, string>
  body: Buffer | string
}

export interface ExchangeLimits {
  timeoutMs: number
  maxBodyBytes: number
}

interface ExchangeRun extends ExchangeLimits {
  connection: Connection
}

type ResponseEnd = Omit<SendResponse, 'timing' | 'remoteAddress'>
type FailureEnd = Omit<SendFailure, 'timing' | 'remoteAddress'>

export interface ExchangeOutcome {
  end: ResponseEnd | FailureEnd
  waitMs: number | null
  bodyMs: number | null
  /** Nothing is left of the exchange on the connection, so it may serve another. */
  isReusable: boolean
  /** A reused connection was gone before the first byte of the response. */
  isStale: boolean
}

const staleErrors: ReadonlySet<string> = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_INFO',
  'CONNECTION_GONE',
  // Handed over in the moment it closed.
  'UND_ERR_DESTROYED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
])

export function exchange(
  connection: Connection,
  request: ExchangeRequest,
  limits: ExchangeLimits,
): Promise<ExchangeOutcome> {
  return new Promise((resolve) => {
    new Exchange(request, { connection, ...limits }, resolve).start()
  })
}

/** One request on one connection. Written against undici's dispatch: its request() costs twice as much. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: ExchangeRequest
  readonly #run: ExchangeRun
  readonly #resolve: (outcome: ExchangeOutcome) => void
  readonly #isReused: boolean
  readonly #deadline: NodeJS.Timeout
  #isSettled = false
  #hasFirstByte = false
  #sentAtMs = 0
  #headersAtMs = 0
  #status = 0
  #headers: Record<string, string> = {}
  #chunks: Buffer[] = []
  #bodyBytes = 0

  constructor(
    request: ExchangeRequest,
    run: ExchangeRun,
    resolve: (outcome: ExchangeOutcome) => void,
  ) {
    this.#request = request
    this.#run = run
    this.#resolve = resolve
    this.#isReused = run.connection.requests++ > 0
    this.#deadline = setTimeout(() => this.#expire(), run.timeoutMs)
  }

  start(): void {
    const { method, path, headers, body } = this.#request
    this.#run.connection.client.dispatch({ method, path, headers, body }, this)
  }

  onRequestStart(): void {
    this.#sentAtMs = performance.now()
  }

  onResponseStarted(): void {
    this.#hasFirstByte = true
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 100 || status > 599) return controller.abort(badStatus())
    if (this.#isSettled || status < 200) return
    this.#headersAtMs = performance.now()
    this.#status = status
    this.#headers = keepHeaders(headers)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isSettled) return
    const room = this.#run.maxBodyBytes - this.#bodyBytes
    this.#bodyBytes += chunk.length
    if (chunk.length <= room) {
      this.#chunks.push(chunk)
      return
    }
    this.#chunks.push(chunk.subarray(0, room))
    this.#respond('response_too_large')
  }

  onResponseEnd(): void {
    this.#respond(null)
  }

  onResponseError(_controller: Dispatcher.DispatchController, err: Error): void {
    if (this.#isSettled) return
    if (this.#status > 0) return this.#respond(noticeOf(err))
    const isStale = this.#isReused && !this.#hasFirstByte && staleErrors.has(codeOf(err) ?? '')
    const cause = causeOfError(err, { host: this.#request.host, phase: 'wait' })
    if (cause.code === 'invalid_header') this.#fail(invalidHeader(cause, this.#request))
    else this.#fail(cause, isStale)
  }

  // The status line decides, but an answer other than 2xx that never ends says so first.
  #expire(): void {
    const { host } = this.#request
    const status = this.#status
    if (status === 0) {
      this.#fail(failureCause('headers_timeout', { host, phase: 'wait' }))
    } else if (status < 300) {
      this.#respond('body_timeout')
    } else {
      const response = { status, headers: this.#headers }
      this.#fail({ ...failureCause('body_timeout', { host, phase: 'body' }), response })
    }
  }

  #fail(failure: Omit<FailureEnd, 'kind'>, isStale = false): void {
    this.#settle({ kind: 'failure', ...failure }, { isReusable: false, isStale })
  }

  #respond(notice: ResponseNotice | null): void {
    if (this.#isSettled) return
    const [first = emptyBody] = this.#chunks
    const bytes = this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : first
    const { body, bodyEncoding } = decodeBody(bytes, notice !== null)
    const response: ResponseEnd = {
      kind: 'response',
      status: this.#status,
      headers: this.#headers,
      body,
      bodyEncoding,
      bodyTruncated: notice === 'response_too_large',
    }
    if (notice) response.notice = notice
    this.#settle(response, { isReusable: notice === null, isStale: false })
  }

  #settle(
    end: ResponseEnd | FailureEnd,
    connection: { isReusable: boolean; isStale: boolean },
  ): void {
    this.#isSettled = true
    clearTimeout(this.#deadline)
    const endedAtMs = performance.now()
    const answeredAtMs = this.#headersAtMs || endedAtMs
    const outcome = {
      end,
      waitMs: this.#sentAtMs ? answeredAtMs - this.#sentAtMs : null,
      bodyMs: this.#headersAtMs ? endedAtMs - this.#headersAtMs : null,
      isReusable: connection.isReusable,
      isStale: connection.isStale,
    }
    atEndOfTurn(() => this.#resolve(outcome))
  }
}

const emptyBody = Buffer.alloc(0)

function noticeOf(err: unknown): ResponseNotice {
  const { code } = causeOfError(err, { host: '', phase: 'body' })
  if (code === 'response_headers_too_large' || code === 'connection_reset') return code
  return 'bad_response'
}

function invalidHeader(cause: FailureCause, request: ExchangeRequest): FailureCause {
  const name = findUnsendableHeader(request.headers)
  const log = { ...cause.log, ...(name !== null && { name: JSON.stringify(name.slice(0, 100)) }) }
  return failureCause(cause.code, { host: request.host, phase: 'check' }, log)
}

function badStatus(): Error {
  return Object.assign(new Error('the status is no HTTP status'), { code: 'BAD_STATUS' })
}
