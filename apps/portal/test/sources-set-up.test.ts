import { createHmac } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { githubSignature, waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const GRANTED = { capabilities: ['ViewBase', 'ViewSources', 'ManageSources'] }

const SECRET = 's'.repeat(32)
const DAY_MS = 86_400_000

describe.skipIf(isWithoutBrowser())('the set-up of a source, and its log', () => {
  let portal: Portal
  let page: Page

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    page = await portal.newPage()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const add = async (search: string, name: string) => {
    await page.goto(await portal.link(GRANTED))
    await page.getByRole('link', { name: 'Sources', exact: true }).click()
    await page.getByRole('link', { name: 'Add source' }).first().click()
    await page.getByLabel('Search providers').fill(search)
    await page.getByRole('link', { name }).click()
  }

  const broughtAgo = async (id: string, ms: number) => {
    const { source } = portal.db.prisma
    const { options } = await source.findUniqueOrThrow({ where: { id } })
    const secretLearnedAt = new Date(Date.now() - ms).toISOString()
    await source.update({
      where: { id },
      data: { options: { ...Object(options), secretLearnedAt } },
    })
  }

  it('takes what the provider shows only once it has the URL when it is there', async () => {
    await add('paypal', 'PayPal')
    await page.getByText('leave it blank until then').waitFor()
    const document = page.getByRole('link', { name: 'What PayPal itself says' })
    expect(await document.getAttribute('href')).toMatch(/^https:\/\/developer\.paypal\.com\//)
    await page.getByRole('button', { name: 'Create source' }).click()
    await page.getByText('Waiting for the first request…').waitFor()
    const form = page.locator('form', { hasText: 'From the provider' })
    await form.getByLabel('Webhook ID').fill('WH-1')
    await inspect(page, 'sources-late')
    await form.getByRole('button', { name: 'Save settings' }).click()
    await page.getByText('Settings saved').waitFor()
    await form.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    expect(await page.getByLabel('Webhook ID').inputValue()).toBe('WH-1')
  })

  it('says plainly that all is refused where no scheme is published, until nothing is verified', async () => {
    await add('vgs', 'Very Good Security')
    await page.getByText('doesn’t publish how it signs. Every request is refused').waitFor()
    await inspect(page, 'sources-unpublished')
    await page.getByRole('button', { name: 'Create source' }).click()
    await page.getByText('Waiting for the first request…').waitFor()
    await page.locator('.badge', { hasText: 'Scheme not published' }).waitFor()
    const url = String(await page.locator('.set-up-steps code').first().textContent())
    const send = (body: string) => fetch(url, { method: 'POST', body })
    expect((await send('{"id":"1"}')).status).toBe(401)
    await page.getByText('A request came, but was not taken').waitFor()
    await page.getByRole('link', { name: 'See the request' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download original' }).click()
    expect(await text(await (await download).createReadStream())).toBe('{"id":"1"}')
    await page.goBack()
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await page.getByLabel('No verification: take whatever comes').check()
    await page.getByRole('button', { name: 'Save settings' }).click()
    await page.getByText('Settings saved').waitFor()
    await page.locator('.badge', { hasText: 'No verification' }).waitFor()
    expect(await page.locator('.badge', { hasText: 'Scheme not published' }).count()).toBe(0)
    expect((await send('{"id":"2"}')).status).toBe(200)
  })

  it('shows what Notion brings, to be entered there, for a week and until Notion sends by it', async () => {
    const fields = { name: 'Notes', type: 'notion', application: 'acme' }
    const { id, ingestUrl } = await portal.call('POST', '/source', fields)
    await page.goto(`${portal.url}/portal/sources/${String(id)}?tab=set-up`)
    await page.getByText('Can be shown here once it has come.').waitFor()
    const token = `secret_${'t'.repeat(40)}`
    const send = async (body: string) => {
      const signature = createHmac('sha256', token).update(body).digest('hex')
      const headers = { 'x-notion-signature': `sha256=${signature}` }
      return (await fetch(String(ingestUrl), { method: 'POST', headers, body })).status
    }
    expect(await send(JSON.stringify({ verification_token: token }))).toBe(200)
    const show = page.getByRole('button', { name: 'Show the secret' })
    await show.waitFor()
    await broughtAgo(String(id), 7.1 * DAY_MS)
    await page.reload()
    await page.locator('.set-up-steps').waitFor()
    expect(await show.count()).toBe(0)
    await broughtAgo(String(id), 6.9 * DAY_MS)
    await page.reload()
    await show.click()
    const shown = page.locator('.set-up-steps code', { hasText: token })
    await shown.waitFor()
    await inspect(page, 'sources-learned-secret')
    expect(await send('{"id":"n-1","type":"page.created"}')).toBe(200)
    await shown.waitFor({ state: 'detached' })
    expect(await show.count()).toBe(0)
  })

  it('shows what became of each request and why, as it comes', async () => {
    const fields = { name: 'Code', type: 'github', application: 'acme', secrets: [SECRET] }
    const made = await portal.call('POST', '/source', fields)
    const [id, url] = [String(made['id']), String(made['ingestUrl'])]
    const send = async (secret: string, delivery: string) => {
      const headers = {
        'x-github-event': 'push',
        'x-github-delivery': delivery,
        'x-hub-signature-256': githubSignature(secret, '{}'),
      }
      return (await fetch(url, { method: 'POST', headers, body: '{}' })).status
    }
    const change = (options: object) => portal.call('PATCH', `/source/${id}`, { options })
    const untilAnswered = (status: number) =>
      waitFor(`an answer of ${status}`, async () => {
        return (await send(SECRET, crypto.randomUUID())) === status
      })
    await page.goto(`${portal.url}/portal/sources/${id}?tab=requests`)
    await page.getByText('Nothing came yet').waitFor()
    const row = (outcome: string) =>
      page.getByRole('row').filter({ has: page.locator('.badge', { hasText: outcome }) })
    expect([await send(SECRET, 'one'), await send(SECRET, 'one')]).toEqual([200, 200])
    await row('Accepted').waitFor()
    await row('Duplicate').waitFor()
    expect(await send('wrong', 'two')).toBe(401)
    await row('Quarantined').getByText('Wrong signature').waitFor()
    await change({ rate: 0.1 })
    await untilAnswered(429)
    await row('Throttled').first().getByText('Over the rate of the source').waitFor()
    await change({ rate: null, enabled: false })
    await untilAnswered(503)
    await row('Refused').first().getByText('The source was disabled').waitFor()
    await inspect(page, 'sources-outcomes')
  })
})
