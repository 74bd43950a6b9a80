import { watchOutages } from '@posthorn/core/support'
import { type Database, forgetExpired } from '@posthorn/db'
import {
  seedAttempts,
  seedEndpoint,
  seedMessages,
  type SeededApplication,
} from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupStaff } from './staff-setup.ts'

const HOUR_MS = 3_600_000
const HOST = 'shared.example.com'

interface Trouble {
  readonly of?: 'own' | 'second' | 'other'
  readonly host?: string
  readonly hours?: number
  readonly code?: string
  readonly failures?: number
}

const LONG_AGO = new Date(Date.now() - 91 * 24 * HOUR_MS)

/** Three customers, an owner, and one of the staff who may see the first alone. */
async function setup() {
  const staff = await setupStaff()
  const { core, orgId, send } = staff
  const limited = await staff.join('viewer')
  const create = async (name: string) => {
    const { body } = await send('POST', '/app', { body: { name, uid: name } })
    return { orgId, appId: String(body.id) }
  }
  const [own, second, other] = [await create('own'), await create('second'), await create('other')]
  const customers = { own, second, other }
  const limitTo = (...applications: string[]) =>
    staff.owner.call('PATCH', `/staff/user/${limited.id}`, { body: { applications } })
  await limitTo('own')
  const pastOf =
    ({ call }: Pick<typeof limited, 'call'>) =>
    async (query: Record<string, string> = {}) =>
      (await call('GET', `/support/outage/past?${new URLSearchParams(query).toString()}`)).body
  return {
    ...staff,
    prisma: core.db.prisma,
    customers,
    limitTo,
    ...troublesOf(core.db, customers),
    look: () => watchOutages(core),
    forget: () => forgetExpired(core.db.hot, { retentionDays: 90, nowMs: Date.now() }),
    past: pastOf(limited),
    wholePast: pastOf(staff.owner),
    /** With what tells which transaction wrote each. */
    written: async () => {
      const { rows } = await core.db.hot.query<Record<string, unknown>>(
        `SELECT x.xmin::text, x.* FROM outage_application x JOIN outage o ON o.id = x.outage_id
          WHERE o.org_id = $1 ORDER BY app_id`,
        [orgId],
      )
      return rows
    },
  }
}

type Customers = Readonly<Record<'own' | 'second' | 'other', SeededApplication>>

/** Endpoints that can be made to fail and to work again. */
function troublesOf({ hot: pool }: Pick<Database, 'hot'>, customers: Customers) {
  const at = Date.now()
  const hoursAgo = (hours: number) => new Date(at - hours * HOUR_MS)
  const failAgain = (id: string, since: Date, failures = 7) =>
    pool.query(
      `UPDATE endpoint_state SET failing_since = $2, failure_count = $3 WHERE endpoint_id = $1`,
      [id, since, failures],
    )
  return {
    hoursAgo,
    failAgain,
    fail: async (trouble: Trouble = {}) => {
      const { of = 'own', host = HOST, hours = 1, code = 'timeout', failures } = trouble
      const app = customers[of]
      const id = await seedEndpoint(pool, app, { url: `https://${host}/hook` })
      const [messageId = ''] = await seedMessages(pool, app, [{ atMs: at - HOUR_MS }])
      await seedAttempts(pool, app, [{ messageId, endpointId: id }])
      await pool.query(`UPDATE attempt SET code = $2 WHERE endpoint_id = $1`, [id, code])
      await failAgain(id, hoursAgo(hours), failures)
      return id
    },
    mend: (...ids: string[]) =>
      pool.query(
        `UPDATE endpoint_state SET failing_since = NULL, failure_count = 0 WHERE endpoint_id = ANY ($1)`,
        [ids],
      ),
  }
}

