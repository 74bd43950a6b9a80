import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

describe.skipIf(isWithoutBrowser())('the Advanced tab', () => {
  let portal: Portal
  let page: Page
  let endpointId = ''

  beforeAll(async () => {
    portal = await startPortal()
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    const fields = { url: portal.receiver.url, metadata: { team: 'billing' } }
    endpointId = String((await portal.call('POST', '/app/acme/endpoint', fields))['id'])
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
    await page.goto(`${portal.url}/portal/endpoints/${endpointId}?tab=advanced`)
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const card = (title: string) =>
    page.locator('.setting-card').filter({ has: page.getByRole('heading', { name: title }) })
  const save = (title: string) => card(title).getByRole('button', { name: 'Save' })
  const endpoint = () => portal.call('GET', `/app/acme/endpoint/${endpointId}`)

  it('marks the card that has something unsaved, and saves that card alone', async () => {
    await page.getByLabel('Description').fill('Not yet')
    await page.getByLabel('Rate limit').fill('7')
    await card('Pace').getByText('Not saved').waitFor()
    await card('Edit endpoint').getByText('Not saved').waitFor()
    expect(await save('Retries').isDisabled()).toBe(true)
    await inspect(page, 'advanced-dirty')
    await save('Pace').click()
    await card('Pace').getByText('Not saved').waitFor({ state: 'detached' })
    expect(await endpoint()).toMatchObject({ throttleRate: 7, description: '' })
    expect(await page.getByLabel('Description').inputValue()).toBe('Not yet')
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('dialog').getByText('What you changed here').waitFor()
    await page.getByRole('button', { name: 'Stay here' }).click()
    await page.getByLabel('Description').fill('')
    await card('Edit endpoint').getByText('Not saved').waitFor({ state: 'detached' })
  })

  it('shows a description before the server has it, and takes it back where that fails', async () => {
    portal.expectProblem(/status of 500/)
    const gate = Promise.withResolvers<void>()
    const isPatch = `**/endpoint/${endpointId}`
    await page.route(isPatch, async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue()
      await gate.promise
      await route.fulfill({ status: 500, body: '{}' })
    })
    await page.getByLabel('Description').fill('Order desk')
    await save('Edit endpoint').click()
    const shown = page.locator('header.row').getByText('Order desk')
    const mark = card('Edit endpoint').locator('.badge', { hasText: 'Not saved' })
    await shown.waitFor()
    await mark.waitFor({ state: 'detached' })
    gate.resolve()
    await shown.waitFor({ state: 'detached' })
    await mark.waitFor()
    expect(await page.getByLabel('Description').inputValue()).toBe('Order desk')
    await page.unroute(isPatch)
    await save('Edit endpoint').click()
    await waitFor('the description', async () => (await endpoint())['description'] === 'Order desk')
  })

  it('shows a refusal beside the field of its card', async () => {
    portal.expectProblem(/status of 422/)
    await page.getByLabel('Retry schedule').fill('soon')
    await save('Retries').click()
    const field = card('Retries').locator('.field-error')
    await waitFor('the refusal', async () => (await field.textContent()) !== '')
    await page.getByLabel('Retry schedule').fill('5, 300')
    await save('Retries').click()
    await waitFor(
      'the schedule',
      async () => String((await endpoint())['retrySchedule']) === '5,300',
    )
  })

  it('shows that an endpoint is tried once, saves it so, and no blank schedule for it', async () => {
    await portal.call('PATCH', `/app/acme/endpoint/${endpointId}`, { retrySchedule: [] })
    await page.reload()
    const retries = card('Retries')
    const isOnce = retries.getByRole('checkbox', { name: 'One attempt, no retries' })
    const saved = async () => JSON.stringify((await endpoint())['retrySchedule'])
    await isOnce.waitFor()
    expect(await isOnce.isChecked()).toBe(true)
    expect(await retries.getByLabel('Retry schedule').count()).toBe(0)
    await retries.getByRole('row').nth(1).waitFor()
    expect(await retries.getByRole('row').count()).toBe(2)
    await isOnce.uncheck()
    await retries.getByText('Not saved').waitFor()
    await save('Retries').click()
    await waitFor('the default', async () => (await saved()) === 'null')
    await retries.getByText('Not saved').waitFor({ state: 'detached' })
    await isOnce.check()
    await inspect(page, 'advanced-tried-once')
    await save('Retries').click()
    await waitFor('a single attempt', async () => (await saved()) === '[]')
  })

  it('changes uid and metadata, whatever is in a value', async () => {
    const labels = card('Labels')
    expect(await labels.getByLabel('Metadata').inputValue()).toBe('team = billing')
    await labels.getByLabel('Uid').fill('ledger')
    await labels.getByLabel('Metadata').fill('team = billing\nquery = a=b&c=d')
    await save('Labels').click()
    await waitFor('the uid', async () => (await endpoint())['uid'] === 'ledger')
    expect((await endpoint())['metadata']).toEqual({ team: 'billing', query: 'a=b&c=d' })
  })

  it('names the limit of the application where the endpoint has none of its own', async () => {
    await portal.call('PATCH', '/app/acme', { throttleRate: 30 })
    await portal.call('PATCH', `/app/acme/endpoint/${endpointId}`, { throttleRate: null })
    await page.reload()
    await card('Pace').getByText("Blank: the application's, 30 per second.").waitFor()
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByText("the application's, 30 per second", { exact: true }).waitFor()
    await page.goto(`${portal.url}/portal/endpoints/new`)
    await page.getByText('Advanced', { exact: true }).click()
    await page.getByText("Blank: the application's, 30 per second.").waitFor()
    await page.goto(`${portal.url}/portal/endpoints/${endpointId}?tab=advanced`)
  })

  it('says of a limit and a schedule that could not be read that they are not known, not that there are none', async () => {
    portal.expectProblem(/ERR_FAILED.*\/app\/app_/)
    const isRule = ({ pathname }: URL) => /\/app\/app_\w+(\/delivery-rules)?$/.test(pathname)
    await page.route(isRule, (route) => route.abort())
    await page.reload()
    await card('Pace').getByText('Messages per second.', { exact: true }).waitFor()
    const retries = card('Retries')
    await retries.getByText('No connection').waitFor()
    await inspect(page, 'advanced-not-known')
    await page.unroute(isRule)
    await retries.getByRole('button', { name: 'Try again' }).click()
    await retries.getByRole('table').waitFor()
  })

  it('tells when a write-only header was set', async () => {
    await page.getByLabel('Header name').fill('authorization')
    await page.getByLabel('Header value').fill('Bearer secret')
    await page.getByRole('button', { name: 'Add header' }).click()
    const row = page.getByRole('listitem').filter({ hasText: 'set, not shown' })
    await row.getByText('set on').waitFor()
    const at = await row.locator('time').getAttribute('datetime')
    const { data } = await portal.call('GET', `/app/acme/endpoint/${endpointId}/history`)
    expect(at).toBe(Array.isArray(data) ? data[0].timestamp : '')
  })

  it('disables and deletes in a card of its own', async () => {
    const danger = page.locator('.danger-card')
    await danger.getByRole('button', { name: 'Disable Endpoint' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable Endpoint' }).click()
    await danger.getByRole('button', { name: 'Enable Endpoint' }).click()
    await page.getByText('The endpoint is enabled again').waitFor()
    await danger.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill(new URL(portal.receiver.url).host)
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
  })
})
