import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { tabTo } from './keyboard-steps.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const MANY = 240

describe.skipIf(isWithoutBrowser())('event types are chosen with the keyboard alone', () => {
  let portal: Portal
  let page: Page

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    const add = (name: string, more: object = {}) =>
      portal.call('POST', '/event-type', { name, description: '', ...more })
    await Promise.all([
      ...Array.from({ length: MANY }, (_, n) => add(`crowd.g${n % 8}.t${n}`)),
      add('invoice.paid', {
        description: 'Money came in.',
        schemas: { 1: { type: 'object', examples: [{ amount: 12 }] } },
      }),
      add('invoice.line.added'),
      add('invoice.line.removed', { deprecated: true }),
      add('invoice.secret', { archived: true }),
      add('user.created'),
    ])
    page = await portal.newPage()
    await page.goto(await portal.link({}))
    await page.getByRole('link', { name: 'Add Endpoint' }).click()
    await tabTo(page, 'Endpoint URL')
    await page.keyboard.type(portal.receiver.url)
    await tabTo(page, 'All, future ones too')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('tree').waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const row = (name: string | RegExp) => page.getByRole('treeitem', { name })
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const focused = (text: string) =>
    waitFor(`the focus on ${text}`, () =>
      page.evaluate(
        (wanted) => (document.activeElement?.textContent ?? '').startsWith(wanted),
        text,
      ),
    )
  const checked = (name: string | RegExp, state: string) =>
    waitFor(`${String(name)} ${state}`, async () => {
      return (await row(name).first().getAttribute('aria-checked')) === state
    })

  it('the tree is one step of Tab; arrows, Home and End go on from there, and what is archived is not in it', async () => {
    await tabTo(page, 'Search event types')
    await press('Tab')
    await focused('crowd')
    await press('ArrowDown')
    await focused('invoice')
    await press('ArrowRight', 'ArrowRight')
    await focused('invoice.line')
    await press('ArrowRight', 'ArrowRight')
    await focused('invoice.line.added')
    await press('ArrowLeft')
    await focused('invoice.line')
    await press('ArrowLeft')
    expect(await row('invoice.line.added').count()).toBe(0)
    await press('End')
    await focused('user.created')
    await press('Home')
    await focused('crowd')
    expect(await row(/invoice\.secret/).count()).toBe(0)
  })

  it('Space chooses a type or a whole group, and a group says when only some of it are chosen', async () => {
    await press('i')
    await focused('invoice')
    await press('Space')
    await checked(/^invoice 3 types/, 'true')
    await press('ArrowRight')
    await press('p')
    await focused('invoice.paid')
    await press('Space')
    await checked(/^invoice\.paid/, 'false')
    await checked(/^invoice 3 types/, 'mixed')
    await checked(/^invoice\.line/, 'true')
    await page.getByText('Chosen: 2.').waitFor()
  })

  it('typing letters goes to what they begin', async () => {
    await page.keyboard.type('user')
    await focused('user.created')
  })

  it('shows the example of what has the focus, and marks what is deprecated', async () => {
    await press('i', 'ArrowDown')
    await focused('invoice.line')
    await press('ArrowRight', 'End', 'ArrowUp')
    await focused('invoice.paid')
    await page.getByText('"amount": 12').waitFor()
    await row(/invoice\.line\.removed.*deprecated/).waitFor()
    await inspect(page, 'event-type-tree')
  })

  it('a search finds in names and descriptions, and leads into the tree', async () => {
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.type('money')
    await waitFor('one row', async () => (await page.getByRole('treeitem').count()) === 1)
    await press('ArrowDown')
    await focused('invoice.paid')
    await press('Enter')
    await page.getByText('Chosen: 3.').waitFor()
  })

  it('of hundreds no more are drawn than can be looked through', async () => {
    const search = page.getByRole('searchbox', { name: 'Search event types' })
    await search.fill('crowd')
    await page.getByText(/^And \d+ more/).waitFor()
    expect(await page.getByRole('treeitem').count()).toBe(200)
    await search.fill('')
    await waitFor('the groups', async () => (await page.getByRole('treeitem').count()) < 20)
  })

  it('what was chosen is what the endpoint is for, and what it lost from the catalog can be let go of', async () => {
    await tabTo(page, 'Add Endpoint')
    await press('Enter')
    await page.getByRole('heading', { name: portal.receiver.url }).waitFor()
    await page.getByText('invoice.line.added, invoice.line.removed, invoice.paid').waitFor()
    await portal.call('DELETE', '/event-type/invoice.paid')
    await page.getByRole('link', { name: 'Advanced' }).click()
    await page.reload()
    await row(/invoice\.paid.*no longer in the catalog/).click()
    await page.getByText('Chosen: 2.').waitFor()
    const card = page.locator('.setting-card', { hasText: 'Message Filtering' })
    await card.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved', { exact: true }).waitFor()
    await waitFor('the types', async () => {
      const { data } = await portal.call('GET', '/app/acme/endpoint')
      return JSON.stringify(data).includes('["invoice.line.added","invoice.line.removed"]')
    })
  })
})
