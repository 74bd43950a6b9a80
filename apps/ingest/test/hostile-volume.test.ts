import { expect, it } from 'vitest'
import { expectUnharmed, type HostileSetup, post, setupHostile, statuses } from './hostile-setup.ts'

const SIZE = 16 * 1024 * 1024
const CUT_OFF = 0
/** Taken, malformed, too much (for a thread, too), no room; and what comes of a machine that is slow. */
const BEARABLE = new Set([200, 400, 413, 503, 408, CUT_OFF])

it('16 MB of brackets, values, keys or quotes are taken or refused in bounded memory', async () => {
  await using served = await setupHostile()
  await expectBearable(served, '['.repeat(SIZE))
  await expectBearable(served, `{"a":[${'{},'.repeat(SIZE / 3)}1]}`)
  await expectBearable(served, `{${'"k":0,'.repeat(SIZE / 6)}"k":1}`)
  await expectBearable(served, '"'.repeat(SIZE))
  await expectUnharmed(served)
}, 400_000)

async function expectBearable({ faces }: HostileSetup, body: string): Promise<void> {
  const request = { type: 'application/json', body, query: '?k=1' }
  const answered = await statuses((face) => post(faces[face], request).catch(() => CUT_OFF))
  expect(Object.values(answered).filter((status) => !BEARABLE.has(status))).toEqual([])
}
