import { createTokens } from '@posthorn/core'
import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { JWT_SECRET } from './test-api.ts'

const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS

async function setupSession(access: object = {}) {
  const bench = await setupApi()
  const { body: app } = await bench.send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  const path = `/auth/app-portal-access/${app.id}`
  const { body } = await bench.send('POST', path, { body: access })
  const token: string = body.token
  const renew = async (bearer: string) => sendAs(bench.url, bearer)('POST', '/auth/renew')
  const canRead = async (bearer: string) =>
    (await sendAs(bench.url, bearer)('GET', `/app/${app.id}`)).status === 200
  return { ...bench, app, token, renew, canRead }
}

function claimsOf(token: string) {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

/** The same session as if it had been opened so long ago, for an hour at a time. */
async function olderToken(token: string, ageMs: number): Promise<string> {
  const { sub, iss: _iss, iat: _iat, exp: _exp, jti, ...claims } = claimsOf(token)
  const nowMs = Date.now()
  const signed = await createTokens(JWT_SECRET).sign({
    subject: sub,
    issuedAtMs: nowMs - ageMs,
    expiresAtMs: nowMs + HOUR_MS / 2,
    tokenId: jti,
    claims: { ...claims, life: 3600 },
  })
  return signed.token
}

describe('auth/renew', () => {
  it('gives a token for the same session and grants that lives as long again', async () => {
    const { token, renew, canRead, app } = await setupSession({
      expiry: 3600,
      capabilities: ['ViewBase'],
      featureFlags: ['beta'],
      sessionId: 'shift-7',
    })
    const { status, body } = await renew(token)
    expect(status).toBe(200)
    expect(claimsOf(body.token)).toMatchObject({
      sub: app.id,
      sid: 'shift-7',
      jti: claimsOf(token).jti,
      iat: claimsOf(token).iat,
      capabilities: ['ViewBase'],
      featureFlags: ['beta'],
    })
    expect(Date.parse(body.expiresAt)).toBeGreaterThanOrEqual(claimsOf(token).exp * 1000)
    expect(Date.parse(body.renewableUntil)).toBe(Math.round(claimsOf(token).iat * 1000 + WEEK_MS))
    expect(await canRead(body.token)).toBe(true)
    const again = await renew(body.token)
    expect(claimsOf(again.body.token).life).toBe(3600)
  })

  it('never reaches beyond seven days after the first', async () => {
    const { token, renew } = await setupSession({ expiry: 3600 })
    const old = await olderToken(token, WEEK_MS - HOUR_MS / 4)
    const { body } = await renew(old)
    expect(body.expiresAt.slice(0, 19)).toBe(body.renewableUntil.slice(0, 19))
    expect(Date.parse(body.expiresAt)).toBeLessThan(Date.now() + HOUR_MS / 2)
  })

  it('ends with whatever ends the token that it continues', async () => {
    const { token, renew, canRead, send, app } = await setupSession()
    const { body: first } = await renew(token)
    await send('POST', `/auth/app/${app.id}/expire-all`, { body: {} })
    expect([await canRead(token), await canRead(first.token)]).toEqual([false, false])
  })

  it('ends by logout, with those before and after it', async () => {
    const { token, renew, canRead, url } = await setupSession()
    const { body: next } = await renew(token)
    expect((await sendAs(url, token)('POST', '/auth/logout')).status).toBe(204)
    expect([await canRead(token), await canRead(next.token)]).toEqual([false, false])
    expect((await renew(next.token)).status).toBe(401)
  })

  it('outlives the key no more than the first token that was made with it', async () => {
    const { send, url, renew, apiKey } = await setupSession()
    const { body: source } = await send('POST', '/source', { body: { name: 'a', type: 'asana' } })
    const { apiKey: made, text } = await apiKey({ expiresInSeconds: HOUR_MS / 2_000 })
    const endSeconds = Math.floor((made.expiresAt?.getTime() ?? 0) / 1_000)
    for (const path of [
      '/auth/app-portal-access/one',
      '/auth/dashboard-access/one',
      '/staff/portal-access/one',
      `/../../ingest/api/v1/source/${source.id}/dashboard`,
    ]) {
      const { body } = await sendAs(url, text)('POST', path, { body: {} })
      expect(claimsOf(body.token).exp, path).toBe(endSeconds)
    }
    const { body } = await sendAs(url, text)('POST', '/auth/app-portal-access/one', { body: {} })
    const { body: once } = await renew(body.token)
    const { body: twice } = await renew(once.token)
    expect(claimsOf(twice.token).exp).toBe(endSeconds)
    expect(Date.parse(twice.renewableUntil)).toBe(endSeconds * 1_000)
  })

  it('is for portal tokens, and not for those of the staff', async () => {
    const { send, url, renew } = await setupSession()
    expect(await send('POST', '/auth/renew')).toMatchObject({
      status: 400,
      body: { code: 'bad_token' },
    })
    expect((await sendAs(url, '')('POST', '/auth/renew')).status).toBe(401)
    const { body } = await send('POST', '/staff/portal-access/one', { body: {} })
    expect(await renew(body.token)).toMatchObject({
      status: 400,
      body: { code: 'not_renewable' },
    })
  })
})
