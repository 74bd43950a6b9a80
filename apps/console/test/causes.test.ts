import { seedAttempts, seedMessage, waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInOwner } from './console-steps.ts'
import { inspect } from './inspect.ts'

const URL_OF_ALL = 'https://hooks.example.com/in'
const INSIDE = '10.20.30.40'
const SENT_AGAIN = 30
const SOON_MS = 5_000

interface Misbehaviour {
  readonly params: Readonly<Record<string, string | number>>
  readonly status?: number
  readonly says: string
  readonly phase: string
}

/** What ten receivers did, each as an attempt keeps it. */
const MISBEHAVED: Readonly<Record<string, Misbehaviour>> = {
  dns_not_found: {
    params: { phase: 'dns' },
    says: 'hooks.example.com has no address in DNS.',
    phase: 'The attempt ended while looking up the name.',
  },
  blocked_address: {
    params: { phase: 'dns' },
    says: "hooks.example.com leads to an address we don't send to.",
    phase: 'The attempt ended while looking up the name.',
  },
  connection_refused: {
    params: { phase: 'connect' },
    says: 'Nothing listens at hooks.example.com:443.',
    phase: 'The attempt ended while connecting.',
  },
  connect_timeout: {
    params: { phase: 'connect' },
    says: 'No connection in 12 ms.',
    phase: 'The attempt ended while connecting.',
  },
  tls_expired: {
    params: { phase: 'tls', date: '2026-11-01' },
    says: 'The certificate expired on 2026-11-01.',
    phase: 'The attempt ended while securing the connection.',
  },
  tls_unknown_ca: {
    params: { phase: 'tls' },
    says: 'No chain to a trusted authority.',
    phase: 'The attempt ended while securing the connection.',
  },
  connection_reset: {
    params: { phase: 'wait' },
    says: 'hooks.example.com hung up before answering.',
    phase: 'The attempt ended while waiting for the answer.',
  },
  headers_timeout: {
    params: { phase: 'wait' },
    says: 'Connected, no answer in 12 ms.',
    phase: 'The attempt ended while waiting for the answer.',
  },
  body_timeout: {
    params: { phase: 'body', status: 500 },
    status: 500,
    says: 'The answer (500) never ended.',
    phase: 'The attempt ended while reading the answer.',
  },
  http_redirect: {
    params: { status: 302, location: 'https://example.com/new' },
    status: 302,
    says: "It redirects to https://example.com/new; we don't follow.",
    phase: 'The attempt was answered.',
  },
}

