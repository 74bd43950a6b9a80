import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { startInbox } from './inbox.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

const Shown = z.object({ kept: z.number(), entries: z.array(z.object({ webhookId: z.string() })) })

async function setup() {
  const inbox = await startInbox({ port: 0, secret: SECRET })
  const post = async (id: string, body: string, secret = SECRET): Promise<number> => {
    const at = new Date()
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    }
    return (await fetch(inbox.url, { method: 'POST', headers, body })).status
  }
  return { inbox, post, [Symbol.asyncDispose]: async () => inbox[Symbol.asyncDispose]() }
}

describe('startInbox', () => {
  it('takes what verifies and refuses what does not', async () => {
    await using bundle = await setup()
    const stranger = `whsec_${Buffer.alloc(32, 8).toString('base64')}`
    expect(await bundle.post('msg_1', '{"a":1}')).toBe(200)
    expect(await bundle.post('msg_2', '{"a":1}', stranger)).toBe(400)
    expect(bundle.inbox.find('msg_1')).toMatchObject({ isVerified: true, body: '{"a":1}' })
    expect(bundle.inbox.find('msg_2')).toMatchObject({ isVerified: false })
  })

  it('keeps the last 100 and shows them, newest first', async () => {
    await using bundle = await setup()
    for (let i = 0; i < 103; i++) await bundle.post(`msg_${i}`, '{}')
    expect(bundle.inbox.find('msg_2')).toBeUndefined()
    expect(bundle.inbox.find('msg_3')).toBeDefined()
    const shown = Shown.parse(await (await fetch(bundle.inbox.url)).json())
    expect(shown.kept).toBe(100)
    expect(shown.entries.slice(0, 2).map((entry) => entry.webhookId)).toEqual([
      'msg_102',
      'msg_101',
    ])
  })

  it('does not keep what is longer than 64 kB', async () => {
    await using bundle = await setup()
    expect(await bundle.post('msg_1', 'x'.repeat(70_000))).toBe(400)
    expect(bundle.inbox.find('msg_1')?.body.length).toBeLessThanOrEqual(64_000)
  })
})
