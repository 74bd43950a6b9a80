import { expect, it } from 'vitest'
import { TaskThreads } from '../src/index.ts'

function setup(threads = 1, maxMs = 2_000) {
  const module = new URL('./echo-worker.ts', import.meta.url)
  return new TaskThreads<string, string>({ module, maxMs, maxHeapMb: 64, threads, maxWaiting: 3 })
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

it('lets only so many wait', async () => {
  await using threads = setup(1, 60_000)
  const slow = Array.from({ length: 4 }, () => threads.run('slow', 'for ever'))
  expect(await threads.run('other', 'quick')).toEqual({ kind: 'busy' })
  await threads[Symbol.asyncDispose]()
  await Promise.all(slow)
})
