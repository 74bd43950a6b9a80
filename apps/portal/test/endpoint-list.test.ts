import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { MOST_SHIFT, shiftOf, watchShifts } from './layout-shifts.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

// So many failures at least, and so much time, until an endpoint is disabled.
const FAILURES = 10
const DISABLE_AFTER_SECONDS = 2

describe.skipIf(isWithoutBrowser())('the list of endpoints', () => {
  let portal: Portal
  let page: Page
  const made: string[] = []

  beforeAll(async () => {
    portal = await startPortal({
      POSTHORN_RETRY_SCHEDULE: 'none',
      POSTHORN_DISABLE_AFTER: String(DISABLE_AFTER_SECONDS),
    })
    for (const name of ['invoice.paid', 'user.created'])
      await portal.call('POST', '/event-type', { name, description: '' })
    page = await portal.newPage()
    // The page of an endpoint may still be open when that is deleted after its test.
    portal.expectProblem(/status of 404.*endpoint\/ep_/)
    await page.goto(await portal.link())
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())
  afterEach(async () => {
    const ids = made.splice(0)
    for (const id of ids) await portal.call('DELETE', `/app/acme/endpoint/${id}`).catch(() => null)
    portal.receiver.replies(200)
  })

  const add = async (name: string, fields = {}) => {
    const body = { url: `${portal.receiver.url}/${name}`, ...fields }
    const id = String((await portal.call('POST', '/app/acme/endpoint', body))['id'])
    made.push(id)
    return id
  }
  const publish = async (eventType = 'invoice.paid') =>
    String((await portal.call('POST', '/app/acme/msg', { eventType, payload: {} }))['id'])
  const stateOf = async (id: string) =>
    Object((await portal.call('GET', `/app/acme/endpoint/${id}`))['state'])
  const dayOf = async (id: string) => {
    const { data } = await portal.call('GET', `/app/acme/traffic/endpoint-day?endpoint_ids=${id}`)
    return Array.isArray(data) ? Object(data[0]) : {}
  }
  const open = () => page.goto(`${portal.url}/portal/endpoints`)
  const row = (name: string) => page.getByRole('row', { name: `${portal.receiver.url}/${name}` })
  const choose = async (name: string, action: string) => {
    await row(name).locator('summary').click()
    await row(name).getByRole('button', { name: action, exact: true }).click()
  }
  const dialog = () => page.getByRole('dialog')

  it('tells of each its last day in bars with their text, why the newest attempt failed, and when it was', async () => {
    const id = await add('orders')
    portal.receiver.replies(200, 503)
    await publish()
    await waitFor('the first', async () => (await dayOf(id)).newest?.status === 0)
    await publish()
    await waitFor('both', async () => (await dayOf(id)).failed === 1)
    await open()
    const bars = row('orders').getByRole('img', { name: /1 delivered, 1 failed/ })
    await bars.waitFor()
    await row('orders').getByText('50% of 2 attempts').waitFor()
    await row('orders').getByText('Your server is unavailable.').waitFor()
    const last = row('orders').getByRole('cell').nth(5)
    expect(await last.textContent()).toMatch(/failed$/)
    expect(await last.locator('time').getAttribute('datetime')).toBe(
      (await dayOf(id)).newest.timestamp,
    )
    await inspect(page, 'endpoints')
  })

  it('is filtered by event type, in the URL: those that chose it, and those that take all', async () => {
    await add('all')
    await add('paid', { eventTypes: ['invoice.paid'] })
    await add('created', { eventTypes: ['user.created'] })
    const asked = page.waitForRequest(/\/event-type\?/)
    await open()
    await row('paid').waitFor()
    expect(new URL((await asked).url()).searchParams.get('with_content')).toBe('false')
    await page.getByLabel('Event type', { exact: true }).selectOption('user.created')
    await row('paid').waitFor({ state: 'detached' })
    expect(new URL(page.url()).search).toBe('?type=user.created')
    await page.reload()
    await row('created').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(2)
  })

  it('disables and enables from a row, with the same dialog, undo and what was missed as on its page', async () => {
    const id = await add('pause')
    await open()
    await choose('pause', 'Disable Endpoint')
    await dialog().getByText('No delivery waits for it').waitFor()
    await dialog().getByRole('button', { name: 'Disable Endpoint' }).click()
    await row('pause').getByText('Disabled').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await waitFor('it again', async () => (await stateOf(id)).disabledAt === null)
    await portal.call('PATCH', `/app/acme/endpoint/${id}`, { disabled: true })
    await publish()
    await open()
    await choose('pause', 'Enable Endpoint')
    await page.getByRole('button', { name: 'See what it missed' }).click()
    await page.getByText('would have got while it was disabled: 1').waitFor()
  })

  it('recovers from a row what failed, as a task on the page of the endpoint', async () => {
    const id = await add('mend')
    portal.receiver.replies(500, 200)
    const failed = await publish()
    await waitFor('its failure', async () => (await dayOf(id)).newest?.status === 2)
    await open()
    await choose('mend', 'Recover Failed Messages')
    await dialog().getByRole('button', { name: 'Recover', exact: true }).click()
    await page.getByText('1 of 1 sent on their way').waitFor()
    expect(new URL(page.url()).pathname).toBe(`/portal/endpoints/${id}`)
    await waitFor('its arrival', () => portal.receiver.of(failed).length === 2)
  })

  it('deletes from a row once its host is typed, and stays', async () => {
    await add('gone')
    await add('kept')
    await open()
    await choose('gone', 'Delete')
    await dialog().getByRole('textbox').fill(new URL(portal.receiver.url).host)
    await dialog().getByRole('button', { name: 'Delete', exact: true }).click()
    await row('gone').waitFor({ state: 'detached' })
    await row('kept').waitFor()
    expect(new URL(page.url()).pathname).toBe('/portal/endpoints')
  })

  it('says where a dialog could not be loaded, and goes on', async () => {
    portal.expectProblem(/ERR_FAILED.*delete-dialog|delete-dialog.*ERR_FAILED/)
    await add('offline')
    const fresh = await portal.newPage()
    await fresh.goto(await portal.link())
    await fresh.locator('tbody summary').click()
    await fresh.route('**/assets/delete-dialog*', (route) => route.abort(), { times: 1 })
    await fresh.getByRole('button', { name: 'Delete', exact: true }).click()
    await fresh.getByText("The server can't be reached", { exact: false }).waitFor()
    await fresh.getByRole('link', { name: 'Messages' }).click()
    await fresh.getByRole('heading', { name: 'Messages' }).waitFor()
    await fresh.close()
  })

  const addBroken = async (name = 'broken') => {
    const id = await add(name)
    portal.receiver.replies(500)
    await waitFor('its end', async () => {
      for (let n = 0; n < FAILURES; n++) await publish()
      return (await stateOf(id)).disabledBy === 'automatic'
    })
    return id
  }

  it('warns above all of one that was disabled automatically, with when', async () => {
    const id = await addBroken()
    await open()
    const warning = page.locator('.notice', { hasText: 'Endpoints that need you' })
    await warning.getByText('did nothing but fail, and was disabled on').waitFor()
    expect(await warning.locator('time').getAttribute('datetime')).toBe(
      (await stateOf(id)).disabledAt,
    )
    await inspect(page, 'endpoints-warned')
    await warning.getByRole('link').click()
    await page.getByText('It was disabled by us').waitFor()
  })

  it('is not moved by the warning, whether that is late, known only when the list was read already, or changes', async () => {
    portal.expectProblem(/ERR_FAILED.*endpoint-warning/)
    const id = await addBroken()
    const fresh = await portal.newPage()
    await watchShifts(fresh)
    await fresh.clock.install()
    const gate = Promise.withResolvers<void>()
    await fresh.route('**/endpoint-warning', async (route) => {
      await gate.promise
      await route.continue()
    })
    const days = fresh.waitForResponse(/endpoint-day/)
    await fresh.goto(await portal.link())
    await days
    gate.resolve()
    const warning = fresh.locator('.notice', { hasText: 'Endpoints that need you' })
    await warning.getByText('was disabled on').waitFor()
    expect(await shiftOf(fresh)).toBeLessThanOrEqual(MOST_SHIFT)
    await fresh.unroute('**/endpoint-warning')
    await fresh.route('**/endpoint-warning', (route) => route.abort(), { times: 1 })
    await fresh.reload()
    await fresh.getByRole('link', { name: '/broken' }).waitFor()
    expect(await warning.count()).toBe(0)
    await fresh.clock.fastForward('00:16')
    await warning.waitFor()
    expect(await shiftOf(fresh)).toBeLessThanOrEqual(MOST_SHIFT)
    await inspect(fresh, 'endpoints-warned-late')
    const show = fresh.getByRole('button', { name: 'Show', exact: true })
    await show.click()
    await warning.getByText('was disabled on').waitFor()
    const top = async () => (await fresh.getByLabel('Event type', { exact: true }).boundingBox())?.y
    const changed = fresh.getByText('What stands above the list has changed')
    const shown = await top()
    await addBroken('another')
    await fresh.clock.fastForward('00:16')
    await changed.waitFor()
    expect(await warning.getByRole('link').count()).toBe(1)
    await inspect(fresh, 'endpoints-warned-changed')
    await show.click()
    await warning.getByRole('link', { name: '/another' }).waitFor()
    const both = await top()
    await portal.call('PATCH', `/app/acme/endpoint/${id}`, { disabled: false })
    await fresh.clock.fastForward('00:16')
    await changed.waitFor()
    expect(await warning.getByRole('link').count()).toBe(2)
    await show.click()
    await warning.getByRole('link', { name: '/broken' }).waitFor({ state: 'detached' })
    expect(await top()).toBe(shown)
    expect(both).toBeGreaterThan(shown ?? 0)
    await fresh.close()
  })
})
