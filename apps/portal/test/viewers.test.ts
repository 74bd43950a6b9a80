import { waitFor } from '@posthorn/test-kit'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const ZONE = 'America/New_York'

describe.skipIf(isWithoutBrowser())('a viewer', () => {
  let portal: Portal
  let endpointId = ''
  let messageId = ''
  let page: Page

  beforeAll(async () => {
    portal = await startPortal()
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    const { id } = await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    endpointId = String(id)
    messageId = await publish()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())
  afterEach(() => page.context().close())

  const publish = async () => {
    const { id } = await portal.call('POST', '/app/acme/msg', {
      eventType: 'invoice.paid',
      payload: {},
    })
    return String(id)
  }
  const open = async (path: string) => {
    const link = new URL(await portal.link())
    link.searchParams.set('next', path)
    await page.goto(link.href)
  }
  const comeFrom = async (options: BrowserContextOptions) => {
    page = await portal.newPage(options)
  }

  it('of another zone reads when it was there, and in UTC beside it', async () => {
    await comeFrom({ timezoneId: ZONE, locale: 'en' })
    await open(`/messages/${messageId}`)
    const { timestamp } = await portal.call('GET', `/app/acme/msg/${messageId}`)
    const at = new Date(String(timestamp))
    const there = at.toLocaleString('en', {
      dateStyle: 'medium',
      timeStyle: 'medium',
      timeZone: ZONE,
    })
    const utc = at.toISOString().slice(0, 19).replace('T', ' ')
    const shown = await page.locator('header .facts time').first().innerText()
    const withPlainSpaces = (text: string) => text.replaceAll(/\s+/g, ' ')
    expect(withPlainSpaces(shown)).toBe(withPlainSpaces(`${there} (${utc} UTC)`))
  })

  it('whose clock is hours behind is told how long ago by the clock of the server', async () => {
    await comeFrom({})
    await page.clock.setSystemTime(Date.now() - 3 * 3_600_000)
    await open('/messages')
    const ago = await page.locator('tbody time').first().innerText()
    expect(ago).toMatch(/^now$|sec\. ago$|min\. ago$/)
  })

  it('who asked for less motion sees nothing move: what is new waits until it is wanted', async () => {
    await comeFrom({ reducedMotion: 'reduce' })
    await open('/messages')
    const rows = page.locator('tbody tr')
    await rows.first().waitFor()
    const before = await rows.count()
    await publish()
    await page.getByRole('button', { name: '1 new' }).click()
    await waitFor('one more row', async () => (await rows.count()) === before + 1)
    const moving = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    )
    expect(moving).toBe(0)
  })

  it('whose browser keeps nothing goes from screen to screen all the same', async () => {
    await comeFrom({})
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(globalThis, name, {
          get: () => {
            throw new DOMException('Storage is denied.', 'SecurityError')
          },
        })
    })
    await open('/endpoints')
    await page.getByRole('link', { name: portal.receiver.url }).click()
    await page.getByRole('link', { name: 'Messages' }).click()
    await page.getByText(messageId).waitFor()
    await page.getByLabel('Theme').selectOption('dark')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  })

  it('who walks away leaves no secret on the screen for longer than a minute', async () => {
    await comeFrom({})
    await page.clock.install()
    await open(`/endpoints/${endpointId}`)
    const secret = page.locator('p.secret')
    const { key } = await portal.call('GET', `/app/acme/endpoint/${endpointId}/secret`)
    await page.getByRole('button', { name: 'Reveal' }).click()
    await waitFor('the secret', async () => (await secret.innerText()) === key)
    await page.clock.fastForward('00:59')
    expect(await secret.innerText()).toBe(key)
    await page.clock.fastForward('00:02')
    await waitFor('that it is hidden', async () => (await secret.innerText()).includes('••'))
  })
})
