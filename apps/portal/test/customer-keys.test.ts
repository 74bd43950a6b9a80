import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { promisify } from 'node:util'
import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const run = promisify(execFile)

describe.skipIf(isWithoutBrowser())('a customer goes through what was sent', () => {
  let portal: Portal
  let page: Page
  let endpointId: string
  const ids: string[] = []

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    for (const name of ['invoice.paid', 'user.created'])
      await portal.call('POST', '/event-type', { name, description: '' })
    const endpoint = await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    endpointId = String(endpoint['id'])
    const publish = async (eventType: string) => {
      const sent = portal.receiver.requests.length
      const payload = { text: "it's 'quoted' $HOME", n: ids.length }
      const { id } = await portal.call('POST', '/app/acme/msg', { eventType, payload })
      ids.unshift(String(id))
      await waitFor('the delivery', () => portal.receiver.requests.length > sent)
    }
    await publish('invoice.paid')
    await publish('user.created')
    await publish('invoice.paid')
    // The list asks once a minute what a day came to.
    await waitFor('the figures of the day', async () => {
      const { total } = await portal.call('GET', '/app/acme/traffic?period=24h')
      return JSON.stringify(total).includes('"succeeded":3')
    })
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const shows = (id: string | undefined) =>
    waitFor(`message ${id}`, () => new URL(page.url()).pathname.endsWith(`/messages/${id}`))
  /** The focus is in the screen, and what leads on is there. */
  const settled = async (...steps: string[]) => {
    for (const name of steps) await page.getByRole('link', { name, exact: true }).waitFor()
    await waitFor('the focus', () =>
      page.evaluate(() => document.activeElement?.closest('#content') != null),
    )
  }

  it('from the list: each endpoint says what yesterday came to, and leads on to its edit, test and id', async () => {
    const row = page.getByRole('row', { name: portal.receiver.url })
    await row.getByText('100% of 3 attempts').waitFor()
    await row.getByText(/^p95 /).waitFor()
    await row.locator('summary').click()
    await inspect(page, 'endpoint-row-menu')
    await page.locator('.site-name').click()
    await row.getByRole('link', { name: 'Test', exact: true }).waitFor({ state: 'hidden' })
    await row.locator('summary').click()
    await row.getByRole('link', { name: 'Test', exact: true }).click()
    await page.getByRole('button', { name: 'Send Example' }).waitFor()
    await page.goBack()
    await row.locator('.strong-link').focus()
    await page.keyboard.press('c')
    await page.getByLabel('Endpoint URL').waitFor()
  })

  it('by j and k to the messages beside one, as the filters of the list have them, and by Esc back', async () => {
    await page.goto(`${portal.url}/portal/messages?type=invoice.paid`)
    await page.getByRole('link', { name: 'invoice.paid' }).first().click()
    await shows(ids[0])
    await settled('Older message')
    await page.keyboard.press('j')
    await shows(ids[2])
    await settled('Newer message')
    expect(await page.getByRole('link', { name: 'Older message' }).count()).toBe(0)
    await inspect(page, 'message-steps')
    await page.keyboard.press('k')
    await shows(ids[0])
    await settled('Older message')
    await page.keyboard.press('Escape')
    await waitFor('the list', () => page.url().endsWith('/portal/messages?type=invoice.paid'))
  })

  it('by r to another attempt, and by the brackets through all of them', async () => {
    await page.getByRole('link', { name: 'invoice.paid' }).first().click()
    await shows(ids[0])
    await page.getByText('no. 1').waitFor()
    await settled('Older message')
    const sent = portal.receiver.requests.length
    await page.keyboard.press('r')
    await waitFor('the replay', () => portal.receiver.requests.length > sent)
    await page.getByText('by hand').first().waitFor()
    await page.keyboard.press(']')
    await waitFor('the first attempt', () => page.url().includes('attempt=atmpt_'))
    const first = page.url()
    await page.keyboard.press('[')
    await waitFor('the second attempt', () => page.url() !== first)
  })

  it('copies an attempt as a command that a receiver takes now', async () => {
    await page.evaluate(() =>
      Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }),
    )
    await page.getByRole('button', { name: 'Copy as curl' }).first().click()
    const command = await page.locator('.copy-area').inputValue()
    const sent = portal.receiver.requests.length
    await run('bash', ['-c', command])
    await waitFor('the request', () => portal.receiver.requests.length > sent)
    const request = portal.receiver.requests.at(-1)
    const { key } = await portal.call('GET', `/app/acme/endpoint/${endpointId}/secret`)
    const header = (name: string) => request?.headers[`webhook-${name}`] ?? ''
    const secret = Buffer.from(String(key).slice('whsec_'.length), 'base64')
    const content = `${header('id')}.${header('timestamp')}.${String(request?.body)}`
    const signature = createHmac('sha256', secret).update(content).digest('base64')
    expect(header('signature')).toBe(`v1,${signature}`)
    expect(Math.abs(Date.now() / 1000 - Number(header('timestamp')))).toBeLessThan(60)
    expect(JSON.parse(String(request?.body))).toMatchObject({ text: "it's 'quoted' $HOME" })
  })

  it('copies the ids of an attempt, what it was sent to and each of its headers', async () => {
    const copied = async (what: string) => {
      await page
        .getByRole('button', { name: `Copy: ${what}`, exact: true })
        .first()
        .click()
      return page.locator('.copy-area').inputValue()
    }
    expect(await copied('Message id')).toBe(ids[0])
    expect(await copied('URL of the request')).toBe(portal.receiver.url)
    expect(await copied('webhook-id')).toBe(ids[0])
    await page.keyboard.press('Escape')
    await inspect(page, 'attempt-copyable')
  })

  it('saves the payload as it was published', async () => {
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ])
    expect(saved.suggestedFilename()).toBe(`${ids[0]}.json`)
  })

  it('takes over the URL that the endpoint redirects to', async () => {
    portal.receiver.replies({ status: 308, headers: { location: '/elsewhere?a=1&b=2' } })
    const sent = portal.receiver.requests.length
    await portal.call('POST', '/app/acme/msg', { eventType: 'user.created', payload: {} })
    await waitFor('the delivery', () => portal.receiver.requests.length > sent)
    await page.goto(`${portal.url}/portal/messages?type=user.created`)
    await page.getByRole('link', { name: 'user.created' }).first().click()
    await page.getByRole('link', { name: 'Use the URL that it redirects to' }).click()
    const url = `${new URL(portal.receiver.url).origin}/elsewhere?a=1&b=2`
    expect(await page.getByLabel('Endpoint URL').inputValue()).toBe(url)
    const card = page.locator('.setting-card', { hasText: 'Edit endpoint' })
    await card.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: url }).waitFor()
  })

  it('is asked before what was typed is lost, by a link and by Back', async () => {
    await page.goto(`${portal.url}/portal/endpoints`)
    await page.getByRole('link', { name: 'Add Endpoint' }).click()
    await page.getByLabel('Endpoint URL').fill('https://hooks.example.com/a')
    await page.getByRole('link', { name: 'Messages' }).click()
    await page.getByRole('dialog').getByText('What you changed here').waitFor()
    await inspect(page, 'leave')
    await page.keyboard.press('Escape')
    await page.goBack()
    await page.getByRole('button', { name: 'Stay here' }).click()
    expect(await page.getByLabel('Endpoint URL').inputValue()).toBe('https://hooks.example.com/a')
    await page.goBack()
    await page.getByRole('button', { name: 'Leave', exact: true }).click()
    await page.getByRole('heading', { name: 'Endpoints' }).waitFor()
  })

  it('adds one that begins disabled, with a secret of their own, and begins at the field that is at fault', async () => {
    portal.expectProblem(/status of 422/)
    await page.getByRole('link', { name: 'Add Endpoint' }).click()
    await page.getByLabel('Endpoint URL').fill(`${portal.receiver.url}/second`)
    await page.locator('summary', { hasText: 'Advanced' }).click()
    await page.getByLabel('Own secret').fill('whsec_short')
    await page.getByLabel(/^Start disabled/).check()
    await page.getByRole('button', { name: 'Add Endpoint' }).click()
    await waitFor('the focus on the fault', () =>
      page.getByLabel('Own secret').evaluate((it) => it === document.activeElement),
    )
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
    await page.getByLabel('Own secret').fill(secret)
    await page.getByRole('button', { name: 'Add Endpoint' }).click()
    await page.getByRole('heading', { name: `${portal.receiver.url}/second` }).waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1)
    const { key } = await portal.call('GET', `/app/acme/endpoint/${id}/secret`)
    const { disabled } = await portal.call('GET', `/app/acme/endpoint/${id}`)
    expect([key, disabled]).toEqual([secret, true])
  })

  it('adds one with headers, which are refused while they are typed and of which none that was typed is lost', async () => {
    await page.goto(`${portal.url}/portal/endpoints/new`)
    await page.getByLabel('Endpoint URL').fill(`${portal.receiver.url}/third`)
    const advanced = page.locator('summary', { hasText: 'Advanced' })
    await advanced.click()
    const [name, value] = [page.getByLabel('Header name'), page.getByLabel('Header value')]
    await name.fill('Authorization')
    await value.fill('Bearer s3cret-value')
    await value.press('Enter')
    await page.getByText('set, not shown').waitFor()
    expect(await page.content()).not.toContain('s3cret-value')
    await page.keyboard.type('Host')
    await page.getByText("Host can't be set").waitFor()
    await inspect(page, 'new-headers')
    await advanced.click()
    await page.getByRole('button', { name: 'Add Endpoint' }).click()
    await waitFor('the focus on the fault', () =>
      name.evaluate((it) => it === document.activeElement),
    )
    await name.fill('')
    await value.fill('billing')
    await page.getByText('A value needs a name.').waitFor()
    await page.getByRole('button', { name: 'Add Endpoint' }).click()
    await waitFor('the focus on the name', () =>
      name.evaluate((it) => it === document.activeElement),
    )
    await name.fill('x-team')
    await page.getByRole('button', { name: 'Add Endpoint' }).click()
    await page.getByRole('heading', { name: `${portal.receiver.url}/third` }).waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1)
    const stored = await portal.call('GET', `/app/acme/endpoint/${id}/headers`)
    expect(stored).toEqual({ headers: { 'x-team': 'billing' }, sensitive: ['Authorization'] })
    await portal.call('POST', '/app/acme/msg', { eventType: 'user.created', payload: {} })
    const sent = () =>
      portal.receiver.requests.find(({ headers }) => headers['x-team'] === 'billing')
    await waitFor('the message', () => sent() !== undefined)
    expect(sent()?.headers['authorization']).toBe('Bearer s3cret-value')
  })
})
