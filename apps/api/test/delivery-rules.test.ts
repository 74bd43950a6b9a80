import { expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

it('tells a customer when attempts are made, and what addresses they come from, as the installation says', async () => {
  const { databaseUrl, send, token } = await setupApi()
  await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  const env = {
    POSTHORN_RETRY_SCHEDULE: '5,60',
    POSTHORN_EGRESS_ADDRESSES: ' 198.51.100.7,, 2001:db8::7 ',
  }
  await using api = await startTestApi({ databaseUrl, env })
  const { body: access } = await send('POST', '/auth/app-portal-access/one', { body: {} })
  const rules = {
    retrySchedule: [5, 60],
    retryJitter: 0.15,
    egressAddresses: ['198.51.100.7', '2001:db8::7'],
  }
  for (const bearer of [token, String(access.token)]) {
    const call = sendAs(api.url, bearer)
    expect(await call('GET', '/app/one/delivery-rules')).toMatchObject({ status: 200, body: rules })
  }
  const stranger = sendAs(api.url, String(access.token))
  await send('POST', '/app', { body: { name: 'Two', uid: 'two' } })
  expect((await stranger('GET', '/app/two/delivery-rules')).status).toBe(404)
})
