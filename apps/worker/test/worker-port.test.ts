import { freePort, type PostgresRelay, startPostgresRelay } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

const TOKEN = 'a-token-for-prometheus'

describe('the port of a worker without an api', () => {
  it('asks for POSTHORN_METRICS_TOKEN before it shows metrics, and never for health', async () => {
    const port = await freePort()
    const env = { POSTHORN_WORKER_PORT: String(port), POSTHORN_METRICS_TOKEN: TOKEN }
    await using _pipeline = await startPipeline({ env })
    const statusOf = async (path: string, authorization = ''): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization } })).status
    expect(await statusOf('/metrics')).toBe(401)
    expect(await statusOf('/metrics?x=1', 'Bearer wrong')).toBe(401)
    expect(await statusOf('/metrics', `Bearer ${TOKEN}`)).toBe(200)
    expect(await statusOf('/api/v1/health/live')).toBe(204)
    expect(await statusOf('/nothing')).toBe(404)
  })

  it('says within five seconds that the database is silent, stays alive, and is ready again after', async () => {
    await using stack = new AsyncDisposableStack()
    const port = await freePort()
    let relay: PostgresRelay | undefined
    const env = { POSTHORN_WORKER_PORT: String(port) }
    const reach = async (url: string): Promise<string> => {
      relay = stack.use(await startPostgresRelay(url))
      return relay.url
    }
    await using _pipeline = await startPipeline({ env, reach })
    const statusOf = async (path: string): Promise<number> => {
      const signal = AbortSignal.timeout(5_000)
      return (await fetch(`http://127.0.0.1:${port}/api/v1/health/${path}`, { signal })).status
    }
    expect(await statusOf('ping')).toBe(204)
    relay?.set('silent')
    expect(await Promise.all([statusOf('ping'), statusOf('live')])).toEqual([503, 204])
    relay?.set('up')
    await expect.poll(() => statusOf('ping'), { timeout: 5_000 }).toBe(204)
  })

  it('fails its liveness, and not its readiness, while a round of looking for work does not end', async () => {
    const port = await freePort()
    const env = { POSTHORN_WORKER_PORT: String(port) }
    await using pipeline = await startPipeline({ env, stuckAfterMs: 500 })
    const statusOf = async (path: string): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}/api/v1/health/${path}`)).status
    const isLed = async () => (await pipeline.db.hot.query('SELECT FROM leader')).rows.length > 0
    await expect.poll(isLed, { timeout: 10_000 }).toBe(true)
    await expect.poll(() => statusOf('live'), { timeout: 10_000 }).toBe(204)
    await pipeline.db.prisma.$transaction(
      async (tx) => {
        // Where every look notes who leads.
        await tx.$executeRaw`SELECT FROM leader FOR UPDATE`
        await expect.poll(() => statusOf('live'), { timeout: 10_000 }).toBe(503)
        expect(await statusOf('ping')).toBe(204)
      },
      { timeout: 15_000 },
    )
    await expect.poll(() => statusOf('live'), { timeout: 10_000 }).toBe(204)
  })
})
