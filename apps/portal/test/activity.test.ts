import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

describe.skipIf(isWithoutBrowser())('the activity page', () => {
  let portal: Portal
  let page: Page

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    for (const name of ['invoice.paid', 'invoice.voided'])
      await portal.call('POST', '/event-type', { name, description: '' })
    await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    page = await portal.newPage()
    await page.goto(await portal.link())
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const figure = async (name: string): Promise<string> =>
    (await page.locator('.figures .card', { hasText: name }).locator('dd').textContent()) ?? ''

  it('says what will be there before anything was sent', async () => {
    await page.getByRole('link', { name: 'Activity' }).click()
    await page.getByText('Success, volume and latency appear here').waitFor()
    await inspect(page, 'activity-empty')
  })

  it("shows the receiver's own figures", async () => {
    portal.receiver.replies(500, 500, 200)
    for (let n = 0; n < 8; n++) {
      const eventType = n < 6 ? 'invoice.paid' : 'invoice.voided'
      await portal.call('POST', '/app/acme/msg', { eventType, payload: { n } })
      await waitFor('the delivery', () => portal.receiver.requests.length > n)
    }
    await waitFor('the figures', async () => {
      await page.reload()
      await page.getByText('As of').waitFor()
      return (await figure('Attempts')) === '8'
    })
    expect(await figure('Success rate')).toBe('75%')
    expect(await figure('Given up')).toBe('2')
    expect(await figure('p95')).toMatch(/\d ms/)
    await page.getByRole('img', { name: /6 attempts succeeded, 2 failed: 75%/ }).waitFor()
    await inspect(page, 'activity')
  })

  it('has its numbers in a table too, and keeps the period in the URL', async () => {
    await page.getByText('Show as a table').first().click()
    await page.getByRole('columnheader', { name: 'Succeeded' }).first().waitFor()
    await inspect(page, 'activity-table')
    await page.getByLabel('Period').selectOption('7d')
    await waitFor('the period', () => new URL(page.url()).searchParams.get('period') === '7d')
    await page.reload()
    await page.getByText('As of').waitFor()
    expect(await page.getByLabel('Period').inputValue()).toBe('7d')
    expect(await figure('Attempts')).toBe('8')
  })

  it('narrows to an event type or an endpoint and back', async () => {
    await page.getByRole('link', { name: 'invoice.voided' }).click()
    await waitFor('the figures of one type', async () => (await figure('Attempts')) === '2')
    expect(await figure('Success rate')).toBe('100%')
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByRole('link', { name: portal.receiver.url }).click()
    await waitFor('the figures of the endpoint', async () => (await figure('Attempts')) === '8')
    expect(portal.problems).toEqual([])
  })
})
