import { createApiKey, ensureOrganisation, getSource } from '@posthorn/core'
import { newId } from '@posthorn/runtime'
import { waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { setupFlow } from './flow-setup.ts'

it('is a token of more than 50 characters by default, sent as Authorization: Bearer', async () => {
  await using flow = await setupFlow()
  expect(flow.flow.token.length).toBeGreaterThan(50)
  expect(await flow.call()).toHaveProperty('status', 200)
})

it.each([
  ['no token', {}],
  ['another token', { authorization: `Bearer ey${'x'.repeat(64)}` }],
  ['another scheme', { authorization: 'Basic eDp5' }],
])('refuses %s with 401, and stores nothing', async (_, headers) => {
  await using flow = await setupFlow()
  const response = await fetch(flow.flowUrl, { method: 'POST', headers })
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
  expect(await flow.messages()).toEqual([])
})

it('takes whoever knows the URL once the token is switched off', async () => {
  await using flow = await setupFlow({ tokenRequired: false })
  expect((await fetch(flow.flowUrl, { method: 'POST' })).status).toBe(200)
})

it.each(['automation.webhook_run', 'automation.manage', 'automation'])(
  'takes an api key with the scope %s instead of the token',
  async (scope) => {
    await using flow = await setupFlow()
    const { text } = await createApiKey(flow.core, flow.scope, { name: 'k', scopes: [scope] })
    const headers = { authorization: `Bearer ${text}` }
    expect(await flow.call({ headers })).toHaveProperty('status', 200)
  },
)

it('refuses an api key without such a scope, of another organisation, or one that was revoked', async () => {
  await using flow = await setupFlow()
  const { core, scope } = flow
  const other = { ...scope, orgId: newId('org_', Date.now()) }
  await ensureOrganisation(core, other.orgId)
  const keys = await Promise.all([
    createApiKey(core, scope, { name: 'k', scopes: ['write', 'publish'] }),
    createApiKey(core, other, { name: 'k', scopes: ['automation'] }),
    createApiKey(core, scope, { name: 'k', scopes: ['automation'] }),
  ])
  await core.db.prisma.apiKey.update({
    where: { id: keys[2].apiKey.id },
    data: { revokedAt: new Date() },
  })
  for (const { text } of keys)
    expect(await flow.call({ headers: { authorization: `Bearer ${text}` } })).toHaveProperty(
      'status',
      401,
    )
  expect(await flow.messages()).toEqual([])
})

it.each(['/extra', '/', '/extra?a=1'])(
  'answers 404 where %s follows the flow id',
  async (suffix) => {
    await using flow = await setupFlow()
    expect(await flow.call({}, suffix)).toHaveProperty('status', 404)
    expect(await flow.messages()).toEqual([])
  },
)

it('answers 404 for a flow that is none, and for a source that is no flow', async () => {
  await using flow = await setupFlow()
  const source = await flow.source()
  for (const id of ['src_0123456789012345678901', source.id, 'x'])
    expect((await fetch(`${flow.url}/v1/flow-webhook/${id}`, { method: 'POST' })).status).toBe(404)
})

it('receives only under its id: the URL of a source is none of a flow', async () => {
  await using flow = await setupFlow()
  const { token } = await getSource(flow.core, flow.scope, flow.flow.id)
  expect((await fetch(`${flow.url}/in/${token}`, { method: 'POST' })).status).toBe(404)
})

it.each(['draft', 'active'] as const)('receives in the status %s', async (status) => {
  await using flow = await setupFlow({ status })
  expect(await flow.call()).toHaveProperty('status', 200)
  expect(await flow.messages()).toHaveLength(1)
})

it('answers a paused flow as Locoia does, stores nothing, and receives again once it is unpaused', async () => {
  await using flow = await setupFlow({ status: 'paused' })
  const paused = await flow.call({ body: '{"a":1}' })
  expect(paused).toMatchObject({
    status: 200,
    text: '{"status":200,"error":"biz_logic","message":"Flow status is `paused`. Unpause to run this flow using a webhook","data":null}',
  })
  expect([await flow.messages(), await flow.requests()]).toEqual([[], []])
  await flow.set({ status: 'active' })
  await waitFor('the change', async () => (await flow.call()).text === '{"success": true}')
})

it('takes 300 requests of one address in 5 minutes over all flows, then answers 429 with Retry-After', async () => {
  await using flow = await setupFlow()
  const unknown = `${flow.url}/v1/flow-webhook/src_0123456789012345678901`
  for (let round = 0; round < 10; round++) {
    const taken = Array.from({ length: 30 }, () => fetch(unknown, { method: 'POST' }))
    for (const { status } of await Promise.all(taken)) expect(status).toBe(404)
  }
  const answer = await flow.call()
  expect(answer.status).toBe(429)
  const wait = Number(answer.headers.get('retry-after'))
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(300)
  expect(await flow.messages()).toEqual([])
})
