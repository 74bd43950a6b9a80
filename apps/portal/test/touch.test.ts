import { tooLowForTouch } from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

describe.skipIf(isWithoutBrowser())('under a finger', () => {
  let portal: Portal
  let page: Page
  let endpointId: string

  beforeAll(async () => {
    portal = await startPortal()
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    await portal.call('POST', '/event-type', { name: 'invoice.late', description: '' })
    const endpoint = await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    endpointId = String(endpoint['id'])
    await portal.call('POST', '/app/acme/msg', { eventType: 'invoice.paid', payload: {} })
    page = await portal.newPage(PHONE)
    await page.goto(await portal.link())
    await page.getByRole('link', { name: 'Add Endpoint' }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  it.each([
    ['the list of endpoints', () => '/endpoints', 'Add Endpoint'],
    ['an endpoint', () => `/endpoints/${endpointId}`, 'Signing secret'],
    ['its settings', () => `/endpoints/${endpointId}?tab=advanced`, 'Custom Headers'],
    ['its test', () => `/endpoints/${endpointId}?tab=testing`, 'Send Example'],
    ['the list of messages', () => '/messages', '1 delivered'],
    ['activity', () => '/activity', 'Success rate'],
    ['the catalog', () => '/event-types/invoice.paid', 'Endpoints that take it'],
  ])('all controls of %s are high enough', async (_, path, text) => {
    await page.goto(`${portal.url}/portal${path()}`)
    await page.getByText(text).first().waitFor()
    expect(await tooLowForTouch(page)).toEqual([])
  })

  it('so are those of the tree of event types', async () => {
    await page.goto(`${portal.url}/portal/endpoints/new`)
    await page.getByLabel('Only these').check()
    await page.getByRole('treeitem').first().waitFor()
    expect(await tooLowForTouch(page)).toEqual([])
  })
})
