import { waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { loadApiConfig } from '../src/config.ts'
import { sendAs } from './api-setup.ts'
import { setupStaff } from './staff-setup.ts'
import { startTestApi } from './test-api.ts'

const THEME = '/organisation/portal-theme'
const ENV = {
  DATABASE_URL: 'postgres://localhost/none',
  POSTHORN_JWT_SECRET: 'a-signing-secret-that-is-long-enough',
  POSTHORN_ENCRYPTION_KEYS: Buffer.alloc(32).toString('base64'),
}
const LOGO = 'data:image/svg+xml;base64,PHN2Zy8+'

async function setup() {
  const staff = await setupStaff()
  const { body: app } = await staff.send('POST', '/app', { body: { name: 'Acme' } })
  const appId: string = app.id
  const link = async () => {
    const { body } = await staff.send('POST', `/auth/app-portal-access/${appId}`, { body: {} })
    return { url: new URL(body.url), as: staff.as(body.token) }
  }
  return {
    ...staff,
    appId,
    link,
    put: (body: unknown) => staff.owner.call('PUT', THEME, { body }),
    setMetadata: (metadata: object) => staff.send('PATCH', `/app/${appId}`, { body: { metadata } }),
    /** What the page brings along of how it is to look. */
    look: async (search: string) => {
      const page = await (await fetch(`${staff.url}/login${search}`)).text()
      const json = /<script type="application\/json" id="look">(.*?)<\/script>/.exec(page)?.[1]
      return { page, look: json === undefined ? null : JSON.parse(json) }
    },
  }
}

const valuesOf = (body: { values: { name: string; value: string; source: string }[] }) =>
  Object.fromEntries(body.values.map(({ name, value, source }) => [name, [value, source]]))

describe('the look of an organisation', () => {
  it('is kept as a whole, says where each value comes from, and is on record without its pictures', async () => {
    const { owner, put, core, orgId } = await setup()
    const { body: before } = await owner.call('GET', THEME)
    expect(before).toMatchObject({ changedBy: null, changedAt: null, imageOrigins: [] })
    expect(valuesOf(before)['radius']).toEqual([null, 'default'])
    const theme = { primaryColorLight: '#0a7f5a', radius: '0', density: 'compact', logoLight: LOGO }
    const { status, body } = await put(theme)
    expect(status).toBe(200)
    expect(valuesOf(body)).toMatchObject({
      primaryColorLight: ['#0a7f5a', 'console'],
      radius: ['0', 'console'],
      logoLight: [LOGO, 'console'],
      productName: [null, 'default'],
    })
    expect(body.changedBy).toMatch(/^user:/)
    await put({ ...theme, radius: undefined, productName: 'Acme Hooks' })
    await put({ ...theme, radius: undefined, productName: 'Acme Hooks' })
    expect(valuesOf((await owner.call('GET', THEME)).body)).toMatchObject({
      radius: [null, 'default'],
      productName: ['Acme Hooks', 'console'],
    })
    const action = 'organisation.portal_theme'
    const records = await core.db.prisma.auditRecord.findMany({
      where: { orgId, action },
      orderBy: { id: 'asc' },
    })
    expect(records.map(({ changes }) => changes)).toEqual([
      expect.objectContaining({
        radius: { from: null, to: '0' },
        logoLight: { from: null, to: expect.stringMatching(/^data:image\/svg\+xml, 34 char/) },
      }),
      { radius: { from: '0', to: null }, productName: { from: null, to: 'Acme Hooks' } },
    ])
  })

  it('refuses what cannot be used, and names it', async () => {
    const { put, owner } = await setup()
    const cases = [
      ['primaryColorDark', 'red'],
      ['surface', '#12345'],
      ['radius', '25'],
      ['density', 'dense'],
      ['fontFamily', 'Inter;}*{display:none'],
      ['logoLight', 'javascript:alert(1)'],
      ['logoLight', 'data:text/html,<script>alert(1)</script>'],
      ['logoLight', 'data:image/svg+xml,<svg onload="alert(1)"/>'],
      ['fontFamily', `'"'"`],
      ['logoDark', 'https://cdn.elsewhere.example/logo.svg'],
      ['logoDark', 'HTTPS://cdn.elsewhere.example/logo.svg'],
      ['favicon', 'http://cdn.example.com/icon.png'],
      ['favicon', '//cdn.example.com/icon.png'],
      ['productName', ''],
      ['labelEndpoints', ''],
      ['labelMessages', 'x'.repeat(31)],
      ['labelEventTypes', 'a\nb'],
      ['supportLink', 'javascript:alert(1)'],
      ['supportLink', 'https://user:word@help.example.com'],
    ]
    for (const [name = '', value] of cases) {
      const { status, body } = await put({ radius: '3', [name]: value })
      expect(status, `${name} ${value}`).toBe(422)
      expect(body.detail.map(({ loc }: { loc: string[] }) => loc)).toEqual([['body', name]])
    }
    expect((await owner.call('GET', THEME)).body.changedAt).toBeNull()
  })

  it('refuses an image of more than 16 kB', async () => {
    const { put } = await setup()
    const image = (bytes: number) => `data:image/png;base64,${'A'.repeat(bytes - 22)}`
    expect((await put({ favicon: image(16_384) })).status).toBe(200)
    const { status, body } = await put({ favicon: image(16_385) })
    expect(status).toBe(422)
    expect(body.detail[0].msg).toMatch(/at most 16384 characters/)
  })

  it('names what there is not', async () => {
    const { put } = await setup()
    const { status, body } = await put({ colour: '#fff' })
    expect(status).toBe(422)
    expect(body.detail[0].msg).toContain('colour')
  })

  it('is for admins, owners and keys that administer: nobody else changes or reads it whole', async () => {
    const { join, as, apiKey, appId, link, put } = await setup()
    const body = { radius: '1' }
    const admin = await join('admin')
    expect((await admin.call('PUT', THEME, { body })).status).toBe(200)
    const callers = [
      as((await apiKey()).text),
      as((await apiKey({ scopes: ['read', 'write'], applications: [appId] })).text),
      (await join('support')).call,
      (await join('viewer')).call,
      (await link()).as,
    ]
    for (const call of callers) {
      expect((await call('PUT', THEME, { body })).status).toBe(403)
      expect((await call('GET', THEME)).status).toBe(403)
    }
    expect((await as('')('PUT', THEME, { body })).status).toBe(401)
    expect((await put({})).status).toBe(200)
  })
})

describe('the look of an application', () => {
  it('goes by its metadata before its organisation; what it cannot use it names, and leaves', async () => {
    const { put, setMetadata, send, appId, link, join } = await setup()
    await put({ radius: '2', productName: 'Acme Hooks' })
    await setMetadata({
      plan: 'gold',
      'theme.radius': '12',
      'theme.productName': 'Beta',
      'theme.surface': 'beige',
      'theme.color': '#fff',
      'theme.logoLight': 'https://cdn.elsewhere.example/logo.svg',
    })
    const { body } = await send('GET', `/app/${appId}/portal-theme`)
    expect(valuesOf(body)).toMatchObject({
      radius: ['12', 'application'],
      productName: ['Beta', 'application'],
      surface: [null, 'default'],
      logoLight: [null, 'default'],
    })
    expect(body.faults.map(({ key }: { key: string }) => key).toSorted()).toEqual([
      'theme.color',
      'theme.logoLight',
      'theme.surface',
    ])
    const { as } = await link()
    expect((await as('GET', `/app/${appId}/portal-theme`)).body).toEqual(body)
    const stranger = await setup()
    expect((await as('GET', `/app/${stranger.appId}/portal-theme`)).status).toBe(404)
    expect((await stranger.send('GET', `/app/${appId}/portal-theme`)).status).toBe(404)
    const viewer = await join('viewer')
    expect((await viewer.call('GET', `/app/${appId}/portal-theme`)).status).toBe(200)
  })

  it('comes with the page that a link asks for, and a link names its application only then', async () => {
    const { put, setMetadata, link, look, appId } = await setup()
    expect((await link()).url.search).toBe('')
    const before = await look(`?app=${appId}`)
    expect(before.look).toBeNull()
    await put({ radius: '2', productName: 'A </script><script>alert(1)</script> $& __NONCE__' })
    await setMetadata({ 'theme.radius': '7' })
    const { url } = await link()
    expect(url.search).toBe(`?app=${appId}`)
    await waitFor('the look', async () => (await look(url.search)).look !== null)
    const { page, look: brought } = await look(url.search)
    expect(brought).toEqual({
      radius: '7',
      productName: 'A </script><script>alert(1)</script> $& __NONCE__',
    })
    const scripts = (html: string) => html.match(/<script/g)?.length ?? 0
    expect(scripts(page)).toBe(scripts(before.page) + 1)
  })

  it('comes for an id alone, and neither for a uid nor for what was deleted', async () => {
    const { put, send, look, appId } = await setup()
    await put({ radius: '2' })
    await send('PATCH', `/app/${appId}`, { body: { uid: 'acme-look' } })
    expect((await look(`?app=${appId}&next=/messages`)).look).toEqual({ radius: '2' })
    for (const name of ['acme-look', 'app_', `${appId}x`, `app_${'0'.repeat(27)}`, '%00'])
      expect((await look(`?app=${name}`)).look).toBeNull()
    await send('DELETE', `/app/${appId}`)
    await waitFor('no look', async () => (await look(`?app=${appId}`)).look === null)
  })
})

describe('the look that the environment gives', () => {
  it('holds where nothing else is said, and images of the origins it names are let in', async () => {
    const { owner, token, databaseUrl } = await setup()
    const origin = 'https://cdn.example.com'
    const given = { radius: '3', productName: 'Everybody' }
    const env = {
      POSTHORN_PORTAL_THEME: JSON.stringify(given),
      POSTHORN_IMAGE_ORIGINS: origin,
    }
    await using api = await startTestApi({ databaseUrl, env })
    const own = { productName: 'Acme Hooks', logoLight: `${origin}/logo.svg` }
    const { status, body } = await sendAs(api.url, token)('PUT', THEME, { body: own })
    expect(status).toBe(200)
    expect(valuesOf(body)).toMatchObject({
      radius: ['3', 'environment'],
      productName: ['Acme Hooks', 'console'],
      logoLight: [`${origin}/logo.svg`, 'console'],
    })
    expect(valuesOf({ values: body.inherited })['productName']).toEqual([
      'Everybody',
      'environment',
    ])
    for (const path of ['/login', '/console']) {
      const { headers } = await fetch(api.url + path)
      expect(headers.get('content-security-policy')).toContain(`img-src 'self' data: ${origin};`)
    }
    // Where the environment names no origin the image isn't shown, whoever took it.
    const { body: elsewhere } = await owner.call('GET', THEME)
    expect(valuesOf(elsewhere)['logoLight']).toEqual([null, 'default'])
  })

  it('is checked at the start, with the origins that images may come from', () => {
    const load = (theme: string, origins = '') =>
      loadApiConfig({ ...ENV, POSTHORN_PORTAL_THEME: theme, POSTHORN_IMAGE_ORIGINS: origins }).pages
    const logo = '{"logoLight":"https://cdn.example.com/a.svg"}'
    expect(load('{"radius":"3"}').portalTheme).toEqual({ radius: '3' })
    expect(load(logo, 'https://cdn.example.com').imageOrigins).toEqual(['https://cdn.example.com'])
    expect(() => load(logo)).toThrow(/POSTHORN_PORTAL_THEME: logoLight/)
    expect(() => load('{"radius":"30"}')).toThrow(/POSTHORN_PORTAL_THEME: .*radius/)
    expect(() => load('{')).toThrow(/POSTHORN_PORTAL_THEME/)
    for (const origin of ['http://cdn.example.com', 'https:', "'unsafe-inline'", 'https://a.b/c'])
      expect(() => load('', origin)).toThrow(/POSTHORN_IMAGE_ORIGINS/)
  })
})
