import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { message, raw, setupPublisher } from './hostile-setup.ts'

const MEGABYTE = 1024 * 1024
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

describe('a body that is no JSON object', () => {
  it.each([
    '',
    'null',
    '[]',
    '"x"',
    '5',
    '{',
    '{"a":1,}',
    '{"a":NaN}',
    '{}{}',
    '{"a":1} x',
    "{'a':1}",
  ])('%j is a 422 on publish and elsewhere', async (body) => {
    const { publish, send } = await setupPublisher()
    for (const answer of [await publish(body), await send('POST', '/app', { body })]) {
      expect(answer.status).toBe(422)
      expect(answer.body.detail[0]).toMatchObject({ loc: ['body'], type: 'value_error.jsondecode' })
    }
  })

  it.each([
    ['', 'nothing'],
    ['null', 'null'],
    [' true ', 'true'],
    ['[]', 'an array'],
    ['"x"', 'a string'],
    ['-5', 'a number'],
  ])('%j is told what was expected', async (body, received) => {
    const { publish, send } = await setupPublisher()
    const msg = `Invalid input: expected a JSON object, received ${received}`
    for (const answer of [await publish(body), await send('POST', '/app', { body })]) {
      expect(answer.body.detail[0].msg).toBe(msg)
    }
  })

  it.each([
    ['a byte that never occurs', [0x7b, 0xff, 0xfe, 0x7d]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a cut character', [0x7b, 0xe2, 0x82]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])('%s is refused as what is not UTF-8', async (_what, bytes) => {
    const { publish, send } = await setupPublisher()
    const body = new Uint8Array(bytes)
    expect(await publish(body)).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body'] }] },
    })
    expect((await send('POST', '/app', { body })).status).toBe(422)
  })
})

describe('a body that is JSON', () => {
  it.each(['text/plain', 'application/vnd.x+json', 'application/json; charset=UTF-8', ''])(
    'is taken as %j too',
    async (type) => {
      const { publish } = await setupPublisher()
      expect(
        (await publish(message('{}'), type === '' ? {} : { 'content-type': type })).status,
      ).toBe(202)
    },
  )

  it('in another charset, or an encoding unheard of, is a 415', async () => {
    const { publish, send } = await setupPublisher()
    for (const headers of [
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-encoding': 'zstd' },
    ]) {
      expect((await publish(message('{}'), headers)).status).toBe(415)
      expect((await send('POST', '/app', { body: '{}', headers })).status).toBe(415)
    }
  })

  it('may be compressed', async () => {
    const { publish } = await setupPublisher()
    const headers = { 'content-encoding': 'gzip' }
    expect((await publish(gzipSync(message('{"a":1}')), headers)).status).toBe(202)
    expect((await publish(Buffer.from('no gzip'), headers)).status).toBe(400)
  })

  it('with a key twice at the top, however spelled, names it', async () => {
    const { publish, send } = await setupPublisher()
    for (const body of [
      '{"eventType":"a.b","payload":{},"payload":{}}',
      '{"eventType":"a.b","payload":{},"pay\\u006coad":{}}',
    ]) {
      expect((await publish(body)).body.detail[0].loc).toEqual(['body', 'payload'])
    }
    const twice = await send('POST', '/app', { body: '{"name":"a","name":"b"}' })
    expect(twice.body.detail[0].loc).toEqual(['body', 'name'])
  })

  it.each([10_000, 500_000])('nested %i deep is refused, and nothing breaks', async (levels) => {
    const { publish, send } = await setupPublisher()
    expect((await publish(message(`{"a":${nested(levels)}}`))).status).toBe(422)
    const body = `{"name":"x","metadata":${nested(levels)}}`
    expect((await send('POST', '/app', { body })).status).toBe(422)
    expect((await publish(message('{}'))).status).toBe(202)
  })

  it.each([
    ['{"eventType":"a.b"}', ['body', 'payload']],
    ['{"eventType":"a.b","payload":null}', ['body', 'payload']],
    ['{"eventType":"a.b","payload":[]}', ['body', 'payload']],
    ['{"eventType":"a.b","payload":"x"}', ['body', 'payload']],
    ['{"payload":{}}', ['body', 'eventType']],
    ['{"eventType":"","payload":{}}', ['body', 'eventType']],
    ['{"eventType":"a b","payload":{}}', ['body', 'eventType']],
    [`{"eventType":"${'x'.repeat(257)}","payload":{}}`, ['body', 'eventType']],
    ['{"eventType":5,"payload":{}}', ['body', 'eventType']],
    ['{"eventType":"a.b","payload":{},"channels":"x"}', ['body', 'channels']],
    ['{"eventType":"a.b","payload":{},"channels":["a b"]}', ['body', 'channels', '[0]']],
    ['{"eventType":"a.b","payload":{},"eventId":"a b"}', ['body', 'eventId']],
    [
      '{"eventType":"a.b","payload":{},"payloadRetentionPeriod":-1}',
      ['body', 'payloadRetentionPeriod'],
    ],
  ])('%s is a 422 with the exact place', async (body, loc) => {
    const { publish } = await setupPublisher()
    const answer = await publish(body)
    expect(answer.status).toBe(422)
    expect(answer.body.detail[0].loc).toEqual(loc)
  })
})

describe('a body of more than 2 MB', () => {
  const big = message(`{"a":"${'x'.repeat(2 * MEGABYTE)}"}`)

  it('is a 413 by its length, in chunks, and after inflating', async () => {
    const { publish, send, token, url } = await setupPublisher()
    const tooLarge = { status: 413, body: { code: 'payload_too_large' } }
    expect(await publish(big)).toMatchObject(tooLarge)
    expect(await send('POST', '/app', { body: big })).toMatchObject(tooLarge)
    const bomb = gzipSync(Buffer.alloc(200 * MEGABYTE))
    expect(await publish(bomb, { 'content-encoding': 'gzip' })).toMatchObject(tooLarge)
    const chunks = Array.from(
      { length: 3 },
      () => `${MEGABYTE.toString(16)}\r\n${'x'.repeat(MEGABYTE)}\r\n`,
    )
    for (const path of ['/api/v1/app/one/msg', '/api/v1/app']) {
      const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n`
      const answer = await raw(url, `${head}${chunks.join('')}0\r\n\r\n`)
      expect([path, answer.status, JSON.parse(answer.body).code]).toEqual([
        path,
        413,
        'payload_too_large',
      ])
    }
  })

  it('is taken when it is a little less', async () => {
    const { publish } = await setupPublisher()
    const answer = await publish(message(`{"a":"${'x'.repeat(2 * MEGABYTE - 200)}"}`))
    expect(answer.status).toBe(202)
  })
})
