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
