import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser } from './console-setup.ts'
import { addCustomer, startHealthConsole } from './health-setup.ts'
import { inspect } from './inspect.ts'

describe.skipIf(isWithoutBrowser())("a customer's endpoint that is only probed", () => {
  let staff: Console
  let page: Page

  beforeAll(async () => {
    ;({ staff, page } = await startHealthConsole())
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const openBreaker = (endpointId: string) =>
    staff.core.db.hot.query(
      `UPDATE endpoint_state SET failing_since = now() - interval '5 minutes', failure_count = 40, lane = true,
              breaker_opened_at = now() - interval '4 minutes', next_turn_at = now() + interval '1 hour'
        WHERE endpoint_id = $1`,
      [endpointId],
    )

  it('is probed at once where support asks for it, and what came of that is told', async () => {
    const { appId, endpointIds } = await addCustomer(staff, 'Acme', 1)
    const [endpointId = ''] = endpointIds
    await openBreaker(endpointId)
    staff.receiver.replies(200)
    const message = { eventType: 'a.b', payload: {} }
    for (let n = 0; n < 3; n++) await staff.call('POST', `/app/${appId}/msg`, message)
    await page.goto(`${staff.url}/console/${staff.orgId}/endpoints/${appId}/${endpointId}`)
    await page
      .getByText('Held while we probe the endpoint. Next probe in', { exact: false })
      .waitFor()
    await inspect(page, 'endpoint-probed')
    expect(staff.receiver.requests).toEqual([])
    await page.getByRole('button', { name: 'Probe now' }).click()
    await page.getByText('The probe arrived: what waits is being sent.').waitFor()
    await waitFor('all of them', () => staff.receiver.requests.length === 3)
    await page.getByText('Healthy').waitFor()
    await inspect(page, 'endpoint-probe-arrived')
  })

  it('is probed with others from the health board, and what came of each is told', async () => {
    const { appId, endpointIds } = await addCustomer(staff, 'Bolt', 1)
    // Nobody listens there.
    const away = { url: 'http://127.0.0.1:9/away' }
    const { id } = await staff.call('POST', `/app/${appId}/endpoint`, away)
    for (const endpointId of [...endpointIds, String(id)]) await openBreaker(endpointId)
    const before = staff.receiver.requests.length
    await staff.call('POST', `/app/${appId}/msg`, { eventType: 'a.b', payload: {} })
    await page.goto(`${staff.url}/console/${staff.orgId}/health?kind=failing`)
    await page.getByRole('checkbox', { name: 'Pick all' }).check()
    await page.getByRole('button', { name: 'Probe 2' }).click()
    const dialog = page.getByRole('dialog')
    expect(staff.receiver.requests).toHaveLength(before)
    await dialog.getByRole('button', { name: 'Probe 2' }).click()
    await dialog.getByText('Arrived: 1 of 2.').waitFor()
    const failed = dialog.locator('li', { hasText: '127.0.0.1:9/away' })
    await failed.getByText('Failed').waitFor()
    await failed.getByText('Nothing listens at').waitFor()
    await inspect(page, 'health-probed')
    await waitFor('it', () => staff.receiver.requests.length === before + 1)
    await failed.getByRole('link', { name: 'See the message' }).click()
    await page.getByText('The attempt ended while connecting.').waitFor()
  })
})
