import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp.exe'

describe.skipIf(isWithoutBrowser())('the portal', () => {
  let portal: Portal
  let page: Page

  beforeAll(async () => {
    portal = await startPortal()
    await portal.call('POST', '/event-type', {
      name: 'invoice.paid',
      description: 'An invoice was paid in full.',
      schemas: {
        1: {
          type: 'object',
          required: ['id'],
          properties: { id: { type: 'string', description: 'Of the invoice' } },
          examples: [{ id: 'inv_2041', amount: 4200 }],
        },
      },
    })
    await portal.call('POST', '/event-type', { name: 'invoice.voided', description: '' })
    page = await portal.newPage()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  it('opens by the link, and the token is gone from the address bar', async () => {
    await page.goto(await portal.link())
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
    expect(page.url()).toBe(`${portal.url}/portal/endpoints`)
    await inspect(page, 'empty')
    await page.reload()
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
  })

  it('adds an endpoint by keyboard, after saying what is wrong with its URL', async () => {
    await page.getByRole('link', { name: 'Add Endpoint' }).press('Enter')
    await page.getByLabel('Endpoint URL').fill('ftp://example.com')
    await page.getByText('Only https:// can be used.').waitFor()
    await page.getByLabel('Only these').press('Space')
    await page.getByText('None chosen yet. Saved like this, the endpoint gets all.').waitFor()
    await page.getByRole('treeitem', { name: /^invoice\.paid/ }).press('Space')
    await page.getByText('Chosen: 1.').waitFor()
    await inspect(page, 'add-endpoint')
    await page.getByLabel('Endpoint URL').fill(portal.receiver.url)
    await page.getByLabel('Description').fill(HOSTILE)
    await page.getByRole('button', { name: 'Add Endpoint' }).press('Enter')
    await page.getByRole('heading', { name: portal.receiver.url }).waitFor()
    expect(await page.getByText('U+202E').count()).toBeGreaterThan(0)
  })

  it('sends an example and shows the answer beside it', async () => {
    await page.getByRole('link', { name: 'Testing' }).click()
    portal.receiver.replies({ status: 500, body: HOSTILE }, 500, 200)
    await page.getByRole('button', { name: 'Send Example' }).click()
    await page.getByText('Your server failed.').waitFor()
    expect(portal.receiver.requests).toHaveLength(1)
    await inspect(page, 'testing')
  })

  it('sends a payload of one’s own, and says where it is no JSON', async () => {
    const payload = page.getByLabel('Payload')
    await payload.fill('{"mine": tru}')
    await page.getByText('This is no JSON', { exact: false }).waitFor()
    expect(await page.getByRole('button', { name: 'Send Example' }).isDisabled()).toBe(true)
    await payload.fill('[1]')
    await page.getByText('A payload is a JSON object', { exact: false }).waitFor()
    await payload.fill('{"mine":true}')
    await page.getByRole('button', { name: 'Format' }).click()
    expect(await payload.inputValue()).toBe('{\n  "mine": true\n}')
    portal.receiver.replies(500, 500, 200)
    await page.getByRole('button', { name: 'Send Example' }).click()
    await waitFor('the request', () => portal.receiver.requests.length === 2)
    expect(JSON.parse(String(portal.receiver.requests[1]?.body))).toEqual({ mine: true })
    await page.getByRole('button', { name: 'Reset to the example' }).click()
    expect(await payload.inputValue()).toContain('success')
  })

  it('shows a failed message with its cause, and replays it', async () => {
    const body = { eventType: 'invoice.paid', payload: { id: 'inv_1' }, eventId: 'evt-1' }
    await portal.call('POST', '/app/acme/msg', body)
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByText('Your server failed.').nth(1).waitFor()
    await inspect(page, 'endpoint')
    await page.getByRole('link', { name: 'Messages' }).click()
    const row = page.getByRole('row', { name: /evt-1/ })
    await row.getByText('1 retrying').waitFor()
    await inspect(page, 'messages')
    await page.getByRole('link', { name: 'invoice.paid' }).first().click()
    await page.getByText('Search its log for this webhook-id.').waitFor()
    await page.getByText('1 of 4 made.').waitFor()
    await page.getByText('sent, not shown').first().waitFor()
    await page.getByText('2 more after that').click()
    await inspect(page, 'message')
    await page.getByRole('button', { name: 'Replay' }).first().click()
    await page.getByText('Queued').first().waitFor()
    await page.getByText('(by hand, in the portal)').waitFor()
    await page.getByRole('table').getByText('by hand').first().waitFor()
    expect(portal.receiver.requests.length).toBe(4)
    await page.getByRole('link', { name: 'Messages' }).first().click()
    await row.getByText('1 delivered').waitFor()
    await row.getByRole('link').click()
  })

  it('rotates the secret with a grace period that counts down', async () => {
    await page.getByRole('link', { name: portal.receiver.url }).click()
    await page.locator('summary', { hasText: 'Secret menu' }).press('Enter')
    await page.getByRole('button', { name: 'Rotate secret' }).press('Enter')
    await inspect(page, 'rotate')
    await page.getByRole('button', { name: 'Rotate', exact: true }).press('Enter')
    await page.getByText(/^2[34]:\d\d:\d\d$/).waitFor()
  })

  it('rotates without a grace only when that is typed, and then the secret of before is gone', async () => {
    const [endpoint = ''] = new URL(page.url()).pathname.split('/').slice(-1)
    const live = async () => {
      const { data } = await portal.call('GET', `/app/acme/endpoint/${endpoint}/secret/list`)
      if (!Array.isArray(data)) throw new Error('The list has no data.')
      return data.map(({ id, expiresAt }) => ({ id: String(id), isCurrent: expiresAt === null }))
    }
    const current = async () => (await live()).find(({ isCurrent }) => isCurrent)?.id ?? ''
    const before = await current()
    await page.locator('summary', { hasText: 'Secret menu' }).click()
    await page.getByRole('button', { name: 'Rotate secret' }).click()
    const rotate = page.getByRole('button', { name: 'Rotate', exact: true })
    expect(await rotate.isDisabled()).toBe(false)
    await page.getByLabel('Grace period').selectOption('None')
    await page.getByText('The old secret stops at once', { exact: false }).first().waitFor()
    expect(await rotate.isDisabled()).toBe(true)
    const typed = page.getByLabel('Type none to stop the old secret at once')
    await typed.fill('no')
    expect(await rotate.isDisabled()).toBe(true)
    await typed.fill('None')
    await inspect(page, 'rotate-none')
    await rotate.click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await current()).not.toBe(before)
    expect((await live()).map(({ id }) => id)).not.toContain(before)
  })

  it('says in words what the session may not do', async () => {
    const readOnly = await portal.newPage()
    await readOnly.goto(await portal.link({ readOnly: true }))
    await readOnly.getByText('Read-only').first().waitFor()
    await readOnly.getByRole('link', { name: portal.receiver.url }).click()
    await readOnly.getByText('This session may not see the secret.').waitFor()
    expect(await readOnly.locator('summary').getByText('Actions', { exact: true }).count()).toBe(0)
    await readOnly.close()
  })

  it('shows the catalog, in German as well', async () => {
    await page.getByRole('link', { name: 'Event catalog' }).click()
    await page.getByRole('link', { name: 'invoice.paid' }).click()
    await page.getByText('inv_2041').first().waitFor()
    await inspect(page, 'catalog')
    await page.getByLabel('Language').selectOption('de')
    await page.getByRole('heading', { name: 'Ereigniskatalog' }).waitFor()
  })
})
