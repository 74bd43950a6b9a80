import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { atEndOfTurn } from './end-of-turn.ts'

it('goes on with all of a turn one after the other, when the turn ends and not before', async () => {
  const went: string[] = []
  atEndOfTurn(() => went.push('first'))
  atEndOfTurn(() => went.push('second'))
  await Promise.resolve()
  expect(went).toEqual([])
  await nextTurn()
  expect(went).toEqual(['first', 'second'])
})

it('goes on in the next turn with what was added while it went on', async () => {
  const went: string[] = []
  atEndOfTurn(() => {
    went.push('first')
    atEndOfTurn(() => went.push('second'))
  })
  await nextTurn()
  await nextTurn()
  expect(went).toEqual(['first', 'second'])
})

it('lets the steps of all take turns, so that each step is done for all before the next', async () => {
  const went: string[] = []
  async function handle(name: string): Promise<void> {
    await new Promise<void>((resolve) => atEndOfTurn(resolve))
    went.push(`${name} read`)
    await Promise.resolve()
    went.push(`${name} verified`)
  }
  await Promise.all([handle('a'), handle('b')])
  expect(went).toEqual(['a read', 'b read', 'a verified', 'b verified'])
})
