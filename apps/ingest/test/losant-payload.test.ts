import { request } from 'node:http'
import { expect, it } from 'vitest'
import { setupWebhook, triggeredBy } from './losant-setup.ts'

const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

it('triggers with path, method, headers, query and body, and no more', async () => {
  await using webhook = await setupWebhook()
  await webhook.call({ body: '{"a":1}', headers: { ...json, 'X-Shop': 'one' } }, '/my/path?a=1&b=x')
  const payload = await triggeredBy(webhook)
  expect(payload).toEqual({
    path: '/my/path',
    method: 'post',
    headers: expect.objectContaining({ 'content-type': 'application/json', 'x-shop': 'one' }),
    query: { a: '1', b: 'x' },
    body: { a: 1 },
  })
})

it.each(['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'purge'])(
  'takes the method %s, and names it in lower case',
  async (method) => {
    await using webhook = await setupWebhook()
    expect((await webhook.call({ method: method.toUpperCase() })).status).toBe(200)
    expect(await triggeredBy(webhook)).toMatchObject({ method, body: null, query: {} })
  },
)

it.each([
  ['', '/'],
  ['/', '/'],
  ['?a=1', '/'],
  ['/a%20b/c', '/a%20b/c'],
])('after the token, %j is the path %j', async (suffix, path) => {
  await using webhook = await setupWebhook()
  await webhook.call({}, suffix)
  expect(await triggeredBy(webhook)).toHaveProperty('path', path)
})

it('names headers in lower case with strings as values, and strips credentials', async () => {
  await using webhook = await setupWebhook()
  const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Twice': ['1', '2'] }
  await new Promise((resolve, reject) => {
    const asked = request(webhook.webhookUrl, { method: 'POST', headers }, (res) => {
      res.resume().on('end', resolve)
    })
    asked.on('error', reject).end()
  })
  const payload = await triggeredBy(webhook)
  expect(payload.headers['x-twice']).toBe('1, 2')
  expect(Object.keys(payload.headers)).toEqual(
    Object.keys(payload.headers).map((name) => name.toLowerCase()),
  )
  expect(payload.headers).not.toHaveProperty('authorization')
  expect(payload.headers).not.toHaveProperty('cookie')
})

it('splices a JSON body into the payload as it was written', async () => {
  await using webhook = await setupWebhook()
  const body = '{ "big": 12345678901234567890, "b": 1.0, "a": "\\u0041", "a": 2 }'
  await webhook.call({ body, headers: json })
  const [message] = await webhook.messages()
  expect(message?.payload).toContain(`"body":${body}}`)
  expect(Buffer.from(message?.original ?? []).toString()).toBe(body)
})

it.each([
  ['a JSON text that is no object', '[1,2]', json, [1, 2]],
  ['a JSON type with a suffix', '{"a":1}', { 'content-type': 'application/ld+json' }, { a: 1 }],
  ['invalid JSON', '{"a":', json, '{"a":'],
  ['JSON of no type', '{"a":1}', { 'content-type': 'text/plain' }, '{"a":1}'],
  ['a form', 'a=1&b=x+y&a=2', form, { a: ['1', '2'], b: 'x y' }],
  ['an invalid form', 'a=%zz', form, 'a=%zz'],
  ['XML', '<a>1</a>', { 'content-type': 'application/xml' }, '<a>1</a>'],
  ['a multipart body that is cut off', '--x', multipart('x'), '--x'],
  ['a multipart body without boundary', 'a', { 'content-type': 'multipart/form-data' }, 'a'],
  ['JSON with a key of objects’ own', '{"__proto__":1}', json, JSON.parse('{"__proto__":1}')],
  ['text of an unknown charset', 'aé', { 'content-type': 'text/plain; charset=none' }, 'aé'],
  ['JSON of an unknown charset', '1', { 'content-type': 'application/json; charset=none' }, '1'],
  ['text with a mark at its start', '\ufeffa', { 'content-type': 'text/plain' }, 'a'],
])('gives %s as it has to be', async (...[, body, headers, expected]) => {
  await using webhook = await setupWebhook()
  expect(await webhook.call({ body, headers })).toHaveProperty('status', 200)
  expect((await triggeredBy(webhook)).body).toEqual(expected)
})

function multipart(boundary: string): Record<string, string> {
  return { 'content-type': `multipart/form-data; boundary=${boundary}` }
}

it('parses multipart bodies to an object', async () => {
  await using webhook = await setupWebhook()
  const body = new FormData()
  body.append('a', '1')
  body.append('b', '2')
  await webhook.call({ body })
  expect((await triggeredBy(webhook)).body).toEqual({ a: '1', b: '2' })
})

it.each([
  ['a repeated key', '?a=1&a=2', { a: ['1', '2'] }],
  ['a key of objects’ own', '?__proto__=1', JSON.parse('{"__proto__":"1"}')],
  ['what is no escape', '?a=%zz&b=%41', { a: '%zz', b: 'A' }],
  ['a key without a value', '?a', { a: '' }],
])('gives %s in the query as it has to be', async (_, query, expected) => {
  await using webhook = await setupWebhook()
  await webhook.call({}, query)
  expect((await triggeredBy(webhook)).query).toEqual(expected)
})

it.each([
  ['array', [0, 255, 65]],
  ['binary', '\u0000\u00ffA'],
  ['utf8', '\u0000\ufffdA'],
  ['base64', 'AP9B'],
  ['hex', '00ff41'],
])('casts binary bodies and files of forms as %s', async (castBuffersAs, expected) => {
  await using webhook = await setupWebhook({ castBuffersAs })
  const bytes = Buffer.from([0, 255, 65])
  for (const type of ['application/octet-stream', 'text/plain', 'text/plain; charset=none']) {
    await webhook.call({ body: bytes, headers: { 'content-type': type } })
    expect((await triggeredBy(webhook)).body).toEqual(expected)
  }
  const body = new FormData()
  body.append('file', new Blob([bytes]), 'a.bin')
  await webhook.call({ body })
  expect((await triggeredBy(webhook)).body).toEqual({ file: expected })
})

it('casts a field of a form that is not in its charset, too', async () => {
  await using webhook = await setupWebhook({ castBuffersAs: 'hex' })
  const body = Buffer.from(
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xe9\r\n--x--\r\n',
    'latin1',
  )
  await webhook.call({ body, headers: multipart('x') })
  expect((await triggeredBy(webhook)).body).toEqual({ a: 'e9' })
})

it('adds names and types to files if it is told to annotate', async () => {
  await using webhook = await setupWebhook({ castBuffersAs: 'base64', annotateMultipart: true })
  const body = new FormData()
  body.append('file', new Blob(['A'], { type: 'image/png' }), 'a.png')
  await webhook.call({ body })
  const file = { filename: 'a.png', contentType: 'image/png', data: 'QQ==' }
  expect((await triggeredBy(webhook)).body).toEqual({ file })
})

it('refuses what would be too long as JSON with 413, and stores nothing', async () => {
  await using webhook = await setupWebhook({ castBuffersAs: 'hex' })
  const body = Buffer.alloc(18_000_000)
  const headers = { 'content-type': 'application/octet-stream' }
  const answer = await webhook.call({ body, headers })
  expect(answer.status).toBe(413)
  expect(JSON.parse(answer.text)).toEqual({
    type: 'PayloadTooLarge',
    message: expect.any(String),
  })
  expect(await webhook.messages()).toEqual([])
})
