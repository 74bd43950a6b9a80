import { expect, it } from 'vitest'
import { inputOf, setupFlow } from './flow-setup.ts'

const json = { 'content-type': 'application/json' }

it('puts a JSON body under the ref-id, byte for byte, and keeps what came', async () => {
  await using flow = await setupFlow({ refId: 'web1', valueTemplate: '{{ web1.company_id }}' })
  const body = '{"company_id": 123456,  "big":12345678901234567890}'
  expect(await flow.call({ body, headers: json })).toMatchObject({ status: 200, text: '123456' })
  const [message] = await flow.messages()
  expect(message?.payload).toBe('{"web1":{"company_id": 123456,  "big":12345678901234567890}}')
  expect(Buffer.from(message?.original ?? []).toString()).toBe(body)
})

it('gives query parameters in the same dictionary as the body', async () => {
  await using flow = await setupFlow()
  await flow.call({ body: '{"a":1}', headers: json }, '?value_1=123&value_2=test')
  expect(await inputOf(flow)).toEqual({ web1: { value_1: '123', value_2: 'test', a: 1 } })
})

it('takes a query alone, by GET as by POST', async () => {
  await using flow = await setupFlow()
  expect(await flow.call({ method: 'GET' }, '?value_1=123')).toHaveProperty('status', 200)
  expect(await inputOf(flow)).toEqual({ web1: { value_1: '123' } })
})

it('lets the body win where query and body have the same key', async () => {
  await using flow = await setupFlow()
  await flow.call({ body: '{"a":"body"}', headers: json }, '?a=query&b=query')
  expect(await inputOf(flow)).toEqual({ web1: { a: 'body', b: 'query' } })
})

it('makes an array of a key that the query repeats, and a name like any other of __proto__', async () => {
  await using flow = await setupFlow()
  await flow.call({}, '?a=1&a=2&__proto__=x')
  const [message] = await flow.messages()
  expect(message?.payload).toBe('{"web1":{"a":["1","2"],"__proto__":"x"}}')
})

it.each(['[1,2]', '"text"', '7', 'null'])(
  'puts a body that is no object, %s, under body',
  async (body) => {
    await using flow = await setupFlow()
    await flow.call({ body, headers: json }, '?a=1')
    expect(await inputOf(flow)).toEqual({ web1: { a: '1', body: JSON.parse(body) } })
  },
)

it.each(['application/xml', 'text/xml; charset=utf-8'])(
  'turns a body of %s into the usual dictionary',
  async (type) => {
    await using flow = await setupFlow()
    const body = '<order id="7"><item>a</item><item>b</item></order>'
    await flow.call({ body, headers: { 'content-type': type } })
    expect(await inputOf(flow)).toEqual({ web1: { order: { '@id': '7', item: ['a', 'b'] } } })
  },
)

it('shows form data as JSON: url-encoded, multipart, and without a content type', async () => {
  const bodies: readonly (readonly [string, string])[] = [
    ['application/x-www-form-urlencoded', 'a=1&b=x+y'],
    ['', 'a=1&b=x+y'],
    [
      'multipart/form-data; boundary=q',
      '--q\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--q\r\ncontent-disposition: form-data; name="b"\r\n\r\nx y\r\n--q--\r\n',
    ],
  ]
  for (const [type, body] of bodies) {
    await using flow = await setupFlow()
    const headers = type === '' ? {} : { 'content-type': type }
    await flow.call({ body: Buffer.from(body), headers })
    expect(await inputOf(flow)).toEqual({ web1: { a: '1', b: 'x y' } })
  }
})

it.each(['text/plain', ''])('expects JSON where the content type is "%s"', async (type) => {
  await using flow = await setupFlow()
  await flow.call({
    body: Buffer.from('{"a":1}'),
    headers: type === '' ? {} : { 'content-type': type },
  })
  expect(await inputOf(flow)).toEqual({ web1: { a: 1 } })
})

it.each([
  ['application/json', '{"a":1,\n"b":}', 400, 'line 2, column 5'],
  ['text/xml', '<a>\n</b>', 400, 'line 2, column 4'],
  ['text/xml', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 400, 'undefined entity'],
  ['multipart/form-data; boundary=q', '--q\r\ncontent', 400, 'cut off'],
  ['application/json; charset=klingon', '{}', 415, 'charset'],
])(
  'names the place of malformed %s, and stores nothing of it',
  async (...[type, body, status, place]) => {
    await using flow = await setupFlow()
    const answer = await flow.call({ body, headers: { 'content-type': type } })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(place)
    expect(await flow.messages()).toEqual([])
  },
)

it('answers 413 to a body that is too large, and stores nothing of it', async () => {
  await using flow = await setupFlow()
  const body = Buffer.alloc(25 * 1024 * 1024 + 1, 0x20)
  expect(await flow.call({ body, headers: json })).toHaveProperty('status', 413)
  expect(await flow.messages()).toEqual([])
})
