import { createOrganisationToken } from '@posthorn/core'
import { startTestDatabase } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { raw } from './hostile-setup.ts'
import { startTestApi } from './test-api.ts'

const PAGES = ['/login', '/portal', '/portal/endpoints', '/console', '/console/login'] as const
const PORTAL_HOST = 'portal.example.com'
const CONSOLE_HOST = 'console.example.com:8443'
const OWN_HOSTS = {
  POSTHORN_PUBLIC_URL: 'https://api.example.com',
  POSTHORN_PORTAL_ORIGIN: `https://${PORTAL_HOST}`,
  POSTHORN_CONSOLE_URL: `https://${CONSOLE_HOST}/`,
  POSTHORN_ALLOWED_ORIGINS: 'https://app.example.com',
}

/** An api whose pages have hosts of their own. */
async function setupHosts() {
  await using stack = new AsyncDisposableStack()
  const { url: databaseUrl } = stack.use(await startTestDatabase())
  const { core, url } = stack.use(await startTestApi({ databaseUrl, env: OWN_HOSTS }))
  const { token } = await createOrganisationToken(core, { expiresInSeconds: 3600 })
  const resources = stack.move()
  return {
    url,
    send: sendAs(url, token),
    statusAt: async (host: string, path: string) =>
      (await raw(url, `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)).status,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function policyOf({ headers }: Response): Record<string, string> {
  const directives = headers.get('content-security-policy')?.split('; ') ?? []
  return Object.fromEntries(
    directives.map((text) => [text.replace(/ .*/, ''), text.replace(/^\S+ /, '')]),
  )
}

describe('a page', () => {
  it.each(PAGES)(
    '%s runs what bears the nonce of its very answer, and is nothing to keep',
    async (path) => {
      const { url } = await setupApi()
      const nonces = new Set<string>()
      for (let time = 0; time < 2; time++) {
        const page = await fetch(url + path)
        const html = await page.text()
        expect(page.status).toBe(200)
        const { 'script-src': scripts = '', ...policy } = policyOf(page)
        const [, nonce = ''] = /^'nonce-([\w+/=]{20,})' 'strict-dynamic'$/.exec(scripts) ?? []
        expect(html).toContain(`nonce="${nonce}"`)
        nonces.add(nonce)
        expect(policy).toMatchObject({
          'default-src': "'none'",
          'base-uri': "'none'",
          'object-src': "'none'",
          'frame-ancestors': path.startsWith('/console') ? "'none'" : "'self'",
        })
        expect(Object.fromEntries(page.headers)).toMatchObject({
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        })
      }
      expect(nonces.size).toBe(2)
    },
  )
})

describe('hosts of their own', () => {
  it('are where portal and console are served, and nowhere else', async () => {
    await using bundle = await setupHosts()
    for (const path of PAGES) {
      const own = path.startsWith('/console') ? CONSOLE_HOST : PORTAL_HOST
      const hosts = [PORTAL_HOST, CONSOLE_HOST, 'api.example.com', '127.0.0.1']
      for (const host of hosts)
        expect([host, path, await bundle.statusAt(host, path)]).toEqual([
          host,
          path,
          host === own ? 200 : 404,
        ])
    }
    for (const host of [PORTAL_HOST, CONSOLE_HOST, 'api.example.com'])
      expect(await bundle.statusAt(host, '/api/v1/health')).toBe(204)
  })

  it('are what links into the portal begin with, and may call the api as its own pages', async () => {
    await using bundle = await setupHosts()
    await bundle.send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const access = (origin: string) =>
      bundle.send('POST', '/auth/app-portal-access/one', { body: {}, headers: { origin } })
    const { body } = await access(`https://${PORTAL_HOST}`)
    expect(body.url).toMatch(new RegExp(`^https://${PORTAL_HOST}/login#key=`))
    expect((await access(`https://${CONSOLE_HOST}`)).status).toBe(200)
    expect((await access('https://evil.example.com')).status).toBe(403)
  })
})

describe('a script of the pages', () => {
  it('comes in Brotli to who takes it, else in gzip, else as it is: the same text', async () => {
    const { url } = await setupApi()
    const html = await (await fetch(`${url}/portal`)).text()
    const [, script = ''] = /src="(\/portal\/assets\/first-[^"]+)"/.exec(html) ?? []
    const forms = []
    for (const accepted of ['identity', 'gzip, deflate', 'gzip, deflate, br']) {
      const answer = await fetch(url + script, { headers: { 'accept-encoding': accepted } })
      const encoding = answer.headers.get('content-encoding')
      const bytes = Number(answer.headers.get('content-length'))
      forms.push({ encoding, bytes, text: await answer.text() })
    }
    expect(forms.map(({ encoding }) => encoding)).toEqual([null, 'gzip', 'br'])
    expect(new Set(forms.map(({ text }) => text)).size).toBe(1)
    expect(forms.map(({ bytes }) => bytes)).toEqual(
      forms.map(({ bytes }) => bytes).toSorted((a, b) => b - a),
    )
  })
})
