import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

describe.skipIf(isWithoutBrowser())('an endpoint', () => {
  let portal: Portal
  let page: Page
  let endpointId: string

  beforeAll(async () => {
    portal = await startPortal({
      POSTHORN_RETRY_SCHEDULE: 'none',
      POSTHORN_REQUEST_TIMEOUT: '5',
    })
    const schema = { type: 'object', properties: { reason: { type: 'string' } } }
    for (const name of ['invoice.paid', 'invoice.voided', 'user.created'])
      await portal.call('POST', '/event-type', { name, description: '', schemas: { 1: schema } })
    const endpoint = await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    endpointId = String(endpoint['id'])
    for (const message of [
      { eventType: 'invoice.paid', channels: ['eu'] },
      { eventType: 'invoice.paid' },
      { eventType: 'user.created' },
    ])
      await portal.call('POST', '/app/acme/msg', { payload: { n: 1 }, ...message })
    await waitFor('the deliveries', () => portal.receiver.requests.length === 3)
    page = await portal.newPage()
    await page.goto(await portal.link())
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const says = (text: string) => page.getByText(text, { exact: true }).waitFor()

  it('that is added says what its filter would have let through yesterday', async () => {
    await page.getByRole('link', { name: 'Add Endpoint' }).click()
    await says('Would have matched 3 of 3 messages of the last 24 hours.')
    await page.getByLabel('Only these').check()
    await page.getByRole('treeitem', { name: 'invoice.paid' }).click()
    await says('Would have matched 2 of 3 messages of the last 24 hours.')
    await page.locator('summary', { hasText: 'Advanced' }).click()
    await page.getByLabel('Channels').fill('eu, us')
    await says('Would have matched 1 of 3 messages of the last 24 hours.')
    await page.getByLabel('Channels').fill('us')
    await page.getByText(/^Would have matched none of 3 messages/).waitFor()
    await inspect(page, 'filter-preview')
  })

  it('that is changed says so before it is saved', async () => {
    await page.goto(`${portal.url}/portal/endpoints/${endpointId}?tab=advanced`)
    await page.getByLabel('Only these').check()
    await page.getByRole('treeitem', { name: 'user.created' }).click()
    await says('Would have matched 1 of 3 messages of the last 24 hours.')
    await page.getByRole('treeitem', { name: 'user.created' }).click()
    await page.getByRole('treeitem', { name: 'invoice.voided' }).click()
    await page.getByText(/^Would have matched none of 3 messages/).waitFor()
  })

  it('tells which of its secrets made a signature, and which mistake one that fits no more', async () => {
    const sent = portal.receiver.requests[0]
    const header = (name: string) => sent?.headers[`webhook-${name}`] ?? ''
    await page.goto(`${portal.url}/portal/endpoints/${endpointId}`)
    await page.locator('summary', { hasText: 'Check a signature' }).click()
    const check = page.getByRole('button', { name: 'Check', exact: true })
    for (const name of ['id', 'timestamp', 'signature']) {
      expect(await check.isDisabled()).toBe(true)
      await page.getByLabel(`webhook-${name}`).fill(`webhook-${name}: ${header(name)}`)
    }
    await page.getByLabel('Raw body').fill(String(sent?.body))
    await check.click()
    await page.getByText('The signature is right').waitFor()
    await page.getByText(/^By the current secret, fingerprint [0-9a-f]{8}\.$/).waitFor()
    await page.getByText('within five minutes of our clock').waitFor()
    await inspect(page, 'signature-right')
    await portal.call('POST', `/app/acme/endpoint/${endpointId}/secret/rotate`, {})
    await check.click()
    await page
      .getByText(/^By the former secret, fingerprint [0-9a-f]{8}, which signs until/)
      .waitFor()
    await page.getByLabel('Raw body').fill('{ "n": 1 }')
    await page.getByText('The signature is right').waitFor({ state: 'detached' })
    await check.click()
    await page.getByText('The body was parsed and printed again').waitFor()
    await inspect(page, 'signature-wrong')
  })

  it('is tested with what a schema allows where nobody wrote an example, and earlier answers stay to compare', async () => {
    await page.goto(
      `${portal.url}/portal/endpoints/${endpointId}?tab=testing&example=invoice.voided`,
    )
    const sent = portal.receiver.requests.length
    portal.receiver.replies(500, 200)
    await page.getByRole('button', { name: 'Send Example' }).click()
    await page.getByText('Your server failed.').waitFor()
    expect(JSON.parse(String(portal.receiver.requests[sent]?.body))).toEqual({ reason: 'text' })
    await page.getByLabel('Payload').fill('{ "reason": "other" }')
    await page.getByRole('button', { name: 'Send Example' }).click()
    await page.getByRole('heading', { name: 'Before that' }).waitFor()
    await page.getByText('Your server failed.').waitFor()
    await page.getByText('Response: 200').waitFor()
    expect(JSON.parse(String(portal.receiver.requests.at(-1)?.body))).toEqual({ reason: 'other' })
    await inspect(page, 'testing-compared')
    await page.getByRole('link', { name: 'Show it among the messages' }).click()
    await page.getByRole('heading', { name: 'invoice.voided' }).waitFor()
    expect(new URL(page.url()).searchParams.get('attempt')).toMatch(/^atmpt_/)
  })

  it('that is tested says live where the test stands', async () => {
    await using silent = await silentServer()
    await portal.call('PATCH', `/app/acme/endpoint/${endpointId}`, { url: silent.url })
    await page.goto(`${portal.url}/portal/endpoints/${endpointId}?tab=testing`)
    const steps = page.getByRole('list', { name: 'Steps of the test' })
    const now = steps.locator('[aria-current="step"]')
    const send = page.getByRole('button', { name: 'Send Example' })
    await send.click()
    await steps.getByText(/^Done: Connecting to your server\. [\d.]+ ms$/).waitFor()
    await now.getByText('Securing the connection (TLS).').waitFor()
    await portal.call('PATCH', `/app/acme/endpoint/${endpointId}`, { url: portal.receiver.url })
    portal.receiver.replies('hang', { status: 429, headers: { 'retry-after': '600' } }, 200)
    await send.click()
    await now.getByText('Sent: waiting for the answer of your server.').waitFor()
    await now.getByText(/^[1-9] s$/).waitFor()
    await inspect(page, 'testing-sending')
    await page.getByText('Connected, no answer in', { exact: false }).waitFor()
    await page.getByText('Where the time went').waitFor()
    await steps.waitFor({ state: 'detached' })
    await send.click()
    await page.getByText('It asked us to slow down.').waitFor()
    await send.click()
    await now.getByText('Your server asked us to wait', { exact: false }).waitFor()
    await inspect(page, 'testing-held')
    await portal.call('PATCH', `/app/acme/endpoint/${endpointId}`, { disabled: true })
    await page.getByText('The endpoint was disabled: nothing more is sent.').waitFor()
    await steps.waitFor({ state: 'detached' })
  })
})

/** Takes connections, and never says a word on one: no TLS comes of it. */
async function silentServer() {
  const sockets: Socket[] = []
  const server = createServer((socket) => void sockets.push(socket.on('error', () => undefined)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `https://127.0.0.1:${port}/hook`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
