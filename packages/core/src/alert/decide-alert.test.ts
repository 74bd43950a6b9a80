import { describe, expect, it } from 'vitest'
import { type AlertLook, type AlertStanding, decideAlert } from './decide-alert.ts'

const T0 = Date.UTC(2026, 0, 1)
const at = (seconds: number) => new Date(T0 + seconds * 1000)
const WELL: AlertStanding = { beyondSince: null, firingSince: null, told: false, notifiedAt: null }

/** Looks one after the other, as `[second, isBeyond]`; answers what was told, and when. */
function follow(
  looks: readonly (readonly [second: number, isBeyond: boolean | null])[],
  rule: Partial<Pick<AlertLook, 'holdSeconds' | 'reminderSeconds' | 'mutedUntil'>> = {},
) {
  const set = { holdSeconds: 0, reminderSeconds: null, mutedUntil: null, ...rule }
  const told: string[] = []
  let standing: AlertStanding = WELL
  for (const [second, isBeyond] of looks) {
    const decision = decideAlert(standing, { ...set, isBeyond, now: at(second) })
    if (decision.news !== null) told.push(`${second} ${decision.news}`)
    standing = decision
  }
  return { told, standing }
}

describe('decideAlert', () => {
  it('tells an alarm once and its end once', () => {
    const looks = [false, true, true, true, false, false].map((is, n) => [n, is] as const)
    expect(follow(looks).told).toEqual(['1 firing', '4 resolved'])
  })

  it('fires only after it has lasted, and anew after it was away', () => {
    const looks = [
      [0, true],
      [50, true],
      [55, false],
      [60, true],
      [119, true],
      [120, true],
    ] as const
    expect(follow(looks, { holdSeconds: 60 }).told).toEqual(['120 firing'])
  })

  it('reminds at its interval while it goes on', () => {
    const looks = [0, 60, 299, 300, 400, 601].map((second) => [second, true] as const)
    const { told } = follow(looks, { reminderSeconds: 300 })
    expect(told).toEqual(['0 firing', '300 reminder', '601 reminder'])
  })

  it('never tells what began and ended while muted', () => {
    const looks = [
      [0, true],
      [10, false],
      [30, false],
    ] as const
    expect(follow(looks, { mutedUntil: at(20) }).told).toEqual([])
  })

  it('tells after the mute what goes on', () => {
    const looks = [
      [0, true],
      [10, true],
      [20, true],
      [30, false],
    ] as const
    const { told, standing } = follow(looks, { mutedUntil: at(20) })
    expect(told).toEqual(['20 firing', '30 resolved'])
    expect(standing).toMatchObject({ firingSince: null, told: false })
  })

  it('tells after the mute of an end that came within it', () => {
    const firing = follow([[0, true]]).standing
    const look = { holdSeconds: 0, reminderSeconds: null, mutedUntil: at(20) }
    const muted = decideAlert(firing, { ...look, isBeyond: false, now: at(10) })
    expect(muted).toMatchObject({ news: null, firingSince: null, told: true })
    const after = decideAlert(muted, { ...look, isBeyond: false, now: at(20) })
    expect(after.news).toBe('resolved')
  })

  it('stays as it is while there is too little to judge by', () => {
    const looks = [
      [0, true],
      [10, null],
      [20, false],
      [30, null],
    ] as const
    expect(follow(looks).told).toEqual(['0 firing', '20 resolved'])
  })
})
