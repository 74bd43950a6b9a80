import { describe, expect, it } from 'vitest'
import { type ApiAnswer, sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

const AMOUNT = { type: 'object', required: ['amount'] }
const TOTAL = { type: 'object', required: ['total'] }

function times<T>(count: number, act: (n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => act(n)))
}

function statusCounts(answers: readonly ApiAnswer[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

describe('requests for one event type at the same time', () => {
  it('create it once', async () => {
    const { send } = await setupApi()
    const body = { name: 'a', description: '' }
    const answers = await times(20, () => send('POST', '/event-type', { body }))
    expect(statusCounts(answers)).toEqual({ 201: 1, 409: 19 })
  })

  it('take it back into use once', async () => {
    const bench = await setupApi()
    const { send } = bench
    const body = { name: 'a', description: '' }
    await send('POST', '/event-type', { body })
    await send('DELETE', '/event-type/a')
    const answers = await times(20, () => send('POST', '/event-type', { body }))
    expect(statusCounts(answers)).toEqual({ 201: 1, 409: 19 })
    const updates = (await bench.auditActions()).filter((action) => action === 'event_type.update')
    expect(updates).toHaveLength(1)
  })

  it('find it or not while others delete it for good, and are never our fault', async () => {
    const { send } = await setupApi()
    const body = { description: 'x' }
    const rounds = await times(24, async (n) => {
      if (n % 3 === 0) return send('PUT', '/event-type/a', { body })
      if (n % 3 === 1) return send('PATCH', '/event-type/a', { body })
      return send('DELETE', '/event-type/a?expunge=true')
    })
    const puts = rounds.filter((_, n) => n % 3 === 0).map((answer) => answer.status)
    expect(puts.filter((status) => status !== 200 && status !== 201)).toEqual([])
    const others = rounds.filter((_, n) => n % 3 !== 0).map((answer) => answer.status)
    expect(others.filter((status) => ![200, 204, 404].includes(status))).toEqual([])
  })

  it('note in the audit record what was there before each of them', async () => {
    const { core, orgId, send } = await setupApi()
    await send('POST', '/event-type', { body: { name: 'a', description: 'first' } })
    await times(8, (n) => send('PATCH', '/event-type/a', { body: { description: `n${n}` } }))
    const rows = await core.db.prisma.auditRecord.findMany({
      where: { orgId, action: 'event_type.update' },
    })
    const before = rows.map((row) => JSON.parse(JSON.stringify(row.changes)).description.from)
    expect(new Set(before).size).toBe(8)
    expect(before).toContain('first')
  })
})

describe('a publish after a changed schema was answered', () => {
  it('is held to the new one by the process that answered, though no announcement came', async () => {
    const { databaseUrl, token } = await setupApi()
    // Listens where nothing is ever announced.
    const deaf = new URL(databaseUrl)
    deaf.pathname = '/postgres'
    const env = { DATABASE_DIRECT_URL: deaf.href }
    await using api = await startTestApi({ databaseUrl, env })
    const send = sendAs(api.url, token)
    await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const type = { name: 'a', description: '', schemaValidation: 'reject' }
    await send('POST', '/event-type', { body: { ...type, schemas: { 1: AMOUNT } } })
    const publish = async (payload: object) =>
      (await send('POST', '/app/one/msg', { body: { eventType: 'a', payload } })).status
    for (let round = 0; round < 5; round++) {
      const [schema, fits, breaks] =
        round % 2 === 0
          ? [AMOUNT, { amount: 1 }, { total: 1 }]
          : [TOTAL, { total: 1 }, { amount: 1 }]
      const key = { 'idempotency-key': `round-${round}` }
      const body = { ...type, schemas: { 1: schema } }
      if (round % 2 === 0) await send('PATCH', '/event-type/a', { body })
      else {
        await send('DELETE', '/event-type/a')
        await send('POST', '/event-type', { body, headers: key })
      }
      expect([await publish(breaks), await publish(fits)]).toEqual([422, 202])
    }
    await send('DELETE', '/event-type/a?expunge=true')
    expect(await publish({})).toBe(202)
  })
})
