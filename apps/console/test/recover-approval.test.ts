import { newId } from '@posthorn/runtime'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser } from './console-setup.ts'
import { addCustomer, type Customer, startHealthConsole } from './health-setup.ts'
import { inspect } from './inspect.ts'

const ALONE = 100_000
const DAY_MS = 86_400_000

describe.skipIf(isWithoutBrowser())('a recovery of very many messages', () => {
  let staff: Console
  let page: Page
  let customer: Customer

  beforeAll(async () => {
    ;({ staff, page } = await startHealthConsole())
    customer = await addCustomer(staff, 'Acme', 1)
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  /** As it is once it has sent as many as one person may. */
  async function addHeld(actor: string): Promise<string> {
    const id = newId('qtask_', Date.now())
    const now = new Date()
    await staff.core.db.prisma.backgroundTask.create({
      data: {
        id,
        orgId: staff.orgId,
        type: 'endpoint.recover',
        actor,
        done: ALONE,
        pausedAt: now,
        updatedAt: now,
        input: {
          since: new Date(now.getTime() - DAY_MS).toISOString(),
          until: now.toISOString(),
          selection: 'endpoints',
          endpoints: 1,
          targets: customer.endpointIds.map((endpointId) => `${customer.appId}/${endpointId}`),
        },
      },
    })
    return id
  }

  const open = (id: string) => page.goto(`${staff.url}/console/${staff.orgId}/recover/${id}`)

  it('waits for somebody else than who started it', async () => {
    const me = await page.evaluate(async () => (await fetch('/api/v1/staff/me')).json())
    await open(await addHeld(`user:${me.id}`))
    await page.getByText(/^You started it/).waitFor()
    expect(await page.getByRole('button', { name: /Approve|Resume/ }).count()).toBe(0)
    await inspect(page, 'recovery-waits')
  })

  it('goes on once a second person approves', async () => {
    const id = await addHeld('user:usr_somebody')
    await page.goto(`${staff.url}/console/${staff.orgId}/recover`)
    await page.locator(`a[href$="${id}"]`).click()
    await page.getByRole('button', { name: 'Approve and go on' }).click()
    await page.locator('.badge', { hasText: 'Finished' }).waitFor()
    const { data } = await staff.call('GET', `/audit?action=task.approve&target=${id}`)
    expect(data).toMatchObject([{ actorName: 'Olive' }])
  })
})
