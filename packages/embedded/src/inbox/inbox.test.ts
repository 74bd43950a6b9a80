import { describe, expect, it } from 'vitest'
import { startInbox } from './inbox.ts'

const TOKEN = 'what-the-api-shows-the-inbox'

async function setup() {
  const verify = (_body: string, headers: Readonly<Record<string, string>>) =>
    headers['webhook-signature'] === 'right'
  const inbox = await startInbox({ port: 0, token: TOKEN, verify })
  const post = async (id: string, body: string, { key = '', signature = 'right' } = {}) => {
    const headers = { 'webhook-id': id, 'webhook-signature': signature }
    return (await fetch(`${inbox.url}${key}`, { method: 'POST', headers, body })).status
  }
  const ask = (key: string, init: RequestInit = {}) =>
    fetch(`${new URL(inbox.url).origin}/receiver/${key}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
      ...init,
    })
  const read = async (key: string) => Object(await (await ask(key)).json())
  const show = async () => Object(await (await fetch(inbox.url)).json())
  return { inbox, post, ask, read, show, [Symbol.asyncDispose]: () => inbox[Symbol.asyncDispose]() }
}

describe('the inbox', () => {
  it('takes what verifies and refuses what does not', async () => {
    await using bundle = await setup()
    expect(await bundle.post('msg_1', '{"a":1}')).toBe(200)
    expect(await bundle.post('msg_2', '{"a":1}', { signature: 'wrong' })).toBe(400)
    expect(bundle.inbox.find('msg_1')).toMatchObject({ isVerified: true })
    expect(bundle.inbox.find('msg_2')).toMatchObject({ isVerified: false })
  })

  it('keeps the last 100 of each receiver and shows the newest first', async () => {
    await using bundle = await setup()
    await bundle.post('msg_first', '{}', { key: '/app_2' })
    for (let i = 0; i < 103; i++) await bundle.post(`msg_${i}`, '{}')
    expect(bundle.inbox.find('msg_2')).toBeUndefined()
    expect(bundle.inbox.find('msg_3')).toBeDefined()
    expect((await bundle.read('app_2')).entries).toHaveLength(1)
    const shown = await bundle.show()
    expect(shown.kept).toBe(100)
    expect(shown.entries[0].webhookId).toBe('msg_102')
  })

  it('keeps 64 kB of a body, says how long it was, and 32 MB of all', async () => {
    await using bundle = await setup()
    expect(await bundle.post('msg_1', 'x'.repeat(70_000))).toBe(400)
    expect(bundle.inbox.find('msg_1')).toMatchObject({ bodyBytes: 70_000 })
    expect(bundle.inbox.find('msg_1')?.body.length).toBe(64_000)
    for (let key = 0; key < 6; key++)
      for (let i = 0; i < 90; i++)
        await bundle.post(`msg_${key}_${i}`, 'x'.repeat(64_000), { key: `/app_${key}` })
    expect(bundle.inbox.find('msg_1')).toBeUndefined()
    expect(bundle.inbox.find('msg_5_89')).toBeDefined()
  })
})

describe('a receiver of the inbox', () => {
  it('answers what it was told to, and only those who have the token read or tell it', async () => {
    await using bundle = await setup()
    expect(await bundle.post('msg_1', '{"a":1}', { key: '/app_1', signature: 'wrong' })).toBe(200)
    const tell = (body: object) =>
      bundle.ask('app_1', { method: 'PUT', body: JSON.stringify(body) })
    expect((await tell({ statusCode: 503, delayMs: 20 })).status).toBe(200)
    expect(await bundle.post('msg_2', '{"a":2}', { key: '/app_1' })).toBe(503)
    expect(await bundle.post('msg_3', '{}', { key: '/app_2' })).toBe(200)
    for (const wrong of [{ statusCode: 99, delayMs: 0 }, { statusCode: 200, delayMs: 60_001 }, {}])
      expect((await tell(wrong)).status).toBe(422)
    const { answer, entries } = await bundle.read('app_1')
    expect(answer).toEqual({ statusCode: 503, delayMs: 20 })
    expect(entries).toMatchObject([
      { webhookId: 'msg_2', answeredStatusCode: 503 },
      { webhookId: 'msg_1', answeredStatusCode: 200 },
    ])
    expect(Buffer.from(entries[0].body, 'base64').toString()).toBe('{"a":2}')
    expect(entries[0].headers).toContainEqual(['webhook-id', 'msg_2'])
    for (const authorization of ['', 'Bearer', 'Bearer another-token-of-that-length'])
      expect((await bundle.ask('app_1', { headers: { authorization } })).status).toBe(401)
    const [newest, oldest] = entries
    expect((await bundle.read(`app_1?after=${oldest.id}`)).entries).toMatchObject([newest])
    expect(await bundle.read(`app_1?after=${newest.id}`)).toMatchObject({
      entries: [],
      ids: [newest.id, oldest.id],
    })
    expect((await bundle.read('app_1?after=gone')).entries).toHaveLength(2)
    await bundle.ask('app_1', { method: 'DELETE' })
    expect((await bundle.read('app_1')).entries).toEqual([])
    expect((await bundle.read('app_2')).entries).toHaveLength(1)
  })

  it('ends with the inbox while it lets somebody wait', async () => {
    const bundle = await setup()
    const body = JSON.stringify({ statusCode: 200, delayMs: 60_000 })
    await bundle.ask('app_1', { method: 'PUT', body })
    const waiting = bundle.post('msg_1', '{}', { key: '/app_1' }).catch(() => 'hung up')
    for (;;) if ((await bundle.read('app_1')).entries.length === 1) break
    await bundle.inbox[Symbol.asyncDispose]()
    expect(await waiting).toBe('hung up')
  })
})
