import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, PASSWORD } from './console-setup.ts'
import { addCustomer, type Customer, failEverything, startHealthConsole } from './health-setup.ts'
import { inspect } from './inspect.ts'

const HOSTILE = '<img src=x onerror=alert(1)>\u202e'

// Each goes on where the one before left.
describe.skipIf(isWithoutBrowser())('how the whole installation is', () => {
  let staff: Console
  let page: Page
  let customers: Customer[] = []

  beforeAll(async () => {
    ;({ staff, page } = await startHealthConsole())
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const open = (name: string) => page.getByRole('link', { name, exact: true }).first().click()
  const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor()
  const says = (text: string | RegExp) => page.getByText(text).first().waitFor()
  const figure = (label: string) =>
    page.locator('.figure').filter({ has: page.getByText(label, { exact: true }) })
  /** It refreshes itself until it shows this. */
  const shows = (label: string, text: string | RegExp) =>
    figure(label).getByText(text, { exact: true }).waitFor({ timeout: 60_000 })

  it('begins with nothing: no traffic, no trouble, and a worker that is heard of', async () => {
    await shows('Failing endpoints', '0')
    await shows('Successful attempts', '–')
    await shows('Oldest due', 'None')
    await inspect(page, 'overview-empty')
    await open('Health board')
    await says('All endpoints are well')
    await inspect(page, 'health-empty')
    await open('Outages')
    await says('No outages')
    await inspect(page, 'outages-empty')
    await open('Queues and workers')
    await says('Works')
    await says('Leads')
  })

  it('counts on its overview what the receiver counted', async () => {
    customers = [
      await addCustomer(staff, `Acme ${HOSTILE}`, 3),
      await addCustomer(staff, 'Bolt', 2),
    ]
    await failEverything(staff, customers, 3)
    const attempts = staff.receiver.requests.length
    await open('Overview')
    await shows('Accepted per second', /^6 messages in the last /)
    await shows('Successful attempts', `${attempts} of ${attempts} failed`)
    await shows('Successful attempts', '0%')
    await shows('Failing endpoints', '5')
    await shows('In flight', '0')
    await inspect(page, 'overview')
  })

  it('leads from a number to its list, with the cause of each failure', async () => {
    await figure('Failing endpoints').click()
    await page.waitForURL(/\/health\?kind=failing$/)
    const rows = page.getByRole('table', { name: 'Failing', exact: true }).locator('tbody tr')
    await waitFor('a row for each endpoint', async () => (await rows.count()) === 5)
    await says('503: server unavailable')
    await says('6 failures in a row')
    const first = rows.first().getByRole('link').first()
    expect(await first.getAttribute('href')).toMatch(/\/endpoints\/app_\w+\/ep_\w+$/)
    await says('U+202E')
    await inspect(page, 'health')
    await page.getByRole('link', { name: 'Slow 0' }).click()
    await says('None of this kind')
    await open('Clear filters')
  })

  it('shows one cause at one host as one outage, with its customers', async () => {
    await open('Outages')
    const rows = page.locator('tbody tr')
    await says('503: server unavailable: 127.0.0.1')
    expect(await rows.count()).toBe(1)
    expect(await rows.locator('td').nth(1).innerText()).toBe('2')
    await says('5 of 5 there')
    await inspect(page, 'outages')
    await open('503: server unavailable: 127.0.0.1')
    await says('Endpoints: 5 · Customers: 2.')
    await inspect(page, 'outage')
  })

  it('enables those that were disabled for it, all at once, and leads to what they missed', async () => {
    const [first = '', second = ''] = customers[0]?.endpointIds ?? []
    const disabled = { disabled: true, disabledAt: new Date(), disabledBy: 'automatic' }
    await staff.core.db.prisma.endpoint.updateMany({
      where: { id: { in: [first, second] } },
      data: disabled,
    })
    await page.reload()
    await says('Disabled')
    await page.getByRole('button', { name: 'Enable 2' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Enable 2' }).click()
    await says('Enabled: 2')
    await inspect(page, 'outage-enabled')
    const left = await staff.core.db.prisma.endpoint.count({ where: { disabled: true } })
    expect(left).toBe(0)
    await page.getByRole('dialog').getByRole('link', { name: 'Recover what they missed' }).click()
    await says('All endpoints at 127.0.0.1')
    expect(await page.getByLabel('Failed within').inputValue()).toBe('since')
    await says('Endpoints: 5 of 5 · Customers: 2.')
    await page.getByRole('button', { name: 'Recover 15 messages' }).waitFor()
  })

  it('tells of an outage that is over, and what was published meanwhile', async () => {
    await open('Outages')
    await says('None in the last 90 days.')
    const ids = customers.flatMap(({ endpointIds }) => endpointIds)
    const { hot } = staff.core.db
    const read =
      'SELECT endpoint_id AS id, failing_since AS since, failure_count AS count FROM endpoint_state'
    const { rows } = await hot.query<{ id: string; since: Date; count: number }>(read)
    const set = `UPDATE endpoint_state SET failing_since = $2, failure_count = $3 WHERE endpoint_id = $1`
    const outage = () => staff.core.db.prisma.outage.findFirst()
    // Those that were enabled above may have been well again before the first look.
    for (const id of ids) await hot.query(set, [id, new Date(), 6])
    await waitFor('a look', async () => (await outage())?.endpoints === ids.length, 60_000)
    for (const id of ids) await hot.query(set, [id, null, 0])
    await waitFor('its end', async () => (await outage())?.endedAt instanceof Date, 60_000)
    await page.reload()
    await says('No outages')
    const row = page.getByRole('table', { name: 'Over' }).locator('tbody tr')
    await row.getByText('503: server unavailable').waitFor()
    expect((await row.locator('td').allInnerTexts()).slice(1, 3)).toEqual(['2', '5'])
    await inspect(page, 'outages-over')
    await row.getByRole('link', { name: '127.0.0.1' }).click()
    await page.locator('tbody tr').nth(5).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(6)
    for (const { id, since, count } of rows) await hot.query(set, [id, since, count])
    await page.goto(`${staff.url}/console/${staff.orgId}/outages/127.0.0.1`)
    await says(/^Endpoints: \d · Customers: \d/)
  })

  it('keeps the way to what was missed when the whole outage was disabled', async () => {
    const disabled = { disabled: true, disabledAt: new Date(), disabledBy: 'automatic' }
    const ids = customers.flatMap(({ endpointIds }) => endpointIds)
    const failing = `SELECT endpoint_id AS id, failing_since AS since, failure_count AS count FROM endpoint_state`
    const { rows } = await staff.core.db.hot.query<{ id: string; since: Date; count: number }>(
      failing,
    )
    await staff.core.db.prisma.endpoint.updateMany({ where: { id: { in: ids } }, data: disabled })
    await page.goto(`${staff.url}/console/${staff.orgId}/outages/127.0.0.1`)
    await page.getByRole('button', { name: 'Enable 5' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Enable 5' }).click()
    await says('Enabled: 5')
    await page.getByText('Nothing fails here now').waitFor()
    const missed = page.getByRole('dialog').getByRole('link', { name: 'Recover what they missed' })
    expect(await missed.getAttribute('href')).toMatch(/host=127\.0\.0\.1&since=/)
    await page.getByRole('button', { name: 'Close' }).click()
    for (const { id, since, count } of rows)
      await staff.core.db.hot.query(
        `UPDATE endpoint_state SET failing_since = $2, failure_count = $3 WHERE endpoint_id = $1`,
        [id, since, count],
      )
  })

  it('shows what is about to be disabled, what was, what waits and what is slow', async () => {
    const [app] = customers
    const [soon = '', gone = '', limited = '', slow = ''] = [
      ...(app?.endpointIds ?? []),
      ...(customers[1]?.endpointIds ?? []),
    ]
    const { prisma, hot } = staff.core.db
    await hot.query(
      `UPDATE endpoint_state SET failing_since = now() - interval '4 days', failure_count = 12 WHERE endpoint_id = $1`,
      [soon],
    )
    const disabled = { disabled: true, disabledAt: new Date(), disabledBy: 'automatic' }
    await prisma.endpoint.update({ where: { id: gone }, data: disabled })
    await hot.query(
      `UPDATE endpoint_state SET rate = 1, lane = true, next_turn_at = now() + interval '1 hour', failing_since = NULL,
              failure_count = 0 WHERE endpoint_id = $1`,
      [limited],
    )
    // As if it had been due for a while.
    await hot.query(
      `UPDATE delivery SET status = 'pending', wait = 'turn', next_attempt_at = now() WHERE endpoint_id = $1`,
      [limited],
    )
    await hot.query(
      `INSERT INTO traffic_hour (app_id, kind, key, starts_at, success, fail, exhausted, latency)
       SELECT app_id, 'endpoint', id, date_trunc('hour', now()), 5, 0, 0, array_fill(0, ARRAY[54]) || 5
         FROM endpoint WHERE id = $1
       ON CONFLICT (app_id, kind, key, starts_at) DO UPDATE SET latency = excluded.latency`,
      [slow],
    )
    await open('Health board')
    await heading(/^About to be disabled 1/)
    await says('12 failures in a row')
    await heading(/^Limited 1/)
    await says('1 per second')
    await heading(/^Disabled today 1/)
    await says('By itself: it failed too long')
    await heading(/^Slow 1/)
    await inspect(page, 'health-kinds')
    await page.getByRole('checkbox', { name: 'Pick all' }).last().check()
    await page.getByRole('region', { name: 'With those picked' }).waitFor()
    await inspect(page, 'health-picked')
  })

  it('tells of queue and workers as of a moment, with what the receiver counted', async () => {
    await open('Queues and workers')
    const attempts = staff.receiver.requests.length
    await says(`Delivered: 0 · Failed: ${attempts} · in the last 15 minutes`)
    await says('As of')
    await figure('Last sweep')
      .getByText(/^\d(\.\d)? sec ago$/)
      .waitFor()
    const worker = page.locator('tr', { hasText: 'Works' })
    await worker.getByText(/^[\d.]+\s[MG]B$/).waitFor()
    await worker.getByText(/^[\d.]+ ms$/).waitFor()
    for (const store of ['Database', 'Queue']) {
      const row = page.getByRole('table', { name: 'Stores' }).locator('tr', { hasText: store })
      await row.getByText(/Reachable/).waitFor()
      await row.getByText(/^[\d.]+ ms$/).waitFor()
    }
    await page.getByText(/Of what is due: p50 /).waitFor()
    await inspect(page, 'queues')
    expect(await page.locator('tbody tr', { hasText: 'Works' }).count()).toBe(1)
  })

  it('lets a viewer look, and offers nothing that would change', async () => {
    const body = { email: 'vera@example.com', role: 'viewer' }
    const invited = await staff.call('POST', '/staff/invitation', body)
    const vera = await staff.newPage()
    await vera.goto(String(invited['url']))
    await vera.getByLabel('Name').fill('Vera')
    await vera.getByLabel('New password').fill(PASSWORD)
    await vera.getByRole('button', { name: 'Continue' }).click()
    await vera.getByRole('link', { name: 'Health board' }).click()
    await vera.getByRole('heading', { name: /^About to be disabled/ }).waitFor()
    expect(await vera.getByRole('checkbox').count()).toBe(0)
    await vera.getByRole('link', { name: 'Outages' }).click()
    await vera.getByText('503: server unavailable: 127.0.0.1').click()
    await vera.getByText(/Customers: 2/).waitFor()
    expect(await vera.getByRole('link', { name: 'Recover…' }).count()).toBe(0)
    expect(await vera.getByRole('button', { name: /^Enable/ }).count()).toBe(0)
    await vera.goto(`${staff.url}/console/${staff.orgId}/recover?host=127.0.0.1`)
    await vera.getByText('This needs the role Support').waitFor()
    await inspect(vera, 'recover-forbidden')
    await vera.close()
  })

  it('says that the server failed, keeps what it showed before, and goes on', async () => {
    staff.expectProblem(/status of 500/)
    await open('Overview')
    await shows('In flight', '0')
    await page.route('**/api/v1/support/overview', (route) =>
      route.fulfill({ status: 500, body: '{}', headers: { 'x-request-id': 'req_test' } }),
    )
    await says('What you see may be out of date.')
    await says('req_test')
    await shows('In flight', '0')
    await inspect(page, 'overview-stale')
    // What it looks at by itself waits: the button is there until it is pressed.
    const pressed = Promise.withResolvers<void>()
    await page.unroute('**/api/v1/support/overview')
    await page.route('**/api/v1/support/overview', async (route) => {
      await pressed.promise
      await route.continue()
    })
    await page.getByRole('button', { name: 'Try again' }).click()
    pressed.resolve()
    await page.getByText('What you see may be out of date.').waitFor({ state: 'detached' })
    await page.unroute('**/api/v1/support/overview')
  })

  it('says that no worker is heard of', async () => {
    await open('Queues and workers')
    await says('Works')
    await staff.stopWorker()
    await says('No worker is running')
  })
})
