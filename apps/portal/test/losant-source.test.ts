import { text } from 'node:stream/consumers'
import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'
import { openSourceTab } from './source-tab.ts'

const GRANTED = { capabilities: ['ViewBase', 'ViewSources', 'ManageSources', 'ManageEndpoint'] }
const NAME = 'From the gate'

// Each goes on where the one before left. The labels are those of Losant's documents, seed 000.
describe.skipIf(isWithoutBrowser())('a Losant webhook in the portal', () => {
  let portal: Portal
  let page: Page
  let url: string

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    page = await portal.newPage()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const tab = (name: string) => openSourceTab(page, name)
  const toList = () => page.getByRole('link', { name: 'Sources', exact: true }).first().click()
  const received = () => portal.receiver.requests.map(({ body }) => JSON.parse(String(body)))
  const pathsOfEndpoints = async () => {
    const { data } = await portal.call('GET', '/app/acme/endpoint')
    const endpoints: Array<{ url: string }> = Array.isArray(data) ? data : []
    return endpoints.map((endpoint) => new URL(endpoint.url).pathname).toSorted()
  }

  it('is added by its name alone, with no verification and no waiting for a reply', async () => {
    await page.goto(await portal.link(GRANTED))
    await toList()
    await page.getByRole('link', { name: 'Add source' }).first().click()
    await page.getByLabel('Search providers').fill('losant')
    await page.getByRole('link', { name: 'Losant webhook' }).click()
    await page.getByRole('heading', { name: 'Add Webhook' }).waitFor()
    const verification = page.getByLabel('Verification', { exact: true })
    expect(await verification.locator('option').allTextContents()).toEqual([
      'No Verification',
      'Facebook',
      'Fitbit',
      'Twilio',
      'Alexa',
    ])
    expect(await verification.locator('option:checked').textContent()).toBe('No Verification')
    expect(await page.getByLabel('Wait for reply from workflow').isChecked()).toBe(false)
    await page.getByLabel('Name', { exact: true }).fill(NAME)
    await inspect(page, 'losant-add')
    await page.getByRole('button', { name: 'Save Webhook' }).click()
    await page.getByText('Waiting for the first request…').waitFor()
    url = String(await page.locator('.set-up-steps code').first().textContent())
    expect(url).toContain('http://127.0.0.1:')
  })

  it('is in the list with its URL to copy, and its settings can be changed at any time', async () => {
    await toList()
    await page.getByRole('button', { name: `Copy: URL of ${NAME}` }).waitFor()
    await page.getByRole('link', { name: 'Add Webhook' }).waitFor()
    await inspect(page, 'losant-list')
    await page.getByRole('link', { name: NAME }).click()
    await tab('Settings')
    await page.getByLabel('Wait for reply from workflow').check()
    await page.getByRole('button', { name: 'Save Webhook' }).click()
    await page.getByText('Settings saved').waitFor()
    await page.reload()
    expect(await page.getByLabel('Wait for reply from workflow').isChecked()).toBe(true)
    await page.getByText('No endpoint names this source.').waitFor()
    await inspect(page, 'losant-settings')
    await page.getByLabel('Wait for reply from workflow').uncheck()
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH')
    await page.getByRole('button', { name: 'Save Webhook' }).click()
    expect((await saved).status()).toBe(200)
  })

  it('is tried with path, query, method and JSON body, exactly as by a real call', async () => {
    const path = '/gate/3?who=ann&who=bob'
    const body = '{"open": true}'
    await tab('Test')
    await page.getByLabel('Method').selectOption('PUT')
    await page.getByLabel('Path and query').fill(path)
    await page.getByLabel('JSON body').fill('{"open": tru')
    await page.getByText('This is not valid JSON.').waitFor()
    await page.getByLabel('JSON body').fill(body)
    await page.getByRole('button', { name: 'Send Test Request' }).click()
    const answer = page.getByRole('region', { name: 'Answer' })
    await answer.getByText('200').waitFor()
    await answer.getByText('{"success":true}').waitFor()
    await inspect(page, 'losant-test')
    await waitFor('its message', () => received().length === 1)
    const headers = { 'content-type': 'application/json' }
    await fetch(url + path, { method: 'PUT', headers, body })
    await waitFor('that of the real call', () => received().length === 2)
    const [tried, real] = received().map(({ path: at, method, query, body: came }) => {
      return { at, method, query, came }
    })
    expect(tried).toMatchObject({ at: '/gate/3', method: 'put', came: { open: true } })
    expect(tried).toEqual(real)
  })

  it('hands out what came as the file that it was', async () => {
    await page.getByRole('link', { name: 'See it among the requests' }).click()
    await page
      .getByRole('link', { name: /PUT \/gate\/3/ })
      .first()
      .click()
    await page.getByText('Delivered').waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download original' }).click()
    expect(await text(await (await download).createReadStream())).toBe('{"open": true}')
    await inspect(page, 'losant-request')
  })

  it('says what it triggers, and leaves that where the box stays unchecked', async () => {
    const [, sourceId = ''] = /sources\/(src_\w+)/.exec(page.url()) ?? []
    const toOwn = { url: `${portal.receiver.url}/own`, channels: [sourceId] }
    const toShared = { url: `${portal.receiver.url}/shared`, channels: [sourceId, 'other'] }
    for (const endpoint of [toOwn, toShared])
      await portal.call('POST', '/app/acme/endpoint', endpoint)
    await toList()
    await page.getByRole('link', { name: NAME }).click()
    await tab('Settings')
    const triggers = page.getByRole('region', { name: 'What it triggers' })
    await triggers.getByText('/own').waitFor()
    await toList()
    await page.getByRole('button', { name: `Delete Webhook: ${NAME}` }).click()
    const dialog = page.getByRole('dialog')
    const box = dialog.getByLabel('Also delete everything this triggers')
    await box.waitFor()
    expect(await box.isChecked()).toBe(false)
    const badge = page.locator('.badge', { hasText: 'Shared' })
    await dialog.getByRole('listitem').filter({ hasText: '/shared', has: badge }).waitFor()
    expect(await dialog.locator('.badge').count()).toBe(1)
    await inspect(page, 'losant-delete')
    await dialog.getByLabel('Type “losant” to confirm').fill('losant')
    await dialog.getByRole('button', { name: 'Delete Webhook' }).click()
    await page.getByRole('heading', { name: 'No sources yet' }).waitFor()
    expect(await pathsOfEndpoints()).toEqual(['/hook', '/hook/own', '/hook/shared'])
    expect((await fetch(url, { method: 'POST' })).status).toBe(404)
  })

  it('takes along what it triggers where the box is checked, also what is shared', async () => {
    const fields = { name: NAME, type: 'losant', application: 'acme' }
    const { id } = await portal.call('POST', '/source', fields)
    for (const [path, channels] of Object.entries({ also: [id], both: [id, 'other'] }))
      await portal.call('POST', '/app/acme/endpoint', {
        url: `${portal.receiver.url}/${path}`,
        channels,
      })
    await page.reload()
    await page.getByRole('link', { name: NAME }).click()
    await page.getByText('More', { exact: true }).click()
    await page.getByRole('button', { name: 'Delete Webhook' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Also delete everything this triggers').check()
    await dialog.getByLabel('Type “losant” to confirm').fill('losant')
    await dialog.getByRole('button', { name: 'Delete Webhook' }).click()
    await page.getByRole('heading', { name: 'No sources yet' }).waitFor()
    expect(await pathsOfEndpoints()).toEqual(['/hook', '/hook/own', '/hook/shared'])
  })
})
