import { seedAttempts, seedDeliveries, seedEndpoint, seedMessages } from '@posthorn/test-kit'
import { setupStaff, type Staff } from './staff-setup.ts'

export const HOST = 'shared.example.com'
const HOUR_MS = 3_600_000
export const SINCE = new Date(Date.now() - 24 * HOUR_MS).toISOString()

/** Slots of answers that all took longer than the board calls slow. */
const SLOW = [...Array.from({ length: 60 }, () => 0), 5]

/** An application with all that staff may come across: what fails, is disabled, slow, and waits, behind a host that others share. */
async function seedCustomer({ core, orgId, send }: Staff, name: string) {
  const { hot: pool, prisma } = core.db
  const { body: app } = await send('POST', '/app', { body: { name: `${name} Ltd`, uid: name } })
  const customer = { orgId, appId: String(app.id) }
  const url = `https://${HOST}/${name}`
  const endpointId = await seedEndpoint(pool, customer, { url })
  const disabledId = await seedEndpoint(pool, customer, { url, disabled: true })
  const since = new Date(Date.now() - HOUR_MS)
  await pool.query(
    `UPDATE endpoint_state SET failing_since = $2, failure_count = 40 WHERE endpoint_id = $1`,
    [endpointId, since],
  )
  await pool.query(
    `UPDATE endpoint SET disabled_at = now(), disabled_by = 'automatic' WHERE id = $1`,
    [disabledId],
  )
  const seeds = [
    { atMs: Date.now() - HOUR_MS, eventId: 'order-17' },
    { atMs: Date.now() - HOUR_MS },
  ]
  const [lostId = '', retryingId = ''] = await seedMessages(pool, customer, seeds)
  const nextAttemptAt = new Date(Date.now() + HOUR_MS)
  await seedDeliveries(pool, customer, [
    { messageId: lostId, endpointId, status: 'failed', cause: 'http_500' },
    { messageId: retryingId, endpointId, status: 'pending', attemptCount: 2, nextAttemptAt },
  ])
  const made = { messageId: lostId, endpointId, responseStatus: 500 }
  const [attemptId = ''] = await seedAttempts(pool, customer, [made])
  const counted = { appId: customer.appId, kind: 'endpoint', key: endpointId, success: 0, fail: 5 }
  const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000)
  const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS)
  await prisma.trafficMinute.create({
    data: { ...counted, startsAt: minute, exhausted: 0, latency: SLOW },
  })
  await prisma.trafficHour.create({
    data: { ...counted, startsAt: hour, exhausted: 0, latency: SLOW },
  })
  const task = { body: { since: SINCE } }
  const { body } = await send('POST', `/app/${name}/endpoint/${endpointId}/recover`, task)
  return {
    ...customer,
    name,
    endpointId,
    disabledId,
    lostId,
    retryingId,
    attemptId,
    taskId: body.id,
  }
}

type Customer = Awaited<ReturnType<typeof seedCustomer>>

/** Everything by which an answer could tell of a customer. */
export function marksOf(customer: Customer): string[] {
  const { appId, name, endpointId, disabledId, lostId, retryingId, attemptId, taskId } = customer
  const ids = [appId, endpointId, disabledId, lostId, retryingId, attemptId, taskId]
  return [`${name} Ltd`, `${HOST}/${name}`, ...ids].map(String)
}

/** Two customers of an organisation, and one of the staff who may see the first alone. */
export async function setupLimited(role: 'support' | 'viewer' = 'support') {
  const staff = await setupStaff()
  const [own, other] = [await seedCustomer(staff, 'own'), await seedCustomer(staff, 'other')]
  const limited = await staff.join(role)
  const limit = (fields: object) =>
    staff.owner.call('PATCH', `/staff/user/${limited.id}`, { body: fields })
  const { status } = await limit({ applications: ['own'] })
  if (status !== 204) throw new Error(`Limiting a user answered ${status}.`)
  return { ...staff, own, other, limited, limit }
}

export type LimitedBench = Awaited<ReturnType<typeof setupLimited>>

/** The path of a route with everything in it that is of the other customer. */
export function pathOfOther(path: string, { other }: Pick<LimitedBench, 'other'>): string {
  const values: Readonly<Record<string, string>> = {
    appId: other.appId,
    endpointId: other.endpointId,
    msgId: other.lostId,
    attemptId: other.attemptId,
    taskId: String(other.taskId),
  }
  return path.replaceAll(/:(\w+)/g, (_whole, name: string) => values[name] ?? `${name}_of_another`)
}
