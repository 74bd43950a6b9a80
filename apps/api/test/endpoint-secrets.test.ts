import { describe, expect, it } from 'vitest'
import { setupEndpoints } from './endpoint-setup.ts'

const URL_A = 'https://hooks.example.com/a'
const base64 = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64')
const GIVEN = `whsec_${base64(24)}`
const OTHER = `whsec_${base64(75)}`

describe.each(['svix1', 'svix2'] as const)('secrets through %s', (generation) => {
  it('makes one or takes the given one, shows it on request, rotates it', async () => {
    const bench = await setupEndpoints()
    const { appId } = bench
    const sdk = bench.sdk(generation)
    const made = await sdk.create(appId, { url: URL_A })
    expect((await sdk.getSecret(appId, made.id)).key).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)

    const given = await sdk.create(appId, { url: URL_A, secret: GIVEN })
    expect(await sdk.getSecret(appId, given.id)).toEqual({ key: GIVEN })
    await sdk.rotateSecret(appId, given.id, { key: OTHER })
    expect(await sdk.getSecret(appId, given.id)).toEqual({ key: OTHER })
    await sdk.rotateSecret(appId, given.id, {})
    expect((await sdk.getSecret(appId, given.id)).key).not.toBe(OTHER)
  })
})

describe('rotation', () => {
  it('lets the former secret sign for the grace period, 24 hours unless told otherwise', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    await bench.request('POST', `${path}/secret/rotate`, {})
    await bench.request('POST', `${path}/secret/rotate`, { gracePeriodSeconds: 600 })
    const { rows } = await bench.db.hot.query<{ seconds: number }>(
      `SELECT extract(epoch FROM expires_at - now())::float8 AS seconds FROM endpoint_secret
        WHERE endpoint_id = $1 AND expires_at IS NOT NULL ORDER BY expires_at`,
      [path.split('/').at(-1)],
    )
    expect(rows.map(({ seconds }) => Math.round(seconds / 60))).toEqual([10, 24 * 60])
  })

  it('ends the former secret at once with a grace period of 0', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const rotated = await bench.request('POST', `${path}/secret/rotate`, { gracePeriodSeconds: 0 })
    expect(rotated.status).toBe(204)
    const { rows } = await bench.db.hot.query(
      'SELECT 1 FROM endpoint_secret WHERE endpoint_id = $1',
      [path.split('/').at(-1)],
    )
    expect(rows).toHaveLength(1)
  })

  it('stops at ten former secrets', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const rotate = (body: unknown) => bench.request('POST', `${path}/secret/rotate`, body)
    for (let round = 0; round < 10; round++) expect((await rotate({})).status).toBe(204)
    const before = await bench.request('GET', `${path}/secret`)
    expect(await rotate({})).toMatchObject({ status: 400, body: { code: 'limit_reached' } })
    expect((await bench.request('GET', `${path}/secret`)).body).toEqual(before.body)
    expect((await rotate({ gracePeriodSeconds: 0 })).status).toBe(204)
  })

  it.each([-1, 604_801, 1.5, 'x'])('refuses a grace period of %j', async (gracePeriodSeconds) => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const { status, body } = await bench.request('POST', `${path}/secret/rotate`, {
      gracePeriodSeconds,
    })
    expect(status).toBe(422)
    expect(body.detail[0].loc).toEqual(['body', 'gracePeriodSeconds'])
  })
})

describe('a secret that can not sign', () => {
  it.each([
    ...[0, 1, 23, 76].map((bytes) => `whsec_${base64(bytes)}`),
    'whpk_' + base64(32),
    base64(24),
    'whsec_not base64!',
    `whsec_${base64(24).slice(0, -1)}*`,
    `whsk_${base64(63)}`,
    `whsk_${base64(64)}`,
  ])('%s is refused on create and on rotate', async (secret) => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const created = await bench.createRaw({ url: URL_A, secret })
    expect(created.status).toBe(422)
    expect(created.body.detail[0].loc).toEqual(['body', 'secret'])
    const rotated = await bench.request('POST', `${path}/secret/rotate`, { key: secret })
    expect(rotated.status).toBe(422)
    expect(rotated.body.detail[0].loc).toEqual(['body', 'key'])
  })
})

it('shows only the public half of an ed25519 pair, and audits every look', async () => {
  const bench = await setupEndpoints()
  const path = await bench.createPath({ url: URL_A, secret: ED25519_PAIR })
  expect((await bench.request('GET', `${path}/secret`)).body.key).toMatch(/^whpk_/)
  expect(await bench.auditActions()).toContain('endpoint.reveal_secret')
})

it('stores and audits no secret in clear', async () => {
  const bench = await setupEndpoints()
  await bench.createPath({ url: URL_A, secret: GIVEN, headers: { 'x-mine': 'very-private' } })
  const { rows } = await bench.db.hot.query<{ dump: string }>(
    `SELECT encode(s.secret, 'escape') || encode(e.headers, 'escape') || a.changes::text AS dump
       FROM endpoint e JOIN endpoint_secret s ON s.endpoint_id = e.id JOIN audit_record a ON a.target = e.id
      WHERE e.app_id = $1`,
    [bench.appId],
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]?.dump).not.toContain(base64(24))
  expect(rows[0]?.dump).not.toContain('very-private')
})

// The seed 0…0 and its public key.
const ED25519_PAIR = `whsk_${Buffer.concat([
  Buffer.alloc(32),
  Buffer.from('3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29', 'hex'),
]).toString('base64')}`
