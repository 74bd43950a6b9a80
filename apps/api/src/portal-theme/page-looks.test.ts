import { describe, expect, it } from 'vitest'
import { createPageLooks } from './page-looks.ts'

const LOOK = { radius: '3' }
const urlOf = (number: number) => `/login?app=app_0000000${number}`

function setup() {
  const asked: string[] = []
  const gate = Promise.withResolvers<typeof LOOK | null>()
  const read = (appId: string) => {
    asked.push(appId)
    return gate.promise
  }
  const failures: unknown[] = []
  const lookOf = createPageLooks({ read, onError: (err) => failures.push(err) })
  return { asked, gate, failures, lookOf }
}

describe('the looks that pages bring along', () => {
  it.each([LOOK, null])('are read once for all who ask in a moment: %j', async (look) => {
    const { asked, gate, lookOf } = setup()
    const first = Promise.all([lookOf(urlOf(1)), lookOf(urlOf(1))])
    gate.resolve(look)
    expect(await first).toEqual([look, look])
    expect(await lookOf(urlOf(1))).toEqual(look)
    expect(asked).toEqual(['app_00000001'])
  })

  it('are read two at a time: beyond that a page goes out without, at once, and gets it later', async () => {
    const { asked, gate, lookOf } = setup()
    const first = Promise.all([lookOf(urlOf(1)), lookOf(urlOf(2))])
    expect(await Promise.all([lookOf(urlOf(3)), lookOf(urlOf(4))])).toEqual([null, null])
    expect(asked).toHaveLength(2)
    gate.resolve(LOOK)
    expect(await first).toEqual([LOOK, LOOK])
    expect(await lookOf(urlOf(3))).toEqual(LOOK)
  })

  it('that cannot be read are none, and take no place for good', async () => {
    const { gate, failures, lookOf } = setup()
    gate.reject(new Error('no database'))
    for (const number of [1, 2, 3]) expect(await lookOf(urlOf(number))).toBeNull()
    expect(failures).toHaveLength(3)
  })
})
