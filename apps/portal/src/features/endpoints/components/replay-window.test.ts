import { afterEach, describe, expect, it, vi } from 'vitest'
import { firstWindow, spanOf } from './replay-window.tsx'

const NOON = new Date(2026, 2, 30, 12, 0, 0).getTime()
const starts = { list: null, message: null, failing: null }
const exact = { since: '', until: '' }
const spanNamed = (name: string) => spanOf({ name, exact, openedAtMs: NOON, starts })

const inZone = (name: string) => vi.stubEnv('TZ', name)

describe('spanOf', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('fixes a named window to instants when the dialog opens', () => {
    const until = new Date(NOON).toISOString()
    expect(spanNamed('8')).toEqual({ since: new Date(NOON - 8 * 3_600_000).toISOString(), until })
  })

  it('knows yesterday by the days of the viewer', () => {
    expect(spanNamed('yesterday')).toEqual({
      since: new Date(2026, 2, 29).toISOString(),
      until: new Date(2026, 2, 30).toISOString(),
    })
  })

  it('begins and ends with the viewer’s day where the clock is put forward in it', () => {
    inZone('Europe/Berlin')
    const noon = Date.parse('2026-03-30T12:00:00+02:00')
    const span = spanOf({ name: 'yesterday', exact, openedAtMs: noon, starts })
    // A day of 23 hours.
    expect(span).toEqual({ since: '2026-03-28T23:00:00.000Z', until: '2026-03-29T22:00:00.000Z' })
    const typed = { since: '2026-03-29T01:59', until: '2026-03-29T03:00' }
    expect(spanOf({ name: 'exact', exact: typed, openedAtMs: noon, starts })).toEqual({
      since: '2026-03-29T00:59:00.000Z',
      until: '2026-03-29T01:00:00.000Z',
    })
  })

  it('is that of a list that has one, and ends with it or now', () => {
    const since = new Date(NOON - 5_000_000).toISOString()
    const until = new Date(NOON).toISOString()
    const ended = new Date(NOON - 1_000_000).toISOString()
    const spanOfList = (end: string | null) =>
      spanOf({
        name: firstWindow({ ...starts, list: { since, until: end } }),
        exact,
        openedAtMs: NOON,
        starts: { ...starts, list: { since, until: end } },
      })
    expect(spanOfList(null)).toEqual({ since, until })
    expect(spanOfList(ended)).toEqual({ since, until: ended })
  })

  it('is none while the exact times are not chosen, nor where what it begins with did not happen', () => {
    expect(spanNamed('exact')).toBeNull()
    expect(spanNamed('failing')).toBeNull()
    expect(firstWindow(starts)).toBe('24')
  })
})
