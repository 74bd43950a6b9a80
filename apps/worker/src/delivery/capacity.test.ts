import { describe, expect, it } from 'vitest'
import { Capacity, type Place } from './capacity.ts'

const A: Place = { endpointId: 'ep_a', host: 'one.example' }
const B: Place = { endpointId: 'ep_b', host: 'one.example' }
const ELSEWHERE: Place = { endpointId: 'ep_c', host: 'other.example' }

interface Caps {
  readonly maxInFlight?: number
  readonly maxPerEndpoint?: number
  readonly maxPerHost?: number
}

function setup(caps: Caps = {}) {
  let told = 0
  const capacity = new Capacity({
    maxInFlight: 512,
    maxPerEndpoint: 256,
    maxPerHost: 384,
    ...caps,
    onRoom: () => void told++,
  })
  const fill = (place: Place, count: number): void => {
    for (let n = 0; n < count; n++) expect(capacity.reserve(place)).toBe('lease')
  }
  return { capacity, fill, told: () => told }
}

describe('a cap over all workers', () => {
  it.each([
    [1, 256, 384],
    [2, 128, 192],
    [3, 86, 128],
    [100, 3, 4],
    [1_000, 1, 1],
  ])('leaves each of %i workers %i places for an endpoint and %i for a host', (...shares) => {
    const [workers, perEndpoint, perHost] = shares
    const { capacity, fill } = setup()
    capacity.setWorkers(workers)
    expect(capacity.room(A)).toBe(perEndpoint)
    fill(A, perEndpoint)
    expect(capacity.room(A)).toBe(0)
    expect(capacity.room(B)).toBe(Math.min(perEndpoint, perHost - perEndpoint))
  })

  it('is shared out again when a worker comes or goes', () => {
    const { capacity, fill } = setup({ maxPerEndpoint: 8 })
    fill(A, 6)
    expect(capacity.room(A)).toBe(2)
    capacity.setWorkers(2)
    expect(capacity.room(A)).toBe(0)
    capacity.setWorkers(1)
    expect(capacity.room(A)).toBe(2)
  })
})

describe('a slow endpoint', () => {
  it.each([
    [1, 4],
    [2, 2],
    [8, 1],
  ])('keeps, over %i workers, %i places in each', (workers, room) => {
    const { capacity, fill } = setup()
    capacity.setWorkers(workers)
    for (let n = 0; n < 50; n++) {
      fill(A, 1)
      capacity.release(A, 60_000)
    }
    expect(capacity.room(A)).toBe(room)
    expect(capacity.room(B)).toBeGreaterThan(room)
  })
})

describe('a place', () => {
  it('is refused for its time where the worker is full, whatever the caps leave', () => {
    const { capacity, fill } = setup({ maxInFlight: 4 })
    fill(A, 4)
    expect(capacity.reserve(ELSEWHERE)).toBe('time')
    expect(capacity.free).toBe(0)
  })

  it('is refused for a turn where the endpoint is over its cap, and told of when one is free', () => {
    const { capacity, fill, told } = setup({ maxPerEndpoint: 4 })
    fill(A, 4)
    expect(capacity.reserve(A)).toBe('turn')
    expect(capacity.reserve(B)).toBe('lease')
    capacity.release(B, 10)
    expect(told()).toBe(0)
    capacity.release(A, 10)
    expect(told()).toBe(1)
    capacity.release(A, 10)
    expect(told()).toBe(1)
  })

  it('at a host counts for all of its endpoints, and for no other host', () => {
    const { capacity, fill, told } = setup({ maxPerEndpoint: 4, maxPerHost: 6 })
    fill(A, 4)
    fill(B, 2)
    expect(capacity.reserve(B)).toBe('turn')
    expect(capacity.reserve(ELSEWHERE)).toBe('lease')
    capacity.release(ELSEWHERE, 10)
    expect(told()).toBe(0)
    capacity.release(A, 10)
    expect(told()).toBe(1)
  })

  it('of what is leased already is refused only where its host is full', () => {
    const { capacity, fill } = setup({ maxPerEndpoint: 4, maxPerHost: 6 })
    fill(A, 4)
    expect(capacity.takeLeased(A)).toBe(true)
    expect(capacity.takeLeased(B)).toBe(true)
    expect(capacity.takeLeased(B)).toBe(false)
    expect(capacity.inFlight).toBe(6)
  })

  it('goes first to those whom the host turned away, until none of them waits', () => {
    const { capacity, fill } = setup({ maxPerHost: 2 })
    fill(A, 2)
    expect(capacity.reserve(B)).toBe('turn')
    capacity.release(A, 10)
    expect(capacity.reserve(A)).toBe('turn')
    const { busy } = capacity.laneRooms()
    capacity.settleLanes(busy, new Set())
    expect(capacity.reserve(A)).toBe('turn')
    capacity.settleLanes(capacity.laneRooms().busy, new Set())
    expect(capacity.reserve(A)).toBe('lease')
  })
})

