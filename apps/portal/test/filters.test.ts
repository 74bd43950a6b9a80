import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const FIND = 'Message, event or endpoint id, or a tag'

describe.skipIf(isWithoutBrowser())('filters', () => {
  let portal: Portal
  let page: Page
  let endpointId: string
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    for (const name of ['invoice.paid', 'invoice.voided'])
      await portal.call('POST', '/event-type', { name, description: '' })
    const endpoint = await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    endpointId = String(endpoint['id'])
    const publish = async (name: string, message: object) => {
      const sent = portal.receiver.requests.length
      const { id } = await portal.call('POST', '/app/acme/msg', { payload: {}, ...message })
      ids[name] = String(id)
      await waitFor('the delivery', () => portal.receiver.requests.length > sent)
    }
    portal.receiver.replies(200, 500, 200)
    await publish('tagged', { eventType: 'invoice.paid', tags: ['urgent'], eventId: 'evt-7' })
    await publish('failed', { eventType: 'invoice.voided' })
    await publish('channeled', { eventType: 'invoice.paid', channels: ['eu'] })
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  /** Exactly these messages are listed. */
  const listed = (...names: string[]) =>
    waitFor(`${names.join()} listed`, async () => {
      const text = (await page.locator('table tbody').allTextContents()).join()
      return Object.entries(ids).every(([name, id]) => text.includes(id) === names.includes(name))
    })

  it('of messages are in the URL, hold after a reload, and are cleared at once', async () => {
    await page.getByRole('link', { name: 'Messages' }).click()
    await listed('tagged', 'failed', 'channeled')
    await page.getByLabel('Event type').selectOption('invoice.paid')
    await listed('tagged', 'channeled')
    await page.getByLabel('Tag', { exact: true }).fill('urgent')
    await page.getByLabel('Tag', { exact: true }).press('Enter')
    await listed('tagged')
    expect(new URL(page.url()).search).toBe('?type=invoice.paid&tag=urgent')
    await page.reload()
    await listed('tagged')
    expect(await page.getByLabel('Tag', { exact: true }).inputValue()).toBe('urgent')
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await listed('tagged', 'failed', 'channeled')
    expect(new URL(page.url()).search).toBe('')
  })

  it('of messages tell what failed anywhere from what arrived', async () => {
    await page.goto(`${portal.url}/portal/messages`)
    await page.getByLabel('Outcome').selectOption('Failed')
    await listed('failed')
    await page.getByLabel('Outcome').selectOption('Delivered')
    await listed('tagged', 'channeled')
    expect(new URL(page.url()).search).toBe('?status=0')
  })

  it('of endpoints are named where they let nothing through', async () => {
    await page.goto(`${portal.url}/portal/endpoints?search=nowhere&health=failing`)
    await page.getByRole('heading', { name: 'Nothing matches these filters' }).waitFor()
    await page.getByText('URL, description or id: nowhere · Health: Failing').waitFor()
  })

  it('and keys are told of where the list has them, and no others', async () => {
    await page.goto(`${portal.url}/portal/endpoints`)
    await page.locator('tbody a').first().focus()
    await page.keyboard.press('?')
    const keys = page.getByRole('dialog')
    await keys.getByText('Add one').waitFor()
    for (const name of ['Replay', 'Select, with Shift'])
      expect(await keys.getByText(name).count()).toBe(0)
    await page.goto(`${portal.url}/portal/endpoints/${endpointId}`)
    await page.locator('tbody a').first().focus()
    await page.keyboard.press('?')
    await keys.getByText('Select, with Shift').waitFor()
    expect(await keys.getByText('Add one').count()).toBe(0)
  })

  it('by channel and time work by the URL alone', async () => {
    await page.goto(`${portal.url}/portal/messages?channel=eu&hours=1`)
    await listed('channeled')
    await page.goto(`${portal.url}/portal/messages?channel=us`)
    await page.getByRole('heading', { name: 'Nothing matches these filters' }).waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await listed('tagged', 'failed', 'channeled')
  })

  it('by time go from one moment to another, either of which may be left open', async () => {
    await page.goto(`${portal.url}/portal/messages`)
    await page.getByLabel('Time', { exact: true }).selectOption('Between two moments')
    const [from, until] = ['From', 'Until'].map((name) => page.getByLabel(name, { exact: true }))
    await until?.fill('2021-02-01T12:00')
    await page.getByText(/Time: … – Feb 1, 2021/).waitFor()
    await until?.fill('')
    await from?.fill('2021-02-01T12:00')
    await listed('tagged', 'failed', 'channeled')
    await page.reload()
    expect(await from?.inputValue()).toBe('2021-02-01T12:00')
    await listed('tagged', 'failed', 'channeled')
  })

  it('that the URL has and there are not are none', async () => {
    for (const time of ['hours=some&from=then', 'hours=1e300']) {
      await page.goto(`${portal.url}/portal/messages?${time}`)
      await listed('tagged', 'failed', 'channeled')
    }
  })

  it('come back with Back from what they led to', async () => {
    await page.goto(`${portal.url}/portal/messages?tag=urgent`)
    await listed('tagged')
    await page.getByRole('link', { name: 'invoice.paid' }).click()
    await page.getByRole('heading', { name: 'invoice.paid' }).waitFor()
    await page.goBack()
    await listed('tagged')
  })

  it.each([
    ['messages at an endpoint', ''],
    ['attempts', '&log=attempts'],
  ])('of %s tell failed from delivered', async (_, log) => {
    await page.goto(`${portal.url}/portal/endpoints/${endpointId}?status=${log}`)
    await listed('tagged', 'failed', 'channeled')
    await page.getByLabel('Outcome').selectOption('Failed')
    await listed('failed')
    await page.getByLabel('Outcome').selectOption('Delivered')
    await listed('tagged', 'channeled')
    expect(new URL(page.url()).searchParams.get('status')).toBe('0')
  })

  it('of attempts tell what was answered with one kind of code from the rest', async () => {
    await page.goto(`${portal.url}/portal/endpoints/${endpointId}?code=500`)
    await listed('failed')
    await page.getByLabel('Response code').selectOption('2xx')
    await listed('tagged', 'channeled')
    await page.getByLabel('Response code').selectOption('No response')
    await page.getByRole('heading', { name: 'Nothing matches these filters' }).waitFor()
  })

  it.each([
    ['an event id', () => 'evt-7'],
    ['a message id', () => ids['tagged'] ?? ''],
  ])('give way to %s, which opens its message', async (_, name) => {
    await page.goto(`${portal.url}/portal/messages`)
    await page.getByRole('searchbox', { name: FIND }).fill(name())
    await page.getByRole('searchbox', { name: FIND }).press('Enter')
    await page.getByText('evt-7').waitFor()
    await page
      .getByText(ids['tagged'] ?? '', { exact: true })
      .first()
      .waitFor()
  })

  it.each([
    ['an endpoint id opens that endpoint', () => endpointId, () => `/endpoints/${endpointId}`],
    ['a tag lists what carries it', () => 'urgent', () => '/messages?tag=urgent'],
  ])('%s', async (_, text, path) => {
    // Whether it is a message is asked first.
    portal.expectProblem(/status of 404.*msg\/urgent/)
    await page.goto(`${portal.url}/portal/messages`)
    await page.getByRole('searchbox', { name: FIND }).fill(text())
    await page.getByRole('button', { name: 'Open' }).click()
    await waitFor('the place', () => page.url() === `${portal.url}/portal${path()}`)
  })

  it('an id that is nobody’s says so', async () => {
    portal.expectProblem(/status of 404/)
    await page.goto(`${portal.url}/portal/messages`)
    await page.getByRole('searchbox', { name: FIND }).fill('msg_none')
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByRole('heading', { name: 'Not found' }).waitFor()
    await page.goto(`${portal.url}/portal/messages`)
    await page.getByRole('searchbox', { name: FIND }).fill('evt-none')
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByRole('heading', { name: 'Nothing matches these filters' }).waitFor()
  })

  it('lists grow at the top while they are looked at, without a reload', async () => {
    await page.goto(`${portal.url}/portal/messages`)
    await listed('tagged', 'failed', 'channeled')
    const { id } = await portal.call('POST', '/app/acme/msg', {
      eventType: 'invoice.paid',
      payload: {},
      eventId: 'evt-live',
    })
    ids['live'] = String(id)
    await listed('tagged', 'failed', 'channeled', 'live')
  })

  it('tell what waits from what was canceled, there and at the endpoint', async () => {
    const { hot } = portal.db
    for (const name of ['waiting', 'canceled']) {
      const body = { eventType: 'invoice.paid', payload: {} }
      const { id } = await portal.call('POST', '/app/acme/msg', body)
      ids[name] = String(id)
      await waitFor('its delivery', async () => {
        const where = { messageId: String(id), status: 'delivered' } as const
        return (await portal.db.prisma.delivery.count({ where })) === 1
      })
      // As if its time were to come.
      await hot.query(
        `UPDATE delivery SET status = 'pending', attempt_count = 0, wait = 'time',
                next_attempt_at = now() + interval '1 hour' WHERE message_id = $1`,
        [id],
      )
    }
    const at = `/app/acme/msg/${ids['canceled']}/endpoint/${endpointId}/delivery/cancel`
    await portal.call('POST', at, {})
    for (const path of ['/messages', `/endpoints/${endpointId}`]) {
      await page.goto(`${portal.url}/portal${path}`)
      await page.getByLabel('Outcome').selectOption('Pending')
      await listed('waiting')
      await page.getByLabel('Outcome').selectOption('Canceled')
      await listed('canceled')
      await page.getByLabel('Outcome').selectOption('Failed')
      await listed('failed')
    }
  })
})
