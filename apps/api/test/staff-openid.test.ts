import { createOrganisationToken } from '@posthorn/core'
import { freePort, startTestDatabase } from '@posthorn/test-kit'
import { type OpenIdPerson, OPENID_CLIENT, startOpenIdProvider } from '@posthorn/test-kit/openid'
import { describe, expect, it } from 'vitest'
import { sendAs } from './api-setup.ts'
import { createBrowser } from './staff-setup.ts'
import { startTestApi } from './test-api.ts'

/** Follows redirects with a jar for each host, logging in as `login` where the provider asks. */
async function travel(start: string, login: string, alter: (url: URL) => void = () => {}) {
  const jars = new Map<string, Map<string, string>>()
  let url = new URL(start)
  for (let step = 0; step < 15; step++) {
    if (url.pathname.endsWith('/callback')) alter(url)
    if (url.pathname.startsWith('/interaction/')) url.searchParams.set('login', login)
    const jar = jars.get(url.host) ?? new Map<string, string>()
    jars.set(url.host, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) return { url, jar }
    url = new URL(location, url)
  }
  throw new Error('The redirects never ended.')
}

async function setup(people: Record<string, OpenIdPerson>) {
  await using stack = new AsyncDisposableStack()
  const { url: databaseUrl } = stack.use(await startTestDatabase())
  // The provider has to know where the api is, and the api where the provider is: the port is fixed first.
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const redirectUri = `${base}/console/openid/callback`
  const provider = stack.use(await startOpenIdProvider({ redirectUri, people }))
  const orgId = 'org_23rb8YdGqMT0qIzpgGwdXfHirMu'
  const { url, core } = stack.use(
    await startTestApi({
      databaseUrl,
      env: {
        PORT: String(port),
        POSTHORN_OPENID_ISSUER: provider.issuer,
        POSTHORN_OPENID_CLIENT_ID: OPENID_CLIENT.id,
        POSTHORN_OPENID_CLIENT_SECRET: OPENID_CLIENT.secret,
        POSTHORN_OPENID_LABEL: 'Example Login',
        POSTHORN_OPENID_ROLE_CLAIM: 'roles',
        POSTHORN_OPENID_ORGANISATION: orgId,
      },
    }),
  )
  const { token } = await createOrganisationToken(core, { orgId, expiresInSeconds: 3_600 })
  const resources = stack.move()
  return {
    url,
    orgId,
    send: sendAs(url, token),
    async signIn(login: string, alter?: (url: URL) => void) {
      const { url: end, jar } = await travel(`${url}/console/openid`, login, alter)
      const browser = createBrowser(url)
      for (const [name, value] of jar) browser.cookies.set(name, value)
      const me = await browser.send('GET', '/staff/me')
      return { end, me, browser }
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

const person = (name: string, more: Partial<OpenIdPerson> = {}): OpenIdPerson => ({
  email: `${name}@example.com`,
  email_verified: true,
  name,
  ...more,
})

describe('OpenID Connect', () => {
  it('lets in who was invited, as who they are, and nobody else', async () => {
    await using api = await setup({
      ann: person('ann'),
      bob: person('bob'),
      eve: person('eve', { email: 'ann@example.com' }),
      mallory: person('mallory', { email: 'guest@example.com', email_verified: false }),
    })
    for (const email of ['ann@example.com', 'guest@example.com'])
      await api.send('POST', '/staff/invitation', { body: { email, role: 'support' } })
    const options = await api.send('GET', '/staff/sign-in')
    expect(options.body.openId).toEqual({ label: 'Example Login' })
    const ann = await api.signIn('ann')
    expect(ann.me.body).toMatchObject({ email: 'ann@example.com', name: 'ann', hasPassword: false })
    expect(ann.me.body.memberships).toEqual([
      { orgId: api.orgId, name: null, role: 'support', applications: null },
    ])
    expect((await api.signIn('ann')).me.body.id).toBe(ann.me.body.id)
    for (const stranger of ['bob', 'eve', 'mallory']) {
      const { end, me } = await api.signIn(stranger)
      expect([stranger, end.search, me.status]).toEqual([stranger, '?refused=1', 401])
    }
  })

  it('keeps the applications that an invitation was limited to, at every sign-in', async () => {
    await using api = await setup({ ann: person('ann', { roles: ['staff', 'admin'] }) })
    for (const uid of ['own', 'other']) await api.send('POST', '/app', { body: { name: uid, uid } })
    await api.send('POST', '/staff/invitation', {
      body: { email: 'ann@example.com', role: 'support', applications: ['own'] },
    })
    for (let round = 0; round < 2; round++) {
      const { me, browser } = await api.signIn('ann')
      expect(me.body.memberships).toMatchObject([
        { role: 'support', applications: [{ name: 'own' }] },
      ])
      const call = browser.within(api.orgId)
      expect((await call('GET', '/app/own')).status).toBe(200)
      expect((await call('GET', '/app/other')).status).toBe(404)
    }
  })

  it('grants the role of the configured claim', async () => {
    await using api = await setup({ cat: person('cat', { roles: ['staff', 'viewer'] }) })
    const { me } = await api.signIn('cat')
    expect(me.body.memberships).toEqual([
      { orgId: api.orgId, name: null, role: 'viewer', applications: null },
    ])
  })

  it('refuses an answer of another state, of another issuer, and of another browser', async () => {
    await using api = await setup({ cat: person('cat', { roles: ['viewer'] }) })
    const alterations = [
      (url: URL) => url.searchParams.set('state', 'another'),
      (url: URL) => url.searchParams.set('iss', 'https://evil.example'),
      (url: URL) => url.searchParams.set('code', 'another'),
    ]
    for (const alter of alterations) {
      const { end, me } = await api.signIn('cat', alter)
      expect([end.search, me.status]).toEqual(['?refused=1', 401])
    }
    const stranger = await fetch(`${api.url}/console/openid/callback?code=a&state=b`, {
      redirect: 'manual',
    })
    expect(stranger.headers.get('location')).toBe('/console/sign-in?refused=1')
    expect((await api.signIn('cat')).me.status).toBe(200)
  })
})
