import { waitFor } from '@posthorn/test-kit'
import { notedSkeletons, noteSkeletons } from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect, inspectBriefly } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const SENT = 3
const FILLING = 55

// Each goes on where the one before left.
describe.skipIf(isWithoutBrowser())('lists', () => {
  let portal: Portal
  let page: Page

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    const { url } = portal.receiver
    await portal.call('POST', '/app/acme/endpoint', { url, description: 'Ledger' })
    const off = { url: `${url}/off`, description: 'Warehouse', disabled: true }
    await portal.call('POST', '/app/acme/endpoint', off)
    for (let n = 0; n < SENT; n++)
      await portal.call('POST', '/app/acme/msg', { eventType: 'invoice.paid', payload: {} })
    await waitFor('the deliveries', () => portal.receiver.requests.length === SENT)
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByText('Ledger').waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const focusedRow = () =>
    page.evaluate(() => {
      const row = document.activeElement?.closest('tbody tr')
      return row == null ? -1 : [...(row.parentElement?.children ?? [])].indexOf(row)
    })
  const focusOn = (row: number) =>
    waitFor(`the focus on row ${row}`, async () => (await focusedRow()) === row)

  it('of endpoints are searched at the server and filtered by health, by the URL', async () => {
    await page.getByRole('searchbox').fill('wareHOUSE')
    await page.getByRole('searchbox').press('Enter')
    await page.getByText('Ledger').waitFor({ state: 'detached' })
    await page.getByText('Warehouse').waitFor()
    expect(new URL(page.url()).search).toBe('?search=wareHOUSE')
    await page.getByLabel('Health', { exact: true }).selectOption('healthy')
    await page.getByText('Nothing matches these filters').waitFor()
    await inspect(page, 'endpoints-filtered')
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByText('Ledger').waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  it('have keys of their own while the focus is in them, and only then', async () => {
    await page.keyboard.press('j')
    expect(await focusedRow()).toBe(-1)
    await page.locator('tbody a').first().focus()
    await page.keyboard.press('j')
    await focusOn(1)
    await page.keyboard.press('ArrowUp')
    await focusOn(0)
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Keys of this list').waitFor()
    await inspect(page, 'keys')
    await page.keyboard.press('Escape')
    await focusOn(0)
    await page.keyboard.press('/')
    await page.keyboard.type('jx')
    await waitFor('what was typed', async () => {
      return (await page.getByRole('searchbox').inputValue()) === 'jx'
    })
    await page.getByRole('searchbox').fill('')
    await page.locator('tbody a').first().focus()
    await page.keyboard.press('g')
    await page.keyboard.press('m')
    await page.getByRole('heading', { name: 'Messages' }).waitFor()
    await page.locator('tbody a').first().focus()
    await page.keyboard.press('Escape')
    await focusOn(-1)
  })

  it('of an endpoint are selected and replayed by key, a delivery once', async () => {
    await page.getByRole('link', { name: 'Endpoints', exact: true }).click()
    await page.getByRole('link', { name: portal.receiver.url, exact: true }).click()
    await waitFor('all rows', async () => (await page.locator('tbody tr').count()) === SENT)
    await page.locator('tbody a').first().focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('X')
    await page.getByText(`${SENT} selected`).waitFor()
    await inspect(page, 'selected')
    await page.getByRole('button', { name: `Replay ${SENT}` }).click()
    await waitFor('the replays', () => portal.receiver.requests.length === 2 * SENT)
    expect(new Set(portal.receiver.requests.map(({ messageId }) => messageId)).size).toBe(SENT)
    await page.locator('tbody a').first().focus()
    await page.keyboard.press('r')
    const total = 2 * SENT + 1
    await waitFor('one more', () => portal.receiver.requests.length === total)
    await page.getByRole('radio', { name: 'Attempts' }).check()
    await waitFor('every request', async () => (await page.locator('tbody tr').count()) === total)
    await page.locator('tbody a').first().focus()
    await page.keyboard.press('x')
    await page.locator('tbody a').last().focus()
    await page.keyboard.press('X')
    await page.getByText(`${total} selected`).waitFor()
    await page.getByRole('button', { name: `Replay ${SENT}`, exact: true }).waitFor()
    await page.getByRole('button', { name: 'Clear selection' }).click()
  })

  it('tell who changed an endpoint, and end a former secret by the clock of the server', async () => {
    const [id] = new URL(page.url()).pathname.split('/').slice(-1)
    const path = `/app/acme/endpoint/${id}`
    await portal.call('POST', `${path}/secret/rotate`, { gracePeriodSeconds: 7_200 })
    await page.reload()
    await page.getByText(/^(?:2:00|1:[0-5]\d):\d\d$/).waitFor()
    await page.getByRole('button', { name: 'End now' }).click()
    await inspectBriefly(page, 'secret-end')
    await page.getByRole('dialog').getByRole('button', { name: 'End now' }).click()
    await page.getByText(/^Former secret/).waitFor({ state: 'detached' })
    const { data } = await portal.call('GET', `${path}/secret/list`)
    expect(data).toHaveLength(1)
    await page.getByRole('link', { name: 'History' }).click()
    await page.getByText('Former secret ended').waitFor()
    await page.getByText('You (portal)').first().waitFor()
    await page.getByText('Secret rotated').waitFor()
    const added = page.getByRole('row', { name: /^Added/ }).getByRole('listitem')
    expect(await added.allTextContents()).toContain('Description: Ledger')
    await inspect(page, 'history')
  })

  it('of URLs in use warn of one that is there twice, and of a name that DNS does not tell', async () => {
    await page.getByRole('link', { name: 'Endpoints', exact: true }).first().click()
    await page.getByRole('link', { name: 'Add Endpoint' }).click()
    await page.getByLabel('Endpoint URL').fill(portal.receiver.url)
    await page.getByText('URL already used by another endpoint', { exact: false }).waitFor()
    await page.getByLabel('Endpoint URL').fill('https://hooks.example.com/in')
    await page.getByText('DNS reports an error for this host', { exact: false }).waitFor()
    await inspect(page, 'url-warning')
  })

  it('of endpoints begin with the worst, on whatever page of all it would be', async () => {
    const add = (fields: object) =>
      portal.call('POST', '/app/acme/endpoint', { url: `${portal.receiver.url}/more`, ...fields })
    for (let n = 0; n < FILLING; n++) await add({ description: `Filling ${n}` })
    await add({ description: 'Depot', disabled: true })
    await page.goto(`${portal.url}/portal/endpoints`)
    const rows = page.locator('tbody tr')
    await rows.nth(49).waitFor()
    const worst = [await rows.nth(0).innerText(), await rows.nth(1).innerText()]
    const named = worst.map((text) => /Depot|Warehouse/.exec(text)?.[0])
    expect(new Set(named)).toEqual(new Set(['Depot', 'Warehouse']))
    expect(await rows.getByText('Ledger').count()).toBe(0)
    await page.getByRole('button', { name: 'Show more' }).click()
    await rows.getByText('Ledger').waitFor()
    await rows.nth(FILLING + 2).waitFor()
    expect(await rows.last().innerText()).toContain('Ledger')
    await inspect(page, 'endpoints-worst')
  })

  it('are at the row and the scroll that they were left at when Back leads to them, at once', async () => {
    const { url } = portal.receiver
    const row = page.getByRole('link', { name: url, exact: true })
    await row.scrollIntoViewIfNeeded()
    const scrolled = await page.evaluate(() => scrollY)
    expect(scrolled).toBeGreaterThan(1_000)
    await row.click()
    await page.getByRole('heading', { name: url, exact: true }).waitFor()
    expect(await page.evaluate(() => scrollY)).toBe(0)
    await noteSkeletons(page)
    await page.goBack()
    await waitFor('the row', () => row.evaluate((link) => link === document.activeElement))
    expect(await page.evaluate(() => scrollY)).toBe(scrolled)
    await page.getByRole('link', { name: 'Messages', exact: true }).click()
    await page.getByRole('heading', { name: 'Messages' }).waitFor()
    expect(await page.evaluate(() => scrollY)).toBe(0)
    await page.getByRole('link', { name: 'Endpoints', exact: true }).click()
    await row.waitFor()
    // A first look has one, a second look has none.
    const noted = await notedSkeletons(page)
    expect(noted).toContain('/portal/messages')
    expect(noted).not.toContain('/portal/endpoints')
  })
})
