import { createPayloadValidator } from '@posthorn/catalog'
import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

async function setup() {
  const { databaseUrl, token } = await setupApi()
  const validator = createPayloadValidator({ maxWaiting: 0 })
  const api = await startTestApi({ databaseUrl, validator })
  const end = () => api[Symbol.asyncDispose]()
  return { send: sendAs(api.url, token), [Symbol.asyncDispose]: end }
}

describe('a schema that nobody has the time to check', () => {
  it.each([
    ['POST', '/event-type'],
    ['PUT', '/event-type/a'],
  ])('is not called wrong: %s answers 503 with Retry-After', async (method, path) => {
    await using bundle = await setup()
    const body = { name: 'a', description: '', schemas: { 1: { type: 'object' } } }
    const answer = await bundle.send(method, path, { body })
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect((await bundle.send('GET', '/event-type/a')).status).toBe(404)
  })
})

describe('POST /event-type-check', () => {
  const check = async (schema: unknown) => {
    const { send } = await setupApi()
    const answer = await send('POST', '/event-type-check', { body: { schema } })
    expect((await send('GET', '/event-type')).body.data).toEqual([])
    return answer
  }

  it('finds nothing wrong with a schema whose examples are as it says', async () => {
    const schema = { type: 'object', required: ['id'], examples: [{ id: 1 }] }
    expect(await check(schema)).toMatchObject({
      status: 200,
      body: { schemaFaults: [], exampleFaults: [] },
    })
  })

  it('names what is wrong with a schema, and with which of its examples', async () => {
    const { body: ofSchema } = await check({ type: 'nothing' })
    expect(ofSchema.schemaFaults).not.toEqual([])
    expect(ofSchema.exampleFaults).toEqual([])
    const schema = { type: 'object', required: ['id'], examples: [{ id: 1 }, {}] }
    const { body: ofExamples } = await check(schema)
    expect(ofExamples).toMatchObject({ schemaFaults: [], exampleFaults: [{ example: 1 }] })
    expect(ofExamples.exampleFaults[0].faults).not.toEqual([])
  })

  it('refuses what is no schema, and whoever may only read', async () => {
    expect((await check('text')).status).toBe(422)
    const { url, send } = await setupApi()
    const asked = { body: { name: 'reader', scopes: ['read'] } }
    const { key } = (await send('POST', '/api-key', asked)).body
    const body = { schema: { type: 'object' } }
    expect((await sendAs(url, key)('POST', '/event-type-check', { body })).status).toBe(403)
    expect((await sendAs(url, 'none')('POST', '/event-type-check', { body })).status).toBe(401)
  })
})
