import type { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { Client } from 'undici'
import type { PhaseTimes } from './send-result.ts'

export interface ConnectionOptions {
  origin: string
  socket: Socket
  remoteAddress: string
  times: PhaseTimes
  maxHeaderBytes: number
  keepAliveMs: number
}

// Servers name how long they keep an idle connection; ours ends a little sooner and never later than this.
const maxKeepAliveMs = 60_000
const keepAliveMarginMs = 1000

/**
 * One connected socket with undici's HTTP/1.1 on it. Never reconnects: whoever wants another
 * connection has its address judged again.
 */
export class Connection {
  readonly origin: string
  readonly remoteAddress: string
  readonly times: PhaseTimes
  readonly client: Client
  readonly openedAtMs = performance.now()
  /** How many requests were handed over so far. */
  requests = 0
  readonly #socket: Socket

  constructor(options: ConnectionOptions, onClose: (connection: Connection) => void) {
    this.origin = options.origin
    this.remoteAddress = options.remoteAddress
    this.times = options.times
    this.#socket = options.socket
    let isFirst = true
    this.client = new Client(options.origin, {
      connect: (_options, callback) => {
        const isUsable = isFirst && !this.isClosed
        isFirst = false
        // undici sends nothing if it is called back at once.
        queueMicrotask(() => {
          if (isUsable) callback(null, options.socket)
          else callback(connectionGone(), null)
        })
      },
      pipelining: 1,
      allowH2: false,
      maxHeaderSize: options.maxHeaderBytes,
      keepAliveTimeout: options.keepAliveMs,
      keepAliveMaxTimeout: maxKeepAliveMs,
      keepAliveTimeoutThreshold: keepAliveMarginMs,
      // One deadline over the whole request replaces both.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    // undici emits this if a handler throws; the request's deadline ends what it leaves open.
    const emitter: EventEmitter = this.client
    emitter.on('error', (err: Error) => this.close(err))
    options.socket.once('close', () => onClose(this))
  }

  get isClosed(): boolean {
    return this.#socket.destroyed
  }

  close(cause: Error = connectionGone()): void {
    this.#socket.destroy()
    // Ends what undici still holds for this connection, for this cause and no fault of ours; never rejects.
    void this.client.destroy(cause)
  }
}

function connectionGone(): Error {
  return Object.assign(new Error('the connection is gone'), { code: 'CONNECTION_GONE' })
}
