import { SourceDirectory } from '@posthorn/core'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

/** A directory of its own over a source, and how often it asked the store. */
async function setup() {
  const ingest = await startTestIngest()
  const { core } = ingest
  const source = await ingest.source()
  let asked = 0
  let gate: Promise<void> = Promise.resolve()
  const prisma = new Proxy(core.db.prisma, {
    get(target, name) {
      if (name !== '$queryRaw') return Reflect.get(target, name)
      return async (...query: Parameters<typeof target.$queryRaw>) => {
        asked++
        await gate
        return target.$queryRaw(...query)
      }
    },
  })
  const directory = new SourceDirectory({ ...core, db: { ...core.db, prisma } })
  return {
    ...ingest,
    source,
    directory,
    asked: () => asked,
    /** What asks from here on waits until told. */
    hold() {
      const held = Promise.withResolvers<void>()
      gate = held.promise
      return held.resolve
    },
  }
}

it('whoever asks for a source at the same time is answered by one look-up', async () => {
  await using bench = await setup()
  const { directory, source } = bench
  const found = await Promise.all(
    Array.from({ length: 100 }, async () => directory.find(source.token)),
  )
  expect(new Set(found.map((one) => one?.id))).toEqual(new Set([source.id]))
  expect(bench.asked()).toBe(1)
  await directory.find(source.token)
  expect(bench.asked()).toBe(1)
})

it('a URL that isn’t there is looked up once too', async () => {
  await using bench = await setup()
  const token = 'x'.repeat(43)
  const found = await Promise.all(
    Array.from({ length: 100 }, async () => bench.directory.find(token)),
  )
  expect(new Set(found)).toEqual(new Set([null]))
  expect(await bench.directory.find(token)).toBeNull()
  expect(bench.asked()).toBe(1)
})

it('what was being read when a change was heard is not remembered', async () => {
  await using bench = await setup()
  const { directory, source } = bench
  const release = bench.hold()
  const before = directory.find(source.token)
  directory.forget()
  const after = directory.find(source.token)
  release()
  expect([(await before)?.id, (await after)?.id]).toEqual([source.id, source.id])
  expect(bench.asked()).toBe(2)
})
