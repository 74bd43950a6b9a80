import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { setupEndpoints } from './endpoint-setup.ts'
import { endpointWith } from './task-steps.ts'
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

describe('a day of which too many attempts failed', () => {
  /** Forty attempts of that day failed, sixty did not. */
  async function setupDay() {
    const bench = await setupEndpoints()
    const { path, endpointId } = await endpointWith(bench)
    await bench.db.hot.query(
      `INSERT INTO endpoint_stat (endpoint_id, hour, success, fail) VALUES ($1, date_trunc('hour', now()), 60, 40)`,
      [endpointId],
    )
    const add = (status: 'delivered' | 'failed' | 'canceled', count: number, at?: Date) =>
      bench.addDeliveries(endpointId, { status, count, ...(at === undefined ? {} : { at }) })
    const health = async () => (await bench.request('GET', path)).body.state.health
    const failing = async () =>
      (await bench.request('GET', `/app/${bench.appId}/endpoint?health=failing`)).body.data.length
    const recover = () =>
      bench.db.hot.query(
        `UPDATE delivery SET status = 'delivered', cause = NULL WHERE endpoint_id = $1 AND status = 'failed'`,
        [endpointId],
      )
    return { add, health, failing, recover }
  }

  it('is healthy where all of it was delivered in the end, by its schedule or by hand', async () => {
    const { add, health, failing, recover } = await setupDay()
    await add('delivered', 60)
    await add('canceled', 30)
    expect(await health()).toBe('healthy')
    await add('failed', 4)
    expect([await health(), await failing()]).toEqual(['failing', 1])
    await recover()
    expect([await health(), await failing()]).toEqual(['healthy', 0])
  })

  it('is judged by twenty deliveries at least, by the last day, and by the newest five hundred', async () => {
    const { add, health } = await setupDay()
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_SECONDS * 1000)
    await add('failed', 19)
    await add('failed', 30, hoursAgo(25))
    expect(await health()).toBe('healthy')
    await add('failed', 1)
    expect(await health()).toBe('failing')
    await add('delivered', 500, hoursAgo(0.5))
    expect(await health()).toBe('healthy')
  })
})
