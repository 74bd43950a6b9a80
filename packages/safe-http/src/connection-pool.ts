import { Connection } from './connection.ts'
import type { ConnectOutcome, ConnectRequest, ConnectTarget } from './connector.ts'
import { failureCause } from './failure-cause.ts'

export interface PoolOptions {
  connect: (target: ConnectTarget, request: ConnectRequest) => Promise<ConnectOutcome>
  maxConnectionsPerOrigin: number
  /** Over all origins; beyond it the connection that has been idle longest is closed. */
  maxIdleConnections: number
  maxConnectionAgeMs: number
  maxHeaderBytes: number
  keepAliveMs: number
}

export interface PoolTarget extends ConnectTarget {
  origin: string
}

export type OpenOutcome = { kind: 'connection'; connection: Connection } | FailedConnect
type FailedConnect = Exclude<ConnectOutcome, { kind: 'connected' }>

interface Origin {
  /** Idle, in use, or being opened. */
  open: number
  idle: Connection[]
  waiting: Set<Waiter>
}

/** Gets a connection that became free, or leave to open one, or nothing more. */
type Waiter = (turn: Connection | 'open' | 'late') => void

/**
 * Keep-alive connections by origin: a request on a stale one can be repeated on a fresh one, and thousands
 * of origins leave nothing behind once their connections are closed.
 */
export class ConnectionPool {
  readonly #options: PoolOptions
  readonly #origins = new Map<string, Origin>()
  /** All idle connections, longest idle first. */
  readonly #idle = new Set<Connection>()

  constructor(options: PoolOptions) {
    this.#options = options
  }

  get originCount(): number {
    return this.#origins.size
  }

  get idleCount(): number {
    return this.#idle.size
  }

  /** The connection used last, as it is the least likely to have been closed by the server. */
  takeIdle(origin: string): Connection | null {
    const idle = this.#origins.get(origin)?.idle
    for (let connection = idle?.pop(); connection; connection = idle?.pop()) {
      this.#idle.delete(connection)
      if (!connection.isClosed && !connection.isExpired) return connection
      connection.close()
    }
    return null
  }

  /** Opens a connection, or waits for one of the origin's if it has its full number. */
  async open(target: PoolTarget, request: ConnectRequest): Promise<OpenOutcome> {
    const origin = this.#originOf(target.origin)
    if (origin.open < this.#options.maxConnectionsPerOrigin) {
      return this.#connect(target, origin, request)
    }
    const { timeoutMs, onPhase } = request
    const startedAtMs = performance.now()
    onPhase?.('queue')
    const turn = await waitForTurn(origin, timeoutMs)
    if (turn === 'late') return failedInQueue(target.host)
    if (turn !== 'open') return { kind: 'connection', connection: turn }
    const leftMs = timeoutMs - (performance.now() - startedAtMs)
    return this.#connect(target, origin, { timeoutMs: leftMs, onPhase })
  }

  /** Gives a connection back after a complete response. */
  release(connection: Connection): void {
    const origin = this.#origins.get(connection.origin)
    const ageMs = performance.now() - connection.openedAtMs
    if (!origin || connection.isClosed || ageMs > this.#options.maxConnectionAgeMs) {
      connection.close()
      return
    }
    const [waiter] = origin.waiting
    if (waiter) waiter(connection)
    else this.#keepIdle(origin, connection)
  }

  closeIdle(): void {
    for (const connection of this.#idle) connection.close()
  }

  async #connect(
    target: PoolTarget,
    origin: Origin,
    request: ConnectRequest,
  ): Promise<OpenOutcome> {
    origin.open++
    const outcome = await this.#options.connect(target, request).catch((err: unknown) => {
      this.#freeSlot(target.origin, origin)
      throw err
    })
    if (outcome.kind === 'failed') {
      this.#freeSlot(target.origin, origin)
      return outcome
    }
    const { maxHeaderBytes, keepAliveMs } = this.#options
    const options = { ...outcome, origin: target.origin, maxHeaderBytes, keepAliveMs }
    const connection = new Connection(options, (closed) => this.#forget(closed, origin))
    return { kind: 'connection', connection }
  }

  #keepIdle(origin: Origin, connection: Connection): void {
    origin.idle.push(connection)
    this.#idle.add(connection)
    if (this.#idle.size <= this.#options.maxIdleConnections) return
    const [longestIdle] = this.#idle
    longestIdle?.close()
    if (longestIdle) this.#dropIdle(longestIdle)
  }

  #forget(connection: Connection, origin: Origin): void {
    connection.close()
    this.#dropIdle(connection)
    this.#freeSlot(connection.origin, origin)
  }

  #dropIdle(connection: Connection): void {
    if (!this.#idle.delete(connection)) return
    const idle = this.#origins.get(connection.origin)?.idle
    const index = idle?.indexOf(connection) ?? -1
    if (index >= 0) idle?.splice(index, 1)
  }

  #freeSlot(name: string, origin: Origin): void {
    origin.open--
    const [waiter] = origin.waiting
    if (waiter) waiter('open')
    else if (origin.open === 0) this.#origins.delete(name)
  }

  #originOf(name: string): Origin {
    const known = this.#origins.get(name)
    if (known) return known
    const origin: Origin = { open: 0, idle: [], waiting: new Set() }
    this.#origins.set(name, origin)
    return origin
  }
}

function waitForTurn(origin: Origin, timeoutMs: number): Promise<Connection | 'open' | 'late'> {
  return new Promise((resolve) => {
    const waiter: Waiter = (turn) => {
      clearTimeout(timer)
      origin.waiting.delete(waiter)
      resolve(turn)
    }
    const timer = setTimeout(waiter, timeoutMs, 'late')
    origin.waiting.add(waiter)
  })
}

function failedInQueue(host: string): FailedConnect {
  const times = { dnsMs: null, connectMs: null, tlsMs: null }
  const cause = failureCause('connect_timeout', { host, phase: 'queue' })
  return { kind: 'failed', cause, times }
}
