import { createOrganisationToken } from '@posthorn/core'
import { startTestDatabase } from '@posthorn/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendAs } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

const MAIL = {
  POSTHORN_SMTP_URL: 'smtp://127.0.0.1:9',
  POSTHORN_SMTP_FROM: 'notices@posthorn.example',
  POSTHORN_PUBLIC_URL: 'https://posthorn.example',
}

describe('addresses for notices', () => {
  let stack: AsyncDisposableStack
  let api: Awaited<ReturnType<typeof startTestApi>>
  let silent: Awaited<ReturnType<typeof startTestApi>>
  let orgId: string
  let send: ReturnType<typeof sendAs>
  let app = 0

  beforeAll(async () => {
    stack = new AsyncDisposableStack()
    const { url: databaseUrl } = stack.use(await startTestDatabase())
    api = stack.use(await startTestApi({ databaseUrl, env: MAIL }))
    silent = stack.use(await startTestApi({ databaseUrl }))
    const made = await createOrganisationToken(api.core, { expiresInSeconds: 3_600 })
    orgId = made.orgId
    send = sendAs(api.url, made.token)
  })
  afterAll(() => stack.disposeAsync())

  /** Of an application of its own. */
  async function addresses(): Promise<{ appId: string; path: string }> {
    const { body } = await send('POST', '/app', { body: { name: 'Acme <b>', uid: `acme${app++}` } })
    return { appId: body.id, path: `/app/${body.id}/notice-address` }
  }

  async function portal(appId: string, capabilities?: readonly string[]) {
    const body = capabilities === undefined ? {} : { capabilities }
    const { body: access } = await send('POST', `/auth/app-portal-access/${appId}`, { body })
    return (url = api.url) => sendAs(url, access.token)
  }

  async function linkOf(id: string): Promise<string> {
    const { token } = await api.core.db.prisma.noticeAddress.findUniqueOrThrow({ where: { id } })
    return `${api.url}/notices/${api.core.vault.open(token)}`
  }

  const auditOf = async (target: string) =>
    api.core.db.prisma.auditRecord.findMany({
      where: { orgId, target },
      orderBy: { createdAt: 'asc' },
    })

  it('are a customer’s to enter, choose for and remove, and each step is recorded without the address', async () => {
    const { appId, path } = await addresses()
    const customer = (await portal(appId))()
    const added = await customer('POST', path, { body: { email: 'Owner@Example.com' } })
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({
      email: 'owner@example.com',
      notices: ['failing', 'disabled_soon', 'disabled'],
      language: 'en',
      confirmedAt: null,
      confirmBy: expect.any(String),
    })
    const { id } = added.body
    const chosen = { notices: ['disabled', 'failing', 'disabled'] }
    expect((await customer('PATCH', `${path}/${id}`, { body: chosen })).body.notices).toEqual([
      'failing',
      'disabled',
    ])
    const { body: list } = await customer('GET', path)
    expect(list).toMatchObject({ isAvailable: true, atMost: 5, data: [{ id }] })
    expect((await customer('DELETE', `${path}/${id}`)).status).toBe(204)
    expect((await customer('GET', path)).body.data).toEqual([])
    const audit = await auditOf(id)
    expect(audit.map(({ action }) => action)).toEqual([
      'notice_address.create',
      'notice_address.update',
      'notice_address.delete',
    ])
    expect(JSON.stringify(audit)).toContain('o…@example.com')
    expect(JSON.stringify(audit)).not.toContain('owner@')
  })

  it('are shown to nobody who may only look, nor to another application', async () => {
    const { appId, path } = await addresses()
    const viewer = (await portal(appId, ['ViewBase']))()
    expect((await viewer('GET', path)).status).toBe(403)
    expect((await viewer('POST', path, { body: { email: 'a@example.com' } })).status).toBe(403)
    const { body } = await send('POST', path, { body: { email: 'a@example.com' } })
    const other = await addresses()
    const stranger = (await portal(other.appId))()
    expect((await stranger('GET', path)).status).toBe(404)
    expect((await stranger('DELETE', `${other.path}/${body.id}`)).status).toBe(404)
    expect((await stranger('PATCH', `${other.path}/${body.id}`, CHOSEN)).status).toBe(404)
  })

  it('are taken only where mail goes out and links lead somewhere', async () => {
    const { appId, path } = await addresses()
    const elsewhere = (await portal(appId))(silent.url)
    expect((await elsewhere('GET', path)).body).toMatchObject({ isAvailable: false, data: [] })
    const refused = await elsewhere('POST', path, { body: { email: 'a@example.com' } })
    expect(refused.status).toBe(422)
    expect(refused.body.detail[0].type).toBe('smtp_not_configured')
  })

  it('are few, each once, and well-formed', async () => {
    const { path } = await addresses()
    const add = (email: string) => send('POST', path, { body: { email } })
    for (let n = 0; n < 5; n++) expect((await add(`few${n}@example.com`)).status).toBe(201)
    expect((await add('FEW1@example.com')).status).toBe(409)
    const sixth = await add('few5@example.com')
    expect(sixth.body).toMatchObject({ code: 'limit_reached' })
    for (const email of ['none', 'a@b\nbcc: c@d.example', '"a b"@example.com,c@example.com'])
      expect((await add(email)).status).toBe(422)
    expect(
      (await send('POST', path, { body: { email: 'a@b.example', ...NONE.body } })).status,
    ).toBe(422)
  })

  it('let nobody have a mailbox flooded, by removing and adding, by a plus, or from elsewhere', async () => {
    const [one, two] = [await addresses(), await addresses()]
    for (const [path, email] of [
      [one.path, 'victim@example.com'],
      [two.path, 'victim+a@example.com'],
      [one.path, 'victim+b@example.com'],
    ] as const) {
      const { status, body } = await send('POST', path, { body: { email } })
      expect(status).toBe(201)
      await send('DELETE', `${path}/${body.id}`)
    }
    const refused = await send('POST', one.path, { body: { email: 'victim@example.com' } })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_400)
    for (let n = 0; n < 8; n++) {
      const email = `other${n}@example.com`
      const { status, body } = await send('POST', one.path, { body: { email } })
      expect(status).toBe(201)
      await send('DELETE', `${one.path}/${body.id}`)
    }
    const last = { body: { email: 'other9@example.com' } }
    for (let n = 0; n < 3; n++) expect((await send('POST', one.path, last)).status).toBe(429)
    expect((await send('POST', two.path, last)).status).toBe(201)
  })

  it('are confirmed by a hand on the page of the link, not by looking at it', async () => {
    const { path } = await addresses()
    const { body } = await send('POST', path, { body: { email: 'who@example.com' } })
    const link = await linkOf(body.id)
    const isConfirmed = async () => (await send('GET', path)).body.data[0].confirmedAt !== null
    const page = await fetch(link)
    const html = await page.text()
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(html).toContain(
      'who@example.com was entered to get notices about the webhooks of Acme &lt;b&gt;.',
    )
    expect(await isConfirmed()).toBe(false)
    const confirmed = await fetch(`${link}/confirm`, { method: 'POST' })
    expect(await confirmed.text()).toContain('Confirmed.')
    expect(await isConfirmed()).toBe(true)
    expect((await auditOf(body.id)).at(-1)).toMatchObject({
      action: 'notice_address.confirm',
      actor: 'system:notice_link',
    })
  })

  it('end by one POST without a session, as RFC 8058 has it, and by no look', async () => {
    const { path } = await addresses()
    const { body } = await send('POST', path, { body: { email: 'ends@example.com' } })
    const link = await linkOf(body.id)
    await fetch(`${link}/confirm`, { method: 'POST' })
    await fetch(`${link}/unsubscribe`)
    expect((await send('GET', path)).body.data).toHaveLength(1)
    const oneClick = () =>
      fetch(`${link}/unsubscribe`, {
        method: 'POST',
        redirect: 'error',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      })
    expect((await oneClick()).status).toBe(200)
    expect((await send('GET', path)).body.data).toEqual([])
    expect((await oneClick()).status).toBe(200)
    expect((await auditOf(body.id)).at(-1)?.action).toBe('notice_address.unsubscribe')
  })

  it('are gone when the time to confirm is over, or the application is deleted', async () => {
    const { appId, path } = await addresses()
    const { body } = await send('POST', path, { body: { email: 'late@example.com' } })
    const link = await linkOf(body.id)
    await api.core.db.hot.query(`UPDATE notice_address SET confirm_by = now() WHERE id = $1`, [
      body.id,
    ])
    const late = await fetch(`${link}/confirm`, {
      method: 'POST',
      headers: { 'accept-language': 'de-AT' },
    })
    expect(late.status).toBe(404)
    expect(await late.text()).toContain('Dieser Link gilt nicht mehr')
    expect((await send('GET', path)).body.data).toEqual([])
    expect((await fetch(`${api.url}/notices/none`)).status).toBe(404)
    await send('POST', path, { body: { email: 'late@example.com' } })
    await send('DELETE', `/app/${appId}`)
    expect(await api.core.db.prisma.noticeAddress.count({ where: { appId } })).toBe(0)
  })
})

const NONE = { body: { notices: [] } }
const CHOSEN = { body: { notices: ['disabled'] } }
