import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInAs, signInOwner } from './console-steps.ts'
import { addCustomer } from './health-setup.ts'
import { inspect, inspectBriefly } from './inspect.ts'

const HOSTILE = 'Acme <img src=x onerror=alert(1)>\u202e is on fire'
const MESSAGES = 7

// Each goes on where the one before left.
describe.skipIf(isWithoutBrowser())('an operator at 3 a.m.', () => {
  let staff: Console
  let page: Page
  let appId = ''

  beforeAll(async () => {
    staff = await startConsole()
    page = await signInOwner(staff)
    ;({ appId } = await addCustomer(staff, 'Acme', 1))
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const open = (name: string) => page.getByRole('link', { name, exact: true }).first().click()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const inDialog = (name: string) =>
    page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
  const banner = (on: Page = page) => on.getByRole('region', { name: 'That nothing is sent' })
  const publish = () => staff.call('POST', `/app/${appId}/msg`, { eventType: 'a.b', payload: {} })
  const untilWorkers = (isPaused: boolean) =>
    waitFor(`workers that have heard: ${isPaused}`, async () => {
      const rows = await staff.core.db.prisma.worker.findMany()
      return rows.length > 0 && rows.every((row) => row.isPaused === isPaused)
    })

  it('finds out how everything outgoing is stopped, and stops it with a reason', async () => {
    await open('Queues and workers')
    await page.getByRole('heading', { name: 'Deliveries go out' }).waitFor()
    await inspect(page, 'queues-running')
    await press('Pause deliveries')
    await page.getByText('Pause all deliveries?').waitFor()
    const dialog = page.getByRole('dialog')
    const confirm = dialog.getByRole('button', { name: 'Pause deliveries', exact: true })
    expect(await confirm.isDisabled()).toBe(true)
    await page.getByLabel('Why').fill(HOSTILE)
    await inspect(page, 'pause-dialog')
    await confirm.click()
    await banner()
      .getByText(/is on fire/)
      .waitFor()
    await banner().getByText('U+202E').waitFor()
    await banner().getByText('by Olive').waitFor()
    await page.getByRole('cell', { name: 'Paused' }).first().waitFor()
  })

  it('sees on every screen that nothing is sent, and how much waits; the receiver gets nothing', async () => {
    await untilWorkers(true)
    for (let n = 0; n < MESSAGES; n++) await publish()
    for (const name of ['Overview', 'Applications', 'Messages', 'Settings']) {
      await open(name)
      await page.getByRole('heading', { name, exact: true, level: 1 }).waitFor()
      await banner().getByText(`Waiting: ${MESSAGES}`).waitFor()
    }
    await banner().getByRole('link', { name: 'Queues and workers' }).click()
    await page.getByText(/^Waiting: 7 · In flight: 0\./).waitFor()
    await inspect(page, 'queues-paused')
    await page.reload()
    await banner().getByText(`Waiting: ${MESSAGES}`).waitFor()
    expect(staff.receiver.requests).toHaveLength(0)
  })

  it('shows it to a viewer too, who can change nothing', async () => {
    const vera = await signInAs(staff, page, 'viewer')
    await banner(vera)
      .getByText(/is on fire/)
      .waitFor()
    await vera.goto(`${staff.url}/console/${staff.orgId}/queues`)
    await vera.getByText(/Only a user who owns all organisations may pause them/).waitFor()
    expect(await vera.getByRole('button', { name: 'Resume deliveries' }).count()).toBe(0)
    await vera.close()
  })

  it('lets everything go on, and it arrives once each', async () => {
    await press('Resume deliveries')
    await page.getByText(`${MESSAGES} wait. They go out`).waitFor()
    await inspectBriefly(page, 'resume-dialog')
    await inDialog('Resume deliveries')
    await page.getByRole('heading', { name: 'Deliveries go out' }).waitFor()
    await banner().waitFor({ state: 'detached' })
    const delivered = () => staff.core.db.prisma.delivery.count({ where: { status: 'delivered' } })
    await waitFor('every delivery', async () => (await delivered()) === MESSAGES)
    expect(staff.receiver.requests).toHaveLength(MESSAGES)
    const arrived = new Set(staff.receiver.requests.map(({ messageId }) => messageId))
    expect(arrived.size).toBe(MESSAGES)
    await open('Audit log')
    await page.getByText('installation.deliveries.resume').first().waitFor()
  })
})
