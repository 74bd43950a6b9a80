import { waitFor } from '@posthorn/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

describe.skipIf(isWithoutBrowser())('what a session may not do', () => {
  let portal: Portal
  let endpointId: string

  beforeAll(async () => {
    portal = await startPortal()
    const endpoint = await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    endpointId = String(endpoint['id'])
    await portal.call('POST', '/app', { name: 'Somebody else', uid: 'else' })
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  async function open(body: object, path = '/endpoints') {
    const page = await portal.newPage()
    const link = new URL(await portal.link(body))
    link.searchParams.set('next', path)
    await page.goto(link.href)
    return page
  }

  it('is not offered to a read-only one, which is told whom to ask', async () => {
    const page = await open({ readOnly: true })
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
    await inspect(page, 'read-only')
    expect(await page.getByRole('link', { name: 'Add Endpoint' }).count()).toBe(0)
    await page.getByRole('link', { name: portal.receiver.url }).click()
    await page.getByText('This session may not see the secret.').waitFor()
    await page.getByRole('link', { name: 'Testing' }).click()
    await page.getByRole('heading', { name: 'Not allowed in this session' }).waitFor()
    await page.getByRole('link', { name: 'Advanced' }).click()
    await page.getByText('No custom headers.').waitFor()
    expect(await page.getByRole('button', { name: 'Add header' }).count()).toBe(0)
    await page.goto(`${portal.url}/portal/endpoints/new`)
    await page.getByRole('heading', { name: 'Not allowed in this session' }).waitFor()
    await inspect(page, 'forbidden')
    await page.close()
  })

  it('is refused by the server too, when the page is made to ask', async () => {
    portal.expectProblem(/status of 403/)
    const page = await open({ readOnly: true })
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
    const status = await page.evaluate(async (id) => {
      const { appId, token } = JSON.parse(
        atob(sessionStorage.getItem('posthorn-portal-session') ?? ''),
      )
      const { status } = await fetch(`/api/v1/app/${appId}/endpoint/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      })
      return status
    }, endpointId)
    expect(status).toBe(403)
    await page.close()
  })

  it('is only what its capabilities leave out', async () => {
    const page = await open({ capabilities: ['ViewBase', 'CreateAttempts'] })
    await page.getByRole('link', { name: portal.receiver.url }).click()
    await page.locator('summary', { hasText: 'Actions' }).first().click()
    await page.getByRole('button', { name: 'Recover Failed Messages' }).waitFor()
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0)
    await page.close()
  })

  it("is to see another application's things: they are not found", async () => {
    portal.expectProblem(/status of 404/)
    const other = await portal.call('POST', '/app/else/endpoint', { url: portal.receiver.url })
    const page = await open({}, `/endpoints/${String(other['id'])}`)
    await page.getByRole('heading', { name: 'Not found' }).waitFor()
    await inspect(page, 'not-found')
    await page.close()
  })

  it('is not taken from it while it is used: its token is renewed in place', async () => {
    const page = await portal.newPage()
    await page.clock.install()
    await page.goto(await portal.link({ expiry: 3600 }))
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
    const read = () => page.evaluate(() => sessionStorage.getItem('posthorn-portal-session'))
    const first = await read()
    const renewed = page.waitForResponse((response) => response.url().endsWith('/auth/renew'))
    await page.clock.fastForward('51:00')
    expect((await renewed).status()).toBe(200)
    await waitFor('the new token', async () => (await read()) !== first)
    await page.reload()
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
    await page.close()
  })

  it('is anything without a session: the page says where to come from', async () => {
    const page = await portal.newPage()
    await page.goto(`${portal.url}/portal/endpoints`)
    await page.getByRole('heading', { name: 'There is no session' }).waitFor()
    await inspect(page, 'no-session')
    await page.close()
  })
})
