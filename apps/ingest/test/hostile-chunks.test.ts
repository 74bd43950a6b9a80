import { expect, it } from 'vitest'
import { expectUnharmed, setupHostile, statuses } from './hostile-setup.ts'
import { postLines, rawStatus } from './raw-request.ts'

const CHUNKS = 2 * 1024 * 1024
const CUT_OFF = 0
/** Taken, as JSON malformed, no room; and what comes of a machine that is slow. */
const BEARABLE = new Set([200, 400, 503, 408, CUT_OFF])

it('a body in chunks of a byte is held in as little memory as any', async () => {
  await using served = await setupHostile()
  const chunks = '1\r\na\r\n'.repeat(CHUNKS)
  const answered = await statuses((face) => {
    const lines = postLines(served.faces[face], ['transfer-encoding: chunked'])
    return rawStatus(served.faces[face], `${lines}${chunks}0\r\n\r\n`)
  })
  expect(Object.values(answered).filter((status) => !BEARABLE.has(status))).toEqual([])
  await expectUnharmed(served)
}, 400_000)
