import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

// The breaker opens at twenty failures in a row.
const FAILURES = 20
const REFUSED = {
  status: 429,
  headers: { 'retry-after': '2' },
  json: { code: 'rate_limit_exceeded' },
}

describe.skipIf(isWithoutBrowser())('an endpoint', () => {
  let portal: Portal
  let page: Page
  let opened: string | null = null

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_BREAKER_AFTER: '0.2', POSTHORN_RETRY_SCHEDULE: 'none' })
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())
  // However a test ended, none after it has the endpoint of another.
  afterEach(async () => {
    // First: a page that looks at what is gone is told so, which is a failed request.
    await page.goto(`${portal.url}/portal/endpoints`)
    if (opened !== null) await portal.call('DELETE', `/app/acme/endpoint/${opened}`)
    opened = null
  })

  const dialog = () => page.getByRole('dialog')
  const act = async (name: string) => {
    await page.locator('header.row summary', { hasText: 'Actions' }).click()
    await page.locator('header.row').getByRole('button', { name, exact: true }).click()
  }
  const publish = (count: number) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const body = { eventType: 'invoice.paid', payload: {} }
        const { id } = await portal.call('POST', '/app/acme/msg', body)
        return String(id)
      }),
    )
  const stateOf = async (id: string) => {
    const { state } = await portal.call('GET', `/app/acme/endpoint/${id}`)
    return Object(state)
  }
  const addEndpoint = async (fields = {}) => {
    const body = { url: portal.receiver.url, ...fields }
    opened = String((await portal.call('POST', '/app/acme/endpoint', body))['id'])
    return opened
  }
  const open = async (id: string) => {
    await page.goto(`${portal.url}/portal/endpoints/${id}`)
    await page.getByRole('heading', { name: 'Message Attempts' }).waitFor()
  }
  const arrived = (ids: readonly string[]) =>
    waitFor('their arrival', () => ids.every((id) => portal.receiver.of(id).length > 0))

  it('whose breaker is open is probed when its owner says so, and told what came of it', async () => {
    portal.expectProblem(/status of 429.*probe/)
    portal.receiver.replies(500)
    const id = await addEndpoint()
    await waitFor('the breaker', async () => {
      await publish(FAILURES)
      return (await stateOf(id)).breakerOpenedAt !== null
    })
    const held = await publish(3)
    await waitFor('the hold', async () => (await stateOf(id)).waiting > 0)
    await open(id)
    const probe = page.getByRole('button', { name: 'Probe now' })
    await page.getByText('wait while we probe the endpoint', { exact: false }).waitFor()
    await page.getByText('Unless an attempt succeeds', { exact: false }).waitFor()
    await page.route('**/probe', (route) => route.fulfill(REFUSED), { times: 1 })
    await probe.click()
    const rest = page.getByText('It can be probed again in', { exact: false })
    await rest.waitFor()
    await inspect(page, 'probe-limited')
    /** Again where the attempt before was made seconds ago: it can be pressed once that is over. */
    const probeUntil = async (text: string) => {
      const outcome = page.getByText(text)
      await probe.click()
      await outcome.or(rest).first().waitFor()
      if (!(await outcome.isVisible())) await probe.click()
      await outcome.waitFor()
    }
    await probeUntil('The probe failed.')
    await page.getByRole('link', { name: 'See the message' }).waitFor()
    // At once: half a minute later the next one goes by itself.
    portal.receiver.replies(200)
    await probeUntil('The probe arrived: what waits is being sent.')
    await inspect(page, 'probe-arrived')
    await waitFor('the rest', async () => (await stateOf(id)).waiting === 0)
    expect(held.some((message) => portal.receiver.of(message).length > 0)).toBe(true)
  })

  it('that is disabled by mistake goes on with exactly what that canceled', async () => {
    const id = await addEndpoint({ throttleRate: 1 })
    const sent = await publish(4)
    await waitFor('the first', async () => (await stateOf(id)).waiting < 4)
    await open(id)
    await act('Disable Endpoint')
    await dialog()
      .getByText('deliveries wait for it: they are canceled', { exact: false })
      .waitFor()
    await inspect(page, 'disable-waiting')
    await dialog().getByRole('button', { name: 'Disable Endpoint' }).click()
    await page.getByText('Endpoint disabled. Canceled deliveries:', { exact: false }).waitFor()
    expect((await stateOf(id)).waiting).toBe(0)
    await inspect(page, 'disabled-undo')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page
      .getByText('Endpoint enabled again. Deliveries that go on:', { exact: false })
      .waitFor()
    await page.getByText('It was disabled by', { exact: false }).waitFor({ state: 'detached' })
    await portal.call('PATCH', `/app/acme/endpoint/${id}`, { throttleRate: 50 })
    await arrived(sent)
    expect(sent.map((message) => portal.receiver.of(message).length)).toEqual([1, 1, 1, 1])
  })

  it('that is enabled again says what it missed, and sends it once that is asked for', async () => {
    const id = await addEndpoint({ throttleRate: 1 })
    const waiting = await publish(3)
    await waitFor('the first', async () => (await stateOf(id)).waiting < 3)
    await portal.call('PATCH', `/app/acme/endpoint/${id}`, { disabled: true })
    const missed = await publish(5)
    await open(id)
    await act('Enable Endpoint')
    const notice = page.locator('.notice', { hasText: 'The endpoint is enabled again' })
    await notice.getByText('would have got while it was disabled: 5').waitFor()
    await inspect(page, 'enabled-missed')
    await notice.getByRole('link', { name: 'Test first' }).click()
    await page.getByRole('heading', { name: 'Send an example' }).waitFor()
    await portal.call('PATCH', `/app/acme/endpoint/${id}`, { throttleRate: 50 })
    await notice.getByRole('button', { name: 'Replay the 5 missed' }).click()
    await page.getByText('5 of 5 sent on their way').waitFor()
    await arrived(missed)
    await notice.getByRole('button', { name: /^Go on with the (one|\d) canceled/ }).click()
    await notice.getByText('was disabled:', { exact: false }).nth(1).waitFor({ state: 'detached' })
    await arrived(waiting)
    await page.reload()
    await notice.getByText('It missed nothing while it was disabled.').waitFor()
    await notice.getByRole('button', { name: 'Not now' }).click()
    await notice.waitFor({ state: 'detached' })
  })
})
