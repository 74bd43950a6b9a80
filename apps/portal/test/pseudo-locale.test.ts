import { waitFor } from '@posthorn/test-kit'
import { cutOff, speakPseudo, untranslated } from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

// Names, which are the same in every language, and what `Intl` writes.
const KNOWN = [
  /Acme Billing|Webhooks|English|Deutsch/g,
  /JavaScript|Python|Kotlin|Ruby|Rust|Elixir|Java|PHP|Shell|Go|C#|Express|Fastify|Next\.js/g,
  /\d\. (Jan|Feb|März|Apr|Mai|Juni?|Juli?|Aug|Sept?|Okt|Nov|Dez)\.?/g,
  /webhook-(id|timestamp|signature)|content-type|user-agent|https?:\S*|\/hook/g,
  /\b(svix|none|invoice|paid|voided|evt|ep|msg|atmpt)\b\S*/g,
  /\b\d[\d.,]*\s?(ms|Sek\.?|Min\.?|Std\.?|Sekunden?|Minuten?|Stunden?|Tage?|%)/g,
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
  const judge = async (what: string) => {
    expect(await untranslated(page, KNOWN), `no text of the catalogue on ${what}`).toEqual([])
    await page.setViewportSize({ width: 320, height: 800 })
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    const cut = await cutOff(page)
    await page.setViewportSize({ width: 1280, height: 900 })
    expect(width, `width of ${what} at 320 px`).toBeLessThanOrEqual(320)
    expect(cut, `cut off on ${what} at 320 px`).toEqual([])
  }

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
