import { inTransaction, preferIndexes } from '@posthorn/db'
import { filterPreviewSql } from '@posthorn/db/endpoint-care'
import { seedMessages } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { sendAs } from './api-setup.ts'
import { setupReading } from './reading-setup.ts'

const HOUR_MS = 3_600_000
const TYPES = ['invoice.paid', 'invoice.voided', 'user.created']

async function setupPreview() {
  const bench = await setupReading()
  const send = sendAs(bench.url, bench.token)
  const path = `/app/${bench.app.appId}/endpoint/preview-filter`
  const preview = async (body: object) => (await send('POST', path, { body })).body
  return { ...bench, send, path, preview }
}

describe('what a filter would have let through', () => {
  it.each([
    [{}],
    [{ eventTypes: null, channels: [] }],
    [{ eventTypes: ['invoice.paid'] }],
    [{ eventTypes: TYPES, channels: ['eu', 'us'] }],
    [{ channels: ['asia'] }],
  ])('with %j is what an endpoint with it is sent', async (filter) => {
    const bench = await setupPreview()
    for (const name of TYPES)
      await bench.send('POST', '/event-type', { body: { name, description: '' } })
    const app = `/app/${bench.app.appId}`
    const endpoint = { url: 'https://hooks.example.com/a', ...filter }
    expect((await bench.send('POST', `${app}/endpoint`, { body: endpoint })).status).toBe(201)
    let sent = 0
    for (const [eventType, channels] of [
      ['invoice.paid', []],
      ['invoice.paid', ['eu']],
      ['invoice.voided', ['us', 'asia']],
      ['user.created', ['africa']],
    ] as const) {
      const message = { eventType, channels: [...channels], payload: {} }
      const { body } = await bench.send('POST', `${app}/msg`, { body: message })
      if (body.unmatched === null) sent++
    }
    const preview = await bench.preview(filter)
    expect(preview).toMatchObject({ messages: 4, matched: sent, capped: false })
  })

  it('counts the last 24 hours of its application alone, and says so when there was more than it looks at', async () => {
    const bench = await setupPreview()
    const foreign = await setupReading()
    const now = Date.now()
    await seedMessages(foreign.pool, foreign.app, [{ atMs: now }])
    await seedMessages(bench.pool, bench.app, [
      { atMs: now - 25 * HOUR_MS },
      { atMs: now - 23 * HOUR_MS },
    ])
    const { since, ...few } = await bench.preview({ eventTypes: ['invoice.paid'] })
    expect(few).toEqual({ messages: 1, matched: 1, capped: false })
    expect(Math.abs(now - 24 * HOUR_MS - Date.parse(since))).toBeLessThan(60_000)
    const seeds = Array.from({ length: 10_000 }, (_, n) => ({ atMs: now - 1_000 - n * 100 }))
    await seedMessages(bench.pool, bench.app, seeds)
    const many = await bench.preview({ eventTypes: ['user.created'] })
    expect(many).toMatchObject({ messages: 10_000, matched: 0, capped: true })
    expect(now - Date.parse(many.since)).toBeLessThan(HOUR_MS)
  })

  it('costs a walk of an index from its newest end, however many messages there are', async () => {
    const bench = await setupPreview()
    const seeds = Array.from({ length: 2_000 }, (_, n) => ({ atMs: Date.now() - n * 1_000 }))
    await seedMessages(bench.pool, bench.app, seeds)
    const filter = { eventTypes: ['invoice.paid'], channels: ['eu'] }
    const { text, values } = filterPreviewSql(bench.app, { filter, after: 'msg_', atMost: 500 })
    const lines = await inTransaction(bench.db, async (tx) => {
      await preferIndexes(tx)
      return tx.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${text}`, ...values)
    })
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n')
    expect(plan).toContain('Index Scan Backward')
    expect(plan).not.toMatch(/\bSort\b(?! Key)|Bitmap|Seq Scan/)
  })
})

describe('whoever asks', () => {
  it('needs a token of the application that may manage endpoints', async () => {
    const { app, url, token, path, send } = await setupPreview()
    const foreign = await setupReading()
    const portal = async (capabilities: string[]) => {
      const access = `/auth/app-portal-access/${app.appId}`
      return (await send('POST', access, { body: { capabilities } })).body.token
    }
    const asked = async (bearer: string) =>
      (await sendAs(url, bearer)('POST', path, { body: {} })).status
    expect(await asked('')).toBe(401)
    expect(await asked(foreign.token)).toBe(404)
    expect(await asked(await portal(['ViewBase']))).toBe(403)
    expect(await asked(await portal(['ViewBase', 'ManageEndpoint']))).toBe(200)
    expect(await asked(token)).toBe(200)
  })

  it('is told which name can’t be one', async () => {
    const { send, path } = await setupPreview()
    const { status, body } = await send('POST', path, { body: { channels: ['a b'] } })
    expect(status).toBe(422)
    expect(body.detail[0].loc).toEqual(['body', 'channels', '[0]'])
  })
})
