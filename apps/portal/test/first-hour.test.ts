import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCustomerReceiver } from './customer-receiver.ts'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const LOST = 12
const SOON_MS = 1_000
const SLOW_MS = 8_000
// A machine that is busy for a moment is not the page's doing.
const TRIES = 3

// Whoever was given the link and nothing else: each goes on, by what the page shows, where the one before left.
describe.skipIf(isWithoutBrowser())('the first hour of a customer', () => {
  let portal: Portal
  let receiver: Awaited<ReturnType<typeof startCustomerReceiver>>
  let page: Page

  beforeAll(async () => {
    receiver = await startCustomerReceiver()
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: '0.1', POSTHORN_BREAKER_AFTER: '0' })
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    page = await portal.newPage({ permissions: ['clipboard-read', 'clipboard-write'] })
    await page.goto(await portal.link())
  })
  afterAll(async () => {
    await portal?.[Symbol.asyncDispose]()
    await receiver?.[Symbol.asyncDispose]()
  })

  const main = () => page.locator('main')
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
  const open = (name: string | RegExp) => main().getByRole('link', { name }).first().click()
  const goTo = (name: string) =>
    page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name }).click()
  const says = (text: string | RegExp) => main().getByText(text).first().waitFor()
  const copy = async (what: string) => {
    await press(`Copy: ${what}`)
    await page.getByText(`Copied: ${what}`).waitFor()
    return page.evaluate(() => navigator.clipboard.readText())
  }

  /** Until the page shows the answer of a receiver that takes so long, when a look of the page has just missed it. */
  const delayAfter = async (takesMs: number) => {
    const release = receiver.hold()
    const before = receiver.arrived.length
    await press('Send Example')
    await waitFor('the test', () => receiver.arrived.length > before)
    const untilMs = Date.now() + takesMs
    const messageId = receiver.arrived[before] ?? ''
    const shown = page.waitForFunction(
      (answer) => document.body.textContent.includes(answer) && Date.now(),
      `answer to ${messageId}`,
    )
    await waitFor('its time', () => Date.now() >= untilMs)
    await page.waitForResponse((response) => response.url().includes(`/msg/${messageId}/`))
    const answeredAtMs = Date.now()
    release()
    return Number(await (await shown).jsonValue()) - answeredAtMs
  }

  it('begins with an endpoint, and a receiver that verifies with what the page gave to copy', async () => {
    await open('Add Endpoint')
    await page.getByLabel('Endpoint URL').fill(receiver.url)
    await press('Add Endpoint')
    await says('Put its secret and a snippet from below into your server, then send a test.')
    await inspect(page, 'endpoint-new')
    const secret = await copy('Signing secret')
    await page.getByText('Verify signatures', { exact: true }).click()
    await receiver.deploy(await copy('JavaScript'), secret)
    const { status } = await fetch(receiver.url, {
      method: 'POST',
      headers: { 'webhook-id': 'msg_forged', 'webhook-timestamp': '1', 'webhook-signature': 'v1,' },
      body: '{}',
    })
    expect(status).toBe(401)
  })

  it.each([0, SLOW_MS])(
    'shows what a test is answered after %i ms within a second, beside it',
    async (takesMs) => {
      if (takesMs === 0) await open('Send a test')
      const delays: number[] = []
      do delays.push(await delayAfter(takesMs))
      while (Math.min(...delays) > SOON_MS && delays.length < TRIES)
      expect(Math.min(...delays)).toBeLessThanOrEqual(SOON_MS)
      await says('Response: 200')
      expect(receiver.ledger.at(-1)?.status).toBe(200)
    },
    60_000,
  )

  it('tells why nothing arrives any more, what helps, and which message to look for', async () => {
    receiver.answers(500)
    for (let n = 0; n < LOST; n++)
      await portal.call('POST', '/app/acme/msg', { eventType: 'invoice.paid', payload: { n } })
    await goTo('Endpoints')
    await says('Last attempt: Your server failed.')
    await open(receiver.url)
    await says(`${2 * LOST} of the last`)
    await says('Search its log for this webhook-id.')
    await inspect(page, 'endpoint-failing')
    await open(/^msg_/)
    await main().getByRole('heading', { name: 'invoice.paid' }).waitFor()
    const messageId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await says(`answer to ${messageId}`)
    const refused = receiver.ledger.filter(({ status }) => status === 500)
    expect(refused.filter((entry) => entry.messageId === messageId)).toHaveLength(2)
    expect(refused).toHaveLength(2 * LOST)
    await open(receiver.url)
  })

  it('gets all of the hour once the receiver is mended, by its own ledger', async () => {
    receiver.answers(200)
    const from = receiver.ledger.length
    await press(/^Send again what failed/)
    await page.getByLabel('Window').selectOption('Last hour')
    await page.getByRole('dialog').getByText(String(LOST), { exact: true }).waitFor()
    await press('Recover')
    await press(`Delivered: ${LOST}`)
    await says('Healthy')
    const lost = receiver.ledger.filter(({ status }) => status === 500)
    const recovered = receiver.ledger.slice(from)
    const ids = (entries: typeof lost) => entries.map(({ messageId }) => messageId).toSorted()
    expect(new Set(ids(lost))).toEqual(new Set(ids(recovered)))
    expect(recovered).toHaveLength(LOST)
    expect(recovered.every(({ status }) => status === 200)).toBe(true)
    await goTo('Messages')
    await main().locator('tbody tr').nth(LOST).waitFor()
    const taken = new Set(ids(receiver.ledger.filter(({ status }) => status === 200)))
    const shown = await main().locator('tbody tr', { hasText: 'Delivered' }).allTextContents()
    expect(new Set(shown.map((row) => /msg_\w{27}/.exec(row)?.[0]))).toEqual(taken)
  })
})
