import { BoundedCache } from '@posthorn/runtime'
import { EndpointLoad } from './endpoint-load.ts'

export interface CapacityOptions {
  /** Attempts in flight in this process. */
  readonly maxInFlight: number
  /** Attempts in flight per endpoint, and per host, over all workers together. */
  readonly maxPerEndpoint: number
  readonly maxPerHost: number
  /** An endpoint that was over its cap has room again. */
  readonly onRoom: () => void
}

export interface Place {
  readonly endpointId: string
  readonly host: string
}

const MAX_REMEMBERED = 20_000

/** Who may have how many attempts in flight here. A worker's share of a cap is the cap by the number of live workers. */
export class Capacity {
  readonly #options: CapacityOptions
  readonly #loads = new BoundedCache<string, EndpointLoad>(MAX_REMEMBERED)
  readonly #inFlightByEndpoint = new Map<string, EndpointLoad>()
  readonly #inFlightByHost = new Map<string, number>()
  readonly #crowded = new Set<string>()
  #waiters: (() => void)[] = []
  #workers = 1
  #inFlight = 0

  constructor(options: CapacityOptions) {
    this.#options = options
  }

  setWorkers(count: number): void {
    this.#workers = Math.max(1, count)
  }

  get inFlight(): number {
    return this.#inFlight
  }

  get free(): number {
    return Math.max(0, this.#options.maxInFlight - this.#inFlight)
  }

  /** `lease`: a place was taken. `turn`: the endpoint or its host is over its cap. `time`: this worker is full. */
  reserve(place: Place): 'lease' | 'turn' | 'time' {
    if (this.free === 0) return 'time'
    if (this.room(place) > 0) {
      this.take(place)
      return 'lease'
    }
    this.#crowded.add(place.endpointId)
    return 'turn'
  }

  /** Takes a place whatever the caps say: for what is leased already. */
  take(place: Place): void {
    this.#inFlight++
    const load = this.#loadOf(place.endpointId)
    load.begin(performance.now())
    this.#inFlightByEndpoint.set(place.endpointId, load)
    this.#inFlightByHost.set(place.host, (this.#inFlightByHost.get(place.host) ?? 0) + 1)
  }

  /** `tookMs` is null when nothing was sent. */
  release(place: Place, tookMs: number | null): void {
    this.#inFlight--
    const load = this.#loadOf(place.endpointId)
    load.end(performance.now(), tookMs)
    if (load.inFlight <= 0) this.#inFlightByEndpoint.delete(place.endpointId)
    this.#leaveHost(place.host)
    for (const wake of this.#waiters.splice(0)) wake()
    if (this.#crowded.delete(place.endpointId)) this.#options.onRoom()
  }

  /** Places that an endpoint may still take here. */
  room(place: Place): number {
    const hostRoom =
      this.#share(this.#options.maxPerHost) - (this.#inFlightByHost.get(place.host) ?? 0)
    return Math.max(0, Math.min(this.#endpointRoom(place.endpointId), hostRoom, this.free))
  }

  /** What an endpoint without anything in flight may take. */
  get endpointShare(): number {
    return this.#share(this.#options.maxPerEndpoint)
  }

  busy(): { endpointId: string; room: number }[] {
    return [...this.#inFlightByEndpoint.keys()].map((endpointId) => ({
      endpointId,
      room: this.#endpointRoom(endpointId),
    }))
  }

  markCrowded(endpointId: string): void {
    this.#crowded.add(endpointId)
  }

  async whenFree(): Promise<void> {
    while (this.free === 0) await new Promise<void>((resolve) => this.#waiters.push(resolve))
  }

  async whenIdle(): Promise<void> {
    while (this.#inFlight > 0) await new Promise<void>((resolve) => this.#waiters.push(resolve))
  }

  #endpointRoom(endpointId: string): number {
    const load = this.#loads.get(endpointId)
    if (load === undefined) return this.endpointShare
    const cap = load.cap(this.#options.maxPerEndpoint, performance.now())
    return Math.max(0, this.#share(cap) - load.inFlight)
  }

  #share(cap: number): number {
    return Math.max(1, Math.ceil(cap / this.#workers))
  }

  #loadOf(endpointId: string): EndpointLoad {
    const known = this.#inFlightByEndpoint.get(endpointId) ?? this.#loads.get(endpointId)
    if (known !== undefined) return known
    const load = new EndpointLoad()
    this.#loads.set(endpointId, load)
    return load
  }

  #leaveHost(host: string): void {
    const left = (this.#inFlightByHost.get(host) ?? 1) - 1
    if (left > 0) this.#inFlightByHost.set(host, left)
    else this.#inFlightByHost.delete(host)
  }
}
