import { watchOutages } from '@posthorn/core/support'
import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInAs, signInOwner } from './console-steps.ts'
import { addCustomer, type Customer } from './health-setup.ts'
import { inspect } from './inspect.ts'

// Each goes on where the one before left.
describe.skipIf(isWithoutBrowser())('a user who is limited to applications', () => {
  let staff: Console
  let page: Page
  let limited: Page
  const customers: Customer[] = []

  beforeAll(async () => {
    staff = await startConsole()
    page = await signInOwner(staff)
    for (const name of ['Acme', 'Globex', 'Initech'])
      customers.push(await addCustomer(staff, name, 1))
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
    for (const path of ['queues', 'event-types', 'alerts', 'sources']) {
      await limited.goto(`${staff.url}/console/${staff.orgId}/${path}`)
      await limited.getByText('this is about all of them').waitFor()
    }
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

  it('is told of an outage that is over by what it was for their customers', async () => {
    const { receiver, core } = staff
    const { prisma, hot } = core.db
    receiver.replies(503)
    for (const { appId } of customers)
      await staff.call('POST', `/app/${appId}/msg`, { eventType: 'a.b', payload: {} })
    await waitFor('their first attempts', async () => (await prisma.attempt.count()) >= 3, 30_000)
    receiver.replies(200)
    const fail = `UPDATE endpoint_state SET failing_since = now() - interval '1 hour', failure_count = 6`
    await hot.query(fail)
    await watchOutages(core)
    await hot.query(`UPDATE endpoint_state SET failing_since = NULL, failure_count = 0`)
    await watchOutages(core)
    const figures = async (of: Page) => {
      await of.goto(`${staff.url}/console/${staff.orgId}/outages`)
      const row = of.getByRole('table', { name: 'Over' }).locator('tbody tr')
      await row.getByText('503: server unavailable').waitFor()
      return (await row.locator('td').allInnerTexts()).slice(1, 3)
    }
    expect(await figures(page)).toEqual(['3', '3'])
    expect(await figures(limited)).toEqual(['1', '1'])
    await inspect(limited, 'limited-outages')
  })
})
