import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

const HOUR_SECONDS = 3_600

async function setupFailing() {
  const { core, databaseUrl, send, token } = await setupApi()
  await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  const body = { url: 'https://hooks.example.com/a', uid: 'a' }
  const { body: endpoint } = await send('POST', '/app/one/endpoint', { body })
  await core.db.prisma.$executeRaw`
    UPDATE endpoint_state SET failure_count = 10, failing_since = now() - interval '31 minutes'
     WHERE endpoint_id = ${endpoint.id}`
  return { databaseUrl, send, token }
}

describe('an endpoint that does nothing but fail', () => {
  it('is disabled soon once half of POSTHORN_DISABLE_AFTER is over', async () => {
    const { databaseUrl, send, token } = await setupFailing()
    expect((await send('GET', '/app/one/endpoint/a')).body.state.health).toBe('failing')

    const env = { POSTHORN_DISABLE_AFTER: String(HOUR_SECONDS) }
    await using strict = await startTestApi({ databaseUrl, env })
    const sendStrict = sendAs(strict.url, token)
    const { body: shown } = await sendStrict('GET', '/app/one/endpoint/a')
    expect(shown.state.health).toBe('disabled_soon')
    const { body: list } = await sendStrict('GET', '/app/one/endpoint')
    expect(list.data[0].state.health).toBe('disabled_soon')
  })
})
