import { expectWholeInTrouble, loadedTwice } from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInAs, signInOwner } from './console-steps.ts'
import { inspectBriefly } from './inspect.ts'
import { FOR_MORE_THAN_VIEWERS, SCREENS } from './sections.ts'
import { makeThings, type Things } from './things.ts'

/** What a page asks for beside the thing that it is about. */
const PARTS = /^\/app\/\w+\/(?!(msg|endpoint)\/\w+$)./

const PLACES: readonly [what: string, path: (of: Things) => string, isHeldUp?: RegExp][] = [
  ['an application', ({ app }) => `applications/${app}`],
  ['the parts of an application', ({ app }) => `applications/${app}`, PARTS],
  ['an endpoint', ({ app, endpoint }) => `endpoints/${app}/${endpoint}`],
  ['the parts of an endpoint', ({ app, endpoint }) => `endpoints/${app}/${endpoint}`, PARTS],
  ['a message', ({ app, message }) => `messages/${app}/${message}`],
  ['the parts of a message', ({ app, message }) => `messages/${app}/${message}`, PARTS],
  ['a message that is looked for', ({ message }) => `messages/${message}`, /^\/support\/search/],
  ['a task', ({ task }) => `tasks/${task}`],
  ['what a task sent', ({ task }) => `tasks/${task}?outcome=failed`, /\/delivery$/],
  ['an outage', () => 'outages/127.0.0.1'],
  ['what would be recovered', () => 'recover?host=127.0.0.1'],
  ['a recovery', ({ recovery }) => `recover/${recovery}`],
  ['an event type', () => 'event-types/invoice.paid'],
  ['who listens to an event type', () => 'event-types/invoice.paid', /\/listeners$/],
  ['an alert', ({ alert }) => `alerts/${alert}`],
  ['what an alert told', ({ alert }) => `alerts/${alert}`, /\/notification$/],
  ['an operational webhook', ({ webhook }) => `operational-webhooks/${webhook}`],
  [
    'the parts of an operational webhook',
    ({ webhook }) => `operational-webhooks/${webhook}`,
    /^\/operational-webhook\/endpoint\/\w+\/./,
  ],
  ['a test receiver', ({ app }) => `test-receiver/${app}`],
  ['what differs elsewhere', ({ elsewhere }) => `organisations/copy?from=${elsewhere}`],
  ['a source', ({ source }) => `sources/${source}`],
  ['a request', ({ source, request }) => `sources/${source}/requests/${request}`],
  ['the types of sources', () => 'sources/new'],
  ['a source to add', () => 'sources/new/stripe'],
]

const DIALOGS: readonly [what: string, path: (of: Things) => string, button?: string][] = [
  ['a new application', () => 'applications?new=1'],
  ['a new API key', () => 'api-keys?new=1'],
  ['an invitation', () => 'users?new=1'],
  ['the name of an organisation', () => 'organisations', 'Rename'],
  ['what an application is called', ({ app }) => `applications/${app}`, 'Edit'],
  ['the portal of an application', ({ app }) => `applications/${app}`, 'Open portal'],
  ['the end of an application', ({ app }) => `applications/${app}`, 'Delete'],
  [
    'the end of a payload',
    ({ app, message }) => `messages/${app}/${message}`,
    'Remove the payload',
  ],
  ['the rule of an alert', ({ alert }) => `alerts/${alert}`, 'Edit'],
  ['the end of an alert', ({ alert }) => `alerts/${alert}`, 'Delete'],
  ['the URL of a webhook', ({ webhook }) => `operational-webhooks/${webhook}`, 'Edit'],
  ['the end of a webhook', ({ webhook }) => `operational-webhooks/${webhook}`, 'Delete'],
]

