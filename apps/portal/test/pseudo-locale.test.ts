import { waitFor } from '@posthorn/test-kit'
import { expectWholePseudo, speakPseudo } from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const NAMES = [
  /Acme Billing|Webhooks|\/hook/g,
  /JavaScript|Python|Kotlin|Ruby|Rust|Elixir|Java|PHP|Shell|Go|C#|Express|Fastify|Next\.js/g,
  /\b(svix|none|invoice|paid|voided|evt)\b\S*|\b(ep|msg|atmpt)_\S*/g,
]

describe.skipIf(isWithoutBrowser())('in a language that nobody speaks', () => {
  let portal: Portal
  let page: Page
  let endpointId = ''
  let messageId = ''

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: '3600' })
    const example = { id: 'inv_1' }
    const schema = { type: 'object', properties: { id: { type: 'string' } }, examples: [example] }
    for (const name of ['invoice.paid', 'invoice.voided'])
      await portal.call('POST', '/event-type', { name, description: '', schemas: { 1: schema } })
    page = await portal.newPage({ locale: 'de-DE' })
    await speakPseudo(page)
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const open = async (path: string) => {
    const capabilities = [
      'ViewBase',
      'ViewEndpointSecret',
      'ManageEndpointSecret',
      'ManageEndpoint',
      'CreateAttempts',
      'ViewSources',
      'ManageSources',
    ]
    const link = new URL(await portal.link({ capabilities }))
    link.searchParams.set('next', path)
    await page.goto(link.href)
    await page.getByRole('heading').first().waitFor()
    await page.waitForLoadState('networkidle')
  }
  const judge = (what: string) => expectWholePseudo(page, { what, names: NAMES })

  it.each([
    '/endpoints',
    '/endpoints/new',
    '/messages',
    '/messages?tag=none',
    '/activity',
    '/event-types',
    '/sources',
    '/nowhere',
  ])('says nothing else on %s while there is nothing yet', async (path) => {
    await open(path)
    await judge(path)
  })

  it('says nothing else where an endpoint fails', async () => {
    portal.receiver.replies(503)
    const { id } = await portal.call('POST', '/app/acme/endpoint', {
      url: portal.receiver.url,
      headers: { authorization: 'secret' },
    })
    endpointId = String(id)
    for (let n = 0; n < 6; n++) {
      const body = { eventType: 'invoice.paid', payload: { n }, eventId: `evt-${n}` }
      messageId = String((await portal.call('POST', '/app/acme/msg', body))['id'])
    }
    await waitFor('the attempts', () => portal.receiver.requests.length === 6)
    await open('/endpoints')
    await judge('the list of endpoints')
    await open(`/endpoints/${endpointId}`)
    await judge('its page')
  })

  it.each(['testing', 'advanced', 'history'])('says nothing else on its tab %s', async (tab) => {
    await open(`/endpoints/${endpointId}?tab=${tab}`)
    await judge(tab)
  })

  it.each([
    ['the attempts', () => `/endpoints/${endpointId}?log=attempts`],
    ['messages', () => '/messages'],
    ['a message', () => `/messages/${messageId}`],
    ['activity', () => '/activity'],
    ['an event type', () => '/event-types/invoice.paid'],
  ])('says nothing else on %s', async (what, path) => {
    await open(path())
    await judge(what)
  })
})
