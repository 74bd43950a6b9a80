import { expect, it } from 'vitest'
import { setupFlow } from './flow-setup.ts'
import { setupWebhook } from './losant-setup.ts'
import { startIngestProcess } from './test-process.ts'

interface Called {
  readonly status: number
  readonly sentAtMs: number
  readonly answeredAtMs: number
}

async function call(url: string): Promise<Called> {
  const sentAtMs = performance.now()
  const { status } = await fetch(url, { method: 'POST' })
  return { status, sentAtMs, answeredAtMs: performance.now() }
}

function callMany(urls: readonly string[], count: number): Promise<Called[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, n) => call(urls[n % urls.length] ?? '')),
  )
}

/** The most of these that surely came within one stretch of the time. */
function mostWithin(calls: readonly Called[], ms: number): number {
  const within = ({ sentAtMs: from }: Called): number =>
    calls.filter((one) => one.sentAtMs >= from && one.answeredAtMs <= from + ms).length
  return Math.max(0, ...calls.map(within))
}

it(
  'a Losant webhook takes 100 calls in any 10 seconds over two processes, also when one of them dies',
  {
    timeout: 240_000,
  },
  async () => {
    await using webhook = await setupWebhook()
    await using first = await startIngestProcess(webhook.databaseUrl)
    await using second = await startIngestProcess(webhook.databaseUrl)
    const urls = [first, second].map(({ url }) => `${url}/webhooks/${webhook.token}`)
    const before = await callMany(urls, 60)
    await second.end('SIGKILL')
    await second.start()
    const calls = [...before, ...(await callMany(urls, 120))]
    const accepted = calls.filter(({ status }) => status === 200)
    expect(accepted.length).toBeGreaterThanOrEqual(100)
    expect(mostWithin(accepted, 10_000)).toBeLessThanOrEqual(100)
    expect(accepted.length + calls.filter(({ status }) => status === 429).length).toBe(180)
    expect(await webhook.messages()).toHaveLength(accepted.length)
  },
)

it(
  'an address takes 300 requests in any 5 minutes of all flows over two processes',
  {
    timeout: 240_000,
  },
  async () => {
    await using flow = await setupFlow({ tokenRequired: false })
    await using first = await startIngestProcess(flow.databaseUrl)
    await using second = await startIngestProcess(flow.databaseUrl)
    const urls = [first, second].map(({ url }) => `${url}/v1/flow-webhook/${flow.flow.id}`)
    const calls: Called[] = []
    for (let round = 0; round < 8; round++) calls.push(...(await callMany(urls, 40)))
    const accepted = calls.filter(({ status }) => status === 200)
    expect(accepted.length).toBeGreaterThanOrEqual(300)
    expect(mostWithin(accepted, 300_000)).toBeLessThanOrEqual(300)
  },
)
