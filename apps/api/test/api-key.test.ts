import { waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupStaff } from './staff-setup.ts'

describe('API keys', () => {
  it('say when they were last used', async () => {
    const { owner, apiKey, as } = await setupStaff()
    const { text, apiKey: made } = await apiKey()
    const lastUsed = async () => {
      const { body } = await owner.call('GET', '/api-key')
      return body.data.find(({ id }: { id: string }) => id === made.id).lastUsedAt
    }
    expect(await lastUsed()).toBeNull()
    const before = Date.now()
    await as(text)('GET', '/app')
    await waitFor('the note of its use', async () => (await lastUsed()) !== null)
    expect(Math.abs(Date.parse(await lastUsed()) - before)).toBeLessThan(60_000)
  })

  it('are rotated: the next one is like it, and the former is taken until its grace is over', async () => {
    const { owner, as } = await setupStaff()
    const key = { name: 'Billing', scopes: ['read'], expiresInSeconds: 86_400 }
    const { body: former } = await owner.call('POST', '/api-key', { body: key })
    const rotate = (body: object) => owner.call('POST', `/api-key/${former.id}/rotate`, { body })
    const { status, body: next } = await rotate({ gracePeriodSeconds: 3_600 })
    expect(status).toBe(201)
    expect(next).toMatchObject({ name: 'Billing', scopes: ['read'], revokedAt: null })
    const lifeMs = (one: typeof next) => Date.parse(one.expiresAt) - Date.parse(one.createdAt)
    expect(Math.abs(lifeMs(next) - lifeMs(former))).toBeLessThan(1_000)
    for (const { key: text } of [former, next])
      expect((await as(text)('GET', '/app')).status).toBe(200)
    const { body: list } = await owner.call('GET', '/api-key')
    const ends = list.data.find(({ id }: { id: string }) => id === former.id).expiresAt
    expect(Date.parse(ends) - Date.now()).toBeLessThanOrEqual(3_600_000)

    const { body: third } = await rotate({ gracePeriodSeconds: 0 })
    expect((await as(former.key)('GET', '/app')).status).toBe(401)
    expect((await as(third.key)('GET', '/app')).status).toBe(200)
    expect((await rotate({})).status).toBe(404)
    const { body: audit } = await owner.call('GET', `/audit?target=${former.id}`)
    expect(audit.data.map(({ action }: { action: string }) => action)).toEqual([
      'api_key.rotate',
      'api_key.rotate',
      'api_key.create',
    ])
  })

  it('of the scope admin are rotated by owners alone', async () => {
    const { owner, join } = await setupStaff()
    const admin = await join('admin')
    const key = { name: 'strong', scopes: ['admin'] }
    const { body: strong } = await owner.call('POST', '/api-key', { body: key })
    const path = `/api-key/${strong.id}/rotate`
    expect((await admin.call('POST', path, { body: {} })).status).toBe(403)
    expect((await owner.call('POST', path, { body: {} })).status).toBe(201)
  })
})