describe.skipIf(isWithoutBrowser())('what is told of attempts', () => {
  let staff: Console
  let page: Page
  let app: { readonly orgId: string; readonly appId: string }
  let endpointId = ''

  beforeAll(async () => {
    staff = await startConsole({ POSTHORN_RETRY_SCHEDULE: 'none' })
    page = await signInOwner(staff)
    await staff.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    const { id } = await staff.call('POST', '/app', { name: 'Acme', uid: 'acme' })
    app = { orgId: staff.orgId, appId: String(id) }
    const endpoint = await staff.call('POST', '/app/acme/endpoint', { url: staff.receiver.url })
    endpointId = String(endpoint['id'])
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const portalPage = async () => {
    const { url } = await staff.call('POST', '/auth/app-portal-access/acme', {})
    const customer = await staff.newPage()
    await customer.goto(String(url))
    await customer.getByRole('link', { name: staff.receiver.url }).waitFor()
    return customer
  }
  const atConsole = (path: string) => `${staff.url}/console/${staff.orgId}${path}`

  /** As whoever is signed in at the console. */
  const asOwner = (path: string, body: object) =>
    page.evaluate(
      async ([path, orgId, text]) => {
        const response = await fetch(`/api/v1${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'posthorn-organisation': orgId },
          body: text,
        })
        return String((await response.json()).id)
      },
      [path, staff.orgId, JSON.stringify(body)] as const,
    )

  it('is another sentence for each way to fail, with phase and time, to staff and customer alike', async () => {
    const { hot } = staff.core.db
    const messageId = await seedMessage(hot, app)
    const codes = Object.keys(MISBEHAVED)
    const ids = await seedAttempts(
      hot,
      app,
      Object.entries(MISBEHAVED).map(([code, { params, status = 0 }], n) => ({
        messageId,
        endpointId,
        code,
        params,
        responseStatus: status,
        url: URL_OF_ALL,
        number: n + 1,
        trace: code === 'blocked_address' ? { address: INSIDE } : {},
      })),
    )
    const customer = await portalPage()
    const seen = new Set<string>()
    for (const [n, code] of codes.entries()) {
      const { says, phase } = MISBEHAVED[code] ?? { says: '', phase: '' }
      const { outcome } = await staff.call('GET', `/app/acme/msg/${messageId}/attempt/${ids[n]}`)
      expect(outcome).toMatchObject({ code })
      const at = `${messageId}?attempt=${ids[n]}`
      await page.goto(atConsole(`/messages/${app.appId}/${at}`))
      await customer.goto(`${staff.url}/portal/messages/${at}`)
      for (const one of [page, customer]) {
        const told = one.locator('.notice', { hasText: says }).first()
        await told.getByText(`${phase} That took 12 ms.`).waitFor()
        expect(await one.content()).not.toContain(INSIDE)
      }
      seen.add(says)
    }
    expect(seen.size).toBe(10)
    await inspect(page, 'attempt-cause')
  })

  it('is, of those that a task asked for, which one and who, soon after, as many as the task counts', async () => {
    staff.receiver.replies(500)
    const published = await Promise.all(
      Array.from({ length: SENT_AGAIN }, async () => {
        const body = { eventType: 'invoice.paid', payload: {} }
        return String((await staff.call('POST', '/app/acme/msg', body))['id'])
      }),
    )
    const attempts = async () => {
      const path = `/app/acme/attempt/endpoint/${endpointId}?limit=250`
      const { data } = await staff.call('GET', path)
      const all: { id: string; msgId: string; triggerType: number }[] = Object(data)
      return all.filter(({ msgId }) => published.includes(msgId))
    }
    await waitFor('the failures', async () => (await attempts()).length === SENT_AGAIN)
    staff.receiver.replies(200)
    const at = `/app/${app.appId}/endpoint/${endpointId}`
    const since = new Date(Date.now() - 600_000).toISOString()
    const asked = {
      recover: () => asOwner(`${at}/recover`, { since }),
      'bulk-replay': () => asOwner(`${at}/bulk-replay`, { since }),
    }
    const before = new Set((await attempts()).map(({ id }) => id))
    for (const ask of Object.values(asked)) {
      const taskId = await ask()
      const arrived = () => staff.receiver.requests.length
      const from = before.size
      await waitFor('all of it', () => arrived() >= from + SENT_AGAIN)
      const arrivedAtMs = Date.now()
      const isNew = ({ id }: { id: string }) => !before.has(id)
      await waitFor('them', async () => (await attempts()).filter(isNew).length === SENT_AGAIN)
      expect(Date.now() - arrivedAtMs).toBeLessThan(SOON_MS)
      const made = (await attempts()).filter(isNew)
      for (const { id, msgId } of made) {
        before.add(id)
        expect(await staff.call('GET', `/app/acme/msg/${msgId}/attempt/${id}`)).toMatchObject({
          triggerType: 1,
          taskId,
          by: { kind: 'staff', name: 'Olive' },
        })
      }
      expect(new Set(made.map(({ msgId }) => msgId))).toEqual(new Set(published))
      await waitFor('its end', async () => {
        const task = await staff.call('GET', `/background-task/${taskId}`)
        return task['status'] === 'finished' && Object(task['outcomes']).delivered === SENT_AGAIN
      })
      const rows = await staff.call('GET', `/background-task/${taskId}/delivery?limit=250`)
      expect(rows['data']).toHaveLength(SENT_AGAIN)
    }
    await waitFor('the statistics', async () => {
      const stats = await staff.call('GET', `/app/acme/endpoint/${endpointId}/stats`)
      return stats['success'] === 2 * SENT_AGAIN && stats['fail'] === SENT_AGAIN
    })
  })

  it('leads from such an attempt to its task, for staff and for the customer', async () => {
    const newest = staff.receiver.requests.at(-1)?.messageId ?? ''
    await page.goto(atConsole(`/messages/${app.appId}/${newest}`))
    await page.locator('main').getByText('(by hand, by Olive)').waitFor()
    await page.getByRole('region', { name: 'Attempt', exact: true }).getByRole('link').click()
    await page.waitForURL('**/tasks/**')
    await page.getByText(`Delivered: ${SENT_AGAIN}`).waitFor()
    const customer = await portalPage()
    await customer.goto(`${staff.url}/portal/messages/${newest}`)
    await customer.getByText('(by hand, by support staff)').waitFor()
    await inspect(customer, 'attempt-of-task')
    await customer.getByRole('link', { name: 'See its progress and result' }).click()
    await customer.getByText(`Delivered: ${SENT_AGAIN}`).waitFor()
  })
})
