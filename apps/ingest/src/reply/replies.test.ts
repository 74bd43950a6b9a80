import { OverloadedError } from '@posthorn/core'
import { expect, it, vi } from 'vitest'
import { Replies } from './replies.ts'

function setup() {
  const db = { hot: { query: () => Promise.resolve({ rows: [] }) } }
  // Nobody waits in these tests: the store is never asked.
  return new Replies(db as unknown as ConstructorParameters<typeof Replies>[0])
}

it('gives a source 300 places at most, so that others always find one', async () => {
  await using replies = setup()
  const places = Array.from({ length: 300 }, () => replies.enter('one'))
  expect(() => replies.enter('one')).toThrow(OverloadedError)
  using _other = replies.enter('other')
  places[0]?.[Symbol.dispose]()
  using _again = replies.enter('one')
  expect(() => replies.enter('one')).toThrow(OverloadedError)
})

it('gives 2,000 places at most', async () => {
  await using replies = setup()
  for (let n = 0; n < 2_000; n++) replies.enter(`source ${n % 100}`)
  expect(() => replies.enter('late')).toThrow(OverloadedError)
})

it('lets a caller wait 30 seconds, where it isn’t told otherwise', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval', 'performance'] })
  try {
    await using replies = setup()
    using place = replies.enter('one')
    const answers: unknown[] = []
    void place.wait({ messageId: 'msg_1' }).then((reply) => answers.push(reply))
    await vi.advanceTimersByTimeAsync(29_900)
    expect(answers).toEqual([])
    await vi.advanceTimersByTimeAsync(300)
    expect(answers).toEqual([null])
  } finally {
    vi.useRealTimers()
  }
})
