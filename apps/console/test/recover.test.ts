import { seedDeliveries, seedMessages, waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser } from './console-setup.ts'
import {
  addCustomer,
  arrivals,
  type Customer,
  failEverything,
  startHealthConsole,
  tabTo,
} from './health-setup.ts'
import { inspect } from './inspect.ts'

// Each goes on where the one before left.
describe.skipIf(isWithoutBrowser())('recovering many endpoints', () => {
  let staff: Console
  let page: Page
  let customers: Customer[] = []

  beforeAll(async () => {
    ;({ staff, page } = await startHealthConsole())
    customers = [await addCustomer(staff, 'Acme', 4), await addCustomer(staff, 'Bolt', 6)]
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const open = (name: string) => page.getByRole('link', { name, exact: true }).first().click()
  const says = (text: string | RegExp) => page.getByText(text).first().waitFor()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const goTo = (path: string) => page.goto(`${staff.url}/console/${staff.orgId}${path}`)
  const outcome = (name: string, count: string) =>
    page.locator(`[data-outcome="${name}"]`, { hasText: new RegExp(`^${count}$`) }).waitFor({
      timeout: 60_000,
    })

  it('asks which endpoints are meant where nothing led here', async () => {
    await open('Recover')
    await says('None yet')
    await inspect(page, 'recover-choose')
    await page.getByLabel('All at a host').fill('nobody.example.com')
    await press('Continue with the host')
    await says('There is no enabled endpoint.')
    expect(await page.getByRole('button', { name: /^Recover / }).count()).toBe(0)
    await inspect(page, 'recover-nobody')
  })

  it('recovers an outage by the keyboard alone; the figures are those of the ledger', async () => {
    const missed = await failEverything(staff, customers, 3)
    expect(missed).toBe(30)
    staff.receiver.replies(200)
    const from = staff.receiver.requests.length
    const before = new Set(arrivals(staff, 0))
    await goTo('/overview')
    await tabTo(page, 'link', 'Outages')
    await page.keyboard.press('Enter')
    await tabTo(page, 'link', 'Recover…')
    await page.keyboard.press('Enter')
    await says('Endpoints: 10 of 10 · Customers: 2.')
    await inspect(page, 'recover')
    await tabTo(page, 'button', 'Recover 30 messages')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/recover\/qtask_/)
    await says('Finished')
    await outcome('delivered', '30')
    await outcome('failed', '0')
    await inspect(page, 'recovery')
    const arrived = arrivals(staff, from)
    expect(arrived.toSorted()).toEqual([...before].toSorted())
  })

  it('finds nothing more to recover, and that the outage is over', async () => {
    await goTo('/recover?host=127.0.0.1')
    await says('Nothing failed in this time.')
    expect(await page.getByRole('button', { name: /^Recover / }).count()).toBe(0)
    await goTo('/outages/127.0.0.1')
    await says('Nothing fails here now')
    await inspect(page, 'outage-over')
  })

  it('goes at a pace, is paused, survives a reload, and goes on', async () => {
    const missed = await failEverything(staff, customers, 2)
    staff.receiver.replies(200)
    const from = staff.receiver.requests.length
    await goTo(`/recover?application=${customers[1]?.appId ?? ''}`)
    await says('Endpoints: 6 of 6 · Customers: 1.')
    await page.getByLabel('Messages per second, over all').fill('2000')
    await says('A whole number from 1 to 1,000.')
    await page.getByLabel('Messages per second, over all').fill('1')
    await says('That takes 12 sec.')
    await press('Recover 12 messages')
    await press('Pause')
    await page.locator('.badge', { hasText: 'Paused' }).waitFor()
    await inspect(page, 'recovery-paused')
    await page.reload()
    await page.locator('.badge', { hasText: 'Paused' }).waitFor()
    await says('At most 1')
    await press('Resume')
    await page.locator('.badge', { hasText: 'Running' }).waitFor()
    await outcome('delivered', '12')
    await says('Finished')
    expect(new Set(arrivals(staff, from)).size).toBe(12)
    expect(missed).toBe(20)
  })

  it('is canceled before it sent all, and begins again where it was', async () => {
    await goTo(`/recover?application=${customers[0]?.appId ?? ''}`)
    await page.getByLabel('Messages per second, over all').fill('1')
    await press('Recover 8 messages')
    await press('Pause')
    await page.locator('.badge', { hasText: 'Paused' }).waitFor()
    await press('Cancel the recovery')
    await page.locator('.badge', { hasText: 'Canceled' }).waitFor()
    await open('Recover again')
    await says(/Endpoints: \d of 4 · Customers: 1\./)
    await open('Choose others')
    await page.locator('.badge', { hasText: 'Canceled' }).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(3)
    await inspect(page, 'recoveries')
  })

  const seedFailed = async (customer: number, nth = 0, length = 1_001) => {
    const { appId = '', endpointIds = [] } = customers[customer] ?? {}
    const endpointId = endpointIds[nth] ?? ''
    const app = { orgId: staff.orgId, appId }
    const seeds = Array.from({ length }, () => ({ atMs: Date.now() - 60_000 }))
    const ids = await seedMessages(staff.core.db.hot, app, seeds)
    const rows = ids.map((messageId) => ({ messageId, endpointId, status: 'failed' as const }))
    await seedDeliveries(staff.core.db.hot, app, rows)
    return endpointId
  }

  it('asks again before it sends more than a thousand', async () => {
    const endpointId = await seedFailed(0)
    const tasks = () => staff.core.db.prisma.backgroundTask.count()
    const before = await tasks()
    await goTo(`/recover?endpoints=${endpointId}`)
    await says('Picked endpoints: 1')
    await page.getByRole('button', { name: /^Recover 1,00\d messages$/ }).click()
    await says(/^Send 1,00\d messages again\?$/)
    await inspect(page, 'recover-many')
    await press('Cancel')
    expect(await tasks()).toBe(before)
    const sent = staff.receiver.requests.length
    await page.getByRole('button', { name: /^Recover 1,00\d messages$/ }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Recover/ })
      .click()
    await page.waitForURL(/\/recover\/qtask_/)
    await waitFor('all of them', () => staff.receiver.requests.length - sent >= 1_001, 60_000)
    await says('Finished')
  })

  it('says how fast it goes and how long it has, on its own page and on that of the task', async () => {
    const endpointId = await seedFailed(1)
    await goTo(`/recover?endpoints=${endpointId}`)
    await page.getByLabel('Messages per second, over all').fill('1')
    await page.getByRole('button', { name: /^Recover \d,\d+ messages$/ }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Recover/ })
      .click()
    await page.waitForURL(/\/recover\/qtask_/)
    const task = new URL(page.url()).pathname.split('/').at(-1)
    const pace = page.locator('[data-pace]', { hasText: /\d a second · .*\d:\d\d:\d\d/ })
    await pace.waitFor()
    await goTo(`/tasks/${task}`)
    await pace.waitFor()
    await inspect(page, 'task-pace')
    await goTo(`/recover/${task}`)
    await press('Cancel the recovery')
    await page.locator('.badge', { hasText: 'Canceled' }).waitFor()
    expect(await page.locator('[data-pace]').count()).toBe(0)
  })

  it('does not call it well where all failed again, and leads to what fails', async () => {
    const endpointId = await seedFailed(1, 3, 2)
    staff.receiver.replies(500)
    await goTo(`/recover?endpoints=${endpointId}`)
    await press('Recover 2 messages')
    await outcome('failed', '2')
    await says("2 failed again: what stops them isn't mended yet.")
    await inspect(page, 'recovery-failed-again')
    await open('See the failed messages')
    await page.waitForURL(/\/messages\?status=failed$/)
    await page.locator('tbody tr').nth(1).waitFor()
    await page.goBack()
    await open('As a background task')
    await press('Failed: 2')
    await page.getByRole('link', { name: endpointId }).nth(1).waitFor()
    await inspect(page, 'recovery-task')
    await page.getByRole('link', { name: endpointId }).first().click()
    await page.waitForURL(`**/endpoints/*/${endpointId}`)
  })

  it('sends one alone first, says what came of it, and then counts what is left', async () => {
    const endpointId = await seedFailed(1, 4, 2)
    const from = staff.receiver.requests.length
    staff.receiver.replies(500)
    await goTo(`/recover?endpoints=${endpointId}`)
    await says('Endpoints: 1 of 1')
    await press('Send one now')
    await page.getByRole('link', { name: 'See why' }).waitFor()
    await inspect(page, 'recover-sent-one')
    await says('Recover 2 messages')
    staff.receiver.replies(200)
    await press('Send one now')
    await says('It arrived: the others can follow.')
    await says('Recover 1 message')
    const [refused, taken, ...more] = arrivals(staff, from)
    expect(taken).toBe(refused)
    expect(more).toEqual([])
  })

  it('sends what failed of the event types that are named, and of no other', async () => {
    const { appId, endpointIds } = await addCustomer(staff, 'Dover', 1)
    staff.receiver.replies(500)
    const ids: string[] = []
    for (const eventType of ['invoice.paid', 'invoice.voided'])
      ids.push(
        String((await staff.call('POST', `/app/${appId}/msg`, { eventType, payload: {} }))['id']),
      )
    const where: { endpointId: { in: string[] }; status: 'failed' } = {
      endpointId: { in: [...endpointIds] },
      status: 'failed',
    }
    await waitFor(
      'both failures',
      async () => (await staff.core.db.prisma.delivery.count({ where })) === 2,
    )
    staff.receiver.replies(200)
    const from = staff.receiver.requests.length
    await goTo(`/recover?application=${appId}`)
    await page.getByRole('button', { name: 'Recover 2 messages' }).waitFor()
    const types = page.getByLabel('Event types')
    await types.fill('invoice/paid')
    await types.press('Enter')
    await says('Names of event types are letters, digits, dots, - and _; at most 100.')
    expect(await page.getByRole('button', { name: /^Recover / }).count()).toBe(0)
    await types.fill('invoice.paid, invoice.sent')
    await types.press('Enter')
    await inspect(page, 'recover-types')
    await press('Recover 1 message')
    await page.waitForURL(/\/recover\/qtask_/)
    await page.getByRole('heading', { name: /, only invoice\.paid, invoice\.sent$/ }).waitFor()
    await outcome('delivered', '1')
    expect(arrivals(staff, from)).toEqual([`${appId} 0 ${ids[0]}`])
  })

  it('makes the retries of an outage now that would come in an hour, of the named types or of all', async () => {
    const { appId } = await addCustomer(staff, 'Cork', 0)
    const { url } = staff.receiver
    for (let n = 0; n < 2; n++)
      await staff.call('POST', `/app/${appId}/endpoint`, { url, retrySchedule: [3_600] })
    staff.receiver.replies(503)
    const from = staff.receiver.requests.length
    const received = () => staff.receiver.requests.length - from
    const publish = async (eventType: string) =>
      String((await staff.call('POST', `/app/${appId}/msg`, { eventType, payload: {} }))['id'])
    await publish('invoice.paid')
    const voided = await publish('invoice.voided')
    await waitFor('the failures', () => received() === 4)
    staff.receiver.replies(200)
    const retry = async (types: string) => {
      await goTo(`/recover?application=${appId}&types=${types}`)
      await says('Nothing has failed for good in this time.')
      await says(/^2 are still being retried/)
      await inspect(page, 'recover-retrying')
      await press('Retry them now')
      await says(/^2 are sent now\./)
    }
    await retry('invoice.voided')
    await waitFor('the retries of the type', () => received() === 6)
    const sent = () => arrivals(staff, from)
    expect(sent().slice(4)).toEqual([` ${voided}`, ` ${voided}`])
    await retry('')
    await waitFor('the other retries', () => received() === 8)
    expect(sent().slice(4).toSorted()).toEqual(sent().slice(0, 4).toSorted())
  })

  it('says what is wrong with the request, and that a recovery is not there', async () => {
    staff.expectProblem(/status of (404|422)/)
    await goTo('/recover?endpoints=ep_0000000000000000000000000AB')
    await says('Names an endpoint that is not there.')
    await goTo('/recover/qtask_3MbyHXTOlnTXATNjgreU2tu5N8z')
    await says('Not found')
    await inspect(page, 'recovery-not-found')
  })

  it('is there in German, too', async () => {
    await goTo('/overview')
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de')
    await page.getByRole('heading', { name: 'Übersicht' }).waitFor()
    await page.getByRole('link', { name: 'Nachholen', exact: true }).click()
    await page.getByRole('heading', { name: 'Nachholungen' }).waitFor()
    await inspect(page, 'recover-german')
  })
})
