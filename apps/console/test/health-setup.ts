import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { type Console, PASSWORD, startConsole } from './console-setup.ts'

/** What the console of a healthy day looks like to whoever looks after it, with retries that end soon. */
export async function startHealthConsole(): Promise<{ staff: Console; page: Page }> {
  const staff = await startConsole({
    POSTHORN_RETRY_SCHEDULE: '0.1',
    // Nothing is cut off: every message has its two attempts at once.
    POSTHORN_BREAKER_AFTER: '0',
  })
  const page = await staff.newPage()
  await page.goto(staff.firstOwnerUrl)
  await page.getByLabel('E-mail address').fill('olive@example.com')
  await page.getByLabel('Name', { exact: true }).fill('Olive')
  await page.getByLabel('New password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  return { staff, page }
}

export interface Customer {
  readonly appId: string
  readonly endpointIds: readonly string[]
}

/** A customer whose endpoints are all at the receiver; each says in a header which one it is. */
export async function addCustomer(
  staff: Console,
  name: string,
  endpoints: number,
): Promise<Customer> {
  const appId = String((await staff.call('POST', '/app', { name }))['id'])
  const endpointIds: string[] = []
  for (let n = 0; n < endpoints; n++) {
    const { url } = staff.receiver
    const headers = { 'x-endpoint': `${appId} ${n}` }
    const { id } = await staff.call('POST', `/app/${appId}/endpoint`, { url, headers })
    endpointIds.push(String(id))
  }
  return { appId, endpointIds }
}

const ATTEMPTS = 2

/** Each message fails at each endpoint, for good. Answers how many messages the customers wait for. */
export async function failEverything(
  staff: Console,
  customers: readonly Customer[],
  messages: number,
): Promise<number> {
  const { receiver } = staff
  receiver.replies(503)
  const before = receiver.requests.length
  for (const { appId } of customers)
    for (let n = 0; n < messages; n++)
      await staff.call('POST', `/app/${appId}/msg`, { eventType: 'a.b', payload: { n } })
  const missed = customers.reduce((sum, { endpointIds }) => sum + endpointIds.length * messages, 0)
  const failed = () => staff.core.db.prisma.delivery.count({ where: { status: 'failed' } })
  const failedBefore = missed * ATTEMPTS
  await waitFor('every attempt', () => receiver.requests.length - before >= failedBefore, 60_000)
  await waitFor('every delivery failed', async () => (await failed()) >= missed, 60_000)
  return missed
}

/** The receiver's ledger: which endpoint got which message, of what came from a place in it on. */
export function arrivals(staff: Console, from: number): string[] {
  return staff.receiver.requests
    .slice(from)
    .map(({ headers, messageId }) => `${headers['x-endpoint'] ?? ''} ${messageId}`)
}

/** With the keyboard alone: on to what has this role and name, as Tab reaches it. */
export async function tabTo(page: Page, role: 'link' | 'button', name: string): Promise<void> {
  const target = page.getByRole(role, { name, exact: true }).first()
  await target.waitFor()
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab does not reach the ${role} ${name}.`)
}
