import { newId } from '@posthorn/runtime'
import { expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'

const PAGE = '<script>alert(1)</script>'

/** A source with one kept request whose body a browser would run, and the path of its original. */
async function setup() {
  const api = await setupApi()
  const { body: source } = await api.send('POST', '/source', {
    body: { name: 'Code', type: 'github', config: { secret: 'x' } },
  })
  const id = newId('srcreq_', Date.now())
  const described = {
    sourceId: source.id,
    id,
    reason: 'wrong_signature',
    method: 'POST',
    path: '/',
  }
  const came = { ...described, address: '127.0.0.1' }
  const { prisma } = api.core.db
  await prisma.sourceRequest.create({
    data: {
      ...came,
      outcome: 'quarantined',
      contentType: 'text/html',
      bodyBytes: PAGE.length,
      headers: {},
    },
  })
  await prisma.quarantinedRequest.create({
    data: {
      ...came,
      detail: '',
      request: api.core.vault.seal('{}'),
      body: Buffer.from(PAGE),
      receivedAt: new Date(),
    },
  })
  const path = `/api/v1/source/${source.id}/request/${id}/original`
  const get = (token: string, asked = path) =>
    fetch(api.url + asked, { headers: { authorization: `Bearer ${token}` } })
  return { ...api, get, path, requestId: id }
}

it('is a file to save, byte for byte, that no browser runs', async () => {
  const { get, token, requestId } = await setup()
  const answer = await get(token)
  expect(answer.status).toBe(200)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${requestId}.bin"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
  })
  expect(await answer.text()).toBe(PAGE)
})

it('is nobody else’s, and a 404 where there is none', async () => {
  const { get, token, path, requestId } = await setup()
  const other = await setup()
  expect((await get(other.token)).status).toBe(404)
  expect((await get('')).status).toBe(401)
  const unknown = path.replace(requestId, newId('srcreq_', 0))
  expect((await get(token, unknown)).status).toBe(404)
})
