import { createHmac } from 'node:crypto'
import { getOriginalBody } from '@posthorn/core/ingest'
import { describe, expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const SECRET = 'a-secret'

describe('a request without a body', () => {
  it('is a message of what its query says; what came stays empty', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source()
    expect((await fetch(`${source.url}/orders?a=1&b=x+%C3%A4&a=2&__proto__=p`)).status).toBe(200)
    const [message] = await source.messages()
    expect(message).toMatchObject({
      payload: '{"a":["1","2"],"b":"x ä","__proto__":"p"}',
      payloadForm: null,
    })
    const [request] = await source.requests()
    const asked = { source: source.id, id: request?.id ?? '' }
    expect((await getOriginalBody(ingest.core, ingest.scope, asked)).bytes).toHaveLength(0)
  })

  it('is another than one with another query, and the same when it comes again', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source({ type: 'openclaw', secrets: [SECRET] })
    const headers = { authorization: `Bearer ${SECRET}` }
    for (const query of ['?a=1', '?a=2', '?a=1'])
      expect((await fetch(source.url + query, { headers })).status).toBe(200)
    const payloads = (await source.messages()).map(({ payload }) => payload)
    expect(payloads).toEqual(['{"a":"1"}', '{"a":"2"}'])
  })

  it('by Twilio’s GET, which signs the URL, is one message with its parameters', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source({ type: 'twilio', secrets: [SECRET] })
    const call = async (query: string, signed = query) => {
      const signature = createHmac('sha1', SECRET).update(source.url + signed)
      const headers = { 'x-twilio-signature': signature.digest('base64') }
      return (await fetch(source.url + query, { headers })).status
    }
    expect(await call('?CallSid=CA1&CallStatus=ringing')).toBe(200)
    expect(await call('?CallSid=CA1&CallStatus=completed')).toBe(200)
    expect(await call('?CallSid=CA2', '?CallSid=CA1')).toBe(401)
    const payloads = (await source.messages()).map(({ payload }) => payload)
    expect(payloads).toEqual([
      '{"CallSid":"CA1","CallStatus":"ringing"}',
      '{"CallSid":"CA1","CallStatus":"completed"}',
    ])
  })

  it('has nothing of a query that isn’t covered by the signature over the empty body', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source({ type: 'sentry', secrets: [SECRET] })
    const signature = createHmac('sha256', SECRET).update('').digest('hex')
    const headers = { 'sentry-hook-signature': signature, 'request-id': 'r-1' }
    const { status } = await fetch(`${source.url}?a=1`, { method: 'POST', headers })
    expect(status).toBe(200)
    expect((await source.messages()).map(({ payload }) => payload)).toEqual([''])
  })

  it('doesn’t tell the secret that stands in its query', async () => {
    await using ingest = await startTestIngest()
    const config = { verification: 'query', query: 'key' }
    const source = await ingest.source({ type: 'generic', secrets: [SECRET], config })
    expect((await fetch(`${source.url}?key=${SECRET}`)).status).toBe(200)
    expect((await fetch(`${source.url}?key=${SECRET}&a=1`)).status).toBe(200)
    const payloads = (await source.messages()).map(({ payload }) => payload)
    expect(payloads).toEqual(['', '{"a":"1"}'])
  })
})
