import type { BrowserContextOptions, Page } from 'playwright-core'
import { type Console, PASSWORD } from './console-setup.ts'

/** The first owner's own page. */
export async function signInOwner(
  staff: Console,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await staff.newPage(options)
  await acceptLink(page, staff.firstOwnerUrl, { email: 'olive@example.com', name: 'Olive' })
  return page
}

/** Somebody with that role, invited by who is signed in on `page`. */
export async function signInAs(
  staff: Console,
  page: Page,
  role: 'viewer' | 'support' | 'admin',
): Promise<Page> {
  const url = await page.evaluate(
    async ({ orgId, body }) => {
      const response = await fetch('/api/v1/staff/invitation', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'posthorn-organisation': orgId },
        body: JSON.stringify(body),
      })
      const { url } = await response.json()
      return String(url)
    },
    { orgId: staff.orgId, body: { email: `${role}@example.com`, role } },
  )
  const other = await staff.newPage()
  await acceptLink(other, url, { email: null, name: role })
  return other
}

async function acceptLink(
  page: Page,
  url: string,
  who: { readonly email: string | null; readonly name: string },
): Promise<void> {
  await page.goto(url)
  await page.getByLabel('New password').fill(PASSWORD)
  if (who.email !== null) await page.getByLabel('E-mail address').fill(who.email)
  await page.getByLabel('Name', { exact: true }).fill(who.name)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('navigation').waitFor()
}
