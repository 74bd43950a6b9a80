import { waitFor } from '@posthorn/test-kit'
import { expectWholeInTrouble } from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

describe.skipIf(isWithoutBrowser())('every screen of the portal', () => {
  let portal: Portal
  let page: Page
  let endpoint = ''
  let message = ''

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    const { url } = portal.receiver
    endpoint = String((await portal.call('POST', '/app/acme/endpoint', { url }))['id'])
    const body = { eventType: 'invoice.paid', payload: {} }
    message = String((await portal.call('POST', '/app/acme/msg', body))['id'])
    await waitFor('the attempt', () => portal.receiver.requests.length === 1)
    page = await portal.newPage()
    await page.goto(await portal.link({ capabilities: ['ViewBase', 'ViewSources'] }))
    await page.getByRole('link', { name: url }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  it.each([
    ['the endpoints', () => 'endpoints'],
    ['an endpoint', () => `endpoints/${endpoint}`],
    ['its history', () => `endpoints/${endpoint}?tab=history`],
    ['the messages', () => 'messages'],
    ['a message', () => `messages/${message}`],
    ['the event catalog', () => 'event-types'],
    ['an event type', () => 'event-types/invoice.paid'],
    ['the activity', () => 'activity'],
    ['the sources', () => 'sources'],
  ])('holds its place, says what failed and goes on: %s', async (_what, path) => {
    portal.expectProblem(/status of 500/)
    const open = () => page.goto(`${portal.url}/portal/${path()}`)
    await expectWholeInTrouble(page, { open, isOfScreen: () => true })
  })
})
