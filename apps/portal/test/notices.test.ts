import { freePort, waitFor } from '@posthorn/test-kit'
import { type MailServer, startMailServer } from '@posthorn/test-kit/mail'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const EMAIL = 'owner@example.com'

describe.skipIf(isWithoutBrowser())('notices by e-mail in the portal', () => {
  let mail: MailServer
  let portal: Portal
  let page: Page
  /** What a mail program has of the newest mail. */
  let link = ''
  let oneClick = ''

  beforeAll(async () => {
    mail = await startMailServer()
    const port = String(await freePort())
    portal = await startPortal({
      PORT: port,
      POSTHORN_PUBLIC_URL: `http://127.0.0.1:${port}`,
      POSTHORN_SMTP_URL: mail.url,
      POSTHORN_SMTP_FROM: 'Posthorn <notices@posthorn.example>',
    })
    page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('link', { name: 'Activity' }).click()
  })
  afterAll(async () => {
    await portal?.[Symbol.asyncDispose]()
    await mail?.[Symbol.asyncDispose]()
  })

  const card = () => page.getByRole('region', { name: 'Notices by e-mail' })

  it('are asked for by an address, which gets one mail that asks for its confirmation', async () => {
    portal.expectProblem(/status of 422/)
    await card().getByLabel('E-mail address').fill('nobody at home')
    await card().getByRole('button', { name: 'Add address' }).click()
    await card().locator('.field-error', { hasText: 'email' }).waitFor()
    await card().getByLabel('E-mail address').fill(EMAIL)
    await card().getByRole('button', { name: 'Add address' }).click()
    await card().getByText('Not confirmed yet').waitFor()
    await inspect(page, 'notices-waiting')
    await waitFor('the mail', () => mail.mails.length > 0)
    const [received] = mail.mails
    expect(received?.to).toEqual([EMAIL])
    oneClick = /<(http[^>]+\/unsubscribe)>/.exec(received?.raw ?? '')?.[1] ?? ''
    link = oneClick.replace('/unsubscribe', '')
    expect(received?.raw.replaceAll('=\r\n', '')).toContain(`${link}\r\n`)
  })

  it('come once the page of the link says so', async () => {
    const reader = await portal.newPage()
    await reader.goto(link)
    await reader.getByText(`${EMAIL} was entered to get notices`).waitFor()
    await inspect(reader, 'notices-link')
    await reader.emulateMedia({ colorScheme: 'dark' })
    await inspect(reader, 'notices-link-dark')
    await reader.getByRole('button', { name: 'Confirm' }).click()
    await reader.getByText('Confirmed.').waitFor()
    await reader.close()
    await page.reload()
    await card()
      .getByText(/Confirmed/)
      .waitFor()
  })

  it('are of what is chosen', async () => {
    const kinds = card().getByRole('group', { name: `What ${EMAIL} is told of` })
    await kinds.getByLabel('Failing').click()
    await waitFor('the choice', async () => !(await kinds.getByLabel('Failing').isChecked()))
    await page.reload()
    await kinds.waitFor()
    const chosen = ['Failing', 'Disabled soon', 'Disabled'].map((name) =>
      kinds.getByLabel(name, { exact: true }).isChecked(),
    )
    expect(await Promise.all(chosen)).toEqual([false, true, true])
    await inspect(page, 'notices')
  })

  it('are offered in German, and not to whoever may only look', async () => {
    const german = await portal.newPage({ locale: 'de-DE' })
    await german.goto(await portal.link())
    await german.goto(`${portal.url}/portal/activity`)
    await german.getByRole('region', { name: 'Hinweise per E-Mail' }).waitFor()
    await german.getByText(/Bestätigt/).waitFor()
    await german.context().close()
    const viewer = await portal.newPage()
    await viewer.goto(await portal.link({ capabilities: ['ViewBase'] }))
    await viewer.goto(`${portal.url}/portal/activity`)
    await viewer.getByText('As of').waitFor()
    expect(await viewer.getByText('Notices by e-mail').count()).toBe(0)
    await viewer.context().close()
  })

  it('end by what a mail program posts for a click, and by a hand here', async () => {
    const ended = await fetch(oneClick, { method: 'POST', body: 'List-Unsubscribe=One-Click' })
    expect(ended.status).toBe(200)
    await page.reload()
    await card().getByLabel('E-mail address').fill('second@example.com')
    expect(await card().getByText(EMAIL).count()).toBe(0)
    await card().getByRole('button', { name: 'Add address' }).click()
    await card().getByRole('button', { name: 'Remove second@example.com' }).click()
    await card().getByText('Not confirmed yet').waitFor({ state: 'detached' })
  })
})
