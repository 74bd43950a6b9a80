import {
  createAlertRule,
  evaluateAlerts,
  getAlertRule,
  updateAlertRule,
} from '@posthorn/core/alert'
import { type AlertCondition, measureAlert } from '@posthorn/db/alert'
import { newId } from '@posthorn/runtime'
import {
  seedApplication,
  seedDeliveries,
  seedEndpoint,
  type SeededApplication,
  seedMessages,
} from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

const HOUR = 3_600

/** A database at rest, one organisation with an application and another beside it. */
async function setup() {
  await using stack = new AsyncDisposableStack()
  const pipeline = stack.use(await startPipeline())
  await pipeline.stopWorker()
  const { hot, prisma } = pipeline.db
  const resources = stack.move()
  return {
    hot,
    core: pipeline.core,
    own: await seedApplication(hot),
    other: await seedApplication(hot),
    measure: (app: SeededApplication, condition: AlertCondition, windowSeconds = HOUR) =>
      measureAlert(prisma, { orgId: app.orgId, condition, windowSeconds }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

describe('measureAlert', { timeout: 120_000 }, () => {
  it('counts what is due and nobody is at, and tells how long the oldest waits', async () => {
    await using at = await setup()
    expect(await at.measure(at.own, 'lag')).toEqual({ value: 0, endpoints: [] })
    expect((await at.measure(at.own, 'oldest_due')).value).toBe(0)
    const endpointId = await seedEndpoint(at.hot, at.own)
    const ids = await seedMessages(at.hot, at.own, [{}, {}, {}])
    const inSeconds = [-HOUR, -60, HOUR]
    await seedDeliveries(
      at.hot,
      at.own,
      ids.map((messageId, index) => ({
        messageId,
        endpointId,
        status: 'pending',
        nextAttemptAt: new Date(Date.now() + (inSeconds[index] ?? 0) * 1000),
      })),
    )
    expect((await at.measure(at.own, 'lag')).value).toBe(2)
    const { value } = await at.measure(at.own, 'oldest_due')
    expect(value).toBeGreaterThanOrEqual(HOUR - 1)
    expect(value).toBeLessThan(2 * HOUR)
  })

  it('sums the attempts of the window, and judges no rate by a handful', async () => {
    await using at = await setup()
    const add = (
      app: SeededApplication,
      span: 'minute' | 'hour',
      [ago, ...counts]: readonly [string, ...number[]],
    ) =>
      at.hot.query(
        `INSERT INTO traffic_${span} (app_id, kind, key, starts_at, success, fail, exhausted, latency)
         VALUES ($1, 'application', '', now() - $2::interval, $3, $4, $5, '{}')`,
        [app.appId, ago, ...counts],
      )
    await add(at.own, 'minute', ['1 minute', 10, 9, 2])
    expect((await at.measure(at.own, 'success_rate')).value).toBeNull()
    await add(at.own, 'minute', ['2 minutes', 20, 1, 1])
    await add(at.own, 'minute', ['2 hours', 0, 1_000, 1_000])
    await add(at.other, 'minute', ['1 minute', 0, 1_000, 1_000])
    expect((await at.measure(at.own, 'success_rate')).value).toBe(75)
    expect((await at.measure(at.own, 'message_exhausted')).value).toBe(3)
    await add(at.own, 'hour', ['5 hours', 99, 1, 1])
    expect((await at.measure(at.own, 'success_rate', 6 * HOUR)).value).toBe(99)
    expect((await at.measure(at.own, 'success_rate', 3 * HOUR)).value).toBeNull()
  })

  it('counts endpoints that failed for the whole window, and names five', async () => {
    await using at = await setup()
    const fail = async (app: SeededApplication, ago: string, failures: number) => {
      const id = await seedEndpoint(at.hot, app, { url: 'https://hooks.example.com/x' })
      await at.hot.query(
        `UPDATE endpoint_state SET failing_since = now() - $2::interval, failure_count = $3 WHERE endpoint_id = $1`,
        [id, ago, failures],
      )
      return id
    }
    const first = await fail(at.own, '3 hours', 5)
    for (let n = 0; n < 6; n++) await fail(at.own, '2 hours', 9)
    await fail(at.own, '2 hours', 4)
    await fail(at.own, '10 minutes', 9)
    await fail(at.other, '2 hours', 9)
    const { value, endpoints } = await at.measure(at.own, 'endpoint_failing')
    expect(value).toBe(7)
    expect(endpoints).toHaveLength(5)
    expect(endpoints[0]).toEqual({
      id: first,
      appId: at.own.appId,
      appName: 'seeded',
      host: 'hooks.example.com',
    })
  })

  it('counts endpoints that failure or their receiver disabled, not those of a hand', async () => {
    await using at = await setup()
    const disable = async (app: SeededApplication, by: string, ago = '1 minute') => {
      const id = await seedEndpoint(at.hot, app, { disabled: true })
      await at.hot.query(
        'UPDATE endpoint SET disabled_by = $2, disabled_at = now() - $3::interval WHERE id = $1',
        [id, by, ago],
      )
    }
    for (const by of ['automatic', 'receiver', 'staff', 'customer']) await disable(at.own, by)
    await disable(at.own, 'automatic', '2 hours')
    await disable(at.other, 'automatic')
    const { value, endpoints } = await at.measure(at.own, 'endpoint_disabled')
    expect([value, endpoints.length]).toEqual([2, 2])
  })

  it('counts what came into quarantine within the window', async () => {
    await using at = await setup()
    const quarantine = async (app: SeededApplication, agos: readonly string[]) => {
      const sourceId = newId('src_', Date.now())
      await at.hot.query(
        `INSERT INTO source (id, org_id, app_id, name, type, config, secrets)
         VALUES ($1, $2, $3, 's', 'github', '', '')`,
        [sourceId, app.orgId, app.appId],
      )
      for (const ago of agos)
        await at.hot.query(
          `INSERT INTO quarantined_request
             (source_id, id, reason, detail, method, path, address, request, body, received_at)
           VALUES ($1, $2, 'signature', '', 'POST', '/', '', '', '', now() - $3::interval)`,
          [sourceId, newId('srcreq_', Date.now()), ago],
        )
    }
    await quarantine(at.own, ['1 minute', '10 minutes', '2 hours'])
    await quarantine(at.other, ['1 minute'])
    expect((await at.measure(at.own, 'quarantine_growth')).value).toBe(2)
  })
})

describe('evaluateAlerts', { timeout: 120_000 }, () => {
  it('sums rollups once a minute for a window of an hour, and at once after a change', async () => {
    await using at = await setup()
    const scope = { ...at.own, actor: { kind: 'system', reason: 'test' } } as const
    const ctx = { ...at.core, canMail: false }
    const { rule } = await createAlertRule(ctx, scope, {
      name: 'Success',
      condition: 'success_rate',
      threshold: 95,
      windowSeconds: HOUR,
      reminderSeconds: null,
      target: { kind: 'slack', url: 'http://127.0.0.1:9/hook' },
    })
    const looked = async (afterSeconds: number) => {
      const clock = { nowMs: () => rule.createdAt.getTime() + afterSeconds * 1000 }
      await evaluateAlerts({ ...at.core, clock })
      return (await getAlertRule(ctx, scope, rule.id)).rule.observedAt
    }
    const first = await looked(1)
    expect(first).not.toBeNull()
    expect(await looked(60)).toEqual(first)
    expect(await looked(61)).not.toEqual(first)
    await updateAlertRule(ctx, scope, { id: rule.id, threshold: 99 })
    expect(await looked(62)).toEqual(new Date(rule.createdAt.getTime() + 62_000))
  })
})
