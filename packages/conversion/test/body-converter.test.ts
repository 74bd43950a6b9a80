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

it('converts what others send while one sends more than it can', async () => {
  await using converter = new BodyConverter()
  const bytes = Buffer.from(`<r>${'<a>1</a>'.repeat(30_000)}</r>`)
  const one = Array.from({ length: 40 }, () =>
    converter.convert({ contentType, bytes, owner: 'one' }),
  )
  const other = await converter.convert({ contentType, bytes, owner: 'other' })
  expect(other).toMatchObject({ kind: 'json' })
  const ofOne = await Promise.all(one)
  expect(ofOne.filter((conversion) => conversion?.kind === 'json')).toHaveLength(4)
  expect(ofOne.filter((conversion) => conversion === null)).toHaveLength(36)
})
