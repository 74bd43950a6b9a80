import { expect, it } from 'vitest'
import { every } from './every.ts'

it('ends without a round that takes longer than its end may', { timeout: 5_000 }, async () => {
  const started = Promise.withResolvers<void>()
  const run = () => {
    started.resolve()
    return new Promise(() => undefined)
  }
  const onError = (err: unknown) => started.reject(err)
  const loop = every({ intervalMs: Infinity, stopWithinMs: 1, run, onError })
  await started.promise
  await expect(loop[Symbol.asyncDispose]()).resolves.toBeUndefined()
})
