import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInAs, signInOwner } from './console-steps.ts'
import { inspect, inspectBriefly } from './inspect.ts'

const FAILED = 30
const FAILING_AGAIN = [500, 500, 500] as const
const AGAIN = FAILING_AGAIN.length
// More than two slices of a task, each of a thousand: it waits for its slow endpoint, however slow the test is.
const MISSING = 2_200
const AT_ONCE = 100

describe.skipIf(isWithoutBrowser())('tasks', () => {
  let staff: Console
  let page: Page

  beforeAll(async () => {
    staff = await startConsole({ POSTHORN_RETRY_SCHEDULE: 'none' })
    page = await signInOwner(staff)
    await staff.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    await staff.call('POST', '/app', { name: 'Acme', uid: 'acme' })
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const open = (path = '', on = page) => on.goto(`${staff.url}/console/${staff.orgId}/tasks${path}`)
  const publishMany = async (count: number) => {
    const body = { eventType: 'invoice.paid', payload: {} }
    for (let from = 0; from < count; from += AT_ONCE)
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, count - from) }, () =>
          staff.call('POST', '/app/acme/msg', body),
        ),
      )
  }
  const addEndpoint = async (fields: object = {}) => {
    const endpoint = { url: staff.receiver.url, ...fields }
    return String((await staff.call('POST', '/app/acme/endpoint', endpoint))['id'])
  }
  const start = async (endpointId: string, kind: string) => {
    const since = new Date(Date.now() - 3_600_000).toISOString()
    const path = `/app/acme/endpoint/${endpointId}/${kind}`
    return String((await staff.call('POST', path, { since }))['id'])
  }

  it('are listed, where there are none and in a state that none is in', async () => {
    await open()
    await page.getByText('No tasks yet').waitFor()
    await inspect(page, 'tasks-empty')
    await page.getByLabel('State').selectOption('Finished')
    await page.getByText('No task is in this state').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByText('No tasks yet').waitFor()
  })

  it('tell what they did, by the figures of the receiver', async () => {
    staff.receiver.replies(500)
    const endpoint = await addEndpoint()
    await publishMany(FAILED)
    await waitFor('the failures', async () => {
      const { data } = await staff.call('GET', '/support/message?status=failed')
      return Array.isArray(data) && data.length === FAILED
    })
    staff.receiver.replies(...FAILING_AGAIN, 200)
    const task = await start(endpoint, 'recover')
    await page.getByRole('link', { name: 'Recover failed messages' }).click()
    await page.waitForURL(`**/tasks/${task}`)
    await page.getByText(`${FAILED} of ${FAILED} done`).waitFor()
    await page.locator('main').getByText('Finished').waitFor()
    await page.getByRole('button', { name: `Delivered: ${FAILED - AGAIN}` }).waitFor()
    expect(staff.receiver.requests).toHaveLength(2 * FAILED)
    await inspect(page, 'task-finished')
    await staff.call('DELETE', `/app/acme/endpoint/${endpoint}`)
  })

  it('list what came to the same, each with why, and lead to its message', async () => {
    await page.getByRole('button', { name: `Failed: ${AGAIN}` }).click()
    await page
      .getByRole('row', { name: 'Your server failed.' })
      .nth(AGAIN - 1)
      .waitFor()
    await inspect(page, 'task-failed')
    await page.reload()
    await page
      .getByRole('row', { name: 'Your server failed.' })
      .nth(AGAIN - 1)
      .waitFor()
    await page.getByRole('button', { name: `Delivered: ${FAILED - AGAIN}` }).click()
    await page
      .locator('tbody tr')
      .nth(FAILED - AGAIN - 1)
      .waitFor()
    const listed = await page.locator('tbody .mono').allTextContents()
    const arrived = staff.receiver.requests.slice(FAILED + AGAIN).map((sent) => sent.messageId)
    expect(listed.toSorted()).toEqual(arrived.toSorted())
    await page.getByRole('link', { name: 'invoice.paid' }).first().click()
    await page.waitForURL(`**/messages/*/${listed[0]}`)
  })

  it('are paused, found again after a reload, resumed and canceled', async () => {
    staff.receiver.replies(200)
    await publishMany(MISSING)
    const task = await start(await addEndpoint({ throttleRate: 1 }), 'replay-missing')
    await open(`/${task}`)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.locator('main').getByText('Paused').waitFor()
    await inspect(page, 'task-paused')
    await page.reload()
    await page.locator('main').getByText('Paused').waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.locator('main').getByText('Under way').waitFor()
    const viewer = await signInAs(staff, page, 'viewer')
    await open(`/${task}`, viewer)
    await viewer.locator('main').getByText('Under way').waitFor()
    expect(await viewer.getByRole('button', { name: 'Pause' }).count()).toBe(0)
    await viewer.close()
    await page.getByRole('button', { name: 'Cancel the task' }).click()
    await page.getByRole('dialog').getByText('What was sent stays sent').waitFor()
    await inspectBriefly(page, 'task-cancel')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the task' }).click()
    await page.getByText('Canceled: what was sent stays sent.').waitFor()
    await open()
    await page.locator('tbody').getByText('Canceled').waitFor()
    await inspect(page, 'tasks')
  })

  it('are not found under an id that is none, and say when they could not be read', async () => {
    staff.expectProblem(/status of (404|500)/)
    await open('/qtask_000000000000000000000000000')
    await page.getByText('Not found').waitFor()
    await page.route('**/api/v1/background-task*', (route) =>
      route.fulfill({ status: 500, body: '{}', headers: { 'x-request-id': 'req_tasks' } }),
    )
    await open()
    await page.getByText('req_tasks').waitFor()
    await inspect(page, 'tasks-error')
    await page.unroute('**/api/v1/background-task*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('tbody').getByText('Canceled').waitFor()
  })
})
