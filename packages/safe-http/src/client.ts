import { BoundedCache } from '@posthorn/runtime'
import { ConnectionPool } from './connection-pool.ts'
import type { Connection } from './connection.ts'
import { connectSafely } from './connector.ts'
import { exchange } from './exchange.ts'
import { failureCause } from './failure-cause.ts'
import { type RequestHeaders, requestHead } from './http1/request-head.ts'
import { NameResolver, type NameResolverOptions } from './name-resolver.ts'
import type {
  FailureCause,
  PhaseListener,
  PhaseTimes,
  SendResult,
  SendTiming,
} from './send-result.ts'
import { judgeTarget, type SendTarget } from './send-target.ts'
import { secureContextWith } from './tls-handshake.ts'
import type { UrlPolicy } from './url-rules.ts'

export interface SafeClientOptions extends UrlPolicy {
  /** For one connection; the request's deadline bounds it as well. */
  connectTimeoutMs?: number
  /** Certificates (PEM) trusted besides the usual authorities. */
  trustedCa?: readonly string[]
  dns?: NameResolverOptions
  maxConnectionsPerOrigin?: number
  maxIdleConnections?: number
  maxConnectionAgeMs?: number
  /** How long an idle connection is kept if its server doesn't say. */
  keepAliveMs?: number
  maxResponseHeaderBytes?: number
  maxResponseBodyBytes?: number
}

export interface SafeRequest {
  url: string
  /** POST when absent; a GET has no body. */
  method?: 'GET'
  headers: RequestHeaders
  body: Buffer | string
  /** For all of it: DNS, connecting, TLS, headers and body of the response. */
  deadlineMs: number
  onPhase?: PhaseListener
}

export interface SafeClient extends AsyncDisposable {
  /**
   * Sends to a stranger's URL; redirects are not followed. Whatever the stranger does comes back as
   * a value: a rejection is a bug of ours.
   */
  send(request: SafeRequest): Promise<SendResult>
  /** Connections open without a request, and origins with any connection. */
  readonly stats: { idleConnections: number; origins: number }
}

export function createSafeClient(options: SafeClientOptions): SafeClient {
  return new PooledClient(options)
}

const noTimes: PhaseTimes = { dnsMs: null, connectMs: null, tlsMs: null }

class PooledClient implements SafeClient {
  readonly #options: SafeClientOptions
  readonly #resolver: NameResolver
  readonly #pool: ConnectionPool
  readonly #targets = new BoundedCache<string, SendTarget | { cause: FailureCause }>(10_000)
  readonly #maxBodyBytes: number
  readonly #drained = Promise.withResolvers<void>()
  #underWay = 0
  #isClosing = false

  constructor(options: SafeClientOptions) {
    this.#options = options
    this.#resolver = new NameResolver(options.dns)
    this.#maxBodyBytes = options.maxResponseBodyBytes ?? 20_000
    this.#pool = createPool(options, this.#resolver)
  }

