import { RequestLog } from '@posthorn/core'
import type { NewSourceRequest, SourceOutcome } from '@posthorn/db'
import { newId, silentLogger } from '@posthorn/runtime'
import { startPostgresRelay, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { loadIngestConfig } from '../src/config.ts'
import { startIngest } from '../src/start-ingest.ts'
import { ingestEnv, startTestIngest } from './test-ingest.ts'

function record(sourceId: string, outcome: SourceOutcome, atMs: number): NewSourceRequest {
  return {
    sourceId,
    id: newId('srcreq_', atMs),
    outcome,
    reason: null,
    detail: null,
    messageId: null,
    eventType: null,
    method: 'POST',
    path: '/',
    address: '127.0.0.1',
    contentType: null,
    bodyBytes: 0,
    headers: '{}',
  }
}

describe('what was throttled', () => {
  it('is kept up to a budget of each source, which nothing else uses', async () => {
    await using ingest = await startTestIngest()
    const [source, other] = [await ingest.source(), await ingest.source()]
    await using log = new RequestLog(ingest.core.db)
    const nowMs = Math.floor(ingest.core.clock.nowMs())
    const add = (...[sourceId, outcome, atMs, count]: [string, SourceOutcome, number, number]) =>
      Promise.all(
        Array.from({ length: count }, () =>
          log.add({ record: record(sourceId, outcome, atMs), quarantined: null }),
        ),
      )
    await add(source.id, 'throttled', nowMs, 100)
    expect(await source.requests()).toHaveLength(20)
    await add(source.id, 'throttled', nowMs + 5_000, 100)
    expect(await source.requests()).toHaveLength(30)
    await add(source.id, 'refused', nowMs + 5_000, 40)
    expect(await source.requests()).toHaveLength(70)
    await add(other.id, 'throttled', nowMs + 5_000, 20)
    expect(await other.requests()).toHaveLength(20)
  })
})

describe('while the store is away', () => {
  it('a request that would be refused is 503, so that it comes again, and is recorded then', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source({ type: 'github', secrets: ['s'] })
    await using relay = await startPostgresRelay(ingest.databaseUrl)
    await using behind = await startIngest(loadIngestConfig(ingestEnv(relay.url)), {
      logger: silentLogger,
    })
    const send = async () =>
      (await fetch(`${behind.url}/in/${source.token}`, { method: 'POST', body: '{}' })).status
    expect(await send()).toBe(401)
    relay.set('down')
    expect(await send()).toBe(503)
    expect(await source.requests()).toHaveLength(1)
    relay.set('up')
    await waitFor('the store', async () => (await send()) === 401)
    expect((await source.requests()).length).toBeGreaterThan(1)
  })
})
