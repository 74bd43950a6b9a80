import { waitFor } from '@posthorn/test-kit'
import { expectWholeInTrouble } from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInAs, signInOwner } from './console-steps.ts'

const SCREENS = [
  'overview',
  'health',
  'outages',
  'recover',
  'queues',
  'applications',
  'messages',
  'tasks',
  'event-types',
  'alerts',
  'operational-webhooks',
  'test-receiver',
  'sources',
  'api-keys',
  'users',
  'audit',
  'organisations',
  'theme',
  'retention',
  'installation',
  'profile',
] as const

const FOR_MORE_THAN_VIEWERS = [
  'recover',
  'operational-webhooks',
  'test-receiver',
  'api-keys',
  'users',
  'audit',
  'organisations',
  'theme',
  'retention',
  'installation',
] as const

describe.skipIf(isWithoutBrowser())('every screen of the console', () => {
  let staff: Console
  let page: Page
  const places = new Map<string, string>()

  beforeAll(async () => {
    staff = await startConsole({ POSTHORN_RETRY_SCHEDULE: 'none' })
    page = await signInOwner(staff)
    const create = async (path: string, body: object) =>
      String((await staff.call('POST', path, body))['id'])
    await create('/event-type', { name: 'invoice.paid', description: '' })
    const app = await create('/app', { name: 'Acme' })
    const { url } = staff.receiver
    staff.receiver.replies(503)
    const endpoint = await create(`/app/${app}/endpoint`, { url })
    const message = await create(`/app/${app}/msg`, { eventType: 'invoice.paid', payload: {} })
    await waitFor('the attempt', () => staff.receiver.requests.length === 1)
    const since = new Date(Date.now() - 3_600_000).toISOString()
    const webhook = await create('/operational-webhook/endpoint', { url })
    const task = await create(`/app/${app}/endpoint/${endpoint}/recover`, { since })
    for (const [what, path] of [
      ['an application', `applications/${app}`],
      ['an endpoint', `endpoints/${app}/${endpoint}`],
      ['a message', `messages/${app}/${message}`],
      ['a task', `tasks/${task}`],
      ['an event type', 'event-types/invoice.paid'],
      ['an operational webhook', `operational-webhooks/${webhook}`],
      ['a test receiver', `test-receiver/${app}`],
    ] as const)
      places.set(what, path)
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const goTo = (path: string, on = page) => on.goto(`${staff.url}/console/${staff.orgId}/${path}`)
  const judge = (path: string) => {
    staff.expectProblem(/status of 500/)
    // Who is signed in is asked before there is a screen.
    const isOfScreen = (asked: string) => asked !== '/staff/session'
    return expectWholeInTrouble(page, { open: () => goTo(path), isOfScreen })
  }

  it.each(SCREENS)('holds its place, says what failed and goes on: %s', judge)

  it.each([
    'an application',
    'an endpoint',
    'a message',
    'a task',
    'an event type',
    'an operational webhook',
    'a test receiver',
  ])('holds its place, says what failed and goes on: %s', (what) => judge(places.get(what) ?? ''))

  it('says which role it needs, to who has a lesser one', async () => {
    const viewer = await signInAs(staff, page, 'viewer')
    for (const path of FOR_MORE_THAN_VIEWERS) {
      await goTo(path, viewer)
      await viewer.getByText(/^This needs the role/).waitFor()
    }
    await viewer.close()
  })
})
