import { githubSignature, waitFor } from '@posthorn/test-kit'
import {
  expectWholeInTrouble,
  loadedTwice,
  notedSkeletons,
  noteSkeletons,
} from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectBriefly } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

type Things = Awaited<ReturnType<typeof makeThings>>

/** What a page asks for beside the thing that it is about. */
const PARTS = /^\/app\/\w+\/(?!(msg|endpoint)\/\w+$)./

const PLACES: readonly [what: string, path: (of: Things) => string, isHeldUp?: RegExp][] = [
  ['the endpoints', () => 'endpoints'],
  ['an endpoint', ({ endpoint }) => `endpoints/${endpoint}`],
  ['the parts of an endpoint', ({ endpoint }) => `endpoints/${endpoint}`, PARTS],
  ['its attempts', ({ endpoint }) => `endpoints/${endpoint}?log=attempts`, /\/attempt\//],
  ['its tests', ({ endpoint }) => `endpoints/${endpoint}?tab=testing`, /^\/event-type$/],
  ['its settings', ({ endpoint }) => `endpoints/${endpoint}?tab=advanced`, /\/headers$/],
  ['its history', ({ endpoint }) => `endpoints/${endpoint}?tab=history`, /\/history$/],
  ['its task', ({ endpoint, task }) => `endpoints/${endpoint}?task=${task}`, /-task\/\w+$/],
  ['the messages', () => 'messages'],
  ['a message', ({ message }) => `messages/${message}`],
  ['the parts of a message', ({ message }) => `messages/${message}`, PARTS],
  ['the event catalog', () => 'event-types'],
  ['an event type', () => 'event-types/invoice.paid'],
  ['who gets an event type', () => 'event-types/invoice.paid', PARTS],
  ['the activity', () => 'activity'],
  ['the sources', () => 'sources'],
  ['the types of sources', () => 'sources/new'],
  ['a source to add', () => 'sources/new/stripe'],
  ['a source', ({ source }) => `sources/${source}`],
  ['its requests', ({ source }) => `sources/${source}?tab=requests`, /\/request$/],
  ['its quarantine', ({ source }) => `sources/${source}?tab=quarantine`, /\/quarantine$/],
  ['its set-up', ({ source }) => `sources/${source}?tab=set-up`, /^\/source-type\//],
  ['the settings of it', ({ source }) => `sources/${source}?tab=settings`, /\/triggered$/],
  ['a request', ({ source, kept }) => `sources/${source}/requests/${kept}`],
  ['what it held', ({ source, kept }) => `sources/${source}/requests/${kept}`, /\/quarantine\//],
  ['what it triggered', ({ source, taken }) => `sources/${source}/requests/${taken}`, /\/msg\//],
]

const GRANTED = {
  capabilities: ['ViewBase', 'ManageEndpoint', 'CreateAttempts', 'ViewSources', 'ManageSources'],
}

describe.skipIf(isWithoutBrowser())('every screen of the portal', () => {
  let portal: Portal
  let page: Page
  let things: Things

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    things = await makeThings(portal)
    page = await openWith(GRANTED)
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const goTo = (path: string, on = page) => on.goto(`${portal.url}/portal/${path}`)
  const openWith = async (session: object) => {
    const opened = await portal.newPage()
    await opened.goto(await portal.link(session))
    await opened.getByRole('link', { name: portal.receiver.url }).waitFor()
    return opened
  }

  it.each(PLACES)('holds its place, says what failed and goes on: %s', async (what, path, held) => {
    portal.expectProblem(/status of 500/)
    const isOfScreen = (asked: string) => (held ?? /./).test(asked)
    const open = () => goTo(path(things))
    await expectWholeInTrouble(page, { what, inspect: inspectBriefly, open, isOfScreen })
  })

  it('holds its place, says what failed and goes on: the types that an endpoint may choose', async () => {
    portal.expectProblem(/status of 500/)
    await expectWholeInTrouble(page, {
      what: 'event types to choose',
      inspect: inspectBriefly,
      open: async () => {
        await goTo('endpoints/new')
        await page.getByLabel('Only these').check()
      },
      isOfScreen: (path) => path === '/event-type',
    })
  })

  it('goes on saying what failed while it looks again by itself', async () => {
    portal.expectProblem(/status of 500/)
    const gate = Promise.withResolvers<void>()
    let asked = 0
    const isOfSource = ({ pathname }: URL) => pathname === `/api/v1/source/${things.source}`
    await page.route(isOfSource, async (route) => {
      asked += 1
      if (asked === 1) return route.fulfill({ status: 500, body: '{}' })
      await gate.promise
      return route.continue()
    })
    await goTo(`sources/${things.source}`)
    await page.getByText('This could not be loaded').waitFor()
    await noteSkeletons(page)
    await waitFor('another look', () => asked === 2)
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)))
    expect(await notedSkeletons(page)).toEqual([])
    expect(await page.getByText('This could not be loaded').count()).toBe(1)
    gate.resolve()
    await page.getByRole('heading', { name: 'Code' }).waitFor()
    expect(await page.getByText('This could not be loaded').count()).toBe(0)
    await page.unroute(isOfSource)
  })

  it('says that it is not for the session, to one that may only look', async () => {
    const looking = await openWith({ capabilities: ['ViewBase', 'ViewSources'] })
    const { endpoint } = things
    for (const path of ['endpoints/new', 'sources/new', 'sources/new/stripe']) {
      await goTo(path, looking)
      await looking.getByRole('heading', { name: 'Not allowed in this session' }).waitFor()
      await inspectBriefly(looking, `forbidden-${path.replaceAll('/', '-')}`)
      expect(await looking.locator('main form').count(), `forms on ${path}`).toBe(0)
    }
    await goTo(`endpoints/${endpoint}?tab=testing`, looking)
    await looking.getByRole('heading', { name: 'Not allowed in this session' }).waitFor()
    await inspectBriefly(looking, 'forbidden-testing')
    await looking.close()
  })

  it('is there at once when it is looked at again', async () => {
    await goTo('endpoints')
    expect(await loadedTwice(page)).toEqual([])
  })
})

const SECRET = 's'.repeat(32)

/** One of each, for an endpoint that takes what it gets and a source that took one request and kept another. */
async function makeThings({ call, receiver }: Portal) {
  const create = async (path: string, body: object) =>
    String((await call('POST', path, body))['id'])
  await create('/event-type', { name: 'invoice.paid', description: '' })
  const endpoint = await create('/app/acme/endpoint', { url: receiver.url })
  const message = await create('/app/acme/msg', { eventType: 'invoice.paid', payload: {} })
  const fields = { name: 'Code', type: 'github', application: 'acme', secrets: [SECRET] }
  const source = await call('POST', '/source', fields)
  const send = async (secret: string) => {
    const headers = {
      'x-github-event': 'push',
      'x-github-delivery': crypto.randomUUID(),
      'x-hub-signature-256': githubSignature(secret, '{}'),
    }
    await fetch(String(source['ingestUrl']), { method: 'POST', headers, body: '{}' })
  }
  await send(SECRET)
  await send('wrong')
  await waitFor('what is delivered', () => receiver.requests.length === 2)
  const id = String(source['id'])
  const newest = async (outcome: string) => {
    const { data } = await call('GET', `/source/${id}/request?outcome=${outcome}`)
    return Array.isArray(data) ? String(data[0]?.id) : ''
  }
  const since = new Date(Date.now() - 3_600_000).toISOString()
  return {
    endpoint,
    message,
    task: await create(`/app/acme/endpoint/${endpoint}/recover`, { since }),
    source: id,
    taken: await newest('accepted'),
    kept: await newest('quarantined'),
  }
}
