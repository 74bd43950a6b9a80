import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { type Console, startConsole } from '../console-setup.ts'
import { signInOwner } from '../console-steps.ts'
import { type CustomersServers, startCustomersServers } from './customers-servers.ts'
import { addEventTypes, TYPES } from './event-types.ts'
import { seedPast } from './history.ts'
import { addSources } from './sources.ts'

const HOSTS = {
  'hooks.northlight.example': { afterMs: 40, status: 200, body: '{"ok":true}' },
  'ledger.northlight.example': { afterMs: 90, status: 200 },
  'shop.northlight.example': {
    afterMs: 60,
    status: 500,
    headers: { 'content-type': 'application/json', server: 'nginx' },
    body: '{"error":"relation \\"orders\\" does not exist"}',
  },
  'events.harbour-freight.example': { afterMs: 20, status: 200, isExpired: true },
  'in.relay-cloud.example': {
    afterMs: 15,
    status: 503,
    headers: { 'content-type': 'text/html', server: 'relay-edge' },
    body: '<h1>503 Service Unavailable</h1>',
  },
  'api.pinecrest.example': { afterMs: 30, status: 200 },
  'crm.quill.example': { afterMs: 5_600, status: 200 },
}

// Customers of the host that is down, and how many endpoints each has there.
const RELAYED: readonly (readonly [string, number])[] = [
  ['Bluebird Travel', 3],
  ['Kestrel Energy', 2],
  ['Sundial Studios', 1],
]

export interface World extends AsyncDisposable {
  readonly staff: Console
  /** The owner's. */
  readonly page: Page
  readonly servers: CustomersServers
  readonly northlight: Customer
  readonly pinecrest: Customer
}

interface Customer {
  readonly appId: string
  readonly endpointIds: readonly string[]
}

