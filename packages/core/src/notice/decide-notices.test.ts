import { describe, expect, it } from 'vitest'
import { decideNotices, type NoticeStanding } from './decide-notices.ts'
import { NOTICES, type Notice, type Trouble } from './notice-kind.ts'

const START = Date.parse('2026-01-01T00:00:00Z')
const at = (minutes: number) => new Date(START + minutes * 60_000)

/** An endpoint's trouble that began so many minutes after the start. */
function trouble(endpointId: string, notice: Notice, sinceMinutes: number): Trouble {
  const since = at(sinceMinutes)
  const none = { failingSince: null, disabledAt: null, disablesAt: null, host: null }
  return { appId: 'app', endpointId, notice, since, ...none, description: '' }
}

type Look = readonly [minutes: number, ...troubles: Trouble[]]

/** What each mail told, by the minute in which it was written. */
function follow(looks: readonly Look[], notices: readonly Notice[] = NOTICES): string[] {
  let standing: NoticeStanding = { told: {}, newsSince: null, toldAt: null }
  return looks.flatMap(([minutes, ...troubles]) => {
    const look = { notices, confirmedAt: at(0), troubles, now: at(minutes) }
    const { news, ...after } = decideNotices(standing, look)
    standing = after
    const told = news.map(({ endpointId, notice }) => `${endpointId} ${notice}`)
    return told.length === 0 ? [] : [`${minutes}: ${told.join(', ')}`]
  })
}

const FAILS = trouble('a', 'failing', 1)
const SOON = trouble('a', 'disabled_soon', 1)
const DISABLED = trouble('a', 'disabled', 100)

describe('what an address is told', () => {
  it('is each state of an endpoint once, as it gets worse', () => {
    const looks: Look[] = [
      [1, FAILS],
      [2, FAILS],
      [3, FAILS],
      [50, SOON],
      [51, SOON],
      [52, SOON],
      [100, DISABLED],
      [101, DISABLED],
      [9_000, DISABLED],
    ]
    expect(follow(looks)).toEqual(['2: a failing', '51: a disabled_soon', '101: a disabled'])
  })

  it('is collected: an outage that takes a minute to reach every endpoint is one mail', () => {
    const down = Array.from({ length: 200 }, (_, n) => trouble(`ep${n}`, 'failing', 1))
    const looks: Look[] = [
      [1, ...down.slice(0, 1)],
      [1.5, ...down.slice(0, 90)],
      [2, ...down],
      [3, ...down],
    ]
    const told = follow(looks)
    expect(told).toHaveLength(1)
    expect(told[0]?.split(', ')).toHaveLength(200)
  })

  it('is nothing of what was over before it was told', () => {
    expect(follow([[1, FAILS], [1.5], [2], [3]])).toEqual([])
  })

  it('comes a quarter of an hour after the last mail at the earliest', () => {
    const other = trouble('b', 'failing', 3)
    const looks: Look[] = [
      [1, FAILS],
      [2, FAILS],
      [3, FAILS, other],
      [16.9, FAILS, other],
      [17, FAILS, other],
    ]
    expect(follow(looks)).toEqual(['2: a failing', '17: b failing'])
  })

  it('is once in six hours of an endpoint that fails on and off', () => {
    const again = trouble('a', 'failing', 60)
    const looks: Look[] = [
      [1, FAILS],
      [2, FAILS],
      [30],
      [60, again],
      [120, again],
      [361, again],
      [362, again],
      [363, again],
    ]
    expect(follow(looks)).toEqual(['2: a failing', '363: a failing'])
  })

  it('is every disabling anew, and none from before it was confirmed', () => {
    const before = trouble('b', 'disabled', -10)
    const again = trouble('a', 'disabled', 130)
    const looks: Look[] = [
      [100, DISABLED, before],
      [101, DISABLED, before],
      [120, before],
      [130, again, before],
      [131, again, before],
    ]
    expect(follow(looks)).toEqual(['101: a disabled', '131: a disabled'])
  })

  it('is what was chosen', () => {
    const looks: Look[] = [
      [1, FAILS],
      [5, FAILS],
      [50, SOON],
      [60, SOON],
      [100, DISABLED],
      [101, DISABLED],
    ]
    expect(follow(looks, ['disabled'])).toEqual(['101: a disabled'])
  })
})
