import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import type { Console } from './console-setup.ts'

export type Things = Awaited<ReturnType<typeof makeThings>>

/** One of each, for an endpoint that fails. */
export async function makeThings(staff: Console, page: Page) {
  const { call, receiver } = staff
  const create = async (path: string, body: object) =>
    String((await call('POST', path, body))['id'])
  const { url } = receiver
  receiver.replies(503)
  await create('/event-type', { name: 'invoice.paid', description: '' })
  const app = await create('/app', { name: 'Acme' })
  const endpoint = await create(`/app/${app}/endpoint`, { url })
  const message = await create(`/app/${app}/msg`, { eventType: 'invoice.paid', payload: {} })
  await waitFor('the attempt', () => receiver.requests.length === 1)
  const since = new Date(Date.now() - 3_600_000).toISOString()
  const target = { kind: 'webhook', url }
  const source = await call('POST', '/source', {
    name: 'Open',
    type: 'generic-webhook',
    application: app,
  })
  await fetch(String(source['ingestUrl']), { method: 'POST', body: '{}' })
  const { data } = await call('GET', `/source/${String(source['id'])}/request`)
  return {
    app,
    endpoint,
    message,
    task: await create(`/app/${app}/endpoint/${endpoint}/recover`, { since }),
    recovery: await create('/support/recover', { host: '127.0.0.1', since }),
    alert: await create('/alert', { name: 'Acme', condition: 'lag', threshold: 10, target }),
    webhook: await create('/operational-webhook/endpoint', { url }),
    source: String(source['id']),
    request: Array.isArray(data) ? String(data[0]?.id) : '',
    elsewhere: await makeOrganisation(page),
  }
}

/** Another one of whoever is signed in. */
function makeOrganisation(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const response = await fetch('/api/v1/staff/organisation', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Staging' }),
    })
    return String((await response.json()).id)
  })
}
