import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { countArrivals, type Platform, startPlatform } from './kill-setup.ts'

/** Publishes what is answered 410, and kills the worker between its record and the end of the endpoint. */
async function killBeforeDisabling(platform: Platform): Promise<void> {
  const client = await platform.db.hot.connect()
  await client.query('BEGIN')
  await client.query('SELECT FROM endpoint FOR UPDATE')
  const { id } = await platform.publish(1, 'gone')
  await waitFor('its record', async () => {
    const sql = `SELECT FROM attempt WHERE message_id = $1 AND code = 'http_410'`
    return (await platform.db.hot.query(sql, [id])).rowCount === 1
  })
  await platform.processes.kill('worker')
  await client.query('ROLLBACK')
  client.release()
}

describe('a worker that is killed after it recorded a 410 and before it disabled the endpoint', () => {
  it('leaves that to the next one, which does it once, in force everywhere, and tells of it once', async () => {
    await using operator = await startReceiver()
    await using platform = await startPlatform('postgres', ['api', 'worker'])
    const { db, processes, receiver } = platform
    await platform.call('POST', '/operational-webhook/endpoint', { url: operator.url })
    const endpoint = () => db.prisma.endpoint.findFirst({ where: { url: receiver.url } })
    receiver.replies(410)
    await killBeforeDisabling(platform)
    expect(await endpoint()).toMatchObject({ disabled: false })
    await processes.start('worker')
    await waitFor('its end', async () => (await endpoint())?.disabledBy === 'receiver')
    await waitFor('the news', () => operator.requests.length > 0)
    const { id: later } = await platform.publish(2, 'later')
    expect(await db.prisma.delivery.count({ where: { messageId: later } })).toBe(0)
    // Nothing is left that asks for it.
    expect(await db.prisma.askedDisabling.count()).toBe(0)
    const audited = await db.prisma.auditRecord.count({ where: { action: 'endpoint.disable' } })
    expect(audited).toBe(1)
    const types = operator.requests.map(({ body }) => JSON.parse(body.toString('utf8')).type)
    expect(types).toEqual(['endpoint.disabled'])
    expect([...countArrivals(receiver).values()]).toEqual([1])
  })
})
