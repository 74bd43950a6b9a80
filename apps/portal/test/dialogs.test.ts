import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

describe.skipIf(isWithoutBrowser())('on an endpoint', () => {
  let portal: Portal
  let page: Page
  let endpointId: string

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    const endpoint = await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    endpointId = String(endpoint['id'])
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('link', { name: portal.receiver.url }).click()
    await page.getByRole('heading', { name: 'Message Attempts' }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const act = async (name: string) => {
    await page.locator('header.row summary', { hasText: 'Actions' }).click()
    await page.locator('header.row').getByRole('button', { name, exact: true }).click()
  }
  const dialog = () => page.getByRole('dialog')
  const headers = async () => {
    const sent = portal.receiver.requests.length
    await portal.call('POST', '/app/acme/msg', { eventType: 'invoice.paid', payload: {} })
    await waitFor('the delivery', () => portal.receiver.requests.length > sent)
    return portal.receiver.requests.at(-1)?.headers ?? {}
  }

  it('headers are listed again when the page is opened again, and gone from what is sent once removed', async () => {
    await page.getByRole('link', { name: 'Advanced' }).click()
    for (const [name, value] of [
      ['x-plain', 'seen'],
      ['authorization', 'Basic hidden'],
    ] as const) {
      await page.getByLabel('Header name').fill(name)
      await page.getByLabel('Header value').fill(value)
      await page.getByRole('button', { name: 'Add header' }).click()
      await page.getByRole('button', { name: `Remove header ${name}` }).waitFor()
    }
    await page.reload()
    await page.getByText('seen').waitFor()
    await page.getByText('set, not shown').waitFor()
    await inspect(page, 'advanced')
    expect(await headers()).toMatchObject({ 'x-plain': 'seen', authorization: 'Basic hidden' })
    await page.getByLabel('Header name').fill('authorization')
    await page.getByLabel('Header value').fill('Basic other')
    await page.getByRole('button', { name: 'Add header' }).click()
    await page.getByText('Header saved').waitFor()
    expect((await headers())['authorization']).toBe('Basic other')
    await page.getByRole('button', { name: 'Remove header authorization' }).click()
    await page.getByText('set, not shown').waitFor({ state: 'detached' })
    expect(await headers()).not.toHaveProperty('authorization')
    const toast = page.getByText('authorization is no longer sent')
    await toast.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('authorization is set again').waitFor()
    await page.getByText('set, not shown').waitFor()
    expect((await headers())['authorization']).toBe('Basic other')
  })

  it('a header that is ours to send, or that nobody could, is refused while it is typed', async () => {
    const add = page.getByRole('button', { name: 'Add header' })
    await page.getByLabel('Header value').fill('1')
    await page.getByLabel('Header name').fill('content-length')
    await page.getByText("content-length can't be set").waitFor()
    expect(await add.isDisabled()).toBe(true)
    await page.getByLabel('Header name').fill('x note')
    await page.getByText('letters, digits and -').waitFor()
    await page.getByLabel('Header name').fill('x-note')
    expect(await add.isDisabled()).toBe(false)
    await page.getByLabel('Header value').fill('schön')
    await page.getByText('Only printable ASCII').waitFor()
    expect(await add.isDisabled()).toBe(true)
  })

  it('disabling says what it does, and enabling brings it back', async () => {
    await act('Disable Endpoint')
    await dialog()
      .getByText(/New messages are kept/)
      .waitFor()
    await inspect(page, 'disable')
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    await act('Disable Endpoint')
    await dialog().getByRole('button', { name: 'Disable Endpoint' }).click()
    await page.getByText('It was disabled by', { exact: false }).waitFor()
    await inspect(page, 'disabled')
    await page.getByRole('link', { name: 'Testing' }).click()
    await page.getByText('Enable the endpoint first.').waitFor()
    await act('Enable Endpoint')
    await page.getByText('Enable the endpoint first.').waitFor({ state: 'detached' })
  })

  it('recovering begins where it is asked to, and is found again after a reload', async () => {
    await page.getByRole('link', { name: 'Overview' }).click()
    portal.receiver.replies(500, 500, 200)
    const sent = portal.receiver.requests.length
    await headers()
    await headers()
    await act('Recover Failed Messages')
    await inspect(page, 'recover')
    await dialog().getByRole('button', { name: 'Recover', exact: true }).click()
    await page.getByText('Finished: all sent on their way').waitFor()
    await waitFor('both again', () => portal.receiver.requests.length === sent + 4)
    expect(page.url()).toContain('task=')
    await page.reload()
    await page.getByText('Finished: all sent on their way').waitFor()
    await inspect(page, 'task')
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByText('Finished: all sent on their way').waitFor({ state: 'detached' })
  })

  it('Recover failed since here begins with that message', async () => {
    portal.receiver.replies(500, 200)
    await headers()
    const id = portal.receiver.requests.at(-1)?.messageId ?? ''
    await waitFor('the attempt', async () => {
      const { data } = await portal.call('GET', `/app/acme/attempt/msg/${id}`)
      return JSON.stringify(data).includes('http_500')
    })
    // The top of the list is out of view: what is new is told of there, and shown when it is asked for.
    await page.reload()
    const row = page.getByRole('row', { name: id })
    await row.locator('summary').click()
    await row.getByRole('button', { name: /^Recover failed since/ }).click()
    expect(await dialog().getByLabel('Window').inputValue()).toBe('message')
    await page.keyboard.press('Escape')
  })

  it('without a clipboard the text is shown, selected, and nothing is thrown', async () => {
    await page.evaluate(() =>
      Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }),
    )
    await page.getByRole('button', { name: 'Copy: Endpoint id' }).click()
    await page.getByText('press Ctrl+C', { exact: false }).first().waitFor()
    const area = page.locator('textarea.copy-area')
    expect(await area.inputValue()).toBe(endpointId)
    expect(await area.evaluate((it: HTMLTextAreaElement) => it.selectionEnd)).toBe(
      endpointId.length,
    )
    await page.getByRole('button', { name: 'Copy URL' }).click()
    expect(await area.inputValue()).toBe(portal.receiver.url)
    await page.keyboard.press('Escape')
    await area.waitFor({ state: 'detached' })
  })

  it('deleting asks for its host, says what stays, and looks for nothing that is gone however long it takes', async () => {
    await page.clock.install()
    await page.reload()
    await act('Delete')
    await inspect(page, 'delete')
    const confirm = dialog().getByRole('button', { name: 'Delete' })
    expect(await confirm.isDisabled()).toBe(true)
    await dialog()
      .getByLabel(/to confirm/)
      .fill(new URL(portal.receiver.url).host)
    await page.route(`**/endpoint/${endpointId}`, async (route) => {
      const response = await route.fetch()
      await page.clock.runFor(20_000)
      await route.fulfill({ response })
    })
    await confirm.click()
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
  })
})
