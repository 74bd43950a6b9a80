import { newId } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'

const NONE: Readonly<Record<string, string | null>> = { contentType: null, payloadForm: null }

/** A message as a source stores it. */
async function setup(stored: Readonly<Record<string, string | null>>) {
  const { core, send, svix2 } = await setupApi()
  const { body: application } = await send('POST', '/app', { body: { name: 'a' } })
  const appId = String(application.id)
  const id = newId('msg_', Date.now())
  const fields = { eventType: 'generic.received', publisher: 'source:src_x', ...NONE, ...stored }
  await core.db.prisma.message.create({ data: { appId, id, ...fields } })
  return {
    raw: async () => (await send('GET', `/app/${appId}/msg/${id}`)).body,
    bySdk: () => svix2.message.get(appId, id, { withContent: true }),
  }
}

describe('a message of a body that is', () => {
  it.each([
    [
      'text',
      { payload: '<a/>', payloadForm: 'text', contentType: 'text/xml' },
      { contentType: 'text/xml', payloadText: '<a/>' },
    ],
    [
      'bytes',
      { payload: 'AAH/', payloadForm: 'base64', contentType: 'image/png' },
      { contentType: 'image/png', payloadBase64: 'AAH/' },
    ],
    [
      'a list that was made of a form',
      { payload: '[1]', payloadForm: 'text' },
      { contentType: 'application/json', payloadText: '[1]' },
    ],
  ])('%s has the payload {} for SDKs, and what it is beside it', async (...[, stored, beside]) => {
    const message = await setup(stored)
    expect((await message.bySdk()).payload).toEqual({})
    expect(await message.raw()).toMatchObject({ payload: {}, ...beside })
  })

  it('an object has it as its payload, under the type that its sender named, if any', async () => {
    const payload = '{"a":1}'
    const named = await setup({ payload, contentType: 'application/cloudevents+json' })
    expect((await named.bySdk()).payload).toEqual({ a: 1 })
    const raw = await named.raw()
    expect(raw).toMatchObject({ payload: { a: 1 }, contentType: 'application/cloudevents+json' })
    expect(raw).not.toHaveProperty('payloadText')
    const made = await (await setup({ payload })).raw()
    expect(made.payload).toEqual({ a: 1 })
    expect(made).not.toHaveProperty('contentType')
  })
})
