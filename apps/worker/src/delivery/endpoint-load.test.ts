import { describe, expect, it } from 'vitest'
import { EndpointLoad } from './endpoint-load.ts'

const FULL_CAP = 256
const ENOUGH = 100

/** As it is after many attempts of that duration, none in flight. */
function loadOf(tookMs: number, load = new EndpointLoad('receiver.example')): EndpointLoad {
  for (let n = 0; n < ENOUGH; n++) {
    load.begin(0)
    load.end(0, tookMs)
  }
  return load
}

function inFlight(count: number): EndpointLoad {
  const load = new EndpointLoad('receiver.example')
  for (let n = 0; n < count; n++) load.begin(0)
  return load
}

describe('an endpoint may have in flight', () => {
  it.each([
    [50, 256],
    [500, 256],
    [1_000, 128],
    [4_000, 32],
    [16_000, 8],
    [60_000, 4],
  ])('when an attempt takes %i ms: %i of 256', (tookMs, cap) => {
    expect(loadOf(tookMs).cap(FULL_CAP, 0)).toBe(cap)
  })

  it('no more than the full cap, be it below the floor', () => {
    expect(loadOf(60_000).cap(3, 0)).toBe(3)
  })

  it('a share that shrinks after the first slow attempts, and grows back slower', () => {
    const load = loadOf(50)
    load.begin(0)
    load.end(0, 15_000)
    const slowed = load.cap(FULL_CAP, 0)
    expect(slowed).toBeLessThan(FULL_CAP / 8)
    load.begin(0)
    load.end(0, 50)
    expect(load.cap(FULL_CAP, 0)).toBeGreaterThan(slowed)
    expect(load.cap(FULL_CAP, 0)).toBeLessThan(FULL_CAP / 4)
    expect(loadOf(50, load).cap(FULL_CAP, 0)).toBe(FULL_CAP)
  })

  it('what it may have whatever was reserved for it and not sent', () => {
    const load = loadOf(4_000)
    load.begin(0)
    load.end(0, null)
    expect(load.cap(FULL_CAP, 0)).toBe(32)
  })
})

describe('an endpoint with several in flight of which none has ended for two seconds', () => {
  it.each([
    [8, 2_001, 4],
    [8, 2_000, 256],
    [7, 60_000, 256],
  ])('(%i for %i ms) may have %i', (count, afterMs, cap) => {
    expect(inFlight(count).cap(FULL_CAP, afterMs)).toBe(cap)
  })

  it('has its share again as soon as one ends', () => {
    const load = inFlight(9)
    expect(load.cap(FULL_CAP, 3_000)).toBe(4)
    load.end(3_000, 400)
    expect(load.cap(FULL_CAP, 3_000)).toBe(FULL_CAP)
  })
})
