import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { waitFor } from '../wait-for.ts'
import type { Inspect } from './inspect.ts'

const REQUEST_ID = 'req_trouble'
const ROWS = { timeout: 30_000 }

export interface Trouble {
  /** How what is wrong and the pictures of it are called. */
  readonly what: string
  /** What it is as it waits, and once it has failed. */
  readonly inspect: Inspect
  readonly open: () => Promise<unknown>
  /** Of our api, which requests are held up and then fail. */
  readonly isOfScreen: (path: string) => boolean
}

/**
 * A screen whose requests are held up holds their place; as they fail it says so with the id of a request, and goes
 * on once it is asked to try again. Answers with 500 and slow ones are what a healthy api never gives.
 */
export async function expectWholeInTrouble(page: Page, trouble: Trouble): Promise<void> {
  const what = trouble.what.replaceAll(/\W+/g, '-')
  // What is open would ask on.
  await page.goto('about:blank')
  {
    await using held = await holdUp(page, trouble.isOfScreen)
    await trouble.open()
    await held.first
    // The frame that asked has none while the code of its screen is on its way.
    await page.getByRole('heading', { level: 1 }).first().waitFor(ROWS)
    await page.getByRole('status', { name: 'Loading' }).first().waitFor(ROWS)
    await trouble.inspect(page, `${what}-loading`)
    held.fail()
    await page.getByText('This could not be loaded').first().waitFor(ROWS)
    await page.getByText(REQUEST_ID).first().waitFor(ROWS)
    await trouble.inspect(page, `${what}-failed`)
  }
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

/** Requests of our api that wait until they fail, up to the end of the block. */
async function holdUp(page: Page, isOfScreen: Trouble['isOfScreen']) {
  const gate = Promise.withResolvers<void>()
  const first = Promise.withResolvers<void>()
  const isHeldUp = ({ pathname }: URL) =>
    pathname.startsWith('/api/v1/') && isOfScreen(pathname.slice('/api/v1'.length))
  await page.route(isHeldUp, async (route) => {
    first.resolve()
    await gate.promise
    const headers = { 'content-type': 'application/json', 'x-request-id': REQUEST_ID }
    // Nobody waits for it where the block has ended before.
    await route.fulfill({ status: 500, headers, body: '{}' }).catch(() => undefined)
  })
  return {
    first: first.promise,
    fail: () => gate.resolve(),
    async [Symbol.asyncDispose]() {
      gate.resolve()
      await page.unroute(isHeldUp)
    },
  }
}
