import { DEFAULT_OPTIONS } from '@posthorn/core'
import { waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const json = { ...DEFAULT_OPTIONS, bodies: 'json' } as const

async function setup() {
  const ingest = await startTestIngest({ hasWorker: true })
  const source = await ingest.source({ options: json })
  return { ...ingest, source, receiver: await ingest.endpoint(source.appId) }
}

it('delivers the JSON that XML, a form and a multipart body say the same as, and keeps what came', async () => {
  await using ingest = await setup()
  const { source, receiver } = ingest
  const bodies = [
    ['text/xml', '<order id="7"><item>a</item><item>b</item></order>'],
    ['application/x-www-form-urlencoded', 'a=1&a=2&b=%C3%A9'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="f"\r\n\r\none\r\n--x--\r\n',
    ],
  ] as const
  for (const [type, body] of bodies)
    expect(await source.send(body, { 'content-type': type })).toHaveProperty('status', 200)
  await waitFor('three deliveries', () => receiver.requests.length === 3)
  const received = receiver.requests.map(({ headers, body }) => [
    headers['content-type'],
    JSON.parse(body.toString()),
  ])
  const wanted = [
    { order: { '@id': '7', item: ['a', 'b'] } },
    { a: ['1', '2'], b: 'é' },
    { f: 'one' },
  ]
  expect(received).toEqual(
    expect.arrayContaining(wanted.map((value) => ['application/json', value])),
  )
  const kept = (await source.messages()).map(({ original }) =>
    Buffer.from(original ?? []).toString(),
  )
  expect(kept).toEqual(bodies.map(([, body]) => body))
  const types = (await source.requests()).map(({ contentType }) => contentType)
  expect(types).toEqual(bodies.map(([type]) => type))
})

it('hands JSON and plain text through byte for byte, with nothing kept beside them', async () => {
  await using ingest = await setup()
  const { source, receiver } = ingest
  const text = '{"b":1, "a":12345678901234567890,"b":2}'
  await source.send(text)
  await source.send('just words', { 'content-type': 'text/plain' })
  await waitFor('two deliveries', () => receiver.requests.length === 2)
  const received = receiver.requests.map(({ body }) => body.toString()).toSorted()
  expect(received).toEqual(['just words', text])
  expect((await source.messages()).map(({ original }) => original)).toEqual([null, null])
})

it.each([
  ['a billion laughs', [400, 'text/xml', `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`]],
  ['a truncated multipart', [400, 'multipart/form-data; boundary=x', '--x\r\ncontent-disp']],
  ['a charset that the bytes are not in', [400, 'text/xml', Buffer.from('<a>\xe9</a>', 'latin1')]],
  ['a charset that nobody knows', [415, 'text/xml; charset=klingon', '<a/>']],
  ['malformed JSON', [400, 'application/json', '{"a":']],
  ['too many elements', [413, 'text/xml', `<r>${'<a/>'.repeat(100_000)}</r>`]],
] as const)('refuses %s, says why, and stores no message', async (_, [status, type, body]) => {
  await using ingest = await setup()
  const { source } = ingest
  const sent = await source.send(body, { 'content-type': type })
  expect(sent.status).toBe(status)
  expect(JSON.parse(sent.text)).toHaveProperty('detail', expect.stringContaining('body'))
  expect(await source.messages()).toEqual([])
  await waitFor('the record', async () => (await source.requests()).length === 1)
  expect(await source.requests()).toMatchObject([{ reason: 'unreadable_body' }])
})

it('takes __proto__ for a name like any other', async () => {
  await using ingest = await setup()
  const { source, receiver } = ingest
  await source.send('__proto__=1&constructor=2', {
    'content-type': 'application/x-www-form-urlencoded',
  })
  await waitFor('a delivery', () => receiver.requests.length === 1)
  expect(receiver.requests[0]?.body.toString()).toBe('{"__proto__":"1","constructor":"2"}')
})
