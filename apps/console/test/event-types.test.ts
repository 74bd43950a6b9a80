import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInOwner } from './console-steps.ts'
import { inspect } from './inspect.ts'

const schema = (properties: object) =>
  JSON.stringify({ type: 'object', required: ['id'], properties })

describe.skipIf(isWithoutBrowser())('an event type that is in use', () => {
  let staff: Console
  let page: Page
  let broken = ''

  beforeAll(async () => {
    staff = await startConsole()
    page = await signInOwner(staff)
    const schemas = { 1: JSON.parse(schema({ id: { type: 'string' }, total: {} })) }
    await staff.call('POST', '/event-type', { name: 'invoice.paid', description: '', schemas })
    await staff.call('POST', '/app', { name: 'Acme', uid: 'acme' })
    const { url } = staff.receiver
    await staff.call('POST', '/app/acme/endpoint', { url, eventTypes: ['invoice.paid'] })
    await staff.call('POST', '/app/acme/endpoint', { url: `${url}/all` })
    const publish = (payload: object) =>
      staff.call('POST', '/app/acme/msg', { eventType: 'invoice.paid', payload })
    await publish({ id: 'inv_1' })
    broken = String((await publish({ id: 7, secret: 'of a person' }))['id'])
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  it('says who listens, before anybody archives it', async () => {
    await page.goto(`${staff.url}/console/${staff.orgId}/event-types/invoice.paid`)
    await page.getByText('Endpoints that chose it: 1 (applications: 1).').waitFor()
    await page.getByText('Endpoints that take every event type: 1.').waitFor()
    await page.getByRole('link', { name: 'Acme' }).waitFor()
  })

  it('says what a changed schema may break, before it is saved', async () => {
    await page.getByLabel('JSON Schema').fill(schema({ id: { type: 'integer' } }))
    await page.getByText('This may break what relies on the former schema').waitFor()
    await page.getByText('was string, becomes integer.').waitFor()
    await page.getByText('is no longer described; receivers may still read it.').waitFor()
    await page.getByText('The schema is right').waitFor()
    await inspect(page, 'event-type-breaking')
    const loose = { id: { type: 'string' }, total: {}, note: {} }
    await page.getByLabel('JSON Schema').fill(schema(loose))
    await page.getByText('This may break').waitFor({ state: 'detached' })
  })

  it('says the same of a document that is looked at before it is imported', async () => {
    await page.goto(`${staff.url}/console/${staff.orgId}/event-types/~import`)
    const body = { content: { 'application/json': { schema: JSON.parse(schema({ id: {} })) } } }
    const webhooks = { 'invoice.paid': { post: { description: 'Paid', requestBody: body } } }
    const info = { title: 'Webhooks', version: '1' }
    const document = JSON.stringify({ openapi: '3.1.0', info, webhooks })
    await page.getByLabel('OpenAPI document').fill(document)
    await page.getByRole('button', { name: 'Show what changes' }).click()
    await page.getByText('is no longer described; receivers may still read it.').waitFor()
    await inspect(page, 'import-breaking')
    await page.goto(`${staff.url}/console/${staff.orgId}/event-types/invoice.paid`)
  })

  it('leads to the messages that broke it, each with what is wrong in it', async () => {
    await page.getByRole('link', { name: 'Those whose payload broke the schema' }).click()
    const rows = page.locator('tbody tr')
    await rows.getByText(broken).waitFor()
    expect(await rows.count()).toBe(1)
    await rows.getByRole('link', { name: 'invoice.paid' }).click()
    await page.getByText('The payload is not as its event type says').waitFor()
    await page.getByText('/id', { exact: true }).waitFor()
    await inspect(page, 'message-schema-faults')
  })

  it('has a payload removed that should never have been in it', async () => {
    await page.getByText('of a person').first().waitFor()
    await page.getByRole('button', { name: 'Remove the payload' }).click()
    await page.getByText('deleted for good').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the payload' }).click()
    await page.getByText("it can't be replayed").first().waitFor()
    await page.getByText('of a person').waitFor({ state: 'detached' })
    expect(await page.getByRole('button', { name: 'Remove the payload' }).count()).toBe(0)
    const { data } = await staff.call('GET', '/audit?action=message.expunge_content')
    expect(data).toMatchObject([{ target: broken, actorName: 'Olive' }])
  })
})
