import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const SCRIPT = `<script>globalThis.hit=1</script><img src=x onerror="globalThis.hit=1"><svg onload="globalThis.hit=1">`
const TURNED = `${SCRIPT}\u202egnp.exe`
const QUERY = '?q=%3Cscript%3Ealert(1)%3C/script%3E'
const MEGABYTE = 1_048_576

describe.skipIf(isWithoutBrowser())("strangers' bytes", () => {
  let portal: Portal
  let page: Page
  let endpointId: string

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    await portal.call('POST', '/event-type', {
      name: 'odd.one',
      description: TURNED,
      schemas: {
        1: {
          type: 'object',
          properties: { [SCRIPT]: { type: 'string', description: TURNED } },
          examples: [{ a: TURNED }],
        },
      },
    })
    const endpoint = await portal.call('POST', '/app/acme/endpoint', {
      url: portal.receiver.url + QUERY,
      description: TURNED,
      headers: { 'x-odd': SCRIPT },
    })
    endpointId = String(endpoint['id'])
    page = await portal.newPage()
    page.on('dialog', (dialog) => {
      portal.problems.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.goto(await portal.link())
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const isClean = async () => {
    expect(await page.evaluate(() => Reflect.get(globalThis, 'hit'))).toBeUndefined()
    expect(portal.problems).toEqual([])
    expect(await page.locator('main script, main svg[onload], main img').count()).toBe(0)
  }
  const publish = async (payload: object, extra: object = {}) => {
    const sent = portal.receiver.requests.length
    const { id } = await portal.call('POST', '/app/acme/msg', {
      eventType: 'odd.one',
      payload,
      ...extra,
    })
    await waitFor('the delivery', () => portal.receiver.requests.length > sent)
    return String(id)
  }

  it('in URL, description and headers of an endpoint are shown as text', async () => {
    await page.getByText('<script>globalThis.hit=1</script>', { exact: false }).first().waitFor()
    expect(await page.getByText('U+202E').count()).toBeGreaterThan(0)
    await page.goto(`${portal.url}/portal/endpoints/${endpointId}?tab=advanced`)
    await page.getByText('onerror', { exact: false }).first().waitFor()
    await isClean()
    await inspect(page, 'hostile-headers')
  })

  it('in the catalog are shown as text', async () => {
    await page.goto(`${portal.url}/portal/event-types/odd.one`)
    await page.getByText('U+202E').first().waitFor()
    await isClean()
  })

  it('in payload and receiver answer are shown as text, their invisible characters named', async () => {
    const body = `${TURNED}\u2066\u001b[31m`
    portal.receiver.replies({ status: 500, body, headers: { 'x-odd': SCRIPT, server: '<b>x</b>' } })
    const id = await publish({ [SCRIPT]: TURNED, big: 1 })
    await page.goto(`${portal.url}/portal/messages/${id}`)
    await page.getByText('U+2066').waitFor()
    await page.getByText('U+001B').waitFor()
    await page.getByText('<b>x</b>').waitFor()
    await isClean()
    await inspect(page, 'hostile-message')
  })

  it('that are no UTF-8 are shown as what is left of them', async () => {
    portal.receiver.replies({ status: 500, body: Buffer.from([0xff, 0xfe, 0x41, 0xc3, 0x28, 0]) })
    const id = await publish({ n: 1 })
    await page.goto(`${portal.url}/portal/messages/${id}`)
    await page.getByText('It is no text.', { exact: false }).waitFor()
    await page.getByText('U+FFFD').first().waitFor()
    await page.getByText('U+0000').waitFor()
    await isClean()
  })

  it('of nearly 2 MB are cut until they are asked for, and copied whole', async () => {
    portal.receiver.replies({ status: 500, body: 'x'.repeat(2 * MEGABYTE) })
    const id = await publish({ text: 'ä"\\'.repeat(MEGABYTE / 6) })
    await page.goto(`${portal.url}/portal/messages/${id}`)
    await page.getByRole('button', { name: /^Show it/ }).click()
    const whole = page.getByRole('button', { name: /^Show all/ })
    await whole.waitFor()
    const shown = await page.getByRole('region', { name: 'Payload' }).textContent()
    expect(shown?.length).toBeLessThan(70_000)
    await isClean()
    await whole.click()
    await waitFor('the whole payload', async () => {
      const text = await page.getByRole('region', { name: 'Payload' }).textContent()
      return (text?.length ?? 0) > MEGABYTE / 2
    })
  })
})
