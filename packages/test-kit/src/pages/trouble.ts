import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { waitFor } from '../wait-for.ts'

const REQUEST_ID = 'req_trouble'
const ROWS = { timeout: 30_000 }

export interface Trouble {
  readonly open: () => Promise<unknown>
  /** Of our api, which requests are held up and then fail. */
  readonly isOfScreen: (path: string) => boolean
}

/**
 * A screen whose requests are held up holds their place; as they fail it says so with the id of a request, and goes
 * on once it is asked to try again. Answers with 500 and slow ones are what a healthy api never gives.
 */
export async function expectWholeInTrouble(page: Page, trouble: Trouble): Promise<void> {
  const gate = Promise.withResolvers<void>()
  const isOfScreen = ({ pathname }: URL) =>
    pathname.startsWith('/api/v1/') && trouble.isOfScreen(pathname.slice('/api/v1'.length))
  await page.route(isOfScreen, async (route) => {
    await gate.promise
    const headers = { 'content-type': 'application/json', 'x-request-id': REQUEST_ID }
    await route.fulfill({ status: 500, headers, body: '{}' })
  })
  await trouble.open()
  await page.getByRole('status', { name: 'Loading' }).first().waitFor(ROWS)
  gate.resolve()
  await page.getByText('This could not be loaded').first().waitFor(ROWS)
  await page.getByText(REQUEST_ID).first().waitFor(ROWS)
  await page.unroute(isOfScreen)
  const again = page.getByRole('button', { name: 'Try again' })
  await waitFor('what had failed', async () => {
    if ((await again.count()) === 0) return true
    // One that looks again by itself may be gone before it is pressed.
    await again
      .first()
      .click({ timeout: 1_000 })
      .catch(() => undefined)
    return false
  })
  expect(await page.getByText('This could not be loaded').count()).toBe(0)
}
