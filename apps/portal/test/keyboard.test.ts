import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tabAndEnter, tabTo } from './keyboard-steps.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

describe.skipIf(isWithoutBrowser())('with the keyboard alone', () => {
  let portal: Portal
  let page: Page

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const received = (count: number) =>
    waitFor(`${count} requests`, () => portal.receiver.requests.length >= count)
  const publish = () =>
    portal.call('POST', '/app/acme/msg', { eventType: 'invoice.paid', payload: { n: 1 } })

  it('an endpoint is added', async () => {
    await tabAndEnter(page, 'Add Endpoint')
    await page.getByLabel('Endpoint URL').waitFor()
    await tabTo(page, 'Endpoint URL')
    await page.keyboard.type(portal.receiver.url)
    await tabTo(page, 'All, future ones too')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('treeitem', { name: 'invoice.paid' }).waitFor()
    await tabTo(page, 'invoice.paid')
    await page.keyboard.press('Space')
    await tabAndEnter(page, 'Add Endpoint')
    await page.getByRole('heading', { name: portal.receiver.url }).waitFor()
  })

  it('it is found why a message failed', async () => {
    portal.receiver.replies(500, 200)
    await publish()
    await received(1)
    await tabAndEnter(page, 'Messages')
    await page.getByRole('link', { name: 'invoice.paid' }).waitFor()
    await tabAndEnter(page, 'invoice.paid')
    await page.getByText('Search its log for this webhook-id.').waitFor()
  })

  it('it is replayed', async () => {
    await tabAndEnter(page, 'Replay')
    await page.getByText('Queued').first().waitFor()
    await received(2)
    expect(portal.receiver.requests[1]?.messageId).toBe(portal.receiver.requests[0]?.messageId)
  })

  it('an outage is recovered', async () => {
    portal.receiver.replies(500, 500, 500, 200)
    for (let n = 0; n < 3; n++) await publish()
    await received(5)
    await tabAndEnter(page, portal.receiver.url)
    await page.getByRole('heading', { name: 'Message Attempts' }).waitFor()
    const rows = page.getByRole('region', { name: 'Message Attempts' }).locator('tbody tr')
    await rows.filter({ hasText: 'Your server failed.' }).nth(2).waitFor()
    await tabAndEnter(page, /^Actions ▾$/)
    await tabAndEnter(page, 'Recover Failed Messages')
    await page.getByRole('dialog').waitFor()
    await tabTo(page, 'Window')
    await tabAndEnter(page, 'Recover')
    await page.getByText('Finished: all sent on their way').waitFor()
    await received(8)
    const failed = portal.receiver.requests.slice(2, 5).map(({ messageId }) => messageId)
    const recovered = portal.receiver.requests.slice(5).map(({ messageId }) => messageId)
    expect(new Set(recovered)).toEqual(new Set(failed))
  })

  it('a secret is rotated, and the focus comes back to where it was asked for', async () => {
    await tabAndEnter(page, /^Secret menu/)
    await tabAndEnter(page, 'Rotate secret')
    await page.getByRole('dialog').waitFor()
    await tabAndEnter(page, 'Rotate')
    await page.getByText('Secret rotated.').waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const summary = page.locator('summary', { hasText: 'Secret menu' })
    await waitFor('the focus', () => summary.evaluate((it) => it === document.activeElement))
  })

  it('Escape closes what was opened', async () => {
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Rotate secret' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Rotate secret' }).waitFor({ state: 'hidden' })
  })

  it('the content is one step away', async () => {
    await page.reload()
    await page.getByRole('heading', { name: 'Message Attempts' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await waitFor('the focus in the content', () =>
      page.evaluate(() => document.activeElement?.id === 'content'),
    )
  })
})
