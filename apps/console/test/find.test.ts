import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInAs, signInOwner } from './console-steps.ts'
import { inspect } from './inspect.ts'

const LABEL = 'Message, attempt, event, application or endpoint'

describe.skipIf(isWithoutBrowser())('the search box', () => {
  let staff: Console
  let page: Page
  let acme = ''
  let endpoint = ''
  let message = ''
  let attempt = ''

  beforeAll(async () => {
    staff = await startConsole()
    page = await signInOwner(staff)
    await staff.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    const app = await staff.call('POST', '/app', { name: 'Acme Billing', uid: 'cust-0815' })
    acme = String(app['id'])
    const url = `${staff.receiver.url}/orders`
    endpoint = String((await staff.call('POST', `/app/${acme}/endpoint`, { url }))['id'])
    const body = { eventType: 'invoice.paid', eventId: 'order-4711', payload: {} }
    message = String((await staff.call('POST', `/app/${acme}/msg`, body))['id'])
    const path = `/app/${acme}/attempt/msg/${message}`
    await waitFor('the attempt', async () => {
      const { data } = await staff.call('GET', path)
      attempt = Array.isArray(data) ? String(data[0]?.id ?? '') : ''
      return attempt !== ''
    })
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const results = () => page.getByRole('dialog').getByRole('link')
  const ask = async (text: string) => {
    await page.keyboard.press('Control+k')
    await page.getByLabel(LABEL).fill(text)
  }
  const close = async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  it('leads to a message, a customer or an endpoint by whatever names it, with Enter alone', async () => {
    const host = new URL(staff.receiver.url).host
    const places: readonly (readonly [string, string])[] = [
      [message, `/messages/${acme}/${message}`],
      ['order-4711', `/messages/${acme}/${message}`],
      [acme, `/applications/${acme}`],
      ['cust-08', `/applications/${acme}`],
      ['acme bill', `/applications/${acme}`],
      [endpoint, `/endpoints/${acme}/${endpoint}`],
      [attempt, `/messages/${acme}/${message}?attempt=${attempt}`],
      [`http://${host}/hook/orders`, `/endpoints/${acme}/${endpoint}`],
    ]
    for (const [text, path] of places) {
      await page.goto(`${staff.url}/console/${staff.orgId}/audit`)
      await page.getByRole('heading', { name: 'Audit log' }).waitFor()
      await page.keyboard.press('Control+k')
      await page.getByLabel(LABEL).waitFor()
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
      await page.waitForURL(`**${path}`)
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.waitForFunction(() => document.activeElement?.id === 'content')
      const id = path.replace(/\?.*/, '').split('/').at(-1)
      expect(await page.title()).toMatch(new RegExp(`^[A-Z][a-z]+: ${id} · Posthorn$`))
    }
  })

  it('opens from the header, and its results are walked through with the arrows', async () => {
    await page.getByRole('button', { name: 'Find', exact: true }).click()
    await page.getByLabel(LABEL).fill('acme')
    await results().getByText('Acme Billing').waitFor()
    await inspect(page, 'find')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Acme Billing')
    await page.keyboard.press('ArrowUp')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await close()
    const opener = page.getByRole('button', { name: 'Find', exact: true })
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true)
  })

  it('finds pages by their title, also in German', async () => {
    await ask('event t')
    await results().getByText('Event types').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/event-types')
    await page.getByLabel('Language').selectOption('de')
    await page.getByRole('heading', { name: 'Ereignistypen' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByLabel('Nachricht, Versuch, Ereignis, Anwendung oder Endpunkt').fill('nachrich')
    await results().getByText('Nachrichten', { exact: true }).waitFor()
    await close()
    await page.getByLabel('Sprache').selectOption('en')
    await page.getByRole('heading', { name: 'Event types' }).waitFor()
  })

  it('finds what can be done by what it is called, as far as the role allows', async () => {
    await ask('create api')
    await results().getByText('Create API key').waitFor()
    await inspect(page, 'find-action')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/api-keys?new=1')
    await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.waitForURL('**/api-keys')
    const vera = await signInAs(staff, page, 'viewer')
    await vera.keyboard.press('Control+k')
    await vera.getByLabel(LABEL).fill('endpoints')
    await vera.getByText('Applications without endpoints').waitFor()
    await vera.getByLabel(LABEL).fill('create api')
    await vera.getByText('Nothing has this id, name or URL').waitFor()
    await vera.close()
  })

  it('says that nothing is there, and that asking failed, and asks again', async () => {
    staff.expectProblem(/status of 500/)
    await ask('nobody-has-this')
    await page.getByText('Nothing has this id, name or URL').waitFor()
    await inspect(page, 'find-nothing')
    await page.route('**/api/v1/support/search*', (route) =>
      route.fulfill({ status: 500, body: '{}', headers: { 'x-request-id': 'req_find' } }),
    )
    await page.getByLabel(LABEL).fill('cust-0815')
    await page.getByText('req_find').waitFor()
    await inspect(page, 'find-error')
    await page.unroute('**/api/v1/support/search*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await results().getByText('Acme Billing').waitFor()
    await close()
  })
})
