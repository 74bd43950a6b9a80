import { type PostgresRelay, startPostgresRelay, startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { killConnections } from './kill-connections.ts'
import { ARRANGEMENTS, startPipeline } from './pipeline.ts'

describe.each(ARRANGEMENTS)('every connection killed under way, %s', (arrangement) => {
  it('loses nothing that was accepted, and sends nothing twice but what was in flight', async () => {
    await using pipeline = await startPipeline({
      arrangement,
      env: { POSTHORN_REQUEST_TIMEOUT: '1' },
    })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const accepted: string[] = []
    for (let round = 0; round < 6; round++) {
      const batch = Promise.allSettled(Array.from({ length: 40 }, () => pipeline.publish()))
      await killConnections(pipeline).catch(() => undefined)
      for (const result of await batch)
        if (result.status === 'fulfilled') accepted.push(result.value)
    }
    await waitFor(
      'everything accepted',
      async () => (await pipeline.tally())['pending'] === undefined,
      25_000,
    )
    const arrived = new Set(receiver.requests.map((request) => request.messageId))
    expect(accepted.filter((id) => !arrived.has(id))).toEqual([])
    expect(accepted.length).toBeGreaterThan(0)
    const after = await pipeline.publish()
    await waitFor('an ordinary publish', () => receiver.of(after).length === 1)
  })
})

describe('a connection lost between two statements', () => {
  it('fails the next one, and leaves the process alive', async () => {
    await using pipeline = await startPipeline({ arrangement: 'together' })
    const client = await pipeline.db.hot.connect()
    const lost = new Promise((resolve) => client.once('end', resolve))
    await client.query('BEGIN')
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    await pipeline.db.hot.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
    await lost
    await expect(client.query('COMMIT')).rejects.toThrow(/onnection/)
    client.release(true)
  })
})

describe('a record whose commit is not answered', () => {
  it('counts once, and costs one extra request at most', async () => {
    await using stack = new AsyncDisposableStack()
    const relays: PostgresRelay[] = []
    const reach = async (url: string): Promise<string> => {
      const relay = stack.use(await startPostgresRelay(url))
      relays.push(relay)
      return relay.url
    }
    await using pipeline = await startPipeline({ arrangement: 'postgres', reach })
    await using receiver = await startReceiver()
    receiver.replies({ status: 200, body: 'the-answer-is-lost' })
    await pipeline.addEndpoint(receiver.url)
    const lost = relays[0]?.loseAnswerTo('the-answer-is-lost')
    const id = await pipeline.publish()
    await lost
    await pipeline.untilStatus(id, 'delivered')
    expect(await pipeline.attemptsOf(id)).toHaveLength(1)
    expect(receiver.of(id).length).toBeLessThanOrEqual(2)
    const after = await pipeline.publish()
    await pipeline.untilStatus(after, 'delivered')
  })
})
