import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, PASSWORD } from './console-setup.ts'
import { signInAs } from './console-steps.ts'
import {
  addCustomer,
  arrivals,
  type Customer,
  failEverything,
  startHealthConsole,
} from './health-setup.ts'
import { inspect } from './inspect.ts'

const CUSTOMERS = 20
const ENDPOINTS = 200
const EVENT = 'order-4711'
// The receiver's clock is not the database's.
const APART_MS = 1_000

// Whoever was given a login and nothing else: each goes on, by what the console shows, where the one before left.
describe.skipIf(isWithoutBrowser())('the first hour of support staff', () => {
  let staff: Console
  let page: Page
  let customers: Customer[] = []

  beforeAll(async () => {
    const started = await startHealthConsole()
    staff = started.staff
    const adding = Array.from({ length: CUSTOMERS }, (_, n) =>
      addCustomer(staff, `Customer ${n}`, ENDPOINTS / CUSTOMERS),
    )
    const invited = await signInAs(staff, started.page, 'support')
    await Promise.all([invited.close(), started.page.close()])
    customers = await Promise.all(adding)
    page = await staff.newPage()
    await page.goto(`${staff.url}/console`)
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const main = () => page.locator('main')
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const open = (name: string) => main().getByRole('link', { name }).first().click()
  const goTo = (name: string) =>
    page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
  const says = (text: string | RegExp) => main().getByText(text).first().waitFor()
  const outages = (count: number) =>
    main()
      .locator('.figure', { has: page.getByText('Outages', { exact: true }) })
      .filter({ has: page.getByText(String(count), { exact: true }) })

  it('finds what a customer lost by its event id, reads why, and sends it again', async () => {
    const { appId } = await addCustomer(staff, 'Cork & Sons', 1)
    staff.receiver.replies(500)
    const body = { eventType: 'order.created', eventId: EVENT, payload: { total: 4711 } }
    const lost = String((await staff.call('POST', `/app/${appId}/msg`, body))['id'])
    await waitFor('its failures', () => staff.receiver.of(lost).length === 2)
    staff.receiver.replies(200)

    await page.getByLabel('E-mail address').fill('support@example.com')
    await page.getByLabel('Password').fill(PASSWORD)
    await press('Sign in')
    await outages(0).waitFor()
    await press('Find')
    await page.getByRole('dialog').getByRole('textbox').fill(EVENT)
    await page.getByRole('dialog').getByRole('link', { name: EVENT }).click()
    await says('Search its log for this webhook-id.')
    await says('Cork & Sons')
    await press(`Replay to ${staff.receiver.url}`)
    await main().locator('article [role=status]').getByText('Delivered').waitFor()
    const card = main().getByRole('article')
    expect(await card.getByText('Your server failed.').count()).toBe(0)
    expect(staff.receiver.of(lost)).toHaveLength(3)
  })

  it('is told of an outage: its cause, since when, and whom it touches', async () => {
    const from = staff.receiver.requests.length
    expect(await failEverything(staff, customers, 1)).toBe(ENDPOINTS)
    await goTo('Overview')
    await outages(1).waitFor()
    await inspect(page, 'overview-outage')
    await outages(1).click()
    const row = main().locator('tbody tr')
    await row.getByText(`${ENDPOINTS} of ${ENDPOINTS + 1} there`).waitFor()
    expect(await row.count()).toBe(1)
    const since = Date.parse((await row.locator('time').getAttribute('datetime')) ?? '')
    const failed = staff.receiver.requests.slice(from)
    const timeOf = (request: (typeof failed)[number] | undefined) =>
      performance.timeOrigin + (request?.atMs ?? Number.NaN)
    expect(since).toBeGreaterThan(timeOf(failed[0]) - APART_MS)
    expect(since).toBeLessThan(timeOf(failed.at(-1)) + APART_MS)
    await open('503: server unavailable: 127.0.0.1')
    await says(`Endpoints: ${ENDPOINTS} · Customers: ${CUSTOMERS}.`)
    expect(await main().locator('tbody tr').count()).toBe(ENDPOINTS)
  })

  it('recovers all of it once the receivers are mended, by their own ledger', async () => {
    staff.receiver.replies(200)
    const from = staff.receiver.requests.length
    const lost = new Set(arrivals(staff, from - 2 * ENDPOINTS))
    await open('Recover…')
    await says(`Endpoints: ${ENDPOINTS} of ${ENDPOINTS + 1} · Customers: ${CUSTOMERS}.`)
    await press(`Recover ${ENDPOINTS} messages`)
    await says('Finished')
    await main()
      .locator('[data-outcome="delivered"]', { hasText: new RegExp(`^${ENDPOINTS}$`) })
      .waitFor()
    expect(lost.size).toBe(ENDPOINTS)
    expect(arrivals(staff, from).toSorted()).toEqual([...lost].toSorted())
    await goTo('Outages')
    await says('No outages')
  })
})
