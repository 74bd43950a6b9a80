import { waitFor } from '@posthorn/test-kit'
import type { BrowserContextOptions, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildHostPage, type HostSite, startHostSite } from './host-site.ts'
import { isWithoutBrowser, type Portal, PRODUCTION, startPortal } from './portal-setup.ts'

interface Given {
  readonly kind: 'svix' | 'portal' | 'frame' | 'hooks' | 'svix-hooks'
  readonly url?: string
  readonly newToken?: string
}

describe.skipIf(isWithoutBrowser())('on a page of another origin', () => {
  let site: HostSite
  let stranger: HostSite
  let portal: Portal

  beforeAll(async () => {
    const files = buildHostPage()
    site = await startHostSite(files)
    stranger = await startHostSite(files)
    portal = await startPortal({
      ...PRODUCTION,
      POSTHORN_FRAME_ANCESTORS: site.origin,
      POSTHORN_ALLOWED_ORIGINS: site.origin,
    })
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    for (const n of [1, 2])
      await portal.call('POST', '/app/acme/msg', { eventType: 'invoice.paid', payload: { n } })
  })
  afterAll(async () => {
    await portal?.[Symbol.asyncDispose]()
    await site?.[Symbol.asyncDispose]()
    await stranger?.[Symbol.asyncDispose]()
  })

  async function openHost(
    given: Given,
    { origin = site.origin, ...options }: BrowserContextOptions & { origin?: string } = {},
  ): Promise<{ page: Page; frame: FrameLocator }> {
    const page = await portal.newPage(options)
    const { token } = await portal.call('POST', '/auth/app-portal-access/acme', {})
    const all = { url: await portal.link(), baseUrl: portal.url, token, newToken: '', ...given }
    await page.addInitScript((value) => Reflect.set(globalThis, 'given', value), all)
    await page.goto(origin)
    return { page, frame: page.frameLocator('iframe') }
  }

  const themeOf = (frame: FrameLocator) =>
    frame.locator('html').evaluate((html) => ({
      theme: html.dataset['theme'],
      accent: getComputedStyle(html).getPropertyValue('--accent').trim(),
      font: getComputedStyle(html).getPropertyValue('--font').trim(),
      radius: getComputedStyle(html).getPropertyValue('--radius').trim(),
    }))

  it("Svix's own component embeds it unmodified: its theme holds, and its height follows", async () => {
    const { page, frame } = await openHost({ kind: 'svix' })
    await frame.getByRole('link', { name: portal.receiver.url }).waitFor()
    const look = await themeOf(frame)
    expect(look.theme).toBe('dark')
    expect(look.font).toContain('Georgia')
    // Too dark for a dark page as it was given.
    expect(look.accent).toMatch(/^#[0-9a-f]{6}$/)
    expect(look.accent).not.toBe('#0a7f5a')
    await waitFor('the height of the content', async () => {
      const set = await page.locator('iframe').evaluate((iframe) => iframe.style.height)
      const inner = await frame
        .locator('#root')
        .evaluate((root) => Math.ceil(root.getBoundingClientRect().height))
      return set === `${inner}px`
    })
    await page.close()
  })

  it('PosthornPortal steers screen, theme and language, and is told where the viewer went', async () => {
    const { page, frame } = await openHost({ kind: 'portal' })
    await frame.getByRole('heading', { name: 'Endpoints' }).waitFor()
    expect(await themeOf(frame)).toMatchObject({ theme: 'light', radius: '2px' })
    await page.getByRole('button', { name: 'Dark' }).click()
    await waitFor('dark', async () => (await themeOf(frame)).theme === 'dark')
    await frame.getByRole('link', { name: 'Messages' }).click()
    await page.locator('output', { hasText: '/messages' }).waitFor()
    await page.getByRole('button', { name: 'Go to the catalog' }).click()
    await frame.getByRole('heading', { name: 'Event catalog' }).waitFor()
    await page.getByRole('button', { name: 'German' }).click()
    await frame.getByRole('heading', { name: 'Ereigniskatalog' }).waitFor()
    await page.close()
  })

  it('a token about to end is renewed in place: the host is asked, and nothing is loaded again', async () => {
    const { token: newToken } = await portal.call('POST', '/auth/app-portal-access/acme', {})
    const page = await portal.newPage()
    // The page's clock is ours: an hour goes by at once.
    await page.clock.install()
    const url = await portal.link({ expiry: 3600 })
    const given = { kind: 'portal', url, newToken, baseUrl: portal.url, token: '' }
    await page.addInitScript((value) => Reflect.set(globalThis, 'given', value), given)
    await page.goto(site.origin)
    const frame = page.frameLocator('iframe')
    await frame.getByRole('link', { name: 'Add Endpoint' }).click()
    await frame.getByLabel('Endpoint URL').fill('https://half-typed.example')
    let isUsed = false
    page.on('request', (request) => {
      isUsed ||= request.headers()['authorization'] === `Bearer ${String(newToken)}`
    })
    await page.clock.fastForward('51:00')
    await page.locator('output', { hasText: /^1$/ }).waitFor()
    // What is shown is asked for again once a minute.
    await waitFor('the new token in use', async () => {
      await page.clock.fastForward('01:01')
      return isUsed
    })
    expect(await frame.getByLabel('Endpoint URL').inputValue()).toBe('https://half-typed.example')
    await page.close()
  })

  it('a copy button of a frame that was granted no clipboard shows the text, selected', async () => {
    // That the browser refuses is written on the console by the browser itself.
    portal.expectProblem(/permissions policy/i)
    const { page, frame } = await openHost({ kind: 'frame' })
    await frame.getByRole('link', { name: portal.receiver.url }).click()
    await frame.getByRole('button', { name: 'Copy: Endpoint id' }).click()
    await frame.getByText('press Ctrl+C', { exact: false }).first().waitFor()
    const area = frame.locator('textarea.copy-area')
    const { data } = await portal.call('GET', '/app/acme/endpoint')
    expect(await area.inputValue()).toBe(Array.isArray(data) ? data[0].id : '')
    const selected = await area.evaluate((it: HTMLTextAreaElement) => it.selectionEnd)
    expect(selected).toBe((await area.inputValue()).length)
    await page.close()
  })

  it('opens a dialog where the host is scrolled, not in the middle of a long frame', async () => {
    const { page, frame } = await openHost(
      { kind: 'portal' },
      { viewport: { width: 900, height: 500 } },
    )
    await frame.getByRole('link', { name: portal.receiver.url }).click()
    await frame.locator('summary', { hasText: 'Secret menu' }).click()
    await frame.getByRole('button', { name: 'Rotate secret' }).click()
    await frame.getByRole('dialog').waitFor()
    await waitFor('the dialog in view', async () => {
      const box = await frame.getByRole('dialog').boundingBox()
      return box !== null && box.y >= 0 && box.y + box.height <= 500
    })
    await page.keyboard.press('Escape')
    await frame.getByRole('button', { name: 'Copy: Endpoint id' }).click()
    await waitFor('what is told at the edge of what is seen', async () => {
      const box = await frame.locator('.toasts > p').first().boundingBox()
      return box !== null && box.y >= 0 && box.y + box.height <= 500
    })
    await page.close()
  })

  it('the hooks list, change, page and replay through the api itself', async () => {
    const { page } = await openHost({ kind: 'hooks' })
    await page.getByText(portal.receiver.url).waitFor()
    await page.getByText('message: invoice.paid').waitFor()
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByText(`${portal.receiver.url} renamed`).waitFor()
    const newest = await page.locator('output').textContent()
    await page.getByRole('button', { name: 'Older' }).click()
    await waitFor('the older message', async () => {
      const shown = await page.locator('output').textContent()
      return shown !== '' && shown !== newest
    })
    const before = portal.receiver.requests.length
    await page.getByRole('button', { name: 'Replay' }).click()
    await waitFor('the replay', () => portal.receiver.requests.length > before)
    await page.close()
  })

  it("so do Svix's hooks", async () => {
    const { page } = await openHost({ kind: 'svix-hooks' })
    await page.getByText(portal.receiver.url).waitFor()
    await page.close()
  })

  it('hooks on a site that was not allowed are refused', async () => {
    portal.expectProblem(/CORS policy|net::ERR_FAILED/)
    const { page } = await openHost({ kind: 'hooks' }, { origin: stranger.origin })
    await page.getByRole('alert').waitFor()
    expect(await page.getByText(portal.receiver.url).count()).toBe(0)
    await page.close()
  })

  it('a site that was not allowed is refused by the browser', async () => {
    portal.expectProblem(/frame-ancestors|ERR_BLOCKED_BY_RESPONSE/)
    const { page, frame } = await openHost({ kind: 'portal' }, { origin: stranger.origin })
    await waitFor('the refusal', () => portal.problems.some((text) => /frame-ancestors/.test(text)))
    expect(await frame.getByRole('heading').count()).toBe(0)
    await page.close()
  })
})