describe.skipIf(isWithoutBrowser())('every screen of the console', () => {
  let staff: Console
  let page: Page
  let things: Things

  beforeAll(async () => {
    staff = await startConsole({ POSTHORN_RETRY_SCHEDULE: 'none' })
    page = await signInOwner(staff)
    things = await makeThings(staff, page)
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const goTo = (path: string, on = page) => on.goto(`${staff.url}/console/${staff.orgId}/${path}`)
  const judge = (what: string, path: string, isHeldUp = /./) => {
    staff.expectProblem(/status of 500/)
    // Who is signed in is asked before there is a screen.
    const isOfScreen = (asked: string) => asked !== '/staff/session' && isHeldUp.test(asked)
    const open = () => goTo(path)
    return expectWholeInTrouble(page, { what, inspect: inspectBriefly, open, isOfScreen })
  }

  it.each(SCREENS)('holds its place, says what failed and goes on: %s', (path) => judge(path, path))

  it.each(PLACES)('holds its place, says what failed and goes on: %s', (what, path, isHeldUp) =>
    judge(what, path(things), isHeldUp),
  )

  it.each(DIALOGS)('asks in a dialog that all can use: %s', async (what, path, button) => {
    await goTo(path(things))
    if (button !== undefined)
      await page.getByRole('button', { name: button, exact: true }).first().click()
    await page.getByRole('dialog').waitFor()
    await inspectBriefly(page, what.replaceAll(' ', '-'))
  })

  it('says what failed and goes on where a link leads, to who is not signed in', async () => {
    staff.expectProblem(/status of 500/)
    const body = { email: 'vera@example.com', role: 'viewer' }
    const url = String((await staff.call('POST', '/staff/invitation', body))['url'])
    const stranger = await staff.newPage()
    await expectWholeInTrouble(stranger, {
      what: 'a link',
      inspect: inspectBriefly,
      open: () => stranger.goto(url),
      isOfScreen: (path) => path === '/staff/link',
    })
    await stranger.getByLabel('New password').waitFor()
    await stranger.close()
  })

  it('says that an import could not be looked at, and keeps what was put in', async () => {
    staff.expectProblem(/status of 500/)
    await goTo('event-types/~import')
    const api = '**/api/v1/event-type/import/openapi'
    await page.route(api, (route) => route.fulfill({ status: 500, body: '{}' }))
    const requestBody = { content: { 'application/json': { schema: { type: 'object' } } } }
    const webhooks = { 'invoice.sent': { post: { description: 'Sent', requestBody } } }
    const info = { title: 'Webhooks', version: '1' }
    const document = JSON.stringify({ openapi: '3.1.0', info, webhooks })
    await page.getByLabel('OpenAPI document').fill(document)
    const look = page.getByRole('button', { name: 'Show what changes' })
    await look.click()
    await page.getByRole('alert').waitFor()
    await inspectBriefly(page, 'import-failed')
    await page.unroute(api)
    expect(await page.getByLabel('OpenAPI document').inputValue()).toBe(document)
    await look.click()
    await page.getByText('invoice.sent').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  it('counts down how long it is to wait, and goes on by itself', async () => {
    staff.expectProblem(/status of 429/)
    const headers = { 'content-type': 'application/json', 'retry-after': '2' }
    const api = /\/api\/v1\/event-type\?/
    await page.route(api, (route) => route.fulfill({ status: 429, headers, body: '{}' }))
    await goTo('event-types')
    await page.getByText(/Next try in \d s/).waitFor()
    await inspectBriefly(page, 'limited')
    await page.unroute(api)
    await page.getByRole('link', { name: 'invoice.paid' }).waitFor()
  })

  it('says that there is none at an address of nothing', async () => {
    await goTo('nowhere')
    await page.getByRole('heading', { name: 'Not found' }).waitFor()
    await inspectBriefly(page, 'nowhere')
    await page.goto(`${staff.url}/console/org_3MbyHXTOlnTXATNjgreU2tu5N8z/overview`)
    await page.getByRole('heading', { name: 'You are no member' }).waitFor()
    await inspectBriefly(page, 'no-member')
  })

  it('says which role it needs, to who has a lesser one', async () => {
    const { source, request } = things
    staff.expectProblem(new RegExp(`status of 403.*${request}`))
    const viewer = await signInAs(staff, page, 'viewer')
    const adding = ['event-types/~new', 'event-types/~import', 'sources/new', 'sources/new/stripe']
    for (const path of [...FOR_MORE_THAN_VIEWERS, 'organisations/copy', ...adding]) {
      await goTo(path, viewer)
      await viewer.getByText(/^This needs the role/).waitFor()
      const isPart = path.includes('/')
      if (isPart) await inspectBriefly(viewer, `forbidden-${path.replaceAll(/\W+/g, '-')}`)
      expect(await viewer.locator('main form').count(), `forms on ${path}`).toBe(0)
    }
    for (const path of ['applications?new=1', 'alerts?new=1']) {
      await goTo(path, viewer)
      await viewer.getByRole('table').waitFor()
      expect(await viewer.getByRole('dialog').count(), `dialogs on ${path}`).toBe(0)
    }
    await goTo(`sources/${source}/requests/${request}`, viewer)
    await viewer.getByText('Your role does not allow this').waitFor()
    await inspectBriefly(viewer, 'forbidden-request')
    await viewer.close()
  })

  it('is there at once when it is looked at again', async () => {
    await goTo('overview')
    // What is edited there begins with what is stored now.
    const noted = (await loadedTwice(page)).filter((path) => !path.endsWith('/theme'))
    expect(noted).toEqual([])
  })
})
