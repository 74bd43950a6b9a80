import { expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'

const URL_A = 'https://hooks.example.com/a'
const REFUSED: readonly (readonly [name: string, value: unknown])[] = [
  ...['webhook-id', 'Svix-Signature', 'Host', 'content-length', 'Connection'].map(
    (name) => [name, 'x'] as const,
  ),
  ...['a\r\nX: y', 'a\u0000', 'é'].map((value) => ['x-a', value] as const),
  ...[1, true, {}, null].map((value) => ['x-a', value] as const),
  ...['a b', '', 'a:'].map((name) => [name, 'x'] as const),
]

it('a header that can not be sent is refused by name at the endpoints of a source, and nothing is stored', async () => {
  const { send } = await setupApi()
  const sources = '/../../ingest/api/v1/source'
  const { body: source } = await send('POST', sources, {
    body: { name: 'a', type: 'github', config: { secret: 'x' } },
  })
  const endpoints = `${sources}/${source.id}/endpoint`
  await send('POST', endpoints, { body: { url: URL_A, uid: 'kept', headers: { 'x-kept': '1' } } })
  for (const [name, value] of REFUSED) {
    const headers = { [name]: value }
    const answers = [
      await send('POST', endpoints, { body: { url: URL_A, headers } }),
      await send('PUT', `${endpoints}/kept/headers`, { body: { headers } }),
    ]
    for (const { status, body } of answers) {
      expect([name, value, status]).toEqual([name, value, 422])
      expect(body.detail[0].loc).toEqual(['body', 'headers', name])
    }
  }
  expect((await send('GET', endpoints)).body.data).toHaveLength(1)
  expect((await send('GET', `${endpoints}/kept/headers`)).body.headers).toEqual({ 'x-kept': '1' })
})
