import { expect, it } from 'vitest'
import {
  all,
  expectUnharmed,
  FACES,
  type HostileSetup,
  post,
  residentMb,
  setupHostile,
  statuses,
} from './hostile-setup.ts'
import { postLines, rawStatus } from './raw-request.ts'

const MB = 1024 * 1024
const CUT_OFF = 0
/** Less than the 250 MB that are read of ten bodies, of which nothing is to be held afterwards. */
const ROUND_MB = 150

it('30 MB is 413 at each face, declared and in chunks, however often it comes at once', async () => {
  await using served = await setupHostile()
  const body = new Uint8Array(30 * MB)
  for (let round = 0; round < 2; round++) {
    const declared = { type: 'text/plain', body: Buffer.from(body.buffer) }
    expect(await statuses((face) => post(served.faces[face], declared))).toEqual(all(413))
    // Where there is no room for all, or who sends is slow, some are told to come again, or cut off.
    const chunked = FACES.flatMap((face) => Array(2).fill(served.faces[face]))
    const answers = await Promise.all(chunked.map(async (url) => sendChunks(url, body)))
    expect(answers).toContain(413)
    expect(answers.filter((status) => ![413, 503, 408, CUT_OFF].includes(status))).toEqual([])
  }
  const first = await heldAfterTen(served, body)
  expect(await heldAfterTen(served, body)).toBeLessThan(first + ROUND_MB)
  await expectUnharmed(served)
}, 400_000)

/** What the process holds when ten bodies came one after the other, each refused after 25 MB. */
async function heldAfterTen({ faces, victim }: HostileSetup, body: Uint8Array): Promise<number> {
  for (let n = 0; n < 10; n++) await sendChunks(faces.losant, body)
  return residentMb(victim.pid())
}

async function sendChunks(url: string, body: Uint8Array): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    body: new Blob([body]).stream(),
    duplex: 'half',
  }).catch(() => null)
  await answer?.arrayBuffer().catch(() => null)
  return answer?.status ?? CUT_OFF
}

it('bodies that never come to their end are 408 at each face, become nothing, and keep nobody from being served', async () => {
  await using served = await setupHostile()
  const stuck = FACES.flatMap((face) => Array<string>(30).fill(served.faces[face]))
  const answers = stuck.map(async (url) =>
    rawStatus(url, `${postLines(url, ['content-length: 1000000'])}{"a":`),
  )
  const good = { type: 'application/json', body: '{"a":1}' }
  expect(await statuses((face) => post(served.faces[face], good))).toEqual(all(200))
  expect(await Promise.all(answers)).toEqual(stuck.map(() => 408))
  expect(await served.core.db.prisma.message.count()).toBe(3)
  await expectUnharmed(served)
}, 400_000)
