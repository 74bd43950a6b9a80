import { describe, expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'

const PATH = '/operational-webhook/endpoint'

describe('PATCH …/operational-webhook/endpoint/{id}/headers', () => {
  it('changes some headers and leaves the others, even those whose values are withheld', async () => {
    const { send } = await setupApi()
    const headers = { Authorization: 'Bearer of-the-receiver', 'X-Team': 'platform' }
    const { body } = await send('POST', PATH, { body: { url: 'https://example.com/', headers } })
    const path = `${PATH}/${body.id}/headers`
    const patch = { headers: { 'X-Stage': 'live' }, deleteHeaders: ['x-team'] }
    expect((await send('PATCH', path, { body: patch })).status).toBe(204)
    expect((await send('GET', path)).body).toEqual({
      headers: { 'X-Stage': 'live' },
      sensitive: ['Authorization'],
    })
  })

  it('refuses what no header may be, and another organisation', async () => {
    const { send } = await setupApi()
    const other = await setupApi()
    const { body } = await send('POST', PATH, { body: { url: 'https://example.com/' } })
    const path = `${PATH}/${body.id}/headers`
    const refused = await send('PATCH', path, { body: { headers: { 'webhook-id': 'x' } } })
    expect(refused.status).toBe(422)
    const patch = { body: { headers: { 'X-Team': 'theirs' } } }
    expect((await other.send('PATCH', path, patch)).status).toBe(404)
    expect((await send('GET', path)).body).toEqual({ headers: {}, sensitive: [] })
  })
})
