import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const SCHEMA = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, lines: { type: 'array', items: { type: 'integer' } } },
  examples: [{ id: 'inv_1' }, { id: 'inv_2', lines: [1] }],
}

describe.skipIf(isWithoutBrowser())('the event catalog', () => {
  let portal: Portal
  let page: Page
  let other: string

  beforeAll(async () => {
    portal = await startPortal()
    const add = (name: string, fields = {}) =>
      portal.call('POST', '/event-type', { name, description: '', ...fields })
    await add('invoice.paid', { schemas: { '1': SCHEMA } })
    await add('invoice.voided')
    await add('user.created')
    const { url } = portal.receiver
    await portal.call('POST', '/app/acme/endpoint', { url, eventTypes: ['invoice.paid'] })
    const fields = { url: `${url}/users`, eventTypes: ['user.created'] }
    other = String((await portal.call('POST', '/app/acme/endpoint', fields))['id'])
    page = await portal.newPage()
    await page.goto(await portal.link({}))
    await page.getByRole('link', { name: 'Event catalog' }).click()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const open = (name: string) => page.getByRole('link', { name, exact: true }).click()

  it('keeps types together whose names begin alike, and finds them by a part of the name', async () => {
    const group = page.locator('details', { hasText: 'invoice' })
    await group.getByRole('link').first().waitFor()
    expect(await group.getByRole('link').allTextContents()).toEqual([
      'invoice.paid',
      'invoice.voided',
    ])
    await page.getByLabel('Search event types').fill('created')
    await group.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'user.created' }).waitFor()
    await page.getByLabel('Search event types').fill('')
  })

  it('has each example of a type, and the type itself for a program', async () => {
    await open('invoice.paid')
    await page.getByRole('region', { name: 'Example 2' }).getByText('inv_2').waitFor()
    const type = page.getByRole('region', { name: 'TypeScript, version 1' })
    expect(await type.textContent()).toBe(
      'export type InvoicePaid = {\n  id: string\n  lines?: number[]\n}',
    )
    await inspect(page, 'event-type')
  })

  it('says which endpoints take a type, adds it to another, and leads to a test', async () => {
    await page.getByText('Endpoints that take it: 1').waitFor()
    await page.getByLabel('Add to endpoint').selectOption({ label: `${portal.receiver.url}/users` })
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('Endpoints that take it: 2').waitFor()
    const { eventTypes } = await portal.call('GET', `/app/acme/endpoint/${other}`)
    expect(eventTypes).toEqual(['user.created', 'invoice.paid'])
    const message = { eventType: 'invoice.paid', payload: SCHEMA.examples[0] }
    const { id } = await portal.call('POST', '/app/acme/msg', message)
    await waitFor('both', () => portal.receiver.of(String(id)).length === 2)
    await page.getByRole('link', { name: `Send Example: ${portal.receiver.url}/users` }).click()
    await page.getByRole('heading', { name: 'Send an example' }).waitFor()
    expect(await page.getByLabel('Event type').inputValue()).toBe('invoice.paid')
  })

  it('offers nothing to a session that may only look', async () => {
    const readOnly = await portal.newPage()
    await readOnly.goto(await portal.link({ readOnly: true }))
    await readOnly.getByRole('link', { name: 'Event catalog' }).click()
    await readOnly.getByRole('link', { name: 'invoice.voided' }).click()
    await readOnly.getByText('No endpoint takes it.').waitFor()
    expect(await readOnly.getByLabel('Add to endpoint').count()).toBe(0)
    await readOnly.getByRole('link', { name: 'invoice.paid' }).click()
    await readOnly.getByText('Endpoints that take it: 2').waitFor()
    expect(await readOnly.getByRole('link', { name: /^Send Example/ }).count()).toBe(0)
    await readOnly.close()
  })
})
