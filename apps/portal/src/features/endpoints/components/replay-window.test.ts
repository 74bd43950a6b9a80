import { describe, expect, it } from 'vitest'
import { firstWindow, spanOf } from './replay-window.tsx'

const NOON = new Date(2026, 2, 30, 12, 0, 0).getTime()
const starts = { message: null, failing: null }
const exact = { since: '', until: '' }
const spanNamed = (name: string) => spanOf({ name, exact, openedAtMs: NOON, starts })

describe('spanOf', () => {
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

  it('is none while the exact times are not chosen, nor where what it begins with did not happen', () => {
    expect(spanNamed('exact')).toBeNull()
    expect(spanNamed('failing')).toBeNull()
    expect(firstWindow(starts)).toBe('24')
  })
})
