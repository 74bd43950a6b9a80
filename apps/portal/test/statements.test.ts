import { createHmac } from 'node:crypto'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, PRODUCTION, startPortal } from './portal-setup.ts'

const SCHEMA = {
  type: 'object',
  required: ['code'],
  properties: {
    code: { type: 'string', description: 'What was scanned.' },
    big: { type: 'integer' },
  },
  examples: [{ code: 'abc', big: 12345678 }],
}

/** The customer's guide, step by step, as `docs/portal-statements.md` lists its statements. */
describe.skipIf(isWithoutBrowser())('in production mode a customer', () => {
  let portal: Portal
  let page: Page

  beforeAll(async () => {
    portal = await startPortal(PRODUCTION)
    await portal.call('POST', '/event-type', {
      name: 'code.scanned',
      description: 'Somebody scanned a code.',
      schemas: { 1: SCHEMA },
    })
    await portal.call('POST', '/event-type', { name: 'code.created', description: '' })
    page = await portal.newPage()
    await page.goto(await portal.link())
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const received = (count: number) =>
    waitFor(`${count} requests`, () => portal.receiver.requests.length >= count)
  const publish = (eventType = 'code.scanned') =>
    portal.call('POST', '/app/acme/msg', { eventType, payload: { n: 1 } })
  const openActions = () => page.locator('header.row summary', { hasText: 'Actions' }).click()

  it('finds in the event catalog the schema that the payload is to be expected by', async () => {
    await page.getByRole('link', { name: 'Event catalog', exact: true }).click()
    await page.getByRole('link', { name: 'code.scanned' }).click()
    const rows = page.getByRole('table').getByRole('row')
    await rows.filter({ hasText: 'What was scanned.' }).waitFor()
    expect((await rows.allInnerTexts()).map((text) => text.trim().split(/\s+/, 3))).toEqual([
      ['Property', 'Type', 'Description'],
      ['big', 'integer'],
      ['code', 'required', 'string'],
    ])
    const raw = await page.getByRole('region', { name: 'Schema, version 1' }).innerText()
    expect(JSON.parse(raw)).toEqual(SCHEMA)
    await page.getByRole('link', { name: 'Endpoints' }).first().click()
  })

  it('adds an endpoint by Add Endpoint, checking the event types they are interested in', async () => {
    await page.getByRole('link', { name: 'Add Endpoint' }).click()
    await page.getByLabel('Endpoint URL').fill(portal.receiver.url)
    await page.getByLabel('Only these').check()
    await page.getByRole('treeitem', { name: /^code\.scanned/ }).click()
  })

  it('applies a rate limit in the Advanced row below Message Filtering', async () => {
    const filtering = page.getByRole('heading', { name: 'Message Filtering' })
    const advanced = page.locator('summary', { hasText: 'Advanced' })
    const [above, below] = [await filtering.boundingBox(), await advanced.boundingBox()]
    expect(below?.y).toBeGreaterThan(above?.y ?? Number.POSITIVE_INFINITY)
    await advanced.click()
    await page.getByLabel('Rate limit').fill('50')
    await page.getByRole('button', { name: 'Add Endpoint' }).click()
    await page.getByRole('heading', { name: portal.receiver.url }).waitFor()
    await page.getByText('50 per second').waitFor()
  })

  it('receives what was checked, and nothing else', async () => {
    await publish('code.created')
    await publish()
    await received(1)
    expect(portal.receiver.requests.map(({ body }) => String(body))).toEqual(['{"n":1}'])
  })

  it('adds Custom Headers on the endpoint with the plus button; Authorization is not shown again', async () => {
    await page.getByRole('link', { name: 'Endpoints' }).first().click()
    await page.getByRole('link', { name: portal.receiver.url }).click()
    await page.getByRole('link', { name: 'Advanced' }).click()
    await page.getByRole('heading', { name: 'Custom Headers' }).waitFor()
    for (const [name, value] of [
      ['x-team', 'billing'],
      ['Authorization', 'Bearer s3cret-value'],
    ] as const) {
      await page.getByLabel('Header name').fill(name)
      await page.getByLabel('Header value').fill(value)
      await page.getByRole('button', { name: 'Add header' }).click()
      await page.getByRole('button', { name: `Remove header ${name}` }).waitFor()
    }
    await page.reload()
    await page.getByText('set, not shown').waitFor()
    expect(await page.content()).not.toContain('s3cret-value')
    await publish()
    await received(2)
    expect(portal.receiver.requests[1]?.headers).toMatchObject({
      'x-team': 'billing',
      authorization: 'Bearer s3cret-value',
    })
  })

  it('adjusts the rate limit in the Advanced tab', async () => {
    await page.getByLabel('Rate limit').fill('40')
    const card = page.locator('.setting-card', { hasText: 'Pace' })
    await card.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByText('40 per second').waitFor()
  })

  it('sees that a limit that is too low causes congestion', async () => {
    // Its page is open when it is deleted.
    portal.expectProblem(/status of 404.*endpoint\/ep_/)
    await using slow = await startReceiver()
    const fields = { url: slow.url, throttleRate: 1, eventTypes: ['code.created'] }
    const { id } = await portal.call('POST', '/app/acme/endpoint', fields)
    await Promise.all(Array.from({ length: 30 }, () => publish('code.created')))
    const waiting = async () => {
      const { state } = await portal.call('GET', `/app/acme/endpoint/${String(id)}`)
      return Number(Object(state).waiting)
    }
    await waitFor('what waits', async () => (await waiting()) > 5)
    // A minute later.
    await portal.db.hot.query(
      `UPDATE delivery SET next_attempt_at = next_attempt_at - interval '61 seconds'
        WHERE endpoint_id = $1 AND wait = 'turn'`,
      [id],
    )
    await page.getByRole('link', { name: 'Endpoints' }).first().click()
    const row = page.getByRole('row', { name: slow.url })
    await row.getByText('Rate limited').waitFor()
    await row.getByRole('link', { name: slow.url }).click()
    await page.getByText('Messages wait because of the rate limit of this endpoint.').waitFor()
    await page.getByRole('link', { name: 'Endpoints' }).first().click()
    await portal.call('DELETE', `/app/acme/endpoint/${String(id)}`)
    await page.getByRole('link', { name: portal.receiver.url }).click()
  })

  it('views the secret, and verifies by the steps of the guide, taking the first signature', async () => {
    await page.getByRole('button', { name: 'Reveal' }).click()
    const secret = (await page.getByText(/^whsec_[\w+/=]+$/).textContent()) ?? ''
    expect(isVerified(secret)).toBe(true)
  })

  it('rotates by the arrow next to the label of the secret, after a confirmation', async () => {
    const label = page.getByRole('heading', { name: 'Signing secret' })
    const arrow = page.locator('summary', { hasText: 'Secret menu' })
    const [left, right] = [await label.boundingBox(), await arrow.boundingBox()]
    expect((right?.x ?? 0) - (left?.x ?? 0) - (left?.width ?? 0)).toBeLessThan(40)
    await arrow.click()
    await page.getByRole('button', { name: 'Rotate secret' }).click()
    await page.getByText('A new secret takes the place of this one.').waitFor()
    await page.getByRole('button', { name: 'Rotate', exact: true }).click()
    await page.getByText('Secret rotated.').waitFor()
    await page.getByRole('button', { name: 'Reveal' }).click()
    const secret = (await page.getByText(/^whsec_[\w+/=]+$/).textContent()) ?? ''
    await publish()
    await received(3)
    // Old and new sign during the grace period: the new one comes first.
    expect(isVerified(secret)).toBe(true)
  })

  it('sends the example of the catalog in the Testing tab', async () => {
    await page.getByRole('link', { name: 'Testing' }).click()
    await page.getByLabel('Event type').selectOption('code.scanned')
    await page.getByRole('button', { name: 'Send Example' }).click()
    await received(4)
    expect(JSON.parse(String(portal.receiver.requests[3]?.body))).toEqual({
      code: 'abc',
      big: 12345678,
    })
  })

  it('replays a single event from its actions menu in the Message Attempts log', async () => {
    const first = portal.receiver.requests[0]
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('heading', { name: 'Message Attempts' }).waitFor()
    const row = page.getByRole('row', { name: first?.messageId ?? '' })
    await row.locator('summary').click()
    await row.getByRole('button', { name: 'Replay' }).click()
    await received(5)
    expect(portal.receiver.requests[4]?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  })

  it('resends what failed in a time window by Recover Failed Messages', async () => {
    portal.receiver.replies(500, 500, 200)
    await publish()
    await publish()
    await received(7)
    await openActions()
    await page.getByRole('button', { name: 'Disable Endpoint' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable Endpoint' }).click()
    await page.getByText('Nothing is sent to this endpoint.').waitFor()
    await openActions()
    await page.getByRole('button', { name: 'Enable Endpoint' }).click()
    await page.getByText('Nothing is sent to this endpoint.').waitFor({ state: 'detached' })
    await openActions()
    await page.getByRole('button', { name: 'Recover Failed Messages' }).click()
    await page.getByLabel('Window').selectOption('24')
    await page.getByRole('button', { name: 'Recover', exact: true }).click()
    await received(9)
    const ids = portal.receiver.requests.slice(5).map(({ messageId }) => messageId)
    expect(new Set(ids.slice(2))).toEqual(new Set(ids.slice(0, 2)))
  })

  it('disables it: nothing is sent, and it comes back as it was', async () => {
    await openActions()
    await page.getByRole('button', { name: 'Disable Endpoint' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable Endpoint' }).click()
    await page.getByText('Nothing is sent to this endpoint.').waitFor()
    const { id } = await publish()
    await openActions()
    await page.getByRole('button', { name: 'Enable Endpoint' }).click()
    await page.getByText('Nothing is sent to this endpoint.').waitFor({ state: 'detached' })
    await page.getByText('40 per second').waitFor()
    const sent = portal.receiver.requests.length
    await publish()
    await received(sent + 1)
    expect(portal.receiver.of(String(id))).toEqual([])
  })

  it('deletes it: its configuration and attempts are gone, its messages are not', async () => {
    portal.expectProblem(/status of 404/)
    const id = page.url().split('/').at(-1)?.split('?')[0]
    await openActions()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByLabel(/to confirm/).fill(new URL(portal.receiver.url).host)
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
    await page.goto(`${portal.url}/portal/endpoints/${id}`)
    await page.getByRole('heading', { name: 'Not found' }).waitFor()
    await page.getByRole('link', { name: 'Messages' }).click()
    await page.getByText(portal.receiver.requests[0]?.messageId ?? '').waitFor()
  })

  /** The guide's own code, over what arrived last. */
  function isVerified(secret: string): boolean {
    const request = portal.receiver.requests.at(-1)
    const header = (name: string) => request?.headers[`webhook-${name}`] ?? ''
    const signed = `${header('id')}.${header('timestamp')}.${String(request?.body)}`
    const secretBytes = Buffer.from(secret.split('_')[1] ?? '', 'base64')
    const signature = createHmac('sha256', secretBytes).update(signed).digest('base64')
    const [first = ''] = header('signature').split(' ')
    return first.slice('v1,'.length) === signature
  }
})

describe.skipIf(isWithoutBrowser())('in production mode, as it comes, an endpoint', () => {
  it('says in its Advanced tab when a failed attempt is repeated', async () => {
    await using portal = await startPortal({ ...PRODUCTION, POSTHORN_RETRY_SCHEDULE: '' })
    const { url } = portal.receiver
    const { id } = await portal.call('POST', '/app/acme/endpoint', { url })
    const page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('link', { name: url }).waitFor()
    await page.goto(`${portal.url}/portal/endpoints/${String(id)}?tab=advanced`)
    const card = page.locator('.setting-card', { hasText: 'Retries' })
    await card.getByRole('table').waitFor()
    const rows = await card.locator('tbody tr').allInnerTexts()
    expect(rows.map((row) => row.split('\t').slice(0, 2))).toEqual([
      ['1', 'at once'],
      ['2', '5 seconds'],
      ['3', '5 minutes'],
      ['4', '30 minutes'],
      ['5', '2 hours'],
      ['6', '5 hours'],
      ['7', '10 hours'],
      ['8', '10 hours'],
    ])
    await card.getByText('Each wait is up to 15 % longer or shorter').waitFor()
    await inspect(page, 'endpoint-retries')
  })
})

describe.skipIf(isWithoutBrowser())('in production mode an endpoint without TLS', () => {
  it('is refused beside its field', async () => {
    await using portal = await startPortal({ POSTHORN_MODE: 'production' })
    portal.expectProblem(/status of 422/)
    const page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('link', { name: 'Add Endpoint' }).click()
    await page.getByLabel('Endpoint URL').fill('http://example.com/hook')
    await page.getByRole('button', { name: 'Add Endpoint' }).click()
    await page.locator('.field-error', { hasText: /https/i }).waitFor()
  })
})
