import { connect, type Socket } from 'node:net'

export interface RaceOptions {
  port: number
  timeoutMs: number
  /** How long one address is waited for before the next is tried beside it. */
  staggerMs?: number
}

export type RaceOutcome =
  | { kind: 'connected'; socket: Socket; address: string }
  /** `address`: whose error it is; of those that never answered, the one tried first. */
  | { kind: 'failed'; err: unknown; address: string | undefined }

interface Loss {
  address: string
  err: Error
}

// What the owner learns most from, if addresses fail in different ways.
const tellingFirst = ['ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH']
const maxAddresses = 8

/**
 * Happy eyeballs (RFC 8305): addresses are tried in turn, the next one starts when the last has
 * failed or takes long, and none is given up while time is left. Node's own version drops each address after
 * 250 ms, which a distant but healthy server needs.
 */
export function raceConnect(
  addresses: readonly string[],
  options: RaceOptions,
): Promise<RaceOutcome> {
  return new Promise((resolve) => new ConnectRace(addresses, options, resolve).startNext())
}

class ConnectRace {
  readonly #waiting: string[]
  readonly #options: RaceOptions
  readonly #resolve: (outcome: RaceOutcome) => void
  /** Under way, each with its address. */
  readonly #sockets = new Map<Socket, string>()
  readonly #losses: Loss[] = []
  readonly #deadline: NodeJS.Timeout
  readonly #staggerMs: number
  #nextStart: NodeJS.Timeout | undefined

  constructor(
    addresses: readonly string[],
    options: RaceOptions,
    resolve: (outcome: RaceOutcome) => void,
  ) {
    this.#waiting = interleaveFamilies(addresses).slice(0, maxAddresses)
    this.#options = options
    this.#resolve = resolve
    // All must have started well before the end, or the last ones had no chance.
    const fairShareMs = options.timeoutMs / (this.#waiting.length + 1)
    this.#staggerMs = Math.min(options.staggerMs ?? 250, fairShareMs)
    this.#deadline = setTimeout(() => this.#end(), options.timeoutMs)
  }

  startNext(): void {
    clearTimeout(this.#nextStart)
    const address = this.#waiting.shift()
    if (address === undefined) return
    const socket = connect({ host: address, port: this.#options.port, noDelay: true })
    this.#sockets.set(socket, address)
    socket.once('connect', () => this.#end({ kind: 'connected', socket, address }))
    socket.on('error', (err) => this.#lose(socket, err))
    if (this.#waiting.length > 0) {
      this.#nextStart = setTimeout(() => this.startNext(), this.#staggerMs)
    }
  }

  #lose(socket: Socket, err: Error): void {
    const address = this.#sockets.get(socket)
    if (address === undefined) return
    this.#sockets.delete(socket)
    this.#losses.push({ address, err })
    if (this.#waiting.length > 0) this.startNext()
    else if (this.#sockets.size === 0) this.#end()
  }

  #end(winner?: RaceOutcome & { kind: 'connected' }): void {
    clearTimeout(this.#nextStart)
    clearTimeout(this.#deadline)
    const isTimeout = !winner && this.#sockets.size + this.#waiting.length > 0
    const [slowest] = this.#sockets.values()
    for (const socket of this.#sockets.keys()) if (socket !== winner?.socket) socket.destroy()
    this.#sockets.clear()
    this.#waiting.length = 0
    if (winner) this.#resolve(winner)
    else if (isTimeout) this.#resolve({ kind: 'failed', err: timeoutError(), address: slowest })
    else
      this.#resolve({ kind: 'failed', err: undefined, address: undefined, ...this.#mostTelling() })
  }

  #mostTelling(): Loss | undefined {
    return this.#losses.toSorted((a, b) => rank(a) - rank(b))[0]
  }
}

function rank({ err }: { err: NodeJS.ErrnoException }): number {
  const index = tellingFirst.indexOf(err.code ?? '')
  return index < 0 ? tellingFirst.length : index
}

// IPv4 first: egress addresses that receivers let through are mostly IPv4.
function interleaveFamilies(addresses: readonly string[]): string[] {
  const v6 = addresses.filter((address) => address.includes(':'))
  const v4 = addresses.filter((address) => !address.includes(':'))
  const turns = Array.from({ length: Math.max(v4.length, v6.length) }, (_, index) => index)
  return turns.flatMap((turn) => [...v4.slice(turn, turn + 1), ...v6.slice(turn, turn + 1)])
}

function timeoutError(): Error {
  return Object.assign(new Error('no connection in time'), { code: 'CONNECT_TIMEOUT' })
}
