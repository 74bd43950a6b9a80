import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const TYPES = 51
const FAILED_FIRST = 100
const TAKEN_SINCE = 20

// One after the other: each counts what the receiver got so far.
describe.skipIf(isWithoutBrowser())('where there is more than a page shows', () => {
  let portal: Portal
  let page: Page
  let endpointId: string

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    const endpoint = await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    endpointId = String(endpoint['id'])
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const open = (path: string) => page.goto(`${portal.url}/portal${path}`)
  const received = (count: number) =>
    waitFor(`${count} requests`, () => portal.receiver.requests.length >= count)
  const publish = (eventType: string) =>
    portal.call('POST', '/app/acme/msg', { eventType, payload: {} })

  it('activity goes on to further event types', async () => {
    for (let n = 0; n < TYPES; n++) await publish(`type.${String(n).padStart(2, '0')}`)
    await received(TYPES)
    const last = page.getByRole('link', { name: 'type.50', exact: true })
    await waitFor('the last type', async () => {
      await open('/activity')
      await page.getByRole('link', { name: 'type.49', exact: true }).waitFor()
      expect(await last.count()).toBe(0)
      const more = page.getByRole('button', { name: 'Show more' })
      if ((await more.count()) === 0) return false
      await more.click()
      await last.waitFor()
      return true
    })
    await inspect(page, 'activity-long')
  })

  it("a message's page says which of its attempts it leaves out", async () => {
    await portal.call('POST', '/event-type', { name: 'of.many', description: '' })
    const { url } = portal.receiver
    for (let n = 0; n < 50; n++)
      await portal.call('POST', '/app/acme/endpoint', { url, eventTypes: ['of.many'] })
    const { id } = await publish('of.many')
    await received(TYPES + 51)
    await open(`/messages/${String(id)}`)
    await page.getByText('These are the newest 50.').waitFor()
    await inspect(page, 'message-many-attempts')
  })

  it('the share that was taken since a rotation is that of the newest, however many came before', async () => {
    await portal.call('POST', `/app/acme/endpoint/${endpointId}/secret/rotate`, {})
    const before = portal.receiver.requests.length
    portal.receiver.replies(500)
    for (let n = 0; n < FAILED_FIRST; n++) await publish('type.00')
    await received(before + FAILED_FIRST)
    portal.receiver.replies(200)
    for (let n = 0; n < TAKEN_SINCE; n++) await publish('type.00')
    await received(before + FAILED_FIRST + TAKEN_SINCE)
    await open(`/endpoints/${endpointId}`)
    await page.getByText('Since the rotation 20% of the newest 100 attempts').waitFor()
  })
})