describe('a round of the lanes', () => {
  it('passes over whom there is no room for, and hears what a host leaves to all of its endpoints', () => {
    const { capacity, fill } = setup({ maxPerEndpoint: 4, maxPerHost: 6 })
    fill(A, 4)
    fill(ELSEWHERE, 1)
    expect(capacity.laneRooms()).toEqual({
      busy: [{ endpointId: 'ep_c', room: 3, awaitedHost: null }],
      full: ['ep_a'],
    })
    fill(B, 2)
    capacity.turnAway({ endpointId: 'ep_d', host: A.host })
    expect(capacity.laneRooms().full).toEqual(['ep_a', 'ep_b', 'ep_d'])
    capacity.release(A, 10)
    // Of those that are on their way to the host one may come, which tells whether they have more.
    expect(capacity.laneRooms().busy).toEqual([
      { endpointId: 'ep_a', room: 1, awaitedHost: null },
      { endpointId: 'ep_c', room: 3, awaitedHost: null },
      { endpointId: 'ep_b', room: 1, awaitedHost: null },
      { endpointId: 'ep_d', room: 1, awaitedHost: A.host },
    ])
  })

  it('hears of as many endpoints of a host as it has room for, each in its turn', () => {
    const { capacity, fill } = setup({ maxPerHost: 3 })
    fill(A, 3)
    for (let n = 0; n < 5; n++) capacity.turnAway({ endpointId: `ep_${n}`, host: A.host })
    capacity.release(A, 10)
    capacity.release(A, 10)
    const named = () =>
      capacity
        .laneRooms()
        .busy.flatMap(({ endpointId, room, awaitedHost }) =>
          awaitedHost === null ? [] : [`${endpointId}: ${room}`],
        )
    expect(named()).toEqual(['ep_0: 1', 'ep_1: 1'])
    expect(capacity.laneRooms().full).toEqual(['ep_2', 'ep_3', 'ep_4'])
    expect(capacity.settleLanes(capacity.laneRooms().busy, new Set(['ep_0', 'ep_1']))).toBe(false)
    expect(named()).toEqual(['ep_2: 1', 'ep_3: 1'])
    // One of them had nothing to send: somebody else may have the place at once.
    expect(capacity.settleLanes(capacity.laneRooms().busy, new Set(['ep_3']))).toBe(true)
    expect(named()).toEqual(['ep_4: 1', 'ep_0: 1'])
  })

  it('leaves a host of few to them, by equal parts', () => {
    const { capacity, fill } = setup({ maxPerHost: 20 })
    fill(A, 20)
    capacity.turnAway(B)
    capacity.turnAway({ endpointId: 'ep_d', host: A.host })
    for (let n = 0; n < 9; n++) capacity.release(A, 10)
    const rooms = capacity.laneRooms().busy.filter(({ awaitedHost }) => awaitedHost !== null)
    expect(rooms.map(({ room }) => room)).toEqual([4, 4])
  })

  it('no longer passes over an endpoint that has moved to another host', () => {
    const { capacity, fill } = setup({ maxPerHost: 2 })
    fill(A, 2)
    expect(capacity.reserve(B)).toBe('turn')
    expect(capacity.laneRooms().full).toEqual(['ep_a', 'ep_b'])
    expect(capacity.reserve({ ...B, host: ELSEWHERE.host })).toBe('lease')
    expect(capacity.laneRooms().full).toEqual([])
    expect(capacity.placeOf('ep_b').host).toBe(ELSEWHERE.host)
  })

  it('names no more than some thousands of those turned away', () => {
    const { capacity, fill } = setup({ maxPerHost: 1 })
    fill(A, 1)
    for (let n = 0; n < 6_000; n++) capacity.turnAway({ endpointId: `ep_${n}`, host: A.host })
    expect(capacity.laneRooms().full.length).toBeLessThan(6_000)
  })
})
