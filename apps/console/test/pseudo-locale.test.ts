import { waitFor } from '@posthorn/test-kit'
import { expectWholePseudo, nothingLoads, speakPseudo } from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInOwner } from './console-steps.ts'
import { SCREENS } from './sections.ts'

const NAMES = [
  /Acme|Olive|(olive|vera)@example\.com|hooks\.example\.com|Posthorn|PostgreSQL|Redis|Slack|JSON|Mozilla\/.*/g,
  /\b(invoice|a|app|ep|msg|atmpt|org|usr|qtask|key|alert|src)(_|\.)\S*|[A-Z]+_[A-Z_]+|\b\dxx\b/g,
  // A worker's.
  /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
]

const PLACES = [
  ...SCREENS,
  'event-types/~new',
  'event-types/~import',
  'organisations/copy',
  'nowhere',
]

describe.skipIf(isWithoutBrowser())('in a language that nobody speaks', () => {
  let staff: Console
  let page: Page

  beforeAll(async () => {
    staff = await startConsole({ POSTHORN_RETRY_SCHEDULE: '0.1' })
    const owner = await signInOwner(staff)
    const storageState = await owner.context().storageState()
    await owner.close()
    page = await staff.newPage({ locale: 'de-DE', storageState })
    await speakPseudo(page)
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const judge = async (path: string, on = page) => {
    await on.goto(`${staff.url}/console/${staff.orgId}/${path}`)
    await on.getByRole('heading').first().waitFor()
    await on.waitForLoadState('networkidle')
    await nothingLoads(on)
    await expectWholePseudo(on, { what: path, names: NAMES })
  }
  const create = async (path: string, body: object) =>
    String((await staff.call('POST', path, body))['id'])

  it.each(PLACES)('says nothing else on %s while there is nothing yet', (path) => judge(path))

  it('says nothing else to who is not signed in', async () => {
    const stranger = await staff.newPage({ locale: 'de-DE' })
    await speakPseudo(stranger)
    staff.expectProblem(/status of 401/)
    await judge('sign-in', stranger)
    await stranger.close()
  })

  it('says nothing else of a customer whose endpoint fails', async () => {
    staff.receiver.replies(503)
    const appId = await create('/app', { name: 'Acme' })
    const endpointId = await create(`/app/${appId}/endpoint`, { url: staff.receiver.url })
    let messageId = ''
    for (let n = 0; n < 3; n++)
      messageId = await create(`/app/${appId}/msg`, { eventType: 'a.b', payload: { n } })
    const where = { endpointId, status: 'failed' } as const
    const { delivery } = staff.core.db.prisma
    await waitFor('the failures', async () => (await delivery.count({ where })) === 3, 60_000)
    await judge(`applications/${appId}`)
    await judge(`endpoints/${appId}/${endpointId}`)
    await judge(`messages/${appId}/${messageId}`)
    await judge('outages/127.0.0.1')
    await judge('recover?host=127.0.0.1')
    await judge(`test-receiver/${appId}`)
    const since = new Date(Date.now() - 3_600_000).toISOString()
    await judge(`tasks/${await create(`/app/${appId}/endpoint/${endpointId}/recover`, { since })}`)
    await judge(`recover/${await create('/support/recover', { host: '127.0.0.1', since })}`)
  })

  it('says nothing else of what is set up', async () => {
    await create('/event-type', { name: 'invoice.paid', description: '' })
    await judge('event-types/invoice.paid')
    const { url } = staff.receiver
    await judge(`operational-webhooks/${await create('/operational-webhook/endpoint', { url })}`)
    await create('/staff/invitation', { email: 'vera@example.com', role: 'support' })
    await judge('users')
    const rule = { name: 'Acme', condition: 'lag', threshold: 10 }
    await judge(`alerts/${await create('/alert', { ...rule, target: { kind: 'webhook', url } })}`)
  })

  it.each(['overview', 'health', 'outages', 'queues', 'applications', 'messages', 'audit'])(
    'says nothing else on %s then',
    (path) => judge(path),
  )
})
