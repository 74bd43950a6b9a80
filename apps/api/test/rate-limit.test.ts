import { createOrganisationToken } from '@posthorn/core'
import { startTestDatabase } from '@posthorn/test-kit'
import { afterAll, describe, expect, it } from 'vitest'
import { type ApiAnswer, sendAs } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

const PER_SECOND = 3
// Two seconds' worth may come at once.
const BURST = 2 * PER_SECOND

let api: ReturnType<typeof startLimitedApi> | undefined
afterAll(async () => (await api)?.end())

async function startLimitedApi() {
  await using stack = new AsyncDisposableStack()
  const { url: databaseUrl } = stack.use(await startTestDatabase())
  const env = { POSTHORN_API_RATE_LIMIT: `${PER_SECOND}` }
  const { core, url } = stack.use(await startTestApi({ databaseUrl, env }))
  const resources = stack.move()
  return { core, url, end: () => resources.disposeAsync() }
}

async function setup() {
  const { core, url } = await (api ??= startLimitedApi())
  const { token } = await createOrganisationToken(core, { expiresInSeconds: 3600 })
  return sendAs(url, token)
}

const many = (count: number, work: (n: number) => Promise<ApiAnswer>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)))
const countOf = (answers: readonly ApiAnswer[], status: number) =>
  answers.filter((answer) => answer.status === status).length

describe('the limit of the management api', () => {
  it('answers 429 with Retry-After, and takes requests again after that time', async () => {
    const send = await setup()
    const answers = await many(5 * BURST, () => send('GET', '/app'))
    const refused = answers.filter((answer) => answer.status === 429)
    expect(countOf(answers, 200)).toBeGreaterThanOrEqual(BURST)
    expect(refused.length).toBeGreaterThanOrEqual(BURST)
    for (const { headers, body } of refused) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
      expect(body).toMatchObject({ code: 'rate_limit_exceeded', detail: expect.any(String) })
    }
    await expect.poll(async () => (await send('GET', '/app')).status, { timeout: 5_000 }).toBe(200)
  })

  it('is not widened by invented addresses of the client', async () => {
    const send = await setup()
    const answers = await many(5 * BURST, (n) => {
      const address = `203.0.113.${n}`
      return send('GET', '/app', {
        headers: {
          'x-forwarded-for': `${address}, 198.51.100.7`,
          'x-real-ip': address,
          forwarded: `for=${address}`,
        },
      })
    })
    expect(countOf(answers, 429)).toBeGreaterThanOrEqual(BURST)
  })

  it('counts each token by itself, and no publishes', async () => {
    const send = await setup()
    const { body: app } = await send('POST', '/app', { body: { name: 'a' } })
    await send('POST', '/event-type', { body: { name: 'rate.test', description: 'x' } })
    await many(5 * BURST, () => send('GET', '/app'))
    const message = { eventType: 'rate.test', payload: {} }
    const published = await many(5 * BURST, () =>
      send('POST', `/app/${app.id}/msg`, { body: message }),
    )
    expect(countOf(published, 202)).toBe(5 * BURST)
    const another = await setup()
    expect((await another('GET', '/app')).status).toBe(200)
  })
})
