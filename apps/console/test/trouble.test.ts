import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInOwner } from './console-steps.ts'

describe.skipIf(isWithoutBrowser())('in trouble the console', () => {
  let staff: Console
  let page: Page

  beforeAll(async () => {
    staff = await startConsole()
    page = await signInOwner(staff, { locale: 'en-GB', permissions: ['clipboard-write'] })
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const open = (name: string) =>
    page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
  const names = async () => {
    const { data } = await staff.call('GET', '/app')
    return Array.isArray(data) ? data.map(({ name }) => name) : []
  }

  it('says that there is no connection, and sends nothing of it later', async () => {
    staff.expectProblem(/ERR_INTERNET_DISCONNECTED/)
    await open('Applications')
    await page.getByRole('heading', { name: 'No applications yet' }).waitFor()
    await page.getByRole('button', { name: 'Create application' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Half typed')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').getByText("The server can't be reached.").waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half typed')
    await page.keyboard.press('Escape')
    await page.getByLabel('Endpoints').selectOption('failing')
    await page.getByText('No connection').first().waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await page.getByText('No connection').first().waitFor({ state: 'detached' })
    expect(await names()).toEqual([])
  })

  it('keeps a key that is shown once, whatever is pressed, and says in place that it was copied', async () => {
    await open('API keys')
    await page.getByRole('button', { name: 'Create API key' }).first().click()
    await page.getByLabel('Name', { exact: true }).fill('Billing')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Create/ })
      .click()
    const dialog = page.getByRole('dialog', { name: /Billing/ })
    await dialog.getByText(/^phk_/).waitFor()
    for (let n = 0; n < 3; n++) await page.keyboard.press('Escape')
    expect(await dialog.getByText(/^phk_/).isVisible()).toBe(true)
    await dialog.getByRole('button', { name: 'Copy: API key' }).click()
    // Behind a modal dialog nobody would hear of it.
    await dialog.getByRole('status').getByText('Copied: API key').waitFor()
    await dialog.getByRole('button', { name: 'I have kept it' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('status').getByText('Copied: API key').waitFor()
  })

  it('speaks the language that was chosen before', async () => {
    await page.getByLabel('Language').selectOption('de')
    await page.getByLabel('Sprache').waitFor()
    await page.reload()
    await waitFor('German', async () => (await page.getByLabel('Sprache').count()) === 1)
  })
})
