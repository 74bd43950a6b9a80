import { expect, it } from 'vitest'
import { BodyConverter } from '../src/index.ts'

const contentType = 'application/xml'

it('converts a big body in its thread to what a small one would be', async () => {
  await using converter = new BodyConverter()
  const bytes = Buffer.from(`<r>${'<a>1</a>'.repeat(20_000)}</r>`)
  const conversion = await converter.convert({ contentType, bytes })
  expect(conversion).toMatchObject({ kind: 'json' })
  expect(await converter.convert({ contentType, bytes: bytes.subarray(0, -1) })).toMatchObject({
    kind: 'unusable',
    status: 400,
  })
})

it('takes only so many big ones at once: the rest are told to come again', async () => {
  await using converter = new BodyConverter()
  const bytes = Buffer.from(`<r>${'x'.repeat(100_000)}</r>`)
  const all = await Promise.all(
    Array.from({ length: 40 }, () => converter.convert({ contentType, bytes })),
  )
  expect(all.filter((conversion) => conversion === null).length).toBeGreaterThan(0)
  expect(all.filter((conversion) => conversion?.kind === 'json').length).toBeGreaterThan(0)
})
