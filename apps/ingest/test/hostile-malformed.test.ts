import { expect, it } from 'vitest'
import { HOSTILE } from './hostile-bodies.ts'
import { all, expectUnharmed, post, setupHostile, statuses } from './hostile-setup.ts'
import { postLines, rawAnswer, rawStatus } from './raw-request.ts'

const OURS = { code: expect.any(String), detail: expect.any(String) }
const LOSANTS = { type: expect.any(String), message: expect.any(String) }

function expectReason(body: string): void {
  const value: unknown = JSON.parse(body)
  expect([OURS, LOSANTS]).toContainEqual(value)
}

it('malformed bodies get the right answer at each face, in bounded memory', async () => {
  await using served = await setupHostile()
  for (const { what, source, losant, flow, ...sent } of HOSTILE) {
    const answered = await statuses((face) => post(served.faces[face], sent))
    expect([what, answered]).toEqual([what, { source, losant, flow }])
  }
  await expectUnharmed(served)
}, 400_000)

it('floods of headers are 431 at each face, what Node can’t read is 400, and each says why', async () => {
  await using served = await setupHostile()
  const unreadable = [
    [431, [`x: ${'a'.repeat(20_000)}`]],
    [431, Array.from({ length: 5_000 }, (_, n) => `x${n}: ${n}`)],
    [400, ['content-length: 1', 'transfer-encoding: chunked']],
    [400, ['content-length: 1', 'content-length: 2']],
    [400, ['content-length: 99999999999999999999']],
    [400, ['no colon']],
    [400, ['x: \0']],
    [417, ['expect: the impossible']],
    [415, ['content-encoding: gzip', 'content-length: 0']],
    [200, ['__proto__: 1', 'constructor: 2', 'content-length: 0']],
    [200, [...Array.from({ length: 300 }, (_, n) => `x${n}: `), 'content-length: 0']],
  ] as const
  for (const [status, headers] of unreadable) {
    const answered = await statuses(async (face) => {
      const answer = await rawAnswer(served.faces[face], postLines(served.faces[face], headers))
      if (status !== 200) expectReason(answer.body)
      return answer.status
    })
    expect([headers[0]?.slice(0, 40), answered]).toEqual([headers[0]?.slice(0, 40), all(status)])
  }
  await expectUnharmed(served)
}, 400_000)

it('what Node would refuse in its own words is refused in those of the face', async () => {
  await using served = await setupHostile()
  const bodies = async (lines: (url: string) => string) => {
    const { source, losant, flow } = served.faces
    const answers = [source, losant, flow].map((url) => rawAnswer(url, lines(url)))
    return (await Promise.all(answers)).map(({ body }): unknown => JSON.parse(body))
  }
  const inWords = [OURS, LOSANTS, OURS]
  expect(await bodies((url) => postLines(url, ['expect: the impossible']))).toEqual(inWords)
  const unnamed = (url: string) => postLines(url, []).replace(/^host: .*\r\n/m, '')
  expect(await bodies(unnamed)).toEqual(inWords)
  const answered = await statuses((face) =>
    rawStatus(served.faces[face], unnamed(served.faces[face])),
  )
  expect(answered).toEqual(all(400))
}, 400_000)
