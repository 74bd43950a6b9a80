import { seedEndpoint, startReceiver, waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const LOOKED_AT = 250
const EGRESS = ['198.51.100.7', '2001:db8::7']

describe.skipIf(isWithoutBrowser())('what the portal says of a message', () => {
  let portal: Portal
  let page: Page
  let endpointId = ''

  beforeAll(async () => {
    portal = await startPortal({
      POSTHORN_RETRY_SCHEDULE: 'none',
      POSTHORN_EGRESS_ADDRESSES: EGRESS.join(', '),
    })
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    const fields = { url: portal.receiver.url, eventTypes: ['invoice.paid'] }
    endpointId = String((await portal.call('POST', '/app/acme/endpoint', fields))['id'])
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const main = () => page.locator('main')
  const publish = async (eventType = 'invoice.paid') => {
    const body = { eventType, payload: { n: 1 } }
    return String((await portal.call('POST', '/app/acme/msg', body))['id'])
  }
  const open = async (id: string) => {
    await page.goto(`${portal.url}/portal/messages/${id}`)
    await page.getByRole('heading', { name: 'Deliveries' }).waitFor()
  }
  const settled = (id: string) =>
    waitFor('its end', async () => {
      const { data } = await portal.call('GET', `/app/acme/msg/${id}/endpoint`)
      return Object(data)[0]?.statusText !== 'pending'
    })

  it('is which addresses a firewall has to let in, where one seems to keep us out', async () => {
    portal.receiver.replies(403)
    const id = await publish()
    await settled(id)
    await open(id)
    await main().getByText('Firewall, bot or CSRF check: allow our addresses.').waitFor()
    await main().getByText(EGRESS.join(', ')).waitFor()
    await inspect(page, 'attempt-egress')
    portal.receiver.replies(404)
    const other = await publish()
    await settled(other)
    await open(other)
    await main().getByText('Compare with your route.').waitFor()
    expect(await main().getByText(EGRESS.join(', ')).count()).toBe(0)
  })

  it('is what was odd about an answer that counts as delivered, and where it was cut', async () => {
    portal.receiver.replies({ status: 200, body: 'x'.repeat(30_000) })
    const id = await publish()
    await settled(id)
    await open(id)
    await main()
      .getByText('Delivered. Its answer was too large: only the status matters.')
      .waitFor()
    await main().getByText('Cut at 20,000 bytes: it went on.').waitFor()
    await inspect(page, 'attempt-cut')
    portal.receiver.replies({ status: 500, body: 'y'.repeat(30_000) })
    const failed = await publish()
    await settled(failed)
    await open(failed)
    await main().getByText('Search its log for this webhook-id.').waitFor()
    await main().getByText('Cut at 20,000 bytes: it went on.').waitFor()
  })

  it('is that its payload is gone, since when and why, and Replay says so too', async () => {
    portal.receiver.replies(500)
    const id = await publish()
    await settled(id)
    await portal.call('DELETE', `/app/acme/msg/${id}/content`)
    await open(id)
    const replay = main().getByRole('article').getByRole('button', { name: 'Replay' })
    expect(await replay.isDisabled()).toBe(true)
    const reason = "The payload is no longer stored, so it can't be replayed."
    await main().getByRole('article').getByText(reason).waitFor()
    const { payloadGone } = await portal.call('GET', `/app/acme/msg/${id}`)
    const gone: { rule: string; at: string } = Object(payloadGone)
    expect(gone.rule).toBe('removed')
    const notice = page.locator('.notice', { hasText: 'It was removed before its time.' })
    await notice.locator(`time[datetime="${gone.at}"]`).waitFor()
    expect(Math.abs(Date.parse(gone.at) - Date.now())).toBeLessThan(60_000)
    await inspect(page, 'message-expired')
  })

  it('is which endpoint it can be sent to where none took it, and it arrives there', async () => {
    await portal.call('POST', '/event-type', { name: 'user.created', description: '' })
    await using other = await startReceiver()
    const fields = { url: other.url, eventTypes: ['invoice.paid'], disabled: true }
    const { id: otherId } = await portal.call('POST', '/app/acme/endpoint', fields)
    portal.receiver.replies(200)
    const id = await publish('user.created')
    await open(id)
    await main().getByText('No endpoint takes this event type.').waitFor()
    const to = page.getByLabel('Send it to')
    expect(await to.locator('option').allTextContents()).toEqual([
      'Choose an endpoint',
      portal.receiver.url,
    ])
    await inspect(page, 'message-unmatched')
    await to.selectOption(endpointId)
    await main().getByRole('button', { name: 'Replay' }).click()
    await waitFor('its arrival', () => portal.receiver.of(id).length === 1)
    await main().getByRole('article', { name: portal.receiver.url }).waitFor()
    await portal.call('DELETE', `/app/acme/endpoint/${String(otherId)}`)
  })

  it('is never that there is no endpoint for it where there are more than were looked at', async () => {
    const { id: appId, orgId } = await portal.db.prisma.application.findFirstOrThrow({
      where: { uid: 'acme' },
    })
    const add = (n: number, disabled: boolean) =>
      Promise.all(
        Array.from({ length: n }, () =>
          seedEndpoint(portal.db.hot, { orgId, appId }, { disabled }),
        ),
      )
    await add(LOOKED_AT, true)
    const id = await publish('user.created')
    await open(id)
    await main().getByText('The newest 250 endpoints are disabled.').waitFor()
    await main().getByRole('link', { name: 'Endpoints', exact: true }).waitFor()
    await inspect(page, 'message-unmatched-many')
    await add(1, false)
    await page.reload()
    await main().getByText('Of the newest 250 endpoints.').waitFor()
  })
})
