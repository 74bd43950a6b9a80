import { waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { BACKENDS, isSettled, type Platform, startPlatform } from './kill-setup.ts'

const APPLICATIONS = 20
const ENDPOINTS = 10
const MESSAGES = 2
const MISSED = APPLICATIONS * ENDPOINTS * MESSAGES
// A tenth of it where nothing else runs.
const TIMEOUT_MS = 240_000

/** Two hundred endpoints of twenty customers; each says in a header which one it is. */
async function addCustomers(platform: Platform): Promise<string[]> {
  const appIds: string[] = []
  for (let app = 0; app < APPLICATIONS; app++) {
    const { id: appId } = await platform.call('POST', '/app', { name: `customer ${app}` })
    appIds.push(appId)
    for (let n = 0; n < ENDPOINTS; n++) {
      const headers = { 'x-endpoint': `${app}/${n}` }
      const { url } = platform.receiver
      await platform.call('POST', `/app/${appId}/endpoint`, { url, headers })
    }
  }
  return appIds
}

async function publishToAll(platform: Platform, appIds: readonly string[]): Promise<void> {
  for (const appId of appIds)
    for (let n = 0; n < MESSAGES; n++)
      await platform.call('POST', `/app/${appId}/msg`, { eventType: 'out.age', payload: { n } })
}

const countFailed = ({ db }: Platform) =>
  db.prisma.delivery.count({ where: { status: 'failed', trigger: 'scheduled' } })

/** Which endpoint was sent which message, of what came to the receiver from a place in its ledger on. */
function ledger({ receiver }: Platform, from: number): Set<string> {
  const sent = receiver.requests.slice(from)
  return new Set(sent.map(({ headers, messageId }) => `${headers['x-endpoint']} ${messageId}`))
}

describe.each(BACKENDS)('a recover over 200 endpoints, on %s', (backend) => {
  it(
    'survives a kill -9 of the worker: every message arrives at every endpoint, and the task counts them',
    { timeout: TIMEOUT_MS },
    async () => {
      await using platform = await startPlatform(backend, ['api', 'worker'], {
        env: { POSTHORN_RETRY_SCHEDULE: '0.1', POSTHORN_BREAKER_AFTER: '0' },
      })
      const { receiver, processes, db } = platform
      const appIds = await addCustomers(platform)
      receiver.replies(500)
      await publishToAll(platform, appIds)
      const allFailed = async () => (await countFailed(platform)) === MISSED
      await waitFor('every delivery failed', allFailed, 90_000)
      await waitFor('no lease is left', () => isSettled(platform), 30_000)
      const missed = ledger(platform, 0)
      expect(missed.size).toBe(MISSED)

      receiver.replies(200)
      const mendedAt = receiver.requests.length
      const since = new Date(Date.now() - 3_600_000)
      const asked = { host: '127.0.0.1', since, perSecond: 20 }
      const { id } = await platform.call('POST', '/support/recover', asked)
      const task = () => db.prisma.backgroundTask.findUniqueOrThrow({ where: { id } })
      await waitFor('a part of it', async () => (await task()).done > 0, 60_000)
      await processes.kill('worker')
      const killed = await task()
      expect(killed.done).toBeGreaterThan(0)
      expect(killed.done).toBeLessThan(MISSED)
      expect(killed.status).toBe('running')

      await processes.start('worker')
      await waitFor('the task', async () => (await task()).status !== 'running', 90_000)
      await waitFor('every delivery settled', () => isSettled(platform), 90_000)
      expect(ledger(platform, mendedAt)).toEqual(missed)
      expect(await task()).toMatchObject({ status: 'finished', done: MISSED, skipped: 0 })
      const manual = { trigger: 'manual', taskId: id } as const
      expect(await db.prisma.delivery.count({ where: manual })).toBe(MISSED)
      const delivered = { ...manual, status: 'delivered' } as const
      expect(await db.prisma.delivery.count({ where: delivered })).toBe(MISSED)
    },
  )
})
