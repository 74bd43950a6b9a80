import { BoundedCache } from '@posthorn/runtime'
import { EndpointLoad } from './endpoint-load.ts'
import { TurnedAway } from './turned-away.ts'

export interface CapacityOptions {
  /** Attempts in flight in this process. */
  readonly maxInFlight: number
  /** Attempts in flight per endpoint, and per host, over all workers together. */
  readonly maxPerEndpoint: number
  readonly maxPerHost: number
  /** An endpoint or a host that was over its cap has room again. */
  readonly onRoom: () => void
}

export interface Place {
  readonly endpointId: string
  readonly host: string
}

/** What a round of the lanes may take here. */
export interface LaneRooms {
  /** Endpoints that don't have the whole of their share. */
  readonly busy: readonly BusyEndpoint[]
  /** Those that there is no room for: their lanes aren't looked at. */
  readonly full: readonly string[]
}

export interface BusyEndpoint {
  readonly endpointId: string
  readonly room: number
  /** Where somebody waits for room at its host: of that host. Null: nobody does. */
  readonly awaitedHost: string | null
}

interface MutableLaneRooms {
  readonly busy: BusyEndpoint[]
  readonly full: string[]
}

const MAX_REMEMBERED = 20_000

/** Who may have how many attempts in flight here. A worker's share of a cap is the cap by the number of live workers. */
export class Capacity {
  readonly #options: CapacityOptions
  readonly #loads = new BoundedCache<string, EndpointLoad>(MAX_REMEMBERED)
  readonly #inFlightByEndpoint = new Map<string, EndpointLoad>()
  readonly #inFlightByHost = new Map<string, number>()
  readonly #crowded = new Set<string>()
  readonly #turnedAway = new TurnedAway()
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

  /**
   * `lease`: a place was taken. `turn`: the endpoint or its host is over its cap, or others wait for the host:
   * in the lanes they come one after the other. `time`: this worker is full.
   */
  reserve(place: Place): 'lease' | 'turn' | 'time' {
    if (this.free === 0) return 'time'
    if (this.#hostRoom(place.host) === 0 || this.#turnedAway.has(place.host)) {
      this.turnAway(place)
      return 'turn'
    }
    if (this.#endpointRoom(place.endpointId) > 0) {
      this.#take(place)
      return 'lease'
    }
    this.markCrowded(place.endpointId)
    return 'turn'
  }

  /** Takes a place for what is leased already, unless its host has none. */
  takeLeased(place: Place): boolean {
    if (this.#hostRoom(place.host) === 0) {
      this.turnAway(place)
      return false
    }
    this.#take(place)
    return true
  }