/** An installation on a day like others: most is well, one host is down, one certificate has expired, one is slow. */
export async function startWorld(): Promise<World> {
  await using stack = new AsyncDisposableStack()
  const servers = stack.use(await startCustomersServers(HOSTS))
  const staff = stack.use(
    await startConsole({ POSTHORN_DNS_SERVERS: servers.dnsAddress, POSTHORN_BREAKER_AFTER: '0' }),
  )
  const page = await signInOwner(staff, { timezoneId: 'Europe/Berlin', locale: 'en-GB' })
  const named = { where: { id: staff.orgId }, data: { name: 'Production' } }
  await staff.core.db.prisma.organisation.update(named)
  await addEventTypes(staff)
  const northlight = await addNorthlight(staff, servers)
  const pinecrest = await addPinecrest(staff, servers)
  await addTroubled(staff, servers)
  await addSources(staff, northlight.appId)
  const resources = stack.move()
  return {
    staff,
    page,
    servers,
    northlight,
    pinecrest,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function addNorthlight(staff: Console, servers: CustomersServers): Promise<Customer> {
  const customer = await addCustomer(staff, { name: 'Northlight Coffee', uid: 'northlight' }, [
    {
      url: servers.urlOf('hooks.northlight.example', '/orders'),
      description: 'Order management',
      eventTypes: TYPES.slice(0, 4),
    },
    {
      url: servers.urlOf('ledger.northlight.example', '/v2/invoices'),
      description: 'Accounting',
      eventTypes: TYPES.filter((type) => type.startsWith('invoice.')),
      headers: { 'x-ledger': 'eu-1', authorization: 'Bearer of-the-ledger' },
    },
    {
      url: servers.urlOf('shop.northlight.example', '/hooks/stock'),
      description: 'Web shop',
      retrySchedule: [1],
    },
  ])
  const [orders = '', ledger = '', shop = ''] = customer.endpointIds
  const { appId } = customer
  const past = { appId, eventTypes: TYPES.slice(0, 4), perHour: 420, failed: 1 }
  const ofOrders = servers.urlOf('hooks.northlight.example', '/orders')
  await seedPast(staff, { ...past, endpointId: orders, url: ofOrders })
  await seedPast(staff, {
    ...past,
    endpointId: ledger,
    perHour: 90,
    failed: 0,
    url: servers.urlOf('ledger.northlight.example', '/v2/invoices'),
  })
  await seedPast(staff, {
    ...past,
    endpointId: shop,
    perHour: 160,
    failed: 6,
    url: servers.urlOf('shop.northlight.example', '/hooks/stock'),
  })
  await publish(staff, appId, [0, 24])
  await waitFor('what fails for good', async () => (await failedAt(staff, shop)) >= 24, 60_000)
  await staff.call('PATCH', `/app/${appId}/endpoint/${shop}`, { retrySchedule: null })
  await publish(staff, appId, [24, 32])
  return customer
}

function failedAt(staff: Console, endpointId: string): Promise<number> {
  const where = { endpointId, status: 'failed' as const }
  return staff.core.db.prisma.delivery.count({ where })
}

async function addPinecrest(staff: Console, servers: CustomersServers): Promise<Customer> {
  const url = servers.urlOf('api.pinecrest.example', '/webhooks')
  const customer = await addCustomer(staff, { name: 'Pinecrest Health', uid: 'pinecrest' }, [
    { url, throttleRate: 1, description: 'Patient records' },
  ])
  const [endpointId = ''] = customer.endpointIds
  const { appId } = customer
  await seedPast(staff, { appId, endpointId, url, eventTypes: TYPES, perHour: 240, failed: 0 })
  await publish(staff, appId, [0, 400])
  return customer
}

async function addTroubled(staff: Console, servers: CustomersServers): Promise<void> {
  const harbour = await addCustomer(staff, { name: 'Harbour Freight Lines' }, [
    { url: servers.urlOf('events.harbour-freight.example', '/posthorn') },
  ])
  const quill = await addCustomer(staff, { name: 'Quill & Sons' }, [
    { url: servers.urlOf('crm.quill.example', '/inbox'), description: 'CRM' },
  ])
  const apps = [harbour.appId, quill.appId]
  for (const [name, endpoints] of RELAYED) {
    const urls = Array.from({ length: endpoints }, (_, n) => ({
      url: servers.urlOf('in.relay-cloud.example', `/${name.slice(0, 3).toLowerCase()}/${n + 1}`),
      retrySchedule: [1],
    }))
    apps.push((await addCustomer(staff, { name }, urls)).appId)
  }
  await addCustomer(staff, { name: 'Lumen & Oak' }, [])
  for (const appId of apps) await publish(staff, appId, [0, 6])
  const failed = RELAYED.reduce((sum, [, endpoints]) => sum + 6 * endpoints, 0)
  const count = () =>
    staff.core.db.prisma.delivery.count({ where: { status: 'failed', cause: 'http_503' } })
  await waitFor('the outage', async () => (await count()) >= failed, 60_000)
}

async function addCustomer(
  staff: Console,
  app: { readonly name: string; readonly uid?: string },
  endpoints: readonly object[],
): Promise<Customer> {
  const appId = String((await staff.call('POST', '/app', app))['id'])
  const endpointIds: string[] = []
  for (const endpoint of endpoints) {
    const { id } = await staff.call('POST', `/app/${appId}/endpoint`, endpoint)
    endpointIds.push(String(id))
  }
  return { appId, endpointIds }
}

/** Orders as they come in. */
async function publish(
  staff: Console,
  appId: string,
  [from, to]: readonly [number, number],
): Promise<void> {
  for (let n = from; n < to; n++) {
    const order = `ord_${48_210 + n}`
    await staff.call('POST', `/app/${appId}/msg`, {
      eventType: TYPES[n % TYPES.length],
      eventId: `${order}-${n % TYPES.length}`,
      tags: n % 3 === 0 ? ['eu'] : [],
      payload: {
        id: order,
        customer: 'cus_9Jx2',
        amount: 4_200 + n * 35,
        currency: 'EUR',
        items: [{ sku: 'BEAN-1KG', quantity: 2 }],
      },
    })
  }
}

/** The newest of those that one endpoint got and another one failed. */
export async function shippedMessage({ staff, northlight }: World): Promise<string> {
  const path = `/app/${northlight.appId}/msg?limit=1&event_types=order.shipped`
  const { data } = await staff.call('GET', path)
  const [message] = Array.isArray(data) ? data : []
  return String(Object(message)['id'])
}
