import type { Socket } from 'node:net'
import { utf8Form } from '@posthorn/runtime'
import type { PhaseTimes } from './send-result.ts'

export interface ConnectionOptions {
  origin: string
  socket: Socket
  remoteAddress: string
  times: PhaseTimes
  maxHeaderBytes: number
  /** How long an idle connection is kept if its server doesn't say. */
  keepAliveMs: number
}

/** Who has the connection for one request. */
export interface ConnectionUser {
  onBytes(bytes: Buffer): void
  /** The server has closed its side; says nothing more. */
  onEnd(): void
  onLost(err: Error): void
}

// Servers name how long they keep an idle connection; ours ends a little sooner and never later than this.
const maxKeepAliveMs = 60_000
const keepAliveMarginMs = 1000

/**
 * One connected socket, which serves one request after the other. Never reconnects: whoever wants another
 * connection has its address judged again.
 */
export class Connection {
  readonly origin: string
  readonly remoteAddress: string
  readonly times: PhaseTimes
  readonly maxHeaderBytes: number
  readonly openedAtMs = performance.now()
  /** How many requests were sent so far. */
  requests = 0
  readonly #socket: Socket
  #user: ConnectionUser | null = null
  #keepAliveMs: number
  /** When it became idle; null while it serves a request. */
  #idleSinceMs: number | null = performance.now()
  #idleTimer: NodeJS.Timeout | null = null

  constructor(options: ConnectionOptions, onClose: (connection: Connection) => void) {
    this.origin = options.origin
    this.remoteAddress = options.remoteAddress
    this.times = options.times
    this.maxHeaderBytes = options.maxHeaderBytes
    this.#keepAliveMs = options.keepAliveMs
    this.#socket = options.socket
      .on('data', (bytes) => (this.#user ? this.#user.onBytes(bytes) : this.close()))
      .on('end', () => (this.#user ? this.#user.onEnd() : this.close()))
      .on('error', (err) => this.#lose(err))
      .once('close', () => {
        if (this.#idleTimer) clearTimeout(this.#idleTimer)
        this.#lose(connectionGone())
        onClose(this)
      })
  }

  get isClosed(): boolean {
    return this.#socket.destroyed || !this.#socket.writable
  }

  /** Idle for so long that its server may be about to close it. */
  get isExpired(): boolean {
    return this.#idleSinceMs !== null && performance.now() - this.#idleSinceMs >= this.#keepAliveMs
  }

  /** Sends a request whose head is text of one byte a character. */
  send(head: string, body: Buffer | string | null, user: ConnectionUser): void {
    this.#idleSinceMs = null
    this.#user = user
    this.requests++
    if (this.isClosed) this.#lose(connectionGone())
    else this.#write(head, body)
  }

  /** The response is complete: may the next request come? `keepAliveSeconds` is what the server says. */
  finish(keepAliveSeconds: number | null): boolean {
    this.#user = null
    // A server that answered before it had all may take the rest for another request.
    if (this.#socket.writableLength > 0) return false
    if (keepAliveSeconds !== null) {
      this.#keepAliveMs = Math.min(keepAliveSeconds * 1000 - keepAliveMarginMs, maxKeepAliveMs)
    }
    if (this.#keepAliveMs <= 0) return false
    this.#idleSinceMs = performance.now()
    this.#idleTimer ??= setTimeout(() => this.#closeIfIdle(), this.#keepAliveMs)
    return true
  }

  close(): void {
    this.#user = null
    this.#socket.destroy()
  }

  // One write for both parts: each is a system call, which costs as much as all the rest of sending.
  #write(head: string, body: Buffer | string | null): void {
    if (body === null) {
      this.#socket.write(`${head}\r\n`, 'latin1')
    } else if (typeof body !== 'string') {
      this.#socket.cork()
      this.#socket.write(`${head}content-length: ${body.length}\r\n\r\n`, 'latin1')
      this.#socket.write(body)
      this.#socket.uncork()
    } else {
      const { byteLength, encoding } = utf8Form(body)
      if (encoding !== 'latin1') return this.#write(head, Buffer.from(body))
      this.#socket.write(`${head}content-length: ${byteLength}\r\n\r\n${body}`, encoding)
    }
  }

  #lose(err: Error): void {
    const user = this.#user
    this.#user = null
    user?.onLost(err)
  }

  // One timer however often the connection is used: it looks again as long as there is something left.
  #closeIfIdle(): void {
    this.#idleTimer = null
    if (this.#idleSinceMs === null) return
    const leftMs = this.#idleSinceMs + this.#keepAliveMs - performance.now()
    if (leftMs <= 0) this.close()
    else this.#idleTimer = setTimeout(() => this.#closeIfIdle(), leftMs)
  }
}

function connectionGone(): Error {
  return Object.assign(new Error('the connection is gone'), { code: 'CONNECTION_GONE' })
}
