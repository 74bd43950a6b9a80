import { createHmac } from 'node:crypto'
import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInAs, signInOwner } from './console-steps.ts'
import { inspect } from './inspect.ts'

const SECRET = `whsec_${'c'.repeat(32)}`

/** As Stripe sends and signs. */
function sendAsStripe(url: string, body: object) {
  const text = JSON.stringify(body)
  const seconds = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', SECRET).update(`${seconds}.${text}`).digest('hex')
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'stripe-signature': `t=${seconds},v1=${signature}`,
    },
    body: text,
  })
}

// Each goes on where the one before left.
describe.skipIf(isWithoutBrowser())('sources in the console', () => {
  let staff: Console
  let page: Page
  let url: string

  beforeAll(async () => {
    staff = await startConsole()
    await staff.call('POST', '/app', { name: 'Acme', uid: 'acme' })
    await staff.call('POST', '/app/acme/endpoint', { url: staff.receiver.url })
    page = await signInOwner(staff)
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  it('are made before the provider shows its secret, in the application that is named', async () => {
    staff.expectProblem(/status of 404.*source/)
    await page.getByRole('link', { name: 'Sources', exact: true }).first().click()
    await page.getByRole('heading', { name: 'No sources yet' }).waitFor()
    await inspect(page, 'sources-empty')
    await page.getByRole('link', { name: 'Add source' }).first().click()
    await page.getByLabel('Search providers').fill('stripe')
    await page.getByRole('link', { name: 'Stripe' }).click()
    await page.getByText('Create the source first').waitFor()
    await page.getByLabel('Application', { exact: true }).fill('nobody')
    await page.getByRole('button', { name: 'Create source' }).click()
    await page.getByText('Application not found').waitFor()
    await page.getByLabel('Application', { exact: true }).fill('acme')
    await inspect(page, 'sources-add')
    await page.getByRole('button', { name: 'Create source' }).click()
    await page.getByText('Waiting for the first request…').waitFor()
    await page.getByText('Everything that comes is quarantined until').waitFor()
    url = String(await page.locator('.set-up-steps code').first().textContent())
    await inspect(page, 'sources-set-up')
  })

  it('quarantine what comes early, and let it out and through once the secret is there', async () => {
    for (const key of ['one', 'two'])
      expect((await sendAsStripe(url, { id: key, type: 'invoice.paid', [key]: 1 })).status).toBe(
        401,
      )
    await page.getByText('A request came, but was not taken').waitFor()
    await page.getByRole('textbox', { name: 'New secret' }).fill(SECRET)
    await page.getByRole('button', { name: 'Save secret' }).click()
    await page.getByText('Secret saved').waitFor()
    await page.getByRole('link', { name: 'Quarantine' }).click()
    await page.getByRole('button', { name: /^Release all/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Release' }).click()
    await dialog.getByText('2 released, 0 still refused').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await waitFor('both', () => staff.receiver.requests.length === 2)
    await page.getByRole('link', { name: 'Requests', exact: true }).click()
    await page.getByText('Released from quarantine').first().waitFor()
    await inspect(page, 'sources-requests')
    await page.locator('tbody a').first().click()
    await page.getByText('Delivered').waitFor()
    await inspect(page, 'sources-request')
    await page.getByRole('link', { name: /^msg_/ }).click()
    await page.getByRole('heading', { name: 'stripe.invoice.paid' }).waitFor()
  })

  it('are seen by viewers, without contents and without anything to change', async () => {
    const viewer = await signInAs(staff, page, 'viewer')
    await viewer.getByRole('link', { name: 'Sources', exact: true }).first().click()
    await viewer.getByRole('link', { name: 'Stripe' }).click()
    await viewer.getByText('Released from quarantine').first().waitFor()
    for (const name of ['Quarantine', 'Test', 'Settings'])
      expect(await viewer.getByRole('link', { name, exact: true }).count(), name).toBe(0)
    expect(await viewer.locator('tbody a').count()).toBe(0)
    expect(await viewer.getByText('More', { exact: true }).count()).toBe(0)
    await inspect(viewer, 'sources-viewer')
    await viewer.close()
  })
})
