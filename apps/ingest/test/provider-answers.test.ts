import { readdirSync, readFileSync } from 'node:fs'
import { DEFAULT_OPTIONS } from '@posthorn/core'
import { describe, expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const UNVERIFIED = { ...DEFAULT_OPTIONS, noVerification: true }
const TEXT = 'text/plain; charset=utf-8'
const JSON_TYPE = 'application/json'
const ITEM = { pspReference: 'p-1', eventCode: 'AUTHORISATION', success: 'true' }
const PING = { webhook: { id: 'w-1' }, timestamp: '2026-11-26T12:00:00.000Z' }
const EVENT = JSON.stringify({
  id: '1',
  ...PING,
  notificationItems: [{ NotificationRequestItem: ITEM }],
})
const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'

describe('an accepted request, and its repetition, are answered as', () => {
  it.each([
    ['adyen-payments', { status: 200, text: '[accepted]', type: TEXT }],
    ['dropbox-sign', { status: 200, text: 'Hello API Event Received', type: TEXT }],
    ['adobe-sign', { status: 200, text: '{}', type: JSON_TYPE }],
    ['airtable', { status: 200, text: '', type: null }],
    ['microsoft-graph', { status: 202, text: '', type: null }],
    ['azure-event-grid', { status: 200, text: '{}', type: JSON_TYPE }],
    ['twilio', { status: 200, text: TWIML, type: 'text/xml; charset=utf-8' }],
    ['fitbit', { status: 204, text: '', type: null }],
    ['stripe', { status: 200, text: '{"success":true}', type: JSON_TYPE }],
  ])('%s wants it', async (type, answer) => {
    await using ingest = await startTestIngest()
    const source = await ingest.source({ type, secrets: ['a-secret'], options: UNVERIFIED })
    const clientId = { 'x-adobesign-clientid': 'a client of ours' }
    const echoed = type === 'adobe-sign' ? 'a client of ours' : null
    for (let n = 0; n < 2; n++) {
      const { status, text, headers } = await source.send(EVENT, clientId)
      expect({ status, text, type: headers.get('content-type') }).toEqual(answer)
      expect(headers.get('x-adobesign-clientid')).toBe(echoed)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
    expect(await source.messages()).toHaveLength(1)
  })
})

const VECTORS = new URL('../../../packages/providers/test/vectors/', import.meta.url)

interface Vector {
  readonly type: string
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly config: Record<string, string>
  readonly secrets: string[]
  readonly signature?: string
  readonly timestamp?: string
  readonly fetched?: Record<string, string>
  readonly trustedRoots?: string[]
}

/** They have URLs of their own. */
const ELSEWHERE = new Set(['losant', 'locoia'])

const vectors = readdirSync(VECTORS)
  .flatMap((name): Vector[] => JSON.parse(readFileSync(new URL(name, VECTORS), 'utf8')))
  .filter(({ type }) => !ELSEWHERE.has(type))

/** What they sign has the URL or the time in it. */
const ELSEWHERE_OR_THEN =
  /^(?:plivo|hubspot|vonage|plaid|pubsub|fusionauth|livekit|mandrill|trello|twilio|messagebird|square)$/

function holdsHere({ type, timestamp }: Vector): boolean {
  return timestamp === undefined && !ELSEWHERE_OR_THEN.test(type)
}

const AT_ONCE = 6

/** What some ask for to be set up, whoever sends. */
const NEEDED = { verifyToken: 'a-token' }

type Sent = Pick<Vector, 'method' | 'url' | 'headers' | 'body'>

/** As the provider would send it, but for one character of what proves it. */
function forged({ signature = '', ...vector }: Vector): Sent {
  const at = Math.max(signature.search(/[0-9a-z]/i), 0)
  const other = signature[at] === '1' ? '2' : '1'
  const wrong = signature.slice(0, at) + other + signature.slice(at + 1)
  const replace = (text: string): string => text.replaceAll(signature, wrong)
  const headers = Object.entries(vector.headers).map(([name, value]) => [name, replace(value)])
  return {
    method: vector.method,
    url: replace(vector.url),
    headers: Object.fromEntries(headers),
    body: replace(vector.body),
  }
}

async function statusOf(at: string, { method, url, headers, body }: Sent): Promise<number> {
  const bytes = new Uint8Array(Buffer.from(body))
  const init = { method, headers, ...(method === 'POST' && { body: bytes }) }
  return (await fetch(at + new URL(url).search, init)).status
}

describe('a request that proves nothing', () => {
  it('is refused as its provider wants it: 401, of Alexa 400; the same with its own proof is taken', async () => {
    const keys = new Map(vectors.flatMap(({ fetched = {} }) => Object.entries(fetched)))
    const fetchKey = async ({ url }: { readonly url: string }) =>
      keys.get(url) ?? Promise.reject(new Error('not there'))
    const trustedRoots = vectors.flatMap((vector) => vector.trustedRoots ?? [])
    await using ingest = await startTestIngest({ fetchKey, trustedRoots })
    const { appId: application } = await ingest.source()
    const answers: unknown[] = []
    const judge = async (vector: Vector) => {
      const { type, secrets } = vector
      const config = { ...NEEDED, ...vector.config }
      const source = await ingest.source({ type, config, secrets, application })
      const wrong = await statusOf(source.url, forged(vector))
      const right = holdsHere(vector) ? await statusOf(source.url, vector) : 200
      return [type, wrong, right < 300]
    }
    for (let at = 0; at < vectors.length; at += AT_ONCE)
      answers.push(...(await Promise.all(vectors.slice(at, at + AT_ONCE).map(judge))))
    expect(answers).toEqual(vectors.map(({ type }) => [type, type === 'alexa' ? 400 : 401, true]))
    expect(vectors.filter(holdsHere).length).toBeGreaterThan(100)
  })

  it('is told that a password is wanted, where one is: some send it only then', async () => {
    await using ingest = await startTestIngest()
    const config = { username: 'ann' }
    const basic = { config: { ...config, verification: 'basic' }, secrets: ['secret'] }
    const generic = await ingest.source({ type: 'generic', ...basic })
    const postmark = await ingest.source({ type: 'postmark', config, secrets: ['secret'] })
    const wrong = { authorization: `Basic ${Buffer.from('ann:wrong').toString('base64')}` }
    const right = { authorization: `Basic ${Buffer.from('ann:secret').toString('base64')}` }
    for (const source of [generic, postmark]) {
      for (const headers of [{}, wrong]) {
        const { status, headers: told } = await source.send('{}', headers)
        expect([status, told.get('www-authenticate')]).toEqual([401, 'Basic realm="webhook"'])
      }
      expect((await source.send('{}', right)).status).toBe(200)
    }
    const signed = await ingest.source({ type: 'github', secrets: ['secret'] })
    expect((await signed.send('{}', right)).headers.get('www-authenticate')).toBeNull()
  })
})
