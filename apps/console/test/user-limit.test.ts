import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInAs, signInOwner } from './console-steps.ts'
import { addCustomer } from './health-setup.ts'
import { inspect } from './inspect.ts'

// Each goes on where the one before left.
describe.skipIf(isWithoutBrowser())('a user who is limited to applications', () => {
  let staff: Console
  let page: Page
  let limited: Page

  beforeAll(async () => {
    staff = await startConsole()
    page = await signInOwner(staff)
    for (const name of ['Acme', 'Globex', 'Initech']) await addCustomer(staff, name, 1)
    limited = await signInAs(staff, page, 'support')
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const inDialog = () => page.getByRole('dialog')
  const hint = () => limited.getByRole('region', { name: 'What you see here' })

  it('is limited by an owner, who finds the applications by their names', async () => {
    // They may ask again before this test is over.
    staff.expectProblem(/status of 403.*support\/overview/)
    await page.getByRole('link', { name: 'Users', exact: true }).click()
    await page.locator('summary', { hasText: 'Actions for support' }).click()
    await press('Limit to applications…')
    await inDialog().getByLabel('Only these applications').fill('glo')
    await inDialog().getByRole('button', { name: 'Add Globex' }).click()
    await inDialog().getByLabel('Only these applications').fill('')
    await inDialog().getByRole('button', { name: 'Add Acme' }).click()
    await inDialog().getByRole('button', { name: 'Remove Globex' }).click()
    await inspect(page, 'user-limit')
    await inDialog().getByRole('button', { name: 'Save' }).click()
    await page
      .getByRole('row', { name: /support@example\.com/ })
      .getByRole('link', { name: 'Acme' })
      .waitFor()
    await inspect(page, 'users-limited')
    await page.locator('summary', { hasText: 'Actions for Olive' }).click()
    expect(await page.getByRole('button', { name: 'Limit to applications…' }).count()).toBe(0)
  })

  it('is told on every page what they see, and finds no page that is about all', async () => {
    staff.expectProblem(/status of 403.*support\/overview/)
    // They are on the overview since they came in, and what it asks next is refused.
    await limited.getByText('this is about all of them').waitFor()
    await inspect(limited, 'limited-forbidden')
    const said = [...staff.problems]
    await limited.goto(`${staff.url}/console`)
    await limited.getByRole('heading', { name: 'Applications' }).waitFor()
    await hint().getByRole('link', { name: 'Acme' }).waitFor()
    await limited.getByRole('table').getByRole('link', { name: 'Acme' }).waitFor()
    expect(await limited.getByText('Globex').count()).toBe(0)
    const nav = limited.getByRole('navigation', { name: 'Sections' })
    expect(await nav.getByRole('link').allInnerTexts()).toEqual([
      'Health board',
      'Outages',
      'Recover',
      'Applications',
      'Messages',
      'Tasks',
      'Test receiver',
    ])
    await inspect(limited, 'limited-applications')
    for (const name of await nav.getByRole('link').allInnerTexts()) {
      await nav.getByRole('link', { name, exact: true }).click()
      await limited.getByRole('heading', { level: 1, name, exact: true }).waitFor()
      await hint().waitFor()
      await limited.waitForLoadState('networkidle')
    }
    expect(staff.problems).toEqual(said)
  })
})
