import { seedAttempts, seedEndpoint, seedMessage } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupStaff } from './staff-setup.ts'

const ADDRESS = '203.0.113.7'
const INSIDE = '10.20.30.40'
const WORKER = 'host-7:4711'

/** What an attempt that went out left, and one of a host that is not sent to, as no worker should leave it. */
async function setup() {
  const staff = await setupStaff()
  const { send, orgId } = staff
  const pool = staff.core.db.hot
  const created = await send('POST', '/app', { body: { name: 'Acme' } })
  const app = { orgId, appId: String(created.body.id) }
  const endpointId = await seedEndpoint(pool, app)
  const messageId = await seedMessage(pool, app)
  const of = { messageId, endpointId, responseStatus: 0 }
  const [refused, blocked] = await seedAttempts(pool, app, [
    {
      ...of,
      code: 'connection_refused',
      trace: { address: ADDRESS, worker: WORKER, errno: 'ECONNREFUSED' },
    },
    { ...of, code: 'blocked_address', trace: { address: INSIDE, worker: WORKER } },
  ])
  const access = await send('POST', `/auth/app-portal-access/${app.appId}`, { body: {} })
  const support = await staff.join('support')
  const path = `/app/${app.appId}`
  return {
    refused: `${path}/msg/${messageId}/attempt/${refused}`,
    blocked: `${path}/msg/${messageId}/attempt/${blocked}`,
    lists: [`${path}/attempt/msg/${messageId}`, `${path}/attempt/endpoint/${endpointId}`],
    messages: `${path}/endpoint/${endpointId}/msg`,
    portal: staff.as(access.body.token),
    support: support.call,
    organisation: send,
  }
}

describe('which way an attempt went', () => {
  it('is told by its address to everyone, by worker and error to the staff alone', async () => {
    const bench = await setup()
    const { body: toStaff } = await bench.support('GET', bench.refused)
    expect(toStaff).toMatchObject({
      remoteAddress: ADDRESS,
      trace: { worker: WORKER, errno: 'ECONNREFUSED' },
    })
    for (const read of [bench.portal, bench.organisation]) {
      const { body } = await read('GET', bench.refused)
      expect(body).toMatchObject({ remoteAddress: ADDRESS, trace: null })
      for (const path of [bench.refused, ...bench.lists, bench.messages])
        expect(JSON.stringify((await read('GET', path)).body)).not.toMatch(/host-7|ECONNREFUSED/)
    }
  })

  it('never tells the address of a host that is not sent to', async () => {
    const bench = await setup()
    for (const read of [bench.portal, bench.organisation, bench.support]) {
      const { body } = await read('GET', bench.blocked)
      expect(body).toMatchObject({ outcome: { code: 'blocked_address' }, remoteAddress: null })
      for (const path of [bench.blocked, ...bench.lists, bench.messages])
        expect(JSON.stringify((await read('GET', path)).body)).not.toContain(INSIDE)
    }
  })
})
