import { waitFor } from '@posthorn/test-kit'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInOwner } from './console-steps.ts'

const COUNT = 260
const MOST_ROWS = 200

describe.skipIf(isWithoutBrowser())('where there is more than a page bears', () => {
  let staff: Console
  let kept: Awaited<ReturnType<BrowserContext['storageState']>>

  beforeAll(async () => {
    staff = await startConsole()
    for (let n = 0; n < COUNT; n++)
      await staff.call('POST', '/app', { name: `Customer ${String(n).padStart(3, '0')}` })
    for (const n of [1, 2]) {
      await staff.call('POST', '/event-type', { name: `order.step${n}`, description: '' })
      await staff.call('POST', '/operational-webhook/endpoint', { url: staff.receiver.url })
    }
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  it('what was shown first makes room for what follows, and is come back to', async () => {
    const page = await signInOwner(staff)
    kept = await page.context().storageState()
    await page.goto(`${staff.url}/console/${staff.orgId}/applications`)
    const rows = page.locator('main tbody tr')
    const named = (n: number) => page.getByRole('link', { name: `Customer ${n}`, exact: true })
    await named(259).waitFor()
    for (const shown of [100, 150, 200, 200, 200]) {
      const last = await rows.last().textContent()
      await page.getByRole('button', { name: 'Show more' }).click()
      await waitFor('what follows', async () => (await rows.last().textContent()) !== last)
      expect(await rows.count()).toBeLessThanOrEqual(MOST_ROWS)
      if (shown < MOST_ROWS) expect(await rows.count()).toBe(shown)
    }
    await page.getByRole('link', { name: 'Customer 000', exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0)
    expect(await named(259).count()).toBe(0)
    const back = page.getByRole('button', { name: 'Show what came before' })
    await back.click()
    await back.click()
    await named(259).waitFor()
    expect(await back.count()).toBe(0)
    await page.close()
  })

  it('rows are walked by keys of their own, and the keys told of are those that there are', async () => {
    const page = await staff.newPage({ storageState: kept })
    await page.goto(`${staff.url}/console/${staff.orgId}/applications`)
    const links = page.locator('main tbody a.strong-link')
    await links.first().focus()
    const isOn = (row: number) =>
      waitFor(`the focus on row ${row}`, () =>
        links.nth(row).evaluate((link) => link === document.activeElement),
      )
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowDown')
    await isOn(2)
    await page.keyboard.press('k')
    await isOn(1)
    await page.keyboard.press('?')
    const keys = page.getByRole('dialog', { name: 'Keys of this list' })
    await keys.getByText('Next and previous row').waitFor()
    for (const name of ['Replay', 'Add one', 'Go to endpoints'])
      expect(await keys.getByText(name).count()).toBe(0)
    await page.keyboard.press('Escape')
    await isOn(1)
    await page.keyboard.press('/')
    await page.keyboard.type('jk')
    await waitFor('what was typed', async () => {
      return (await page.getByRole('searchbox').inputValue()) === 'jk'
    })
    await page.close()
  })

  it('of things that have pages are all walked so, and told of no search where there is none', async () => {
    const page = await staff.newPage({ storageState: kept })
    await page.goto(`${staff.url}/console/${staff.orgId}/organisations`)
    const link = page.locator('main tbody a.strong-link')
    await link.focus()
    await page.keyboard.press('?')
    const keys = page.getByRole('dialog', { name: 'Keys of this list' })
    await keys.getByText('Next and previous row').waitFor()
    for (const name of ['Search', 'Filter'])
      expect(await keys.getByText(name, { exact: true }).count()).toBe(0)
    await page.keyboard.press('Escape')
    for (const section of ['event-types', 'operational-webhooks']) {
      await page.goto(`${staff.url}/console/${staff.orgId}/${section}`)
      const second = page.locator('main tbody tr:nth-child(2) a.strong-link')
      await second.waitFor()
      await page.locator('main tbody a.strong-link').first().focus()
      await page.keyboard.press('j')
      await waitFor(`the second row of ${section}`, () =>
        second.evaluate((row) => row === document.activeElement),
      )
    }
    await page.close()
  })
})
