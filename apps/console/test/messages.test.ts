import { hostname } from 'node:os'
import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInAs, signInOwner } from './console-steps.ts'
import { inspect } from './inspect.ts'

const DELIVERED = 4
const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp.exe'

// A morning at the support desk: each test goes on where the one before left.
describe.skipIf(isWithoutBrowser())('one message', () => {
  let staff: Console
  let page: Page
  let acme = ''
  let lost = ''

  beforeAll(async () => {
    staff = await startConsole({ POSTHORN_RETRY_SCHEDULE: 'none' })
    page = await signInOwner(staff, { permissions: ['clipboard-read', 'clipboard-write'] })
    await staff.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const main = () => page.locator('main')
  const open = (path: string, on = page) => on.goto(`${staff.url}/console/${staff.orgId}${path}`)
  const publish = async (eventId: string, payload: object = {}) => {
    const body = { eventType: 'invoice.paid', eventId, payload }
    const { id } = await staff.call('POST', `/app/${acme}/msg`, body)
    return String(id)
  }

  it('is missing where there are none', async () => {
    await open('/messages')
    await page.getByText('No messages yet').waitFor()
    await inspect(page, 'messages-empty')
  })

  it('is found from its event id, read, sent again, and arrives', async () => {
    const { id } = await staff.call('POST', '/app', { name: HOSTILE, uid: 'acme', throttleRate: 7 })
    acme = String(id)
    await staff.call('POST', '/app/acme/endpoint', { url: staff.receiver.url })
    const sent = await Promise.all(
      Array.from({ length: DELIVERED }, (_, n) => publish(`order-${n}`)),
    )
    await waitFor('the others', () => staff.receiver.requests.length === DELIVERED)
    staff.receiver.replies({ status: 500, body: 'database is down' })
    lost = await publish('order-4711', { id: 4711, note: HOSTILE })
    await waitFor('the failure', () => staff.receiver.of(lost).length === 1)
    staff.receiver.replies(200)

    await page.keyboard.press('Control+k')
    await page.getByLabel('Message, attempt, event, application or endpoint').waitFor()
    await page.keyboard.type('order-4711')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/messages/${acme}/${lost}`)
    await page.getByRole('heading', { name: 'invoice.paid' }).waitFor()
    await main().getByText('Search its log for this webhook-id.').first().waitFor()
    await main().getByText('database is down').waitFor()
    await main().getByText('"id": 4711').waitFor()
    await main().getByText('Token of the organisation').waitFor()
    await main().getByText('Breaker and limit now').click()
    await main().getByText('Closed: everything is sent').waitFor()
    await main().getByText("7 per second, the application's").waitFor()
    await inspect(page, 'message-failed')

    await page.getByRole('button', { name: `Replay to ${staff.receiver.url}` }).click()
    await page.getByRole('status').getByText('Queued').first().waitFor()
    await waitFor('the replay', () => staff.receiver.of(lost).length === 2)
    await main().getByText('Sent again by hand, by Olive:').waitFor()
    await main().locator('article [role=status]').getByText('Delivered').waitFor()
    const rows = main().getByRole('table').getByText('no. ')
    await main().getByText('(by hand, by Olive)').waitFor()
    await waitFor('its row', async () => (await rows.count()) === staff.receiver.of(lost).length)
    await inspect(page, 'message-replayed')
    for (const message of sent) expect(staff.receiver.of(message)).toHaveLength(1)
  })

  it('is summed up for the customer in words that hold', async () => {
    await page.getByRole('button', { name: 'Copy summary for a ticket' }).click()
    await page.getByText('Copied: Summary for a ticket').waitFor()
    const summary = await page.evaluate(() => navigator.clipboard.readText())
    expect(summary).toContain(`Message ${lost} (invoice.paid)`)
    expect(summary).toContain('Event id: order-4711')
    expect(summary).toContain('status 500')
    expect(summary).toContain('Sent again by hand: delivered')
    expect(summary).toContain(`webhook-id: ${lost}`)
    expect(summary).not.toContain('4711, note')
  })

  it('shows a viewer that it was, not what was in it', async () => {
    const viewer = await signInAs(staff, page, 'viewer')
    await open(`/messages/${acme}/${lost}`, viewer)
    await viewer.getByText('Payloads are shown from the role Support on.').first().waitFor()
    await viewer.getByText('Delivered').first().waitFor()
    expect(await viewer.getByRole('button', { name: /Replay/ }).count()).toBe(0)
    expect(await viewer.locator('main').innerText()).not.toContain('database is down')
    await inspect(viewer, 'message-viewer')
    await viewer.close()
  })

  it('is sent again to all that failed, and to an endpoint that never had it', async () => {
    const before = staff.receiver.requests.length
    await staff.call('POST', '/app/acme/endpoint', { url: `${staff.receiver.url}/second` })
    staff.receiver.replies(503)
    const id = await publish('order-4712')
    await waitFor('both failures', () => staff.receiver.of(id).length === 2)
    staff.receiver.replies(200)
    await staff.call('POST', '/app/acme/endpoint', { url: `${staff.receiver.url}/third` })
    await open(`/messages/${acme}/${id}`)
    await page.getByRole('button', { name: 'Replay all failed (2)' }).click()
    await page.getByText('2 queued').waitFor()
    await waitFor('both replays', () => staff.receiver.of(id).length === 4)
    await waitFor('both outcomes', async () => {
      return (await main().locator('article [role=status]').getByText('Delivered').count()) === 2
    })
    await page.getByRole('button', { name: 'Replay all failed' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Send to another endpoint' }).click()
    await inspect(page, 'message-elsewhere')
    await page.getByRole('button', { name: `Send to ${staff.receiver.url}/third` }).click()
    await main()
      .getByRole('article', { name: `${staff.receiver.url}/third` })
      .waitFor()
    await waitFor('the third', () => staff.receiver.of(id).length === 5)
    expect(staff.receiver.requests.length - before).toBe(5)
  })

  it('is tried now instead of at its time, by support, as the next of its schedule', async () => {
    const url = `${staff.receiver.url}/tried`
    await staff.call('POST', '/app', { name: 'Hooli', uid: 'hooli' })
    await staff.call('POST', '/app/hooli/endpoint', { url, retrySchedule: [3_600] })
    staff.receiver.replies(500)
    const message = { eventType: 'invoice.paid', payload: {} }
    const { id } = await staff.call('POST', '/app/hooli/msg', message)
    await waitFor('the failure', () => staff.receiver.of(String(id)).length === 1)
    staff.receiver.replies(200)
    const support = await signInAs(staff, page, 'support')
    await open(`/messages/${String(id)}`, support)
    const retry = support.getByRole('button', { name: `Retry now: ${url}` })
    await retry.waitFor()
    await inspect(support, 'message-retry')
    await retry.click()
    const card = support.getByRole('article', { name: url })
    await waitFor('the retry', () => staff.receiver.of(String(id)).length === 2)
    await card.getByText('Delivered').waitFor()
    expect(await card.getByText('Sent again by hand').count()).toBe(0)
    await support.close()
  })

  it('is stopped while it waits for its next attempt', async () => {
    const url = `${staff.receiver.url}/retried`
    await staff.call('POST', '/app', { name: 'Initech', uid: 'initech' })
    const endpoint = { url, retrySchedule: [3_600] }
    await staff.call('POST', '/app/initech/endpoint', endpoint)
    staff.receiver.replies(500)
    const { id, ...message } = await staff.call('POST', '/app/initech/msg', {
      eventType: 'invoice.paid',
      payload: {},
    })
    expect(message['unmatched']).toBeNull()
    await waitFor('the failure', () => staff.receiver.of(String(id)).length === 1)
    staff.receiver.replies(200)
    await open(`/messages/${String(id)}`)
    await page.getByRole('button', { name: `Cancel the rest for ${url}` }).click()
    await main()
      .getByRole('article')
      .getByText('Canceled by Olive: nothing more is sent.')
      .waitFor()
    await inspect(page, 'message-canceled')
    expect(await page.getByRole('button', { name: /^Cancel the rest/ }).count()).toBe(0)
    expect(staff.receiver.of(String(id))).toHaveLength(1)
  })

  it('that nothing listened for is told by the address, the error and the worker that made the attempt', async () => {
    await staff.call('POST', '/app', { name: 'Umbrella', uid: 'umbrella' })
    await staff.call('POST', '/app/umbrella/endpoint', { url: 'http://127.0.0.1:1/hook' })
    const message = { eventType: 'invoice.paid', payload: {} }
    const { id } = await staff.call('POST', '/app/umbrella/msg', message)
    await open(`/messages/${String(id)}`)
    const attempt = main().getByRole('region', { name: 'Attempt', exact: true })
    await attempt.getByText('The attempt ended while connecting.').waitFor()
    await attempt.getByText('127.0.0.1', { exact: true }).waitFor()
    await attempt.getByText('ECONNREFUSED').waitFor()
    await attempt.getByText(`${hostname()}:${process.pid}`).waitFor()
    await inspect(page, 'message-refused')
  })

  it('is not found under another application, and says so', async () => {
    staff.expectProblem(/status of 404/)
    const { id } = await staff.call('POST', '/app', { name: 'Globex' })
    await open(`/messages/${String(id)}/${lost}`)
    await page.getByText('Not found').waitFor()
    await inspect(page, 'message-not-found')
    await open(`/messages/${lost}`)
    await page.waitForURL(`**/messages/${acme}/${lost}`)
  })

  it('is copied from over plain http, too, where a browser has no clipboard', async () => {
    await page.evaluate(() =>
      Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }),
    )
    await main().getByRole('button', { name: 'Copy: Message id' }).click()
    await page.getByText('press Ctrl+C', { exact: false }).first().waitFor()
    expect(await page.locator('textarea.copy-area').inputValue()).toBe(lost)
    expect(await page.evaluate(() => String(getSelection()))).toBe(lost)
  })
})
