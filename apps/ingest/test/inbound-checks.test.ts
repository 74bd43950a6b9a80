import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { githubSignature } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupFlow } from './flow-setup.ts'
import { setupWebhook } from './losant-setup.ts'
import { startTestIngest } from './test-ingest.ts'

const SECRET = 'It is a secret'
const GITHUB = { type: 'github', secrets: [SECRET] } as const

interface AskedThere {
  readonly type: string
  readonly query?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly answer: readonly [status: number, text: string]
}

const NOT_VERIFIED = '{"code":"verification_failed","detail":"The request could not be verified."}'

/** Status of a request written byte by byte. */
async function rawStatus(url: string, headers: readonly Buffer[], body: string): Promise<number> {
  const { hostname, port, pathname } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  const lines = [
    Buffer.from(`POST ${pathname} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n`),
    Buffer.from(`content-type: application/json\r\ncontent-length: ${body.length}\r\n`),
    ...headers.flatMap((header) => [header, Buffer.from('\r\n')]),
    Buffer.from(`\r\n${body}`),
  ]
  socket.write(Buffer.concat(lines))
  return Number((await text(socket)).split(' ')[1])
}

const signatureOf = (value: string | Buffer) =>
  Buffer.concat([Buffer.from('x-hub-signature-256: '), Buffer.from(value)])

describe('a signature header', () => {
  it.each([
    ['with a byte that is no ASCII', [signatureOf(Buffer.from([0xe9]))]],
    ['of 64 characters, one of several bytes', [signatureOf(`sha256=${'a'.repeat(63)}é`)]],
    ['that is empty', [signatureOf('')]],
    ['of 10 kB', [signatureOf('a'.repeat(10_000))]],
    ['that is repeated', [signatureOf('sha256=aa'), signatureOf('sha256=bb')]],
  ])('%s is 401, and no message', async (_, headers) => {
    await using ingest = await startTestIngest()
    const source = await ingest.source(GITHUB)
    expect(await rawStatus(source.url, headers, '{}')).toBe(401)
    expect(await source.messages()).toEqual([])
  })
})

it('a body that is no text is taken as it came where its signature is right', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source(GITHUB)
  const body = Buffer.from([0xff, 0xfe])
  const headers = { 'x-hub-signature-256': githubSignature(SECRET, body), 'x-github-event': 'push' }
  expect((await source.send(body, headers)).status).toBe(200)
  const [message] = await source.messages()
  expect(message).toMatchObject({ payloadForm: 'base64', payload: body.toString('base64') })
})

it('a form that GitHub sends is one message of the type that the header names', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source(GITHUB)
  const body = `payload=${encodeURIComponent('{"ref":"main"}')}`
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-hub-signature-256': githubSignature(SECRET, body),
    'x-github-event': 'push',
    'x-github-delivery': 'd-1',
  }
  for (let round = 0; round < 2; round++)
    expect((await source.send(body, headers)).status).toBe(200)
  expect(await source.messages()).toMatchObject([{ eventType: 'github.push' }])
})

describe('what a provider asks while it is set up', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const discordKey = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
  const seconds = `${Math.floor(Date.now() / 1000)}`
  const PING = '{"type":1}'
  const pinged = (signed: string) => ({
    'x-signature-timestamp': seconds,
    'x-signature-ed25519': signBytes(null, Buffer.from(seconds + signed), privateKey).toString(
      'hex',
    ),
  })
  const CHALLENGE = '{"type":"url_verification","challenge":"c-1"}'
  const slack = createHmac('sha256', SECRET).update(`v0:${seconds}:${CHALLENGE}`).digest('hex')
  const hub = '?hub.mode=subscribe&hub.verify_token=token&hub.challenge=1158201444'

  const ASKED: readonly AskedThere[] = [
    {
      type: 'slack',
      body: CHALLENGE,
      headers: { 'x-slack-request-timestamp': seconds, 'x-slack-signature': `v0=${slack}` },
      answer: [200, '{"challenge":"c-1"}'],
    },
    { type: 'line', body: '{"events":[]}', answer: [200, ''] },
    { type: 'meta', query: hub, answer: [200, '1158201444'] },
    { type: 'dropbox', query: '?challenge=abc', answer: [200, 'abc'] },
    { type: 'discord', body: PING, headers: pinged(PING), answer: [200, PING] },
    { type: 'discord', body: PING, headers: pinged('{}'), answer: [401, NOT_VERIFIED] },
  ]
  const sourceOf = (type: string) =>
    ({
      type,
      secrets: [type === 'discord' ? discordKey : SECRET],
      config: { verifyToken: 'token' },
    }) as const

  it('by Slack, LINE, Meta, Dropbox and Discord is answered as they want, and no message', async () => {
    await using ingest = await startTestIngest()
    for (const { type, query = '', body, headers = {}, answer } of ASKED) {
      const source = await ingest.source(sourceOf(type))
      const response = await fetch(`${source.url}${query}`, {
        headers: { 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { method: 'POST', body }),
      })
      expect([type, response.status, await response.text()]).toEqual([type, ...answer])
      expect(await source.messages()).toEqual([])
    }
  })

  it('lets no ordinary event in without a signature: 401, and no message', async () => {
    await using ingest = await startTestIngest()
    for (const type of ['slack', 'line', 'meta', 'dropbox', 'discord']) {
      const source = await ingest.source(sourceOf(type))
      const { status } = await source.send('{"events":[{"type":"message"}]}')
      expect([type, status, await source.messages()]).toEqual([type, 401, []])
    }
  })
})

