import { describeSentRequest, getAttempt } from '@posthorn/core'
import { startReceiver } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

describe('the request that an attempt tells of', () => {
  it('is the one that the receiver got, but for the signature', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish('{"name":"ä"}')
    await pipeline.untilStatus(id, 'delivered')
    const { rows } = await pipeline.db.hot.query<{ id: string }>(
      'SELECT id FROM attempt WHERE message_id = $1',
      [id],
    )
    const ref = { message: id, attemptId: rows[0]?.id ?? '' }
    const attempt = await getAttempt(pipeline.core, pipeline.scope, ref)
    const deliverySettings = { signatureHeaders: 'both' } as const
    const ctx = { ...pipeline.core, deliverySettings }
    const told = await describeSentRequest(ctx, pipeline.scope, attempt)
    const [got] = receiver.of(id)
    expect(told?.bodyBytes).toBe(Buffer.byteLength('{"name":"ä"}'))
    for (const [name, value] of told?.headers ?? []) {
      if (!name.endsWith('-signature')) expect([name, got?.headers[name]]).toEqual([name, value])
      else expect(got?.headers[name]).toMatch(/^v1,/)
    }
    expect(told?.headers.map(([name]) => name)).toContain('webhook-timestamp')
  })
})