describe('to a user who is limited to applications, an outage that is over', () => {
  it('is theirs alone: how many, why, and from when until when, while it goes on for others and after', async () => {
    const { hoursAgo, fail, mend, look, past, wholePast } = await setup()
    const own = await fail({ hours: 2, code: 'tls_expired' })
    const theirs = { of: 'other', hours: 5, code: 'http_503' } as const
    const others = [await fail(theirs), await fail(theirs), await fail(theirs)]
    await look()
    expect((await past()).data).toEqual([])
    const before = Date.now()
    await mend(own)
    await look()
    const { data, done } = await past()
    expect(data).toEqual([
      {
        id: expect.stringMatching(/^outage_/),
        host: HOST,
        beganAt: hoursAgo(2).toISOString(),
        endedAt: expect.any(String),
        endpoints: 1,
        applications: 1,
        causes: [{ code: 'tls_expired', endpoints: 1, applications: 1 }],
      },
    ])
    expect(done).toBe(true)
    expect(Date.parse(data[0].endedAt)).toBeGreaterThanOrEqual(before - 1_000)
    expect((await wholePast()).data).toEqual([])
    await mend(...others)
    await look()
    expect((await past()).data).toEqual(data)
    expect((await wholePast()).data).toMatchObject([
      { id: data[0].id, beganAt: hoursAgo(5).toISOString(), endpoints: 4, applications: 2 },
    ])
  })

  it('adds up what each of their applications had, once none of these has it any more', async () => {
    const { hoursAgo, limitTo, fail, mend, look, past, owner } = await setup()
    await limitTo('own', 'second')
    const own = [await fail({ hours: 2, code: 'tls_expired' }), await fail()]
    const second = await fail({ of: 'second', hours: 4, code: 'tls_expired' })
    await fail({ of: 'other', hours: 6, code: 'http_503' })
    await look()
    await mend(...own)
    await look()
    expect((await past()).data).toEqual([])
    await mend(second)
    await look()
    const { data } = await past()
    expect(data).toMatchObject([
      {
        beganAt: hoursAgo(4).toISOString(),
        endpoints: 3,
        applications: 2,
        causes: [
          { code: 'tls_expired', endpoints: 2, applications: 2 },
          { code: 'timeout', endpoints: 1, applications: 1 },
        ],
      },
    ])
    await owner.call('DELETE', '/app/second')
    expect((await past()).data).toMatchObject([
      { id: data[0].id, beganAt: hoursAgo(2).toISOString(), endpoints: 2, applications: 1 },
    ])
  })

  it('touched them if their endpoints tell so by themselves, whatever others fail there', async () => {
    const { fail, mend, look, past, wholePast } = await setup()
    const once = { host: 'down.example.com', failures: 1 }
    const ids = [await fail(once)]
    for (let n = 0; n < 5; n++) ids.push(await fail({ ...once, of: 'other' }))
    const alone = { ...once, host: 'ours.example.com' }
    for (let n = 0; n < 5; n++) ids.push(await fail(alone))
    await look()
    await mend(...ids)
    await look()
    expect((await past()).data).toMatchObject([{ host: 'ours.example.com', endpoints: 5 }])
    const whole = { host: 'down.example.com', endpoints: 6, applications: 2 }
    expect((await wholePast()).data).toContainEqual(expect.objectContaining(whole))
  })

  it('is paged through without a gap, past what touched none of theirs', async () => {
    const { limitTo, fail, mend, look, past } = await setup()
    await limitTo('own', 'second')
    const ids: string[] = []
    const troubles = {
      one: ['own', 'second', 'other'],
      two: ['second'],
      three: ['own'],
      four: ['other'],
      five: ['own'],
    } as const
    for (const [host, customers] of Object.entries(troubles)) {
      for (const of of customers) ids.push(await fail({ of, host: `${host}.example.com` }))
      await look()
    }
    await mend(...ids)
    await look()
    const seen: string[] = []
    let page = await past({ limit: '1' })
    for (; !page.done; page = await past({ limit: '1', iterator: page.iterator }))
      seen.push(page.data[0].host)
    seen.push(page.data[0].host)
    const hosts = ['five', 'three', 'two', 'one'].map((host) => `${host}.example.com`)
    expect(seen).toEqual(hosts)
    const back = await past({ limit: '2', iterator: page.prevIterator })
    expect(back.data.map(({ host }: { host: string }) => host)).toEqual(hosts.slice(1, 3))
    expect((await past()).data).toHaveLength(4)
  })

  it('is written once, as wide as it ever was, by several workers that look at once, and not again by who sees nothing new', async () => {
    const { hoursAgo, fail, failAgain, mend, look, written, past } = await setup()
    const ids = [await fail({ hours: 3 }), await fail(), await fail({ of: 'other' })]
    const [first = '', second = ''] = ids
    const looks = () => Promise.all([look(), look(), look()])
    await looks()
    const rows = await written()
    expect(rows.map(({ endpoints }) => endpoints)).toEqual([2, 1])
    await mend(second)
    await looks()
    expect(await written()).toEqual(rows)
    await mend(first)
    await looks()
    const { data } = await past()
    expect(data).toMatchObject([{ endpoints: 2, beganAt: hoursAgo(3).toISOString() }])
    await failAgain(second, hoursAgo(0))
    await looks()
    expect((await past()).data).toEqual([])
    await mend(second)
    await looks()
    expect((await past()).data).toEqual([{ ...data[0], endedAt: expect.any(String) }])
    expect(await written()).toHaveLength(2)
  })

  it('is told of no outage of which no application is known; one that goes on has them by the next look', async () => {
    const { core, orgId, fail, mend, look, past, wholePast } = await setup()
    const forgetApplications = () =>
      core.db.hot.query(
        `DELETE FROM outage_application WHERE outage_id IN (SELECT id FROM outage WHERE org_id = $1)`,
        [orgId],
      )
    const gone = await fail({ host: 'gone.example.com' })
    const lasting = await fail({ host: 'lasting.example.com' })
    await look()
    await mend(gone)
    await look()
    await forgetApplications()
    await look()
    await mend(lasting)
    await look()
    expect((await wholePast()).data).toHaveLength(2)
    expect((await past()).data).toMatchObject([{ host: 'lasting.example.com', endpoints: 1 }])
  })

  it('is over as of the end of the whole where that was written without theirs', async () => {
    const { orgId, prisma, hoursAgo, fail, mend, look, past } = await setup()
    const id = await fail()
    await look()
    await mend(id)
    await prisma.outage.updateMany({ where: { orgId }, data: { endedAt: hoursAgo(0.5) } })
    await look()
    expect((await past()).data).toMatchObject([{ endedAt: hoursAgo(0.5).toISOString() }])
  })

  it('is forgotten after 90 days, though it goes on for others, and with all of it then', async () => {
    const { orgId, prisma, customers, fail, mend, look, forget, written, past } = await setup()
    const [own, other] = [await fail(), await fail({ of: 'other' })]
    await look()
    await mend(own)
    await look()
    await forget()
    expect((await past()).data).toHaveLength(1)
    const endLongAgo = (appId: string) =>
      prisma.outageApplication.updateMany({ where: { appId }, data: { endedAt: LONG_AGO } })
    await endLongAgo(customers.own.appId)
    await forget()
    expect((await past()).data).toEqual([])
    expect(await written()).toMatchObject([{ app_id: customers.other.appId, ended_at: null }])
    await mend(other)
    await look()
    await prisma.outage.updateMany({ where: { orgId }, data: { endedAt: LONG_AGO } })
    await forget()
    expect(await prisma.outage.count({ where: { orgId } })).toBe(1)
    await endLongAgo(customers.other.appId)
    await forget()
    expect(await prisma.outage.count({ where: { orgId } })).toBe(0)
  })
})
