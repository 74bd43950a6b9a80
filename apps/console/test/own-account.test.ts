import { freePort } from '@posthorn/test-kit'
import {
  OPENID_CLIENT,
  type OpenIdPerson,
  type OpenIdProvider,
  startOpenIdProvider,
} from '@posthorn/test-kit/openid'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, PASSWORD, startConsole } from './console-setup.ts'
import { signInOwner } from './console-steps.ts'
import { inspect } from './inspect.ts'

const NEW_PASSWORD = 'another correct horse battery'

// Each goes on where the one before left.
describe.skipIf(isWithoutBrowser())('whoever signs in', () => {
  let provider: OpenIdProvider
  let staff: Console
  let page: Page

  beforeAll(async () => {
    // The provider has to know where the api is, and the api where the provider is.
    const port = await freePort()
    const people = { ann: person('ann'), eve: person('eve') }
    const redirectUri = `http://127.0.0.1:${port}/console/openid/callback`
    provider = await startOpenIdProvider({ redirectUri, people })
    staff = await startConsole({
      PORT: String(port),
      POSTHORN_OPENID_ISSUER: provider.issuer,
      POSTHORN_OPENID_CLIENT_ID: OPENID_CLIENT.id,
      POSTHORN_OPENID_CLIENT_SECRET: OPENID_CLIENT.secret,
      POSTHORN_OPENID_LABEL: 'Example Login',
    })
    page = await signInOwner(staff)
  })
  afterAll(async () => {
    await staff?.[Symbol.asyncDispose]()
    await provider?.[Symbol.asyncDispose]()
  })

  /** Over to the provider by the button, and through its page to log in. */
  const signInThere = async (login: string) => {
    const there = await staff.newPage()
    // Its page has fonts of another host.
    await there.route('https://fonts.googleapis.com/**', (route) => route.fulfill({ body: '' }))
    await there.goto(`${staff.url}/console`)
    await there.getByRole('link', { name: 'Sign in with Example Login' }).waitFor()
    await inspect(there, 'sign-in-openid')
    await there.getByRole('link', { name: 'Sign in with Example Login' }).click()
    await there.getByPlaceholder('Enter any login').fill(login)
    await there.getByPlaceholder('and password').fill('whatever')
    await there.getByRole('button', { name: 'Sign-in' }).click()
    return there
  }
  const signInByPassword = async (password: string) => {
    const other = await staff.newPage()
    await other.goto(`${staff.url}/console`)
    await other.getByLabel('E-mail address').fill('olive@example.com')
    await other.getByLabel('Password', { exact: true }).fill(password)
    await other.getByRole('button', { name: 'Sign in', exact: true }).click()
    return other
  }
  const isIn = (one: Page) => one.getByRole('heading', { name: 'Overview' }).waitFor()
  const isOut = async (one: Page) => {
    await one.reload()
    await one.getByRole('heading', { name: 'Sign in' }).waitFor()
  }

  it('by the provider of their company comes back signed in', async () => {
    const invited = { email: 'ann@example.com', role: 'support' }
    await staff.call('POST', '/staff/invitation', invited)
    const ann = await signInThere('ann')
    await isIn(ann)
    await ann.getByRole('link', { name: 'ann', exact: true }).waitFor()
    await ann.context().close()
  })

  it('by that provider without being known here is told so', async () => {
    const eve = await signInThere('eve')
    await eve.getByRole('alert').getByText('The sign-in was refused there').waitFor()
    await inspect(eve, 'sign-in-refused')
    await eve.context().close()
  })

  it('ends a session of another browser', async () => {
    staff.expectProblem(/status of 401/)
    const other = await signInByPassword(PASSWORD)
    await isIn(other)
    await page.getByRole('link', { name: 'Olive' }).click()
    await page.getByRole('heading', { name: 'Your sessions' }).waitFor()
    await inspect(page, 'profile-sessions')
    await page.getByRole('button', { name: 'End the session from 127.0.0.1' }).click()
    await page.getByText('The session is ended').waitFor()
    await isOut(other)
    await other.context().close()
  })

  it('changes the password, which ends all other sessions', async () => {
    staff.expectProblem(/status of 401/)
    const other = await signInByPassword(PASSWORD)
    await isIn(other)
    await page.getByLabel('Your password').fill(PASSWORD)
    await page.getByLabel('New password').fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Password changed; all other sessions ended').waitFor()
    await isOut(other)
    await other.context().close()
    const again = await signInByPassword(PASSWORD)
    await again.getByText('E-mail address or password is wrong.').waitFor()
    await again.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD)
    await again.getByRole('button', { name: 'Sign in', exact: true }).click()
    await isIn(again)
    await again.context().close()
  })

  it('goes over to another organisation, and sees nothing of the one before', async () => {
    await staff.call('POST', '/app', { name: 'Acme Billing' })
    await page.getByRole('link', { name: 'Applications', exact: true }).click()
    await page.getByRole('link', { name: 'Acme Billing' }).waitFor()
    await page.goto(`${staff.url}/console/${staff.orgId}/organisations`)
    await page.getByRole('button', { name: 'Create organisation' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Staging')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    const switcher = page.getByRole('combobox', { name: 'Organisation', exact: true })
    await page.waitForURL((url) => !url.pathname.includes(staff.orgId))
    await switcher.selectOption(staff.orgId)
    await page.waitForURL(`${staff.url}/console/${staff.orgId}/overview`)
    await page.getByRole('link', { name: 'Applications', exact: true }).click()
    await page.getByRole('link', { name: 'Acme Billing' }).waitFor()
    await inspect(page, 'organisation-switcher')
    await switcher.selectOption('Staging')
    await page.waitForURL((url) => !url.pathname.includes(staff.orgId))
    await isIn(page)
    await page.getByRole('link', { name: 'Applications', exact: true }).click()
    await page.getByText('No applications yet').waitFor()
    expect(await page.getByText('Acme Billing').count()).toBe(0)
  })
})

function person(name: string): OpenIdPerson {
  return { email: `${name}@example.com`, email_verified: true, name }
}
