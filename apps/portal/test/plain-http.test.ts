import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

/** This machine by an address that browsers don't take for their own: without TLS they withhold some things there. */
const PLAIN = '0.0.0.0'

describe.skipIf(isWithoutBrowser())('over plain http', () => {
  let portal: Portal

  beforeAll(async () => {
    portal = await startPortal()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const openPlain = async (session: object = {}) => {
    const page = await portal.newPage()
    const link = new URL(await portal.link(session))
    link.hostname = PLAIN
    await page.goto(link.href)
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    return page
  }

  it('an endpoint is added', async () => {
    const page = await openPlain()
    await page.getByRole('link', { name: 'Add Endpoint' }).click()
    await page.getByLabel('Endpoint URL').fill(portal.receiver.url)
    await page.getByRole('button', { name: 'Add Endpoint' }).click()
    await page.getByRole('heading', { name: portal.receiver.url }).waitFor()
    await page.close()
  })

  it('so is a source', async () => {
    const page = await openPlain({ capabilities: ['ViewBase', 'ViewSources', 'ManageSources'] })
    await page.getByRole('link', { name: 'Sources', exact: true }).click()
    await page.getByRole('link', { name: 'Add source' }).first().click()
    await page.getByLabel('Search providers').fill('github')
    await page.getByRole('link', { name: 'GitHub' }).click()
    await page.getByRole('button', { name: 'Create source' }).click()
    await page.getByText('Waiting for the first request…').waitFor()
    await page.close()
  })
})