  /** `tookMs` is null when nothing was sent. */
  release(place: Place, tookMs: number | null): void {
    this.#inFlight--
    this.#leaveEndpoint(place.endpointId, tookMs)
    this.#leaveHost(place.host)
    for (const wake of this.#waiters.splice(0)) wake()
    const isAwaited = this.#turnedAway.has(place.host) && this.#hostRoom(place.host) > 0
    if (this.#crowded.delete(place.endpointId) || isAwaited) this.#options.onRoom()
  }

  /** Where an endpoint is sent to; as long as it never was, it counts as a host of its own. */
  placeOf(endpointId: string): Place {
    return { endpointId, host: this.#loads.get(endpointId)?.host ?? endpointId }
  }

  /** Places that an endpoint may still take here. */
  room(place: Place): number {
    const { endpointId, host } = place
    return Math.min(this.#endpointRoom(endpointId), this.#hostRoom(host), this.free)
  }

  /** What an endpoint without anything in flight may take. */
  get endpointShare(): number {
    return this.#share(this.#options.maxPerEndpoint)
  }

  laneRooms(): LaneRooms {
    const rooms: MutableLaneRooms = { busy: [], full: [] }
    for (const [endpointId, { host }] of this.#inFlightByEndpoint) {
      const isAwaited = this.#turnedAway.has(host)
      if (isAwaited && this.#turnedAway.of(host).has(endpointId)) continue
      // One of it tells whether it has more to send: then it stands in the row with the others.
      const most = isAwaited ? Math.min(1, this.#hostRoom(host)) : Number.POSITIVE_INFINITY
      const room = Math.min(this.#endpointRoom(endpointId), most)
      addRoom(rooms, { endpointId, room, awaitedHost: null })
    }
    for (const host of this.#turnedAway.hosts()) this.#shareHost(host, rooms)
    return rooms
  }

  // Named are as many as there is room for: many endpoints of one host leave the rounds to all others.
  #shareHost(host: string, rooms: MutableLaneRooms): void {
    const waiting = this.#turnedAway.of(host)
    let left = this.#hostRoom(host)
    const share = Math.max(1, Math.floor(left / waiting.size))
    for (const endpointId of waiting) {
      const room = Math.min(this.#endpointRoom(endpointId), share, left)
      addRoom(rooms, { endpointId, room, awaitedHost: host })
      left -= room
    }
  }

  /**
   * After a round: of those it was told of, who was served stands behind the others, and who was not has nothing
   * waiting. Answers whether some of them have gone, and others still wait for the same host.
   */
  settleLanes(busy: readonly BusyEndpoint[], served: ReadonlySet<string>): boolean {
    let madeRoom = false
    for (const { endpointId, awaitedHost: host } of busy) {
      if (host === null || !this.#turnedAway.delete(endpointId, host)) continue
      if (served.has(endpointId)) this.#turnedAway.add(endpointId, host)
      else madeRoom ||= this.#turnedAway.has(host)
    }
    return madeRoom
  }

  /** Its end is to be told of: it may have more to send. */
  markCrowded(endpointId: string): void {
    this.#crowded.add(endpointId)
  }

  /** The next place at its host is to be told of. */
  turnAway(place: Place): void {
    this.#loadOf(place)
    this.#turnedAway.add(place.endpointId, place.host)
  }

  async whenFree(): Promise<void> {
    while (this.free === 0) await new Promise<void>((resolve) => this.#waiters.push(resolve))
  }

  async whenIdle(): Promise<void> {
    while (this.#inFlight > 0) await new Promise<void>((resolve) => this.#waiters.push(resolve))
  }

  #take(place: Place): void {
    this.#inFlight++
    const load = this.#loadOf(place)
    load.begin(performance.now())
    this.#inFlightByEndpoint.set(place.endpointId, load)
    this.#inFlightByHost.set(place.host, (this.#inFlightByHost.get(place.host) ?? 0) + 1)
  }

  #endpointRoom(endpointId: string): number {
    const load = this.#loads.get(endpointId)
    if (load === undefined) return this.endpointShare
    const cap = load.cap(this.#options.maxPerEndpoint, performance.now())
    return Math.max(0, this.#share(cap) - load.inFlight)
  }

  #hostRoom(host: string): number {
    const room = this.#share(this.#options.maxPerHost) - (this.#inFlightByHost.get(host) ?? 0)
    return Math.max(0, room)
  }

  #share(cap: number): number {
    return Math.max(1, Math.ceil(cap / this.#workers))
  }

  #loadOf({ endpointId, host }: Place): EndpointLoad {
    const known = this.#inFlightByEndpoint.get(endpointId) ?? this.#loads.get(endpointId)
    if (known === undefined) {
      const load = new EndpointLoad(host)
      this.#loads.set(endpointId, load)
      return load
    }
    if (known.host !== host) {
      this.#turnedAway.delete(endpointId, known.host)
      known.host = host
    }
    return known
  }

  #leaveEndpoint(endpointId: string, tookMs: number | null): void {
    const load = this.#inFlightByEndpoint.get(endpointId)
    if (load === undefined) return
    load.end(performance.now(), tookMs)
    if (load.inFlight <= 0) this.#inFlightByEndpoint.delete(endpointId)
  }

  #leaveHost(host: string): void {
    const left = (this.#inFlightByHost.get(host) ?? 1) - 1
    if (left > 0) this.#inFlightByHost.set(host, left)
    else this.#inFlightByHost.delete(host)
  }
}

function addRoom({ busy, full }: MutableLaneRooms, endpoint: BusyEndpoint): void {
  if (endpoint.room === 0) full.push(endpoint.endpointId)
  else busy.push(endpoint)
}
