import { tooLowForTouch } from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInOwner } from './console-steps.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

describe.skipIf(isWithoutBrowser())('under a finger', () => {
  let staff: Console
  let page: Page

  beforeAll(async () => {
    staff = await startConsole()
    await staff.call('POST', '/app', { name: 'Acme' })
    page = await signInOwner(staff, PHONE)
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  it.each([
    ['overview', 'Successful attempts'],
    ['health', 'Health board'],
    ['applications', 'Acme'],
    ['messages', 'No messages'],
    ['queues', 'Workers'],
    ['api-keys', 'No API keys yet'],
    ['users', 'Olive'],
    ['profile', 'Your sessions'],
  ])('all controls of %s are high enough', async (section, text) => {
    await page.goto(`${staff.url}/console/${staff.orgId}/${section}`)
    await page.locator('main').getByText(text).first().waitFor()
    expect(await tooLowForTouch(page)).toEqual([])
  })
})
