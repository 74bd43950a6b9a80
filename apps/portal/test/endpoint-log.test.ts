import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const WINDOW = { width: 1280, height: 900 }

describe.skipIf(isWithoutBrowser())('the page of an endpoint', () => {
  let portal: Portal
  let page: Page
  let endpointId = ''
  const ids: string[] = []

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: '1' })
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    const { id } = await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    endpointId = String(id)
    portal.receiver.replies(503, 500, 200)
    // One after the other: what each is answered is known.
    for (const attempts of [2, 1, 1]) {
      const sent = { eventType: 'invoice.paid', payload: {} }
      const message = String((await portal.call('POST', '/app/acme/msg', sent))['id'])
      ids.push(message)
      await waitFor('its attempts', () => portal.receiver.of(message).length === attempts)
    }
    page = await portal.newPage({ viewport: WINDOW })
    await page.goto(await portal.link())
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const open = async (search = '') => {
    await page.goto(`${portal.url}/portal/endpoints/${endpointId}${search}`)
    await page.getByRole('heading', { name: 'Message Attempts' }).waitFor()
  }
  const sent = () => portal.receiver.requests.length
  const rows = () => page.getByRole('region', { name: 'Message Attempts' }).locator('tbody tr')

  it('has the first rows of its log in sight at once, and Edit in its header', async () => {
    await open()
    await rows().nth(2).waitFor()
    const box = await rows().nth(2).boundingBox()
    expect((box?.y ?? WINDOW.height) + (box?.height ?? 0)).toBeLessThanOrEqual(WINDOW.height)
    await inspect(page, 'endpoint-log')
    await page.locator('header').getByRole('link', { name: 'Edit', exact: true }).click()
    await page.getByLabel('Endpoint URL').waitFor()
  })

  it('shows each message once with what became of it, or each request, by the URL', async () => {
    await open()
    await rows().nth(2).waitFor()
    expect(await rows().count()).toBe(3)
    const first = rows().filter({ hasText: String(ids[0]) })
    await first.locator('.badge', { hasText: 'Failed' }).waitFor()
    await first.getByText('Your server failed.').waitFor()
    // Of its newest attempt.
    await first.getByText('no. 2 of 2').waitFor()
    await first.getByText('on schedule').waitFor()
    await first.getByText(/^500 · \d/).waitFor()
    await inspect(page, 'endpoint-log-messages')
    await page.setViewportSize({ width: 320, height: 800 })
    await first.getByText('no. 2 of 2').waitFor()
    await first.getByText(/^500 · \d/).waitFor()
    await page.setViewportSize(WINDOW)
    await page.getByRole('radio', { name: 'Attempts' }).check()
    await waitFor('a row for each request', async () => (await rows().count()) === 4)
    await rows()
      .filter({ hasText: 'no. 1 of 2' })
      .getByText(/^503 · \d/)
      .waitFor()
    expect(new URL(page.url()).search).toBe('?log=attempts')
    await page.reload()
    await waitFor('them again', async () => (await rows().count()) === 4)
    await inspect(page, 'endpoint-log-attempts')
    await page.getByRole('radio', { name: 'Messages' }).check()
    await waitFor('a row for each message', async () => (await rows().count()) === 3)
    expect(new URL(page.url()).search).toBe('')
  })

  it('names the filters that let nothing through, and clears them', async () => {
    await open('?type=invoice.paid&tag=urgent&status=2')
    await page
      .getByText('Outcome: Failed · Event type: invoice.paid · Tag: urgent', { exact: true })
      .waitFor()
    await inspect(page, 'endpoint-log-filtered')
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await rows().nth(2).waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  it('offers for a message what it offers for an attempt, and says in its row what came of a replay', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await open()
    const row = rows().filter({ hasText: String(ids[0]) })
    const act = async (name: string | RegExp) => {
      await row.locator('summary').click()
      await row.getByRole('button', { name, exact: true }).click()
    }
    const copied = () => page.evaluate(() => navigator.clipboard.readText())
    await act('Copy message id')
    await waitFor('the id', async () => (await copied()) === ids[0])
    await act('Copy as curl')
    await waitFor('the command', async () => (await copied()).startsWith('curl '))
    expect(await copied()).toContain(`webhook-id: ${ids[0]}`)
    await act(/^Recover failed since/)
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByLabel('Window').inputValue()).toBe('message')
    await page.keyboard.press('Escape')
    portal.receiver.replies(500, 200)
    await act('Replay')
    await row.getByRole('status').getByText('Failed').waitFor()
    await row.getByText('by hand', { exact: true }).waitFor()
    await inspect(page, 'endpoint-log-replayed')
    await act('Replay')
    await waitFor('both', () => portal.receiver.of(String(ids[0])).length === 4)
    await row.getByRole('status').getByText('Delivered').waitFor()
    // By its schedule it had failed: delivered by hand, it is delivered.
    await row.locator('.badge', { hasText: 'Failed' }).waitFor({ state: 'detached' })
  })

  it('is filtered by what attempts failed for', async () => {
    await open('?log=attempts')
    await rows().nth(3).waitFor()
    await page.getByLabel('Cause', { exact: true }).selectOption('Your server is unavailable.')
    await waitFor('only that', async () => (await rows().count()) === 1)
    expect(new URL(page.url()).search).toBe('?log=attempts&cause=http_503')
    expect(await rows().first().textContent()).toContain(ids[0])
    expect(await page.getByRole('button', { name: 'Replay all that match…' }).count()).toBe(0)
  })

  it('opens as attempts by a link that only they are filtered by, and stays so without it', async () => {
    await open('?cause=http_503')
    await waitFor('only that', async () => (await rows().count()) === 1)
    expect(await page.getByRole('radio', { name: 'Attempts' }).isChecked()).toBe(true)
    expect(new URL(page.url()).search).toBe('?cause=http_503&log=attempts')
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await rows().nth(3).waitFor()
    expect(new URL(page.url()).search).toBe('?log=attempts')
    await page.getByLabel('Response code').selectOption('0')
    await page.getByText('Response code: No response', { exact: true }).waitFor()
    await page.getByRole('radio', { name: 'Messages' }).check()
    await rows().nth(2).waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  it('is filtered to a step of its chart, by its bar or by its line in the table', async () => {
    await open('?period=1h')
    await page.getByText('Charts and causes').click()
    const chart = page.locator('figure', { hasText: 'Volume' })
    await chart.getByText('Show as a table').click()
    const lines = chart.locator('tbody tr')
    await lines.first().getByRole('button').press('Enter')
    const chosen = new URL(page.url()).searchParams
    expect(Date.parse(chosen.get('until') ?? '') - Date.parse(chosen.get('from') ?? '')).toBe(
      60_000,
    )
    const counts = await lines.first().getByRole('cell').allTextContents()
    const sum = counts.reduce((all, text) => all + Number(text), 0)
    await waitFor('the attempts of that minute', async () => (await rows().count()) === sum)
    await page.getByLabel('Time', { exact: true }).selectOption('')
    await waitFor('all of them', async () => (await rows().count()) === sent())
    await chart.locator('.chart-choice').first().click({ force: true })
    await page.getByText('Nothing matches these filters').waitFor()
  })

  it('says after a rotation how much of what the new secret signed was taken', async () => {
    await portal.call('POST', `/app/acme/endpoint/${endpointId}/secret/rotate`, {})
    await open()
    const banner = page.locator('.notice', { hasText: 'Former secret' })
    await banner.getByText('Nothing was sent since the rotation.').waitFor()
    portal.receiver.replies(200)
    await portal.call('POST', '/app/acme/msg', { eventType: 'invoice.paid', payload: {} })
    await banner.getByText('Since the rotation 100% of 1 attempt was answered').waitFor()
    await inspect(page, 'endpoint-rotated')
  })

  it('has its tabs in a select where there is no room for them', async () => {
    await open()
    await page.setViewportSize({ width: 320, height: 800 })
    const tabs = page.getByRole('combobox', { name: 'Endpoint', exact: true })
    expect(await page.getByRole('link', { name: 'History' }).count()).toBe(0)
    await tabs.selectOption('History')
    await page.getByRole('cell', { name: 'Secret rotated' }).first().waitFor()
    expect(new URL(page.url()).search).toBe('?tab=history')
    await page.setViewportSize(WINDOW)
    await page.getByRole('link', { name: 'Overview' }).waitFor()
  })

  it('tells by framework how its snippets get the raw body', async () => {
    await open()
    await page.getByText('Verify signatures').click()
    const express = page.getByText("app.post(path, express.raw({ type: '*/*' }), handler)")
    await express.waitFor()
    await page.getByLabel('Language').last().selectOption('python')
    await page.getByText('body = request.get_data()').waitFor()
    await express.waitFor({ state: 'detached' })
  })
})
