import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/**
 * `silent`: takes bytes and answers nothing. `down`: hangs up. `recovering`: as a server that starts
 * after a crash, answers whoever connects that it isn't ready. `full`: that no connection is left.
 */
export type RelayMode = 'up' | 'silent' | 'down' | 'recovering' | 'full'

export interface PostgresRelay extends AsyncDisposable {
  readonly url: string
  /** Connections asked for so far. */
  readonly connections: number
  /** Round trips so far, about: times that a client sent something. */
  readonly asked: number
  /** Ends, or with `silent` mutes, the connections there are. */
  set(mode: RelayMode): void
  /** The next statement that holds this text is carried out, but its connection breaks before the answer. */
  loseAnswerTo(text: string): Promise<void>
}

/** Sits between a process and its database, and fails in the ways of networks and servers. */
export async function startPostgresRelay(databaseUrl: string): Promise<PostgresRelay> {
  const relay = new Relay(new URL(databaseUrl))
  const server = createServer((socket) => relay.serve(socket))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.')
  const url = new URL(databaseUrl)
  url.port = String(address.port)
  return {
    url: url.href,
    get connections() {
      return relay.connections
    },
    get asked() {
      return relay.asked
    },
    set: (mode) => relay.set(mode),
    loseAnswerTo: (text) => relay.loseAnswerTo(text),
    async [Symbol.asyncDispose]() {
      relay.set('down')
      server.close()
      await once(server, 'close')
    },
  }
}

interface Loss {
  readonly text: string
  readonly lost: () => void
}

class Relay {
  readonly #target: URL
  readonly #sockets = new Set<Socket>()
  #mode: RelayMode = 'up'
  #loss: Loss | null = null
  connections = 0
  asked = 0

  constructor(target: URL) {
    this.#target = target
  }

  set(mode: RelayMode): void {
    this.#mode = mode
    for (const socket of this.#sockets) {
      if (mode === 'silent') socket.pause()
      else socket.destroy()
    }
  }

  loseAnswerTo(text: string): Promise<void> {
    return new Promise((lost) => (this.#loss = { text, lost }))
  }

  serve(client: Socket): void {
    this.connections++
    this.#keep(client)
    if (this.#mode === 'down') return void client.destroy()
    if (this.#mode === 'up') return this.#join(client)
    const refusal = REFUSALS[this.#mode]
    if (refusal !== undefined) client.once('data', () => client.end(refusal))
  }

  #join(client: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname)
    this.#keep(server)
    client.on('close', () => server.destroy())
    server.on('close', () => client.destroy())
    let loss: Loss | null = null
    client.on('data', (bytes) => {
      this.asked++
      if (this.#loss !== null && bytes.includes(this.#loss.text)) {
        loss = this.#loss
        this.#loss = null
      }
      server.write(bytes)
    })
    server.on('data', (bytes) => {
      if (loss === null) return void client.write(bytes)
      if (!bytes.subarray(-READY.length).equals(READY)) return
      client.destroy()
      loss.lost()
    })
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sockets.delete(socket))
  }
}

// ReadyForQuery, outside a transaction: what was asked is committed.
const READY = Buffer.from('Z\0\0\0\x05I', 'latin1')

const REFUSALS: Readonly<Partial<Record<RelayMode, Buffer>>> = {
  recovering: errorResponse({ S: 'FATAL', C: '57P03', M: 'the database system is starting up' }),
  full: errorResponse({ S: 'FATAL', C: '53300', M: 'sorry, too many clients already' }),
}

function errorResponse(fields: Readonly<Record<string, string>>): Buffer {
  const body = Buffer.from(
    `${Object.entries(fields)
      .map(([field, value]) => `${field}${value}\0`)
      .join('')}\0`,
  )
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
