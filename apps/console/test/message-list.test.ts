import { seedMessages, waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInOwner } from './console-steps.ts'
import { inspect } from './inspect.ts'

const PAGE = 50
const MINUTE_MS = 60_000
// In six rounds the page looks at some 5,500 each.
const MORE_THAN_SEARCHED = 34_000

describe.skipIf(isWithoutBrowser())('the messages of all applications', () => {
  let staff: Console
  let page: Page
  const apps: string[] = []

  beforeAll(async () => {
    staff = await startConsole({ POSTHORN_RETRY_SCHEDULE: 'none' })
    page = await signInOwner(staff)
    for (const name of ['invoice.paid', 'user.created'])
      await staff.call('POST', '/event-type', { name, description: '' })
    for (const uid of ['acme', 'globex']) {
      const { id } = await staff.call('POST', '/app', { name: `The ${uid} company`, uid })
      apps.push(String(id))
      await staff.call('POST', `/app/${uid}/endpoint`, { url: `${staff.receiver.url}/${uid}` })
    }
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const open = (search = '') => page.goto(`${staff.url}/console/${staff.orgId}/messages${search}`)
  const rows = () => page.locator('tbody tr')
  const publish = async (uid: string, fields: object = {}) => {
    const body = { eventType: 'invoice.paid', payload: {}, ...fields }
    return String((await staff.call('POST', `/app/${uid}/msg`, body))['id'])
  }
  const shown = (count: number) =>
    waitFor(`${count} rows`, async () => (await rows().count()) === count)
  const isListed = (search: string, count: number) =>
    waitFor(`${count} of ${search}`, async () => {
      const { data } = await staff.call('GET', `/support/message${search}`)
      return Array.isArray(data) && data.length === count
    })

  it('come in by themselves while the reader is at the top, with what became of them', async () => {
    await open()
    await page.getByText('No messages yet').waitFor()
    const first = await publish('acme')
    await rows().getByText(first).waitFor()
    await rows().getByText('1 delivered').waitFor()
    expect(staff.receiver.of(first)).toHaveLength(1)
    staff.receiver.replies(500)
    const second = await publish('globex', { eventId: 'order-1' })
    await rows().getByText('1 failed').waitFor()
    await shown(2)
    expect(await rows().first().innerText()).toContain(second)
    await inspect(page, 'messages')
  })

  it('wait aside while a row has the focus, so that nothing moves', async () => {
    await rows().first().getByRole('link').first().focus()
    await publish('acme', { tags: ['vip'] })
    await isListed('?status=failed', 2)
    await page.getByRole('button', { name: '1 new' }).waitFor()
    await shown(2)
    await page.keyboard.press('j')
    const focused = () => page.evaluate(() => document.activeElement?.closest('tr')?.rowIndex)
    expect(await focused()).toBe(2)
    await page.keyboard.press('k')
    expect(await focused()).toBe(1)
    await page.getByRole('button', { name: '1 new' }).click()
    await shown(3)
  })

  it('are filtered by what the address says, and Back brings a filter back', async () => {
    staff.receiver.replies(503)
    await publish('globex', { eventType: 'user.created' })
    await isListed('?status=failed&cause=http_503', 1)
    staff.receiver.replies(200)
    const host = new URL(staff.receiver.url).hostname
    const searches: readonly (readonly [string, number])[] = [
      ['?status=failed', 3],
      ['?status=failed&cause=http_503', 1],
      ['?type=user.created', 1],
      ['?tag=vip', 1],
      [`?app=${apps[0]}`, 2],
      [`?app=${apps[0]}&status=failed&host=${host}`, 1],
      ['?hours=1&status=delivered', 1],
      ['?code=503', 1],
    ]
    for (const [search, count] of searches) {
      await open(search)
      await rows().first().waitFor()
      await shown(count)
    }
    await open()
    await page.getByLabel('Status').selectOption('Failed')
    await page.waitForURL(/status=failed/)
    await page.getByLabel('Cause').selectOption('503: server unavailable')
    await page.waitForURL(/cause=http_503/)
    await page.getByLabel('Response code').fill('5xx')
    await page.getByLabel('Response code').press('Enter')
    await page.waitForURL(/code=5xx/)
    await shown(1)
    await rows().getByRole('link', { name: 'user.created' }).click()
    await page.getByRole('heading', { name: 'user.created' }).waitFor()
    await page.goBack()
    await shown(1)
    expect(await page.getByLabel('Cause').inputValue()).toBe('http_503')
  })

  it('are filtered by the uid of an application, and by the hours between two moments', async () => {
    await open()
    await page.getByLabel('Application').fill('globex')
    await page.getByLabel('Application').press('Enter')
    await page.waitForURL(new RegExp(`app=${apps[1]}`))
    await shown(2)
    await page.getByLabel('Time').selectOption('Between…')
    await page.getByLabel('To').fill('2020-01-01T00:00')
    await page.getByText('Nothing matches these filters').waitFor()
    await page.getByText('Application, Time, To').waitFor()
    await inspect(page, 'messages-filtered')
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await shown(4)
  })

  it('go on page after page', async () => {
    const more = 2 * PAGE
    await Promise.all(Array.from({ length: more }, () => publish('acme', { tags: ['many'] })))
    await open('?tag=many')
    await shown(PAGE)
    await page.getByRole('button', { name: 'Show more' }).click()
    await shown(more)
    const ids = await rows().locator('.mono.small').allInnerTexts()
    expect(new Set(ids.filter((text) => text.startsWith('msg_'))).size).toBe(more)
  })

  it('say how far was searched where much does not match, and go on from there', async () => {
    const [appId = ''] = apps
    const customer = { orgId: staff.orgId, appId }
    const { hot } = staff.core.db
    const sinceMs = Date.now() - MINUTE_MS
    await seedMessages(hot, customer, [{ atMs: sinceMs - MINUTE_MS, tags: ['rare'] }])
    const others = Array.from({ length: MORE_THAN_SEARCHED }, (_, n) => ({ atMs: sinceMs - n }))
    await seedMessages(hot, customer, others)
    await open('?tag=rare')
    await page.getByText('Nothing matches in what was searched so far').waitFor()
    await page.getByText(/Searched back to /).waitFor()
    await inspect(page, 'messages-searched')
    await page.getByRole('button', { name: 'Continue searching' }).click()
    await shown(1)
  })

  it('say that they could not be read, and are there when asked again', async () => {
    staff.expectProblem(/status of 500/)
    await page.route(/\/api\/v1\/support\/message/, (route) =>
      route.fulfill({ status: 500, body: '{}', headers: { 'x-request-id': 'req_list' } }),
    )
    await open()
    await page.getByText('req_list').waitFor()
    await inspect(page, 'messages-error')
    await page.unroute(/\/api\/v1\/support\/message/)
    await page.getByRole('button', { name: 'Try again' }).click()
    await rows().first().waitFor()
  })
})
