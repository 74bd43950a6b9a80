import { waitFor } from '@posthorn/test-kit'
import { createCaller } from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const FAILED = 75
// More than two slices of a task, each of a thousand: it waits for its slow endpoint, however slow the test is.
const MISSING = 2_200
const AT_ONCE = 100

describe.skipIf(isWithoutBrowser())('sending again', () => {
  let portal: Portal
  let page: Page
  const opened: string[] = []

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    // The page of an endpoint may still be open when that is deleted after its test.
    portal.expectProblem(/status of 404/)
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())
  // However a test ended, none after it has the endpoints of another.
  afterEach(async () => {
    // First: a page that looks at what is gone is told so, which is a failed request.
    await page.goto(`${portal.url}/portal/endpoints`)
    for (const id of opened.splice(0)) await portal.call('DELETE', `/app/acme/endpoint/${id}`)
  })

  const dialog = () => page.getByRole('dialog')
  const publishMany = async (count: number) => {
    const ids: string[] = []
    for (let from = 0; from < count; from += AT_ONCE) {
      const size = Math.min(AT_ONCE, count - from)
      const body = { eventType: 'invoice.paid', payload: {} }
      const sent = await Promise.all(
        Array.from({ length: size }, () => portal.call('POST', '/app/acme/msg', body)),
      )
      ids.push(...sent.map(({ id }) => String(id)))
    }
    return ids
  }
  const openEndpoint = async (fields: object) => {
    const { id } = await portal.call('POST', '/app/acme/endpoint', {
      url: portal.receiver.url,
      ...fields,
    })
    opened.push(String(id))
    await page.goto(`${portal.url}/portal/endpoints/${String(id)}`)
    await page.getByRole('heading', { name: 'Message Attempts' }).waitFor()
    return String(id)
  }
  /** An endpoint at which so many have just failed, with its page open. */
  const openFailed = async (count: number, fields = {}) => {
    const id = await openEndpoint(fields)
    portal.receiver.replies(500)
    const sent = portal.receiver.requests.length + count
    const failed = await publishMany(count)
    // Recorded, not only received: a list that is opened before shows the rest behind a count.
    await waitFor('the failures', async () => {
      const { data } = await portal.call('GET', `/app/acme/attempt/endpoint/${id}?limit=250`)
      return Array.isArray(data) && data.length === count
    })
    return {
      id,
      failed: failed.toSorted(),
      /** What was received after so many more. */
      receivedAfter: (more: number) =>
        portal.receiver.requests
          .slice(sent + more)
          .map(({ messageId }) => messageId)
          .toSorted(),
    }
  }

  it('takes all that match the filters, on every page, and nothing else', async () => {
    const { failed, receivedAfter } = await openFailed(FAILED)
    portal.receiver.replies(200)
    await publishMany(3)
    await waitFor('the deliveries', () => receivedAfter(0).length === 3)
    await page.getByText('though the newest did.', { exact: false }).waitFor()
    await page.getByLabel('Outcome').selectOption('Failed')
    await page.locator('tbody tr').nth(49).waitFor()
    const time = page.getByLabel('Time', { exact: true })
    await time.selectOption('Last hour')
    await page.locator('tbody tr').nth(49).waitFor()
    await page.getByRole('button', { name: 'Replay all that match' }).click()
    await dialog().getByText(String(FAILED), { exact: true }).waitFor()
    expect(await dialog().getByLabel('Window').inputValue()).toBe('list')
    await inspect(page, 'bulk-replay')
    await dialog().getByRole('button', { name: 'Replay', exact: true }).click()
    await page.getByText(`${FAILED} of ${FAILED} sent on their way`).waitFor()
    const delivered = page.getByRole('button', { name: `Delivered: ${FAILED}` })
    await delivered.click()
    const notice = page.locator('.notice', { has: delivered })
    await notice.locator('tbody tr').nth(49).waitFor()
    await inspect(page, 'task-delivered')
    await notice.getByRole('button', { name: 'Show older' }).click()
    await notice
      .locator('tbody tr')
      .nth(FAILED - 1)
      .waitFor()
    const listed = await notice.locator('tbody .mono').allTextContents()
    expect(listed.toSorted()).toEqual(failed)
    expect(receivedAfter(3)).toEqual(failed)
    await page.getByRole('button', { name: 'Close' }).click()
    await notice.waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.has('outcome')).toBe(false)
    await page.getByText('Healthy').first().waitFor()
  })

  it('counts nothing where there is nothing, and then offers no button', async () => {
    await openEndpoint({})
    await page.locator('header.row summary', { hasText: 'Actions' }).click()
    await page.getByRole('button', { name: 'Recover Failed Messages' }).click()
    await dialog().getByText('There is nothing to send in this window.').waitFor()
    expect(await dialog().getByRole('button', { name: 'Recover' }).count()).toBe(0)
    await page.keyboard.press('Escape')
  })

  it('is offered where the page says what most of the newest attempts failed for', async () => {
    const { failed, receivedAfter } = await openFailed(6)
    portal.receiver.replies(200)
    // Its health comes by itself, as its attempts do.
    await page.getByText('6 of the last 6 attempts:').waitFor()
    await page.getByText('Failed attempts').waitFor()
    await page.locator('.notice').getByText('Your server failed.').waitFor()
    await inspect(page, 'failing-notice')
    await page.getByRole('button', { name: 'Send again what failed' }).click()
    await dialog().getByText('6', { exact: true }).waitFor()
    await dialog().getByRole('button', { name: 'Recover', exact: true }).click()
    await page.getByText('6 of 6 sent on their way').waitFor()
    await page.getByText('Healthy').first().waitFor()
    await waitFor('all of them', () => receivedAfter(0).length === failed.length)
    expect(receivedAfter(0)).toEqual(failed)
  })

  it('sends one first while the endpoint fails, says what came of it, and counts it no more', async () => {
    const { failed, receivedAfter } = await openFailed(6)
    await page.getByRole('button', { name: 'Send again what failed' }).click()
    await dialog().getByRole('button', { name: 'Send one now' }).click()
    await dialog().getByRole('link', { name: 'See why' }).waitFor()
    await inspect(page, 'sent-one')
    portal.receiver.replies(200)
    await dialog().getByRole('button', { name: 'Send one now' }).click()
    await dialog().getByText('It arrived: the others can follow.').waitFor()
    await dialog().getByText('5', { exact: true }).waitFor()
    // The dialog outlives the notice that it was opened from.
    await page.getByText('Healthy').first().waitFor()
    await dialog().getByRole('button', { name: 'Recover', exact: true }).click()
    await page.getByText('5 of 5 sent on their way').waitFor()
    await waitFor('the others', () => receivedAfter(1).length === failed.length)
    expect(receivedAfter(1)).toEqual(failed)
  })

  it('need not wait for the schedule: what is still being retried is sent once that is asked for', async () => {
    const { failed, receivedAfter } = await openFailed(12, { retrySchedule: [3_600] })
    portal.receiver.replies(200)
    await page.getByRole('button', { name: 'Send again what failed' }).click()
    await dialog().getByText('Nothing in this window has failed for good.').waitFor()
    await dialog().getByText('12 are still being retried', { exact: false }).waitFor()
    await inspect(page, 'retry-rest')
    await dialog().getByRole('button', { name: 'Retry them now' }).click()
    await dialog().getByText('12 are sent now.', { exact: false }).waitFor()
    await waitFor('the retries', () => receivedAfter(0).length === 12)
    expect(receivedAfter(0)).toEqual(failed)
    await page.keyboard.press('Escape')
    // Half of the attempts of the day failed, and yet everything was delivered.
    await page.getByText('Healthy').first().waitFor()
  })

  it('of what was missed can be paused, found again after a reload, resumed and canceled', async () => {
    await publishMany(MISSING)
    await openEndpoint({ throttleRate: 1 })
    await page.locator('header.row summary', { hasText: 'Actions' }).click()
    await page.getByRole('button', { name: 'Replay missing' }).click()
    await dialog()
      .getByText(/^2,[23]\d\d$/)
      .waitFor()
    await dialog()
      .getByText('Make sure that your server can take them.', { exact: false })
      .waitFor()
    await inspect(page, 'replay-missing')
    await dialog().getByRole('button', { name: 'Replay', exact: true }).click()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByText('Paused').waitFor()
    await inspect(page, 'task-paused')
    await page.reload()
    await page.getByText('Paused').waitFor()
    await page.getByRole('link', { name: 'Testing' }).click()
    await page.getByRole('heading', { name: 'Send an example' }).waitFor()
    await page.getByText('Paused').waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText('Sending again').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Canceled: what was sent stays sent').waitFor()
  })

  it('is made now for a message that waits for its next attempt, as the next of its schedule', async () => {
    portal.receiver.replies(500)
    const url = `${portal.receiver.url}/retried`
    await openEndpoint({ url, retrySchedule: [3_600, 7_200], channels: ['retried'] })
    const { id } = await portal.call('POST', '/app/acme/msg', {
      eventType: 'invoice.paid',
      channels: ['retried'],
      payload: {},
    })
    const made = () => portal.receiver.of(String(id)).length
    await waitFor('the failure', () => made() === 1)
    await page.goto(`${portal.url}/portal/messages/${String(id)}`)
    await page.getByText('1 of 3 made.').waitFor()
    await inspect(page, 'message-retry')
    const retry = page.getByRole('button', { name: `Retry now: ${url}` })
    await retry.click()
    await page.getByText('2 of 3 made.').waitFor()
    await waitFor('the second of the schedule', () => made() === 2)
    await page.getByRole('link', { name: 'no. 1' }).click()
    // Of the first attempt's next one nothing is said any more: it was made before its time.
    await page.getByText('Next attempt', { exact: false }).nth(1).waitFor({ state: 'detached' })
    portal.receiver.replies(200)
    await retry.click()
    await waitFor('the last of the schedule', () => made() === 3)
    await page.locator('.card').getByText('Delivered').first().waitFor()
    await page.getByRole('table').getByText('no. 3').waitFor()
    await retry.waitFor({ state: 'detached' })
    expect(await page.getByRole('table').getByText('by hand').count()).toBe(0)
  })

  it('is stopped for a message that waits for its next attempt', async () => {
    portal.receiver.replies(500)
    const url = `${portal.receiver.url}/stopped`
    const endpointId = await openEndpoint({
      url,
      retrySchedule: [3_600],
      channels: ['stopped'],
    })
    const { id } = await portal.call('POST', '/app/acme/msg', {
      eventType: 'invoice.paid',
      channels: ['stopped'],
      payload: {},
    })
    await waitFor('the failure', () => portal.receiver.of(String(id)).length > 0)
    await page.goto(`${portal.url}/portal/messages/${String(id)}`)
    const cancel = page.getByRole('button', { name: `Cancel the rest for ${url}` })
    await cancel.click()
    await cancel.waitFor({ state: 'detached' })
    await page.getByText('Canceled in the portal: nothing more is sent.').waitFor()
    await inspect(page, 'message-canceled')
    const made = portal.receiver.of(String(id)).length
    const path = `/app/acme/msg/${String(id)}/endpoint/${endpointId}/resend`
    const { token } = await portal.call('POST', '/staff/portal-access/acme', { canManage: true })
    await createCaller(portal.url, String(token))('POST', path)
    await waitFor('what was sent again', () => portal.receiver.of(String(id)).length > made)
    await page.reload()
    await page.getByText('Sent again by hand, by support staff:').waitFor()
    await page.getByText('(by hand, by support staff)').waitFor()
  })
})