const BODIES = ['[{"a":1}]', '{}', '[]', '0', 'false', 'null', '"x"'] as const

describe('bodies that are mistaken for malformed ones', () => {
  it('are kept as they are by a source, also without a content type, and an empty one', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source()
    for (const body of [...BODIES, ''])
      for (const type of ['application/json', null]) {
        const answer = await fetch(source.url, {
          method: 'POST',
          headers: type === null ? {} : { 'content-type': type },
          body: Buffer.from(body),
        })
        expect([body, type, answer.status]).toEqual([body, type, 200])
      }
    const messages = await source.messages()
    const kept: unknown[] = messages.map(({ payload }) => payload)
    expect(kept).toEqual([...BODIES, ''].flatMap((body) => [body, body]))
  })

  it('trigger a Losant webhook with their value, or as text where no type is given', async () => {
    await using webhook = await setupWebhook()
    expect((await webhook.call()).status).toBe(200)
    for (const body of BODIES) {
      const json = { 'content-type': 'application/json' }
      expect((await webhook.call({ headers: json, body })).status).toBe(200)
      expect((await webhook.call({ body: Buffer.from(body) })).status).toBe(200)
    }
    const bodies = (await webhook.messages()).map(({ payload }) => JSON.parse(payload ?? '').body)
    const expected: unknown[] = BODIES.flatMap((body) => [JSON.parse(body), body])
    expect(bodies).toEqual([null, ...expected])
  })

  it('run a flow with their value', async () => {
    await using flow = await setupFlow()
    for (const body of BODIES) expect((await flow.call({ body })).status).toBe(200)
    for (const body of [...BODIES, ''])
      expect((await flow.call({ body: Buffer.from(body) })).status).toBe(200)
    const inputs = (await flow.messages()).map(({ payload }) => JSON.parse(payload ?? '').web1)
    const expected = BODIES.map((body) => (body === '{}' ? {} : { body: JSON.parse(body) }))
    expect(inputs).toEqual([...expected, ...expected, {}])
  })
})

const invented = (n: number) => `203.0.113.${n % 250}`
const NO_PROXY = {}
const ONE_PROXY = { POSTHORN_TRUSTED_PROXIES: '127.0.0.1' }

it.each([
  ['X-Forwarded-For', 'no proxy is trusted', invented, NO_PROXY],
  [
    'X-Forwarded-For',
    'no proxy is trusted',
    (n: number) => `${invented(n)}, 198.51.100.7`,
    NO_PROXY,
  ],
  ['Forwarded', 'no proxy is trusted', (n: number) => `for=${invented(n)}`, NO_PROXY],
  ['X-Real-IP', 'no proxy is trusted', invented, NO_PROXY],
  [
    'X-Forwarded-For',
    'a trusted proxy adds the real address to it',
    (n: number) => `${invented(n)}, 198.51.100.7`,
    ONE_PROXY,
  ],
  [
    'Forwarded',
    'the one proxy speaks X-Forwarded-For',
    (n: number) => `for=${invented(n)}`,
    ONE_PROXY,
  ],
])('an invented %s gives no fresh allowance where %s', async (...[name, , valueOf, env]) => {
  await using flow = await setupFlow({}, { env })
  const statuses: number[] = []
  for (let round = 0; round < 10; round++)
    statuses.push(
      ...(await Promise.all(
        Array.from({ length: 31 }, async (_, n) => {
          const headers = { [name]: valueOf(round * 31 + n), authorization: 'Bearer wrong' }
          return (await fetch(flow.flowUrl, { method: 'POST', headers })).status
        }),
      )),
    )
  expect(statuses.filter((status) => status === 401)).toHaveLength(300)
  expect(statuses.filter((status) => status === 429)).toHaveLength(10)
})
