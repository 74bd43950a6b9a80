import { expect, it } from 'vitest'
import { TaskThreads } from '../src/index.ts'

function setup(threads = 1, maxMs = 2_000, more: { readonly maxWaitMs?: number } = {}) {
  const module = new URL('./echo-worker.ts', import.meta.url)
  const options = { module, maxMs, maxHeapMb: 64, threads, maxWaiting: 3, ...more }
  return new TaskThreads<string, string>(options)
}

it('answers each task with what became of it', async () => {
  await using threads = setup(2)
  const results = await Promise.all(['a', 'b', 'c'].map((text) => threads.run(text, text)))
  expect(results).toEqual(['a!', 'b!', 'c!'].map((output) => ({ kind: 'done', output })))
})

it('ends a thread that runs for ever, and goes on with the next', async () => {
  await using threads = setup(1, 500)
  expect(await threads.run('a', 'for ever')).toEqual({ kind: 'killed', reason: 'time' })
  expect(await threads.run('a', 'after')).toEqual({ kind: 'done', output: 'after!' })
})

it('ends a thread that wants more memory than it has, and this process goes on', async () => {
  await using threads = setup(1, 60_000)
  expect(await threads.run('a', 'greedy')).toEqual({ kind: 'killed', reason: 'memory' })
  expect(await threads.run('a', 'after')).toEqual({ kind: 'done', output: 'after!' })
})

it('serves others while one key is slow, however often that one asks', async () => {
  await using threads = setup(2, 60_000)
  const slow = [threads.run('slow', 'for ever'), threads.run('slow', 'for ever')]
  expect(await threads.run('other', 'quick')).toEqual({ kind: 'done', output: 'quick!' })
  await threads[Symbol.asyncDispose]()
  expect(await Promise.all(slow)).toEqual([{ kind: 'busy' }, { kind: 'busy' }])
})

it('leaves the other threads to others when keys of which one was ended come again', async () => {
  await using threads = setup(2, 500)
  const first = await Promise.all(['a', 'b'].map((key) => threads.run(key, 'for ever')))
  expect(first.map(({ kind }) => kind)).toEqual(['killed', 'killed'])
  const order: string[] = []
  const again = ['a', 'b'].map((key) => threads.run(key, 'for ever').then(() => order.push(key)))
  await threads.run('other', 'quick').then(() => order.push('other'))
  await Promise.all(again)
  expect(order).toEqual(['other', 'a', 'b'])
})

it('lets a task wait only so long for a thread', async () => {
  await using threads = setup(1, 60_000, { maxWaitMs: 50 })
  const slow = threads.run('slow', 'for ever')
  expect(await threads.run('other', 'quick')).toEqual({ kind: 'busy' })
  await threads[Symbol.asyncDispose]()
  expect(await slow).toEqual({ kind: 'busy' })
})

it('lets only so many wait', async () => {
  await using threads = setup(1, 60_000)
  const slow = Array.from({ length: 4 }, () => threads.run('slow', 'for ever'))
  expect(await threads.run('other', 'quick')).toEqual({ kind: 'busy' })
  await threads[Symbol.asyncDispose]()
  await Promise.all(slow)
})
