import { describe, expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

const TOKEN = 'a-token-for-prometheus'

function read(url: string, authorization?: string): Promise<Response> {
  return fetch(`${url}/metrics`, authorization === undefined ? {} : { headers: { authorization } })
}

describe('GET /metrics', () => {
  it('counts what was accepted, in which batches, and what the database takes; and asks for nothing unless it is told to', async () => {
    const { send, url } = await setupApi()
    await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    await send('POST', '/app/one/msg', { body: { eventType: 'a.b', payload: {} } })
    const answer = await read(url)
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toMatch(/^posthorn_messages_accepted_total [1-9]/m)
    expect(text).toMatch(/^posthorn_publish_batch_size_sum [1-9]/m)
    expect(text).toMatch(/^posthorn_publishes_waiting 0$/m)
    expect(text).toMatch(/^posthorn_database_bytes [1-9]\d{6,}$/m)
  })

  it('asks for POSTHORN_METRICS_TOKEN where that is set, and takes no API token for it', async () => {
    const { databaseUrl, token } = await setupApi()
    await using api = await startTestApi({ databaseUrl, env: { POSTHORN_METRICS_TOKEN: TOKEN } })
    for (const wrong of [undefined, '', `Bearer ${token}`, `Bearer ${TOKEN}x`, TOKEN]) {
      const refused = await read(api.url, wrong)
      expect(refused.status).toBe(401)
      expect(await refused.json()).toMatchObject({ code: 'authentication_failed' })
    }
    const answer = await read(api.url, `Bearer ${TOKEN}`)
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('posthorn_'),
    ])
    expect((await fetch(`${api.url}/api/v1/health/ping`)).status).toBe(204)
  })
})
