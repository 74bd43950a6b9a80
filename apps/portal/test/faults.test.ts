import { waitFor } from '@posthorn/test-kit'
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const API = '**/api/v1/**'

/** Our api is stubbed here to force what a healthy one never does. */
describe.skipIf(isWithoutBrowser())('when our own api is in trouble the portal', () => {
  let portal: Portal

  beforeAll(async () => {
    portal = await startPortal()
    await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  async function open(use: (page: Page) => Promise<void>, session: object = {}): Promise<void> {
    const page = await portal.newPage()
    await page.goto(await portal.link(session))
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
    await use(page)
    await page.close()
  }
  const refuse = (status: number, code: string, headers: Record<string, string> = {}) => {
    return (route: Route) =>
      route.fulfill({
        status,
        headers: { 'content-type': 'application/json', 'x-request-id': 'req_stub', ...headers },
        body: JSON.stringify(code === '' ? {} : { code, detail: code }),
      })
  }

  it('says of a 500 what failed, with the request id, and tries again when asked', async () => {
    portal.expectProblem(/status of 500/)
    await open(async (page) => {
      await page.route(API, refuse(500, ''))
      await page.getByRole('link', { name: 'Messages' }).click()
      await page.getByText('This could not be loaded').first().waitFor()
      await page.getByText('Request id: req_stub').first().waitFor()
      await inspect(page, 'fault')
      await page.unroute(API)
      await page.getByRole('button', { name: 'Try again' }).first().click()
      await page.getByRole('heading', { name: 'No messages yet' }).waitFor()
    })
  })

  it('keeps what it showed before, marked as old', async () => {
    portal.expectProblem(/status of 500/)
    await open(async (page) => {
      await page.route(API, refuse(500, ''))
      // A look back at the page makes it ask again.
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
      await page.getByRole('link', { name: portal.receiver.url }).click()
      await page.getByText('This could not be loaded').first().waitFor()
      await page.getByRole('link', { name: 'Endpoints' }).first().click()
      await page.getByText('What you see may be out of date.').waitFor()
      expect(await page.getByRole('link', { name: portal.receiver.url }).count()).toBe(1)
    })
  })

  it('counts down a 429 and goes on by itself', async () => {
    portal.expectProblem(/status of 429/)
    await open(async (page) => {
      await page.route(API, refuse(429, 'rate_limit_exceeded', { 'retry-after': '2' }))
      await page.getByRole('link', { name: 'Messages' }).click()
      await page
        .getByText(/Next try in \d s/)
        .first()
        .waitFor()
      await page.unroute(API)
      await page.getByRole('heading', { name: 'No messages yet' }).waitFor()
    })
  })

  it('holds the place of a slow answer, and shows it when it comes', async () => {
    await open(async (page) => {
      const gate = Promise.withResolvers<void>()
      await page.route(API, async (route) => {
        await gate.promise
        await route.continue()
      })
      await page.getByRole('link', { name: 'Messages' }).click()
      await page.getByRole('status', { name: 'Loading' }).first().waitFor()
      await inspect(page, 'loading')
      gate.resolve()
      await page.getByRole('heading', { name: 'No messages yet' }).waitFor()
    })
  })

  it('says that there is no connection, and what was typed is still there when there is', async () => {
    portal.expectProblem(/ERR_INTERNET_DISCONNECTED/)
    await open(async (page) => {
      await page.getByRole('link', { name: 'Add Endpoint' }).click()
      await page.getByLabel('Endpoint URL').fill('https://typed.example/hook')
      await page.context().setOffline(true)
      await page.getByRole('button', { name: 'Add Endpoint' }).click()
      await page.getByText("The server can't be reached.", { exact: false }).waitFor()
      expect(await page.getByLabel('Endpoint URL').inputValue()).toBe('https://typed.example/hook')
      await page.context().setOffline(false)
    })
  })

  it('says that the session ended, and keeps what was typed', async () => {
    portal.expectProblem(/status of 401/)
    await open(
      async (page) => {
        await page.getByRole('link', { name: 'Add Endpoint' }).click()
        await page.getByLabel('Endpoint URL').fill('https://typed.example/hook')
        await portal.call('POST', '/auth/app/acme/expire-all', { sessionIds: ['that-ends'] })
        await page.getByRole('button', { name: 'Add Endpoint' }).click()
        await page.getByText('Session ended.').waitFor()
        await inspect(page, 'session-ended')
        expect(await page.getByLabel('Endpoint URL').inputValue()).toBe(
          'https://typed.example/hook',
        )
      },
      { sessionId: 'that-ends' },
    )
  })

  it('replays once what is clicked twice, also where the first was over by then', async () => {
    const message = { eventType: 'invoice.paid', payload: {} }
    const { id } = await portal.call('POST', '/app/acme/msg', message)
    await open(async (page) => {
      await page.goto(`${portal.url}/portal/messages/${String(id)}`)
      const deliveries = page.getByRole('article', { name: portal.receiver.url })
      await deliveries.getByText('Delivered').waitFor()
      const resends: string[] = []
      page.on('request', (request) => {
        if (request.url().endsWith('/resend')) resends.push(request.url())
      })
      // As long between two clicks as a hand takes.
      await deliveries.getByRole('button', { name: 'Replay' }).dblclick({ delay: 150 })
      await page.getByText('Queued').first().waitFor()
      await deliveries.getByRole('button', { name: 'Replay' }).click()
      await waitFor('what is asked for again', () => portal.receiver.requests.length >= 3)
      expect(resends).toHaveLength(2)
    })
  })

  it('sends once what is clicked twice', async () => {
    await open(async (page) => {
      let posts = 0
      await page.route('**/endpoint', async (route) => {
        if (route.request().method() === 'POST') posts += 1
        await route.continue()
      })
      await page.getByRole('link', { name: 'Add Endpoint' }).click()
      await page.getByLabel('Endpoint URL').fill(`${portal.receiver.url}/twice`)
      await page.getByRole('button', { name: 'Add Endpoint' }).dblclick()
      await page.getByRole('heading', { name: `${portal.receiver.url}/twice` }).waitFor()
      expect(posts).toBe(1)
    })
  })
})
