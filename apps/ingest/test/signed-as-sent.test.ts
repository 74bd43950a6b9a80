import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const SECRET = 'a-secret-of-the-app'
const MINUTE_MS = 60_000

it('HubSpot’s v3 holds over the public URL behind a proxy, with the escapes that it undoes; 6 minutes old it is 401', async () => {
  const env = { POSTHORN_INGEST_URL: 'https://hooks.example.com/events' }
  await using ingest = await startTestIngest({ env })
  const source = await ingest.source({ type: 'hubspot', secrets: [SECRET] })
  const body = '[{"eventId":1,"subscriptionId":2,"subscriptionType":"contact.creation"}]'
  const send = async (agoMs: number) => {
    const timestamp = `${Date.now() - agoMs}`
    const url = `https://hooks.example.com/events/in/${source.token}?to=https://a.example/b&by=ann@a.example&of=O'Neill&also=%20%26`
    const signature = createHmac('sha256', SECRET)
      .update(`POST${url}${body}${timestamp}`)
      .digest('base64')
    const headers = {
      'x-hubspot-request-timestamp': timestamp,
      'x-hubspot-signature-v3': signature,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'elsewhere.example',
    }
    const query = '?to=https%3A%2F%2Fa.example%2Fb&by=ann%40a.example&of=O%27Neill&also=%20%26'
    return (await source.send(body, headers, query)).status
  }
  expect(await send(6 * MINUTE_MS)).toBe(401)
  expect(await send(4 * MINUTE_MS)).toBe(200)
  expect(await source.messages()).toMatchObject([{ eventType: 'hubspot.contact.creation' }])
})

it('Meta’s signature holds over the bytes as they came: escaped and plain characters, and escaped slashes', async () => {
  await using ingest = await startTestIngest()
  const config = { verifyToken: 'a-token' }
  const source = await ingest.source({ type: 'meta', secrets: [SECRET], config })
  const body = String.raw`{"object":"page","entry":[{"id":"1","text":"\u00e4 ä a@b.example https:\/\/a.example\/"}]}`
  const signature = createHmac('sha256', SECRET).update(body).digest('hex')
  const sent = await source.send(body, { 'x-hub-signature-256': `sha256=${signature}` })
  expect(sent.status).toBe(200)
  expect(await source.messages()).toMatchObject([{ payload: body, payloadForm: null }])
})
