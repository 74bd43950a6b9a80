import { hostname } from 'node:os'
import { waitFor } from '@posthorn/test-kit'
import type { Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const BIG = 300_000
const NUMBER = '12345678901234567890'

describe.skipIf(isWithoutBrowser())('a message', () => {
  let portal: Portal
  let page: Page
  let endpointId = ''

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: '1,1' })
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    const { id } = await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    endpointId = String(id)
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  /** As it is, without being printed anew. */
  const publish = async (payload: string, more = '') => {
    const body = `{"eventType":"invoice.paid"${more},"payload":${payload}}`
    return String((await portal.call('POST', '/app/acme/msg', body))['id'])
  }
  const open = async (id: string) => {
    await page.goto(`${portal.url}/portal/messages/${id}`)
    await page.getByRole('heading', { name: 'Deliveries' }).waitFor()
  }
  const payload = () => page.getByRole('region', { name: 'Payload' })

  it('tells in kind who published it, and until when its payload is kept', async () => {
    const id = await publish('{}', ',"payloadRetentionHours":48')
    await open(id)
    const facts = page.locator('header .facts')
    await facts.getByText('the provider’s backend').waitFor()
    const { payloadKeptUntil } = await portal.call('GET', `/app/acme/msg/${id}`)
    const until = facts.locator(`time[datetime="${String(payloadKeptUntil)}"]`)
    await until.waitFor()
    const hours = (Date.parse(String(payloadKeptUntil)) - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(47)
    expect(hours).toBeLessThanOrEqual(48)
  })

  it('shows its payload as text and as a tree, each number as it was written, and searches in both', async () => {
    await open(await publish(`{"z":${NUMBER},"a":{"amount":1.50,"lines":["Zürich","Bern"]}}`))
    await payload().getByText(`"z": ${NUMBER}`).waitFor()
    await page.getByRole('searchbox', { name: 'Search in it' }).fill('ZÜR')
    await page.getByText('1 found').waitFor()
    expect(await payload().locator('mark').allTextContents()).toEqual(['Zür'])
    await page.getByRole('button', { name: 'As a tree' }).click()
    await page.getByText('1 found').waitFor()
    expect(await payload().locator('li').allTextContents()).toEqual([
      '{2}',
      'a {2}',
      'lines [2]',
      '0: "Zürich"',
    ])
    await inspect(page, 'message-payload-found')
    await page.getByRole('searchbox', { name: 'Search in it' }).fill('')
    await payload().getByText(NUMBER).waitFor()
    await payload().getByText('1.50').waitFor()
    await payload()
      .getByRole('button', { name: /^lines/ })
      .press('Enter')
    await payload().getByText('"Bern"').waitFor({ state: 'detached' })
    await inspect(page, 'message-payload-tree')
  })

  it('shows a payload of more than 256 kB once it is asked for', async () => {
    await open(await publish(`{"text":"${'x'.repeat(BIG)}"}`))
    const show = page.getByRole('button', { name: /^Show it \(300,011 characters\)/ })
    await show.waitFor()
    expect(await payload().count()).toBe(0)
    await show.click()
    await payload().waitFor()
  })

  it('sets its attempts out in time, names the secret that signed, and compares each with the one before', async () => {
    portal.receiver.replies(
      { status: 500, body: 'no' },
      { status: 503, body: 'not yet' },
      { status: 200, body: 'yes' },
    )
    const id = await publish('{"n":1}')
    await waitFor('all three', () => portal.receiver.of(id).length === 3)
    await open(id)
    const steps = page.locator('.attempt-scale')
    await steps.getByRole('link', { name: 'Attempt 3, delivered' }).waitFor()
    expect(await steps.getByRole('link').allTextContents()).toHaveLength(3)
    await page.getByText('Compare with the attempt before (no. 2)').click()
    const table = page.locator('details table', { hasText: 'This attempt' })
    const outcome = table.getByRole('row', { name: /^Outcome/ })
    await outcome.getByText('200 Delivered').waitFor()
    await outcome.getByText('503 Your server is unavailable.').waitFor()
    await table
      .getByRole('row', { name: /^Response body/ })
      .getByText('not yet')
      .waitFor()
    const { data } = await portal.call('GET', `/app/acme/endpoint/${endpointId}/secret/list`)
    const [{ fingerprint }] = Array.isArray(data) ? data : [{ fingerprint: '' }]
    await page.getByText(`the current secret, fingerprint ${fingerprint}`).waitFor()
    const facts = page.locator('#attempt dl.facts').first()
    await facts.getByText('127.0.0.1', { exact: true }).waitFor()
    // Who made it is for the staff to know.
    expect(await page.getByText(`${hostname()}:${process.pid}`).count()).toBe(0)
    await inspect(page, 'message-attempts')
    await steps.getByRole('link', { name: 'Attempt 1, failed' }).click()
    await page.getByText('Your server failed.').first().waitFor()
    expect(await page.getByText('Compare with the attempt before').count()).toBe(0)
  })

  it('names no secret for an attempt that was made before the current one', async () => {
    const id = await publish('{"n":2}')
    await waitFor('it', () => portal.receiver.of(id).length === 1)
    await portal.call('POST', `/app/acme/endpoint/${endpointId}/secret/rotate`, {})
    const isOfSecrets = (answer: Response) => answer.url().endsWith('/secret/list')
    await Promise.all([page.waitForResponse(isOfSecrets), open(id)])
    await page.getByText('Where the time went').waitFor()
    expect(await page.getByText('the current secret').count()).toBe(0)
  })
})
