import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { request } from 'node:http'
import {
  createOrganisationToken,
  createTokens,
  listApiKeys,
  revokeApiKey,
  revokeTokenText,
} from '@posthorn/core'
import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { JWT_SECRET } from './test-api.ts'

const FUTURE = Math.floor(Date.now() / 1000) + 3600

function signed(
  claims: object,
  header: object = { alg: 'HS256', typ: 'JWT' },
  secret = JWT_SECRET,
): string {
  const text = unsigned(claims, header)
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

function signedByRsa(claims: object): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const text = unsigned(claims, { alg: 'RS256' })
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
}

function unsigned(claims: object, header: object): string {
  return [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

// The last character of 32 bytes in base64url carries two bits that decode to nothing.
function withAlteredEnd(token: string): string {
  const last = BASE64URL.indexOf(token.at(-1) ?? '')
  return token.slice(0, -1) + BASE64URL.charAt(last ^ 1)
}

describe('a request', () => {
  it.each([
    ['no header', undefined],
    ['an empty bearer', 'Bearer '],
    ['a scheme of its own', 'Basic dXNlcjpwYXNz'],
    ['no scheme', 'token'],
    ['nonsense', 'Bearer x'],
    ['a key that never was', `Bearer phk_${'a'.repeat(43)}`],
  ])('with %s is a 401 in the wire form', async (_what, header) => {
    const { url } = await setupApi()
    const headers = header === undefined ? {} : { authorization: header }
    expect(await sendAs(url, '')('GET', '/app', { headers })).toMatchObject({
      status: 401,
      body: { code: 'authentication_failed', detail: 'Invalid token' },
    })
  })

  it('may spell bearer in any case, but not bring the token in the query', async () => {
    const { url, token } = await setupApi()
    const anonymous = sendAs(url, '')
    for (const scheme of ['bearer', 'BEARER', 'bEaReR']) {
      const headers = { authorization: `${scheme} ${token}` }
      expect((await anonymous('GET', '/app', { headers })).status).toBe(200)
    }
    expect((await anonymous('GET', `/app?token=${token}&access_token=${token}`)).status).toBe(401)
  })

  it('with two Authorization headers is judged by the first', async () => {
    const { url, token } = await setupApi()
    expect(await statusWithHeaders(url, ['Bearer nonsense', `Bearer ${token}`])).toBe(401)
  })
})

function statusWithHeaders(url: string, authorization: string[]): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  const headers = [
    'host',
    new URL(url).host,
    ...authorization.flatMap((value) => ['authorization', value]),
  ]
  const sent = request(`${url}/api/v1/app`, { headers }, (res) => {
    res.resume()
    resolve(res.statusCode)
  })
  sent.on('error', reject).end()
  return promise
}

describe('an organisation token', () => {
  it('is refused unless our key signed it, with our algorithm, for now', async () => {
    const { url, orgId, token } = await setupApi()
    const claims = { sub: orgId, exp: FUTURE }
    const [head, body] = token.split('.')
    const forged = {
      'alg none': `${unsigned(claims, { alg: 'none' })}.`,
      'alg NONE': signed(claims, { alg: 'NoNe' }),
      'another algorithm': signed(claims, { alg: 'HS512' }),
      RS256: signedByRsa(claims),
      'a key of its own': signed(claims, { alg: 'HS256', jwk: { kty: 'oct', k: 'eA' } }, 'x'),
      'a key elsewhere': signed(claims, { alg: 'HS256', jku: `${url}/keys` }),
      'a key by name': signed(claims, { alg: 'HS256', kid: '../../dev/null' }),
      'a promise to understand': signed(claims, { alg: 'HS256', crit: ['x'], x: 1 }),
      'another secret': signed(claims, { alg: 'HS256' }, 'the secret of another installation'),
      'a cut signature': token.slice(0, -4),
      'no signature': `${head}.${body}.`,
      'altered last bits': withAlteredEnd(token),
      'exp in the past': signed({ ...claims, exp: FUTURE - 7200 }),
      'no exp': signed({ sub: orgId }),
      'exp as text': signed({ ...claims, exp: String(FUTURE) }),
      'nbf in the future': signed({ ...claims, nbf: FUTURE }),
      'no sub': signed({ exp: FUTURE }),
      'a sub of another kind': signed({ ...claims, sub: 'user_x' }),
      'a sub that is no id': signed({ ...claims, sub: 'org_x' }),
      'a sub that is no text': signed({ ...claims, sub: { a: 1 } }),
    }
    for (const [what, text] of Object.entries(forged)) {
      const { status, body: answer } = await sendAs(url, text)('GET', '/app')
      expect([what, status, answer.code]).toEqual([what, 401, 'authentication_failed'])
    }
    const strange = { ...claims, exp: 1e300, iat: -1e300, jti: 'a\u0000b' }
    for (const sound of [claims, strange]) {
      expect((await sendAs(url, signed(sound))('GET', '/app')).status).toBe(200)
    }
  })

  it('brings its organisation into being, also when fifty requests do at once', async () => {
    const { core, url } = await setupApi()
    const orgId = (await createOrganisationToken(core, { expiresInSeconds: 60 })).orgId.replace(
      /.{4}$/,
      'zzzz',
    )
    const send = sendAs(url, signed({ sub: orgId, exp: FUTURE }))
    const answers = await Promise.all(Array.from({ length: 50 }, () => send('GET', '/app')))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
    const applications = await core.db.prisma.application.findMany({ where: { orgId } })
    expect(applications).toMatchObject([{ operational: true }])
  })

  it('says so when it is the signing secret itself', async () => {
    const { url } = await setupApi()
    const { status, body } = await sendAs(url, JWT_SECRET)('GET', '/app')
    expect(status).toBe(401)
    expect(body.detail).toMatch(/JWT signing secrets can not be used as tokens/)
  })

  it('ends when it is revoked', async () => {
    const { core, send, token } = await setupApi()
    expect((await send('GET', '/app')).status).toBe(200)
    await revokeTokenText(core, token)
    await expect.poll(async () => (await send('GET', '/app')).status, { timeout: 5_000 }).toBe(401)
  })

  it('has no second part that an SDK would take for a region', async () => {
    const { token } = await setupApi()
    expect(['us', 'eu', 'in', 'ca', 'au']).not.toContain(token.split('.')[1])
  })
})

describe('an API key', () => {
  it('may do what its scopes say', async () => {
    const { apiKey, url, send } = await setupApi()
    await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const message = { body: { eventType: 'a.b', payload: {} } }
    const tries = async (scopes: string[]) => {
      const { text } = await apiKey({ scopes })
      const as = sendAs(url, text)
      return [
        (await as('GET', '/app')).status,
        (await as('PATCH', '/app/one', { body: {} })).status,
        (await as('POST', '/app/one/msg', message)).status,
      ]
    }
    expect(await tries(['read'])).toEqual([200, 403, 403])
    expect(await tries(['write'])).toEqual([200, 200, 403])
    expect(await tries(['publish'])).toEqual([403, 403, 202])
    expect(await tries(['losant'])).toEqual([403, 403, 403])
    expect(await tries(['read', 'write', 'publish'])).toEqual([200, 200, 202])
  })

  it('ends when it is revoked, and when its time is over', async () => {
    const { apiKey, core, scope, url } = await setupApi()
    const { apiKey: row, text } = await apiKey()
    const send = sendAs(url, text)
    expect((await send('GET', '/app')).status).toBe(200)
    await revokeApiKey(core, scope, row.id)
    await expect.poll(async () => (await send('GET', '/app')).status, { timeout: 5_000 }).toBe(401)
    const short = await apiKey({ expiresInSeconds: 1 })
    const shortSend = sendAs(url, short.text)
    expect((await shortSend('GET', '/app')).status).toBe(200)
    await expect
      .poll(async () => (await shortSend('GET', '/app')).status, { timeout: 5_000 })
      .toBe(401)
  })

  it('is kept as a digest, and listed without it', async () => {
    const { apiKey, core, scope } = await setupApi()
    const { apiKey: row, text } = await apiKey({ name: 'billing' })
    const page = await listApiKeys(core, scope, { limit: 10, order: 'ascending' })
    expect(page.items).toMatchObject([{ apiKey: { id: row.id, name: 'billing' } }])
    expect(JSON.stringify(page.items)).not.toContain(text)
    expect(row.hash).toHaveLength(32)
  })

  it('is not ended by logout, which says so', async () => {
    const { apiKey, as } = await setupApi()
    const { text } = await apiKey()
    const answer = await as(text)('POST', '/auth/logout')
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad_token' } })
    expect(answer.body.detail).toContain('keys revoke')
    expect((await as(text)('GET', '/app')).status).toBe(200)
  })

  it('cannot be revoked from another organisation', async () => {
    const { apiKey, core } = await setupApi()
    const { scope: stranger } = await setupApi()
    const { apiKey: row } = await apiKey()
    await expect(revokeApiKey(core, stranger, row.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it.each([
    [{ name: '' }, 'name'],
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['all of it'] }, 'scopes'],
    [{ expiresInSeconds: 0 }, 'expiresInSeconds'],
  ])('with %j is refused', async (input, field) => {
    const { apiKey } = await setupApi()
    await expect(apiKey(input)).rejects.toMatchObject({ faults: [{ path: ['body', field] }] })
  })
})

describe('tokens', () => {
  it('come with an id of their own each, and end at the second they say', async () => {
    const tokens = createTokens(JWT_SECRET)
    const issuedAtMs = 1_800_000_000_123
    const claims = { subject: 'org_x', issuedAtMs, expiresAtMs: issuedAtMs + 60_000 }
    const [one, two] = [await tokens.sign(claims), await tokens.sign(claims)]
    expect(one.tokenId).not.toBe(two.tokenId)
    const verified = await tokens.verify(one.token, issuedAtMs)
    expect(verified).toMatchObject({ subject: 'org_x', tokenId: one.tokenId, issuedAtMs })
    await expect(tokens.verify(one.token, verified.expiresAtMs)).rejects.toThrow('Invalid token')
  })
})
