import { atEndOfTurn } from '@posthorn/runtime'
import type { Connection, ConnectionUser } from './connection.ts'
import { codeOf } from './error-code.ts'
import { causeOfError, type FailureContext, failureCause } from './failure-cause.ts'
import type { ResponseHead } from './http1/response-head.ts'
import {
  type ResponseFault,
  type ResponseHandler,
  ResponseReader,
} from './http1/response-reader.ts'
import { decodeBody } from './response-body.ts'
import type { PhaseListener, ResponseNotice, SendFailure, SendResponse } from './send-result.ts'

export interface ExchangeRequest {
  host: string
  /** As `requestHead` makes it. */
  head: string
  /** Null: the request has none. */
  body: Buffer | string | null
  onPhase?: PhaseListener | undefined
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

export function exchange(
  connection: Connection,
  request: ExchangeRequest,
  limits: ExchangeLimits,
): Promise<ExchangeOutcome> {
  return new Promise((resolve) => {
    new Exchange(request, { connection, ...limits }, resolve).start()
  })
}

/** One request on one connection. */
class Exchange implements ConnectionUser, ResponseHandler {
  readonly #request: ExchangeRequest
  readonly #run: ExchangeRun
  readonly #resolve: (outcome: ExchangeOutcome) => void
  readonly #isReused: boolean
  readonly #deadline: NodeJS.Timeout
  readonly #reader: ResponseReader
  #isSettled = false
  #firstBytes: Buffer | null = null
  #sentAtMs = 0
  #headAtMs = 0
  #head: ResponseHead | null = null
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
    this.#isReused = run.connection.requests > 0
    this.#reader = new ResponseReader(this, run.connection.maxHeaderBytes)
    this.#deadline = setTimeout(() => this.#expire(), run.timeoutMs)
  }

  // Requests that are made together are written together, once all are made.
  start(): void {
    queueMicrotask(() => {
      this.#sentAtMs = performance.now()
      this.#request.onPhase?.('wait')
      this.#run.connection.send(this.#request.head, this.#request.body, this)
    })
  }

  onBytes(bytes: Buffer): void {
    this.#firstBytes ??= bytes.subarray(0, 64)
    this.#reader.read(bytes)
  }

  onEnd(): void {
    if (!this.#reader.end()) this.onLost(hungUp())
  }

  onLost(err: Error): void {
    if (this.#isSettled) return
    if (this.#head) return this.#respond(this.#head, noticeOf(err))
    const isStale = this.#isReused && !this.#firstBytes && isConnectionLoss(err)
    this.#fail(causeOfError(err, this.#waiting()), isStale)
  }

  onHead(head: ResponseHead): void {
    this.#headAtMs = performance.now()
    this.#request.onPhase?.('body')
    this.#head = head
  }

  onBody(bytes: Buffer): void {
    if (this.#isSettled || !this.#head) return
    const room = this.#run.maxBodyBytes - this.#bodyBytes
    this.#bodyBytes += bytes.length
    if (bytes.length <= room) {
      this.#chunks.push(bytes)
      return
    }
    this.#chunks.push(bytes.subarray(0, room))
    this.#respond(this.#head, 'response_too_large')
  }

  onComplete(isLast: boolean): void {
    if (this.#isSettled || !this.#head) return
    const { framing, keepsAlive, keepAliveSeconds } = this.#head
    const isReusable =
      isLast &&
      keepsAlive &&
      framing !== 'until_close' &&
      this.#run.connection.finish(keepAliveSeconds)
    this.#respond(this.#head, null, isReusable)
  }

  onFault(fault: ResponseFault): void {
    if (this.#isSettled) return
    if (this.#head) this.#respond(this.#head, fault)
    else this.#fail(failureCause(fault, this.#waiting(), this.#seenOf(fault)))
  }

  // What of an answer isn't HTTP helps to see what answers there; of one that is HTTP it would be header values.
  #seenOf(fault: ResponseFault): Readonly<Record<string, string>> {
    if (fault === 'response_headers_too_large')
      return { limit: String(this.#run.connection.maxHeaderBytes) }
    return { bytes: this.#firstBytes?.toString('hex') ?? '' }
  }

  // The status line decides, but an answer other than 2xx that never ends says so first.
  #expire(): void {
    if (!this.#head) {
      this.#fail(failureCause('headers_timeout', this.#waiting()))
    } else if (this.#head.status < 300) {
      this.#respond(this.#head, 'body_timeout')
    } else {
      const { status, headers } = this.#head
      const context = { host: this.#request.host, phase: 'body' } as const
      this.#fail({ ...failureCause('body_timeout', context), response: { status, headers } })
    }
  }

  #waiting(): FailureContext {
    return { host: this.#request.host, phase: 'wait' }
  }

  #fail(failure: Omit<FailureEnd, 'kind'>, isStale = false): void {
    this.#settle({ kind: 'failure', ...failure }, { isReusable: false, isStale })
  }

  #respond(
    { status, headers }: ResponseHead,
    notice: ResponseNotice | null,
    isReusable = false,
  ): void {
    const [first = emptyBody] = this.#chunks
    const bytes = this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : first
    const { body, bodyEncoding } = decodeBody(bytes, notice !== null)
    const bodyTruncated = notice === 'response_too_large'
    const response: ResponseEnd = {
      kind: 'response',
      status,
      headers,
      body,
      bodyEncoding,
      keptBytes: bytes.length,
      bodyTruncated,
    }
    if (notice) response.notice = notice
    this.#settle(response, { isReusable, isStale: false })
  }

  #settle(
    end: ResponseEnd | FailureEnd,
    connection: { isReusable: boolean; isStale: boolean },
  ): void {
    this.#isSettled = true
    clearTimeout(this.#deadline)
    // Nothing more is read of what still comes.
    if (!connection.isReusable) this.#run.connection.close()
    const endedAtMs = performance.now()
    const outcome = {
      end,
      waitMs: (this.#headAtMs || endedAtMs) - this.#sentAtMs,
      bodyMs: this.#headAtMs ? endedAtMs - this.#headAtMs : null,
      isReusable: connection.isReusable,
      isStale: connection.isStale,
    }
    atEndOfTurn(() => this.#resolve(outcome))
  }
}

const emptyBody = Buffer.alloc(0)

const lossErrors: ReadonlySet<string> = new Set([
  'CONNECTION_GONE',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
])

function isConnectionLoss(err: Error): boolean {
  return lossErrors.has(codeOf(err) ?? '')
}

function noticeOf(err: unknown): ResponseNotice {
  const { code } = causeOfError(err, { host: '', phase: 'body' })
  return code === 'connection_reset' ? code : 'bad_response'
}

function hungUp(): Error {
  return Object.assign(new Error('the server hung up'), { code: 'CONNECTION_GONE' })
}
