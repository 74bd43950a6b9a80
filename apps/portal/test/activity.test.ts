import { buffer } from 'node:stream/consumers'
import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const DAY_MS = 86_400_000

describe.skipIf(isWithoutBrowser())('the activity page', () => {
  let portal: Portal
  let page: Page

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    for (const name of ['invoice.paid', 'invoice.voided', 'invoice.late'])
      await portal.call('POST', '/event-type', { name, description: '' })
    const eventTypes = ['invoice.paid', 'invoice.voided']
    await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url, eventTypes })
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
    expect(await figure('Messages')).toBe('8')
    expect(await figure('p95')).toMatch(/\d ms/)
    await page.getByRole('img', { name: /6 attempts succeeded, 2 failed: 75%/ }).waitFor()
    const causes = page.getByRole('region', { name: 'What failed, last 24 hours' })
    await causes.getByText('All 2 failed attempts.').waitFor()
    const [cause] = await causes.locator('tbody tr').all()
    expect(await cause?.getByRole('cell').allTextContents()).toEqual([
      'Your server failed.',
      '2',
      '100%',
    ])
    await inspect(page, 'activity')
  })

  it('has its numbers in a table too, and keeps the period in the URL', async () => {
    await page.getByText('Show as a table').first().click()
    await page.getByRole('columnheader', { name: 'Succeeded' }).first().waitFor()
    await inspect(page, 'activity-table')
    await page.getByLabel('Period', { exact: true }).selectOption('7d')
    await waitFor('the period', () => new URL(page.url()).searchParams.get('period') === '7d')
    await page.reload()
    await page.getByText('As of').waitFor()
    expect(await page.getByLabel('Period', { exact: true }).inputValue()).toBe('7d')
    expect(await figure('Attempts')).toBe('8')
  })

  it('shows how each day of four weeks went, in a picture and in a table', async () => {
    const strip = page.locator('figure', { hasText: 'Day by day, 28 days' })
    const today = new Date().toLocaleDateString('en', {
      month: 'short',
      day: 'numeric',
      timeZone: 'UTC',
    })
    await strip
      .getByRole('img', { name: `The worst day was ${today}: 75% of its attempts` })
      .waitFor()
    await strip.getByText('Show as a table').click()
    const row = strip.getByRole('row', { name: today })
    expect(await row.getByRole('cell').allTextContents()).toEqual(['6', '2', '2'])
    await inspect(page, 'activity-month')
  })

  it('gives what it shows as a file', async () => {
    const saved = async (name: string) => {
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: `Download CSV: ${name}` }).click()
      const file = await download
      const text = await buffer(await file.createReadStream())
      return { name: file.suggestedFilename(), lines: text.toString().split('\r\n') }
    }
    const byType = await saved('By event type')
    expect(byType.name).toBe('activity-event_type-7d.csv')
    expect(byType.lines.map((line) => line.split(',').slice(0, 3))).toEqual([
      ['event_type', 'attempts_succeeded', 'attempts_failed'],
      ['invoice.paid', '4', '2'],
      ['invoice.voided', '2', '0'],
      [''],
    ])
    const byEndpoint = await saved('By endpoint')
    expect(byEndpoint.lines[1]).toContain(`,${portal.receiver.url},,6,2,2,0.75,`)
    expect((await saved('Last 7 days')).lines[1]).toMatch(/Z,6,2,2,0\.75,/)
  })

  it('is of a time of its own, which the URL keeps', async () => {
    const period = page.getByLabel('Period', { exact: true })
    await period.selectOption('Between two moments')
    await waitFor('the last day', async () => (await figure('Attempts')) === '8')
    const asField = (atMs: number) =>
      new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
    const now = Date.now()
    await page.getByLabel('From', { exact: true }).fill(asField(now - 3 * DAY_MS))
    await page.getByLabel('Until', { exact: true }).fill(asField(now - 4 * DAY_MS))
    await page.getByText('From must be before Until', { exact: false }).waitFor()
    await inspect(page, 'activity-own')
    await page.getByLabel('Until', { exact: true }).fill(asField(now - 2 * DAY_MS))
    await page.getByText('No attempts in this period').first().waitFor()
    await page.reload()
    await page.getByText('No attempts in this period').first().waitFor()
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe(
      asField(now - 3 * DAY_MS),
    )
    await page.getByLabel('Until', { exact: true }).fill(asField(now))
    await waitFor('the three days', async () => (await figure('Attempts')) === '8')
    await period.selectOption('7d')
  })

  it('offers no notices by e-mail where none can be sent', async () => {
    const told = page.waitForResponse(/\/notice-address$/)
    await page.reload()
    expect(await (await told).json()).toMatchObject({ isAvailable: false })
    await page.getByText('As of').waitFor()
    expect(await page.getByText('Notices by e-mail').count()).toBe(0)
  })

  it('narrows to an event type or an endpoint and back', async () => {
    await page.getByRole('link', { name: 'invoice.voided' }).click()
    await waitFor('the figures of one type', async () => (await figure('Attempts')) === '2')
    expect(await figure('Success rate')).toBe('100%')
    expect(await page.locator('.figures').getByText('Messages', { exact: true }).count()).toBe(0)
    await page.getByText('Nothing failed.').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByRole('link', { name: portal.receiver.url }).click()
    await waitFor('the figures of the endpoint', async () => (await figure('Attempts')) === '8')
  })

  it('has the same figures on the page of the endpoint, with what its attempts failed for', async () => {
    await page.goto(`${portal.url}/portal/endpoints`)
    await page.getByRole('link', { name: portal.receiver.url }).click()
    const stats = page.getByRole('region', { name: 'How it goes' })
    await stats.getByText('Charts and causes').click()
    const causes = stats.getByRole('region', { name: 'What failed, last 24 hours' })
    await causes.getByText('All 2 failed attempts.').waitFor()
    const cause = causes.getByRole('row', { name: 'Your server failed.' }).getByRole('cell')
    expect(await cause.allTextContents()).toEqual(['Your server failed.', '2', '100%'])
    await stats.getByRole('img', { name: /6 attempts succeeded, 2 failed/ }).waitFor()
    await stats.getByLabel('Period', { exact: true }).selectOption('28d')
    await waitFor('the period', () => new URL(page.url()).searchParams.get('period') === '28d')
    await page.reload()
    await waitFor('the figures', async () => (await figure('Success rate')) === '75%')
    expect(await figure('Attempts per delivery')).toBe('1')
    await inspect(page, 'endpoint-stats')
    await stats.getByRole('link', { name: 'Activity' }).click()
    await page.getByRole('button', { name: 'Show all' }).waitFor()
  })

  it('tells deliveries from their attempts: what a retry delivered is delivered', async () => {
    const url = `${portal.receiver.url}/late`
    const fields = { url, eventTypes: ['invoice.late'], retrySchedule: [1] }
    await portal.call('POST', '/app/acme/endpoint', fields)
    const sent = portal.receiver.requests.length
    portal.receiver.replies(500, 200)
    await portal.call('POST', '/app/acme/msg', { eventType: 'invoice.late', payload: {} })
    await waitFor('the retry', () => portal.receiver.requests.length === sent + 2)
    await page.goto(`${portal.url}/portal/activity?type=invoice.late`)
    await waitFor('the figures', async () => {
      await page.reload()
      await page.getByText('As of').waitFor()
      return (await figure('Attempts')) === '2'
    })
    expect(await figure('Success rate')).toBe('50%')
    expect(await figure('Ended delivered')).toBe('100%')
    expect(await figure('Given up')).toBe('0')
    await page.getByRole('button', { name: 'Show all' }).click()
    const row = page.getByRole('row', { name: 'invoice.late' }).getByRole('cell')
    await row.first().waitFor()
    const told = (await row.allTextContents()).map((text) => text.trim().split(' ').at(-1))
    expect(told.slice(1, 5)).toEqual(['1', '0', '50%', '2'])
  })
})