  get stats(): { idleConnections: number; origins: number } {
    return { idleConnections: this.#pool.idleCount, origins: this.#pool.originCount }
  }

  async send(request: SafeRequest): Promise<SendResult> {
    if (this.#isClosing) throw new Error('the client is closed')
    this.#underWay++
    try {
      return await this.#send(request)
    } finally {
      this.#underWay--
      if (this.#isClosing) this.#finishClosing()
    }
  }

  /** Waits for what is under way (each request has its deadline), then closes all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true
    this.#finishClosing()
    await this.#drained.promise
  }

  #finishClosing(): void {
    if (this.#underWay > 0) return
    this.#pool.closeIdle()
    this.#resolver[Symbol.dispose]()
    this.#drained.resolve()
  }

  async #send(request: SafeRequest): Promise<SendResult> {
    const startedAtMs = performance.now()
    const target = this.#targetOf(request.url)
    if ('cause' in target) {
      return { kind: 'failure', ...target.cause, timing: timing(startedAtMs, noTimes) }
    }
    const { method = 'POST', headers } = request
    const head = requestHead({ ...target, method }, headers)
    if ('unsendable' in head) {
      const cause = invalidHeader(target.host, head.unsendable)
      return { kind: 'failure', ...cause, timing: timing(startedAtMs, noTimes) }
    }
    const run: Run = { request, head: head.text, target, startedAtMs }
    const first = await this.#sendOnce(run, this.#pool.takeIdle(target.origin))
    if (!first.isStale) return first.result
    // The server closed the idle connection while the request was on its way: once more on another.
    return (await this.#sendOnce(run, null)).result
  }

  async #sendOnce(run: Run, idle: Connection | null): Promise<SentOnce> {
    if (idle) return this.#sendOn(idle, run)
    const asked = { timeoutMs: leftMs(run), onPhase: run.request.onPhase }
    const opened = await this.#pool.open(run.target, asked)
    if (opened.kind === 'connection') return this.#sendOn(opened.connection, run)
    const { cause, times, remoteAddress } = opened
    const failure = { ...cause, timing: timing(run.startedAtMs, times) }
    const result = { kind: 'failure', ...failure, ...(remoteAddress && { remoteAddress }) } as const
    return { result, isStale: false }
  }

  async #sendOn(connection: Connection, run: Run): Promise<SentOnce> {
    const reusedSocket = connection.requests > 0
    const { method, body, onPhase } = run.request
    const { host } = run.target
    const request = { host, head: run.head, body: method === 'GET' ? null : body, onPhase }
    const limits = { timeoutMs: leftMs(run), maxBodyBytes: this.#maxBodyBytes }
    const outcome = await exchange(connection, request, limits)
    if (outcome.isReusable) this.#pool.release(connection)
    const times = reusedSocket ? noTimes : connection.times
    const { waitMs, bodyMs } = outcome
    const ended = { ...timing(run.startedAtMs, times), waitMs, bodyMs, reusedSocket }
    const common = { timing: ended, remoteAddress: connection.remoteAddress }
    const { isStale } = outcome
    return { result: { ...outcome.end, ...common }, isStale }
  }

  #targetOf(url: string): SendTarget | { cause: FailureCause } {
    const known = this.#targets.get(url)
    if (known) return known
    const target = judgeTarget(url, this.#options)
    this.#targets.set(url, target)
    return target
  }
}

interface Run {
  request: SafeRequest
  head: string
  target: SendTarget
  startedAtMs: number
}

interface SentOnce {
  result: SendResult
  /** Lost on a reused connection before any byte of the answer. */
  isStale: boolean
}

function createPool(options: SafeClientOptions, resolver: NameResolver): ConnectionPool {
  const connector = {
    policy: options,
    resolver,
    secureContext: secureContextWith(options.trustedCa ?? []),
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
  }
  return new ConnectionPool({
    connect: (target, request) => connectSafely(target, connector, request),
    maxConnectionsPerOrigin: options.maxConnectionsPerOrigin ?? 128,
    maxIdleConnections: options.maxIdleConnections ?? 512,
    maxConnectionAgeMs: options.maxConnectionAgeMs ?? 300_000,
    maxHeaderBytes: options.maxResponseHeaderBytes ?? 16_384,
    keepAliveMs: options.keepAliveMs ?? 4000,
  })
}

function invalidHeader(host: string, name: string): FailureCause {
  const log = { name: JSON.stringify(name.slice(0, 100)) }
  return failureCause('invalid_header', { host, phase: 'check' }, log)
}

function leftMs(run: Run): number {
  return Math.max(1, run.request.deadlineMs - (performance.now() - run.startedAtMs))
}

function timing(startedAtMs: number, times: PhaseTimes): SendTiming {
  const totalMs = performance.now() - startedAtMs
  return { ...times, waitMs: null, bodyMs: null, totalMs, reusedSocket: false }
}
