import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

describe('an api whose Redis is away', () => {
  it('starts, is ready and accepts', async () => {
    const { databaseUrl, token } = await setupApi()
    // Nobody listens at the port of discard.
    const env = { REDIS_URL: 'redis://127.0.0.1:9' }
    await using api = await startTestApi({ databaseUrl, env })
    const send = sendAs(api.url, token)
    expect((await send('GET', '/health/ping')).status).toBe(204)
    expect((await send('POST', '/app', { body: { name: 'One', uid: 'one' } })).status).toBe(201)
    const body = { eventType: 'a.b', payload: {} }
    expect((await send('POST', '/app/one/msg', { body })).status).toBe(202)
    expect((await send('GET', '/app/one/msg')).body.data).toHaveLength(1)
    const { status, body: health } = await send('GET', '/support/queue')
    expect(status).toBe(200)
    expect(health.stores).toMatchObject([
      { kind: 'database', isReachable: true },
      { kind: 'queue', backend: 'redis', isReachable: false, latencyMs: null, bytes: null },
    ])
  })
})
