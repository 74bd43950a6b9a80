import { setTimeout as pause } from 'node:timers/promises'
import { revokeApiKey } from '@posthorn/core'
import { createLogger } from '@posthorn/runtime'
import { type RelayMode, startPostgresRelay } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

const IN_FORCE_MS = 5_000
const LINES_A_SECOND = 10

/** Two apis on one database; the second one's way there, or only that of its channel, fails as it is told to. */
async function setupPair(what: 'channel' | 'database') {
  await using stack = new AsyncDisposableStack()
  const bench = await setupApi()
  const relay = stack.use(await startPostgresRelay(bench.databaseUrl))
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ name: 'api', level: 'warn', destination })
  const { url } = stack.use(
    await startTestApi({
      databaseUrl: what === 'channel' ? bench.databaseUrl : relay.url,
      env: { DATABASE_DIRECT_URL: relay.url },
      logger,
    }),
  )
  await bench.send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  const hook = { url: 'https://hooks.example.com/a', uid: 'a' }
  await bench.send('POST', '/app/one/endpoint', { body: hook })
  const resources = stack.move()
  return {
    ...bench,
    other: sendAs(url, bench.token),
    url,
    lines,
    outage: async (mode: RelayMode, ms: number) => {
      relay.set(mode)
      await pause(ms)
    },
    end: () => relay.set('up'),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

type Pair = Awaited<ReturnType<typeof setupPair>>

/** What one api changes holds at the other. */
async function expectInForce(pair: Pair): Promise<void> {
  const within = { timeout: IN_FORCE_MS }
  const { apiKey, text } = await pair.apiKey()
  const byKey = sendAs(pair.url, text)
  await expect.poll(async () => (await byKey('GET', '/app')).status, within).toBe(200)
  await revokeApiKey(pair.core, pair.scope, apiKey.id)
  await expect.poll(async () => (await byKey('GET', '/app')).status, within).toBe(401)
  const body = { eventType: 'a.b', payload: {} }
  for (const disabled of [true, false]) {
    await pair.send('PATCH', '/app/one/endpoint/a', { body: { disabled, throttleRate: 7 } })
    const published = await pair.other('POST', '/app/one/msg', { body })
    expect(published.body.unmatched).toBe(disabled ? 'disabled' : null)
  }
}

describe('an api whose channel of changes is refused for a minute', () => {
  it('holds to every change meanwhile and after, and says little of it', async () => {
    await using pair = await setupPair('channel')
    await expectInForce(pair)
    await pair.outage('down', 60_000)
    expect(pair.lines.length).toBeLessThanOrEqual(LINES_A_SECOND * 60)
    await expectInForce(pair)
    pair.end()
    await expectInForce(pair)
  })
})

describe('an api whose database recovers for twenty seconds', () => {
  it('holds to every change after, without a restart, and says little of it', async () => {
    await using pair = await setupPair('database')
    await expectInForce(pair)
    await pair.outage('recovering', 20_000)
    expect(pair.lines.length).toBeLessThanOrEqual(LINES_A_SECOND * 20)
    pair.end()
    const ready = async () => (await pair.other('GET', '/health/ping')).status
    await expect.poll(ready, { timeout: 5_000 }).toBe(204)
    await expectInForce(pair)
  })
})
