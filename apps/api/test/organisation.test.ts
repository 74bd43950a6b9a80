import { describe, expect, it } from 'vitest'
import { setupStaff } from './staff-setup.ts'

type Staff = Awaited<ReturnType<typeof setupStaff>>

const COPY = '/organisation/copy'

/** An owner with a production of their own, and a staging made in the console. */
async function setup() {
  const staff = await setupStaff()
  const made = await staff.owner.send('POST', '/staff/organisation', { body: { name: 'Staging' } })
  const stagingId = String(made.body.id)
  return {
    ...staff,
    production: staff.owner.call,
    staging: staff.owner.within(stagingId),
    stagingId,
  }
}

function eventType(name: string, fields: object = {}) {
  return { body: { name, description: `About ${name}`, ...fields } }
}

async function actionsIn({ core }: Pick<Staff, 'core'>, orgId: string): Promise<string[]> {
  const rows = await core.db.prisma.auditRecord.findMany({ where: { orgId } })
  return rows.map((row) => row.action)
}

describe('an organisation', () => {
  it('is created by an owner of another one, who owns it, by a name they have once', async () => {
    const staff = await setup()
    const { body: me } = await staff.owner.send('GET', '/staff/me')
    const created = { orgId: staff.stagingId, name: 'Staging', role: 'owner', applications: null }
    expect(me.memberships).toContainEqual(created)
    expect((await staff.staging('GET', '/app')).body.data).toEqual([])
    expect(await actionsIn(staff, staff.stagingId)).toContain('organisation.create')
    const again = await staff.owner.send('POST', '/staff/organisation', {
      body: { name: 'staging' },
    })
    expect(again).toMatchObject({ status: 409, body: { code: 'organisation_exists' } })
    const { body: list } = await staff.owner.send('GET', '/staff/organisation')
    expect(list.data).toContainEqual(
      expect.objectContaining({
        id: staff.stagingId,
        name: 'Staging',
        role: 'owner',
        eventTypes: 0,
      }),
    )
  })

  it('is made once when the same user makes it twice at once', async () => {
    const { owner } = await setupStaff()
    const make = () => owner.send('POST', '/staff/organisation', { body: { name: 'Twice' } })
    const answers = await Promise.all([make(), make()])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]))
  })

  it('is made by no admin, by nobody without a session, and not without a name', async () => {
    const { join, owner, browser } = await setupStaff()
    const admin = await join('admin')
    const body = { name: 'Mine' }
    expect((await admin.send('POST', '/staff/organisation', { body })).status).toBe(403)
    expect((await browser().send('POST', '/staff/organisation', { body })).status).toBe(401)
    expect((await owner.send('POST', '/staff/organisation', { body: { name: ' ' } })).status).toBe(
      422,
    )
  })

  it('is named by its owners, and each change stands in the record', async () => {
    const { join, owner, orgId, ...staff } = await setupStaff()
    const admin = await join('admin')
    const body = { name: 'Production' }
    expect((await admin.call('PATCH', '/organisation', { body })).status).toBe(403)
    expect((await owner.call('PATCH', '/organisation', { body })).status).toBe(204)
    expect((await owner.send('GET', '/staff/me')).body.memberships[0].name).toBe('Production')
    expect(await actionsIn(staff, orgId)).toContain('organisation.rename')
  })
})

describe('copying from another organisation', () => {
  it('shows first what is added and changed, before and after, and what it leaves alone', async () => {
    const { production, staging, orgId } = await setup()
    await production('POST', '/event-type', eventType('invoice.paid'))
    await production('POST', '/event-type', eventType('invoice.sent', { deprecated: true }))
    await production('POST', '/event-type', eventType('invoice.same'))
    await staging('POST', '/event-type', eventType('invoice.sent'))
    await staging('POST', '/event-type', eventType('invoice.same'))
    await staging('POST', '/event-type', eventType('only.here'))
    const { body: shown, status } = await staging('POST', COPY, { body: { from: orgId } })
    expect(status).toBe(200)
    expect(shown.items).toEqual([
      expect.objectContaining({ kind: 'event_type', name: 'invoice.paid', change: 'add' }),
      {
        kind: 'event_type',
        name: 'invoice.sent',
        change: 'change',
        changes: { deprecated: { from: false, to: true } },
      },
    ])
    expect(shown.untouched[0]).toEqual({ kind: 'event_type', names: ['only.here'], total: 1 })
    expect((await staging('GET', '/event-type/invoice.paid')).status).toBe(404)
  })

  it('applies what was shown, once, and stands in the record of both', async () => {
    const { production, staging, orgId, stagingId, ...staff } = await setup()
    const schemas = { '1': { type: 'object', required: ['id'], examples: [{ id: 'inv_1' }] } }
    await production('POST', '/event-type', eventType('invoice.paid', { schemas }))
    const { body: shown } = await staging('POST', COPY, { body: { from: orgId } })
    const apply = () => staging('POST', COPY, { body: { from: orgId, digest: shown.digest } })
    expect(await apply()).toMatchObject({ status: 200, body: { isDone: true, total: 1 } })
    expect((await staging('GET', '/event-type/invoice.paid')).body.schemas).toEqual(schemas)
    expect(await apply()).toMatchObject({ status: 200, body: { isDone: true, total: 0 } })
    expect(
      (await actionsIn(staff, stagingId)).filter((it) => it === 'organisation.copy_from'),
    ).toHaveLength(1)
    expect(await actionsIn(staff, orgId)).toContain('organisation.copy_to')
    expect(await actionsIn(staff, stagingId)).toContain('event_type.create')
  })

  it('refuses when something changed since it was shown, on either side', async () => {
    const { production, staging, orgId } = await setup()
    await production('POST', '/event-type', eventType('a.one'))
    const show = async () => (await staging('POST', COPY, { body: { from: orgId } })).body.digest
    const apply = (digest: string) => staging('POST', COPY, { body: { from: orgId, digest } })
    const first = await show()
    await production('PATCH', '/event-type/a.one', { body: { description: 'Another' } })
    expect(await apply(first)).toMatchObject({ status: 409, body: { code: 'diff_outdated' } })
    const second = await show()
    await staging('POST', '/event-type', eventType('a.one'))
    expect((await apply(second)).status).toBe(409)
    expect((await staging('GET', '/event-type/a.one')).body.description).toBe('About a.one')
    expect((await apply(await show())).status).toBe(200)
    expect((await staging('GET', '/event-type/a.one')).body.description).toBe('Another')
  })

  it('takes more than one round when much differs, and says how much', async () => {
    const { core, staging, orgId } = await setup()
    const names = Array.from({ length: 230 }, (_, index) => `many.n${1_000 + index}`)
    await core.db.prisma.eventType.createMany({
      data: names.map((name) => ({ orgId, name, description: '' })),
    })
    const round = async () => {
      const { body } = await staging('POST', COPY, { body: { from: orgId } })
      await staging('POST', COPY, { body: { from: orgId, digest: body.digest } })
      return [body.items.length, body.total]
    }
    expect([await round(), await round(), await round()]).toEqual([
      [200, 230],
      [30, 30],
      [0, 0],
    ])
  })

  it('copies operational webhooks with a secret of their own and without custom headers', async () => {
    const { production, staging, orgId } = await setup()
    const path = '/operational-webhook/endpoint'
    const url = 'https://ops.example.com/hook'
    const body = { url, description: 'Pager', headers: { 'x-team': 'ops' } }
    const { body: original } = await production('POST', path, { body })
    const { body: shown } = await staging('POST', COPY, { body: { from: orgId } })
    expect(shown.items).toMatchObject([{ kind: 'operational_webhook', name: url, change: 'add' }])
    await staging('POST', COPY, { body: { from: orgId, digest: shown.digest } })
    const { body: list } = await staging('GET', path)
    expect(list.data).toMatchObject([{ url, description: 'Pager' }])
    const secretOf = async (call: typeof staging, id: string) =>
      (await call('GET', `${path}/${id}/secret`)).body.key
    const copied = String(list.data[0].id)
    expect(await secretOf(staging, copied)).not.toBe(await secretOf(production, original.id))
    expect((await staging('GET', `${path}/${copied}/headers`)).body.headers).toEqual({})
    expect((await staging('POST', COPY, { body: { from: orgId } })).body.items).toEqual([])
  })

  it('copies alert rules with a secret of their own, and none that tells Slack', async () => {
    const { production, staging, orgId } = await setup()
    const rule = { condition: 'lag', threshold: 60, windowSeconds: 300, reminderSeconds: null }
    const webhook = { kind: 'webhook', url: 'https://ops.example.com/alerts' }
    const slack = { kind: 'slack', url: 'https://hooks.slack.example.com/services/T0/B0/secret' }
    const late = { ...rule, name: 'Late', target: webhook }
    const { body: original } = await production('POST', '/alert', { body: late })
    await production('POST', '/alert', { body: { ...rule, name: 'To Slack', target: slack } })
    const round = async () => {
      const { body } = await staging('POST', COPY, { body: { from: orgId } })
      await staging('POST', COPY, { body: { from: orgId, digest: body.digest } })
      return body.items
    }
    const shown = await round()
    expect(shown).toMatchObject([{ kind: 'alert_rule', name: 'Late', change: 'add' }])
    expect(JSON.stringify(shown)).not.toContain('whsec_')
    const { body: list } = await staging('GET', '/alert')
    expect(list.data).toMatchObject([{ name: 'Late', threshold: 60, target: webhook }])
    const secretOf = async (call: typeof staging, id: string) =>
      (await call('GET', `/alert/${id}/secret`)).body
    const copied = await secretOf(staging, list.data[0].id)
    expect(copied).not.toEqual(await secretOf(production, original.id))
    await production('PATCH', `/alert/${original.id}`, { body: { threshold: 90 } })
    expect(await round()).toMatchObject([{ changes: { threshold: { from: 60, to: 90 } } }])
    expect(await round()).toEqual([])
  })

  it('is between organisations in both of which the user is admin, and for no key', async () => {
    const { staging, production, join, orgId, stagingId, core, apiKey, as } = await setup()
    const stranger = await setupStaff()
    const from = (id: string) => ({ body: { from: id } })
    expect((await staging('POST', COPY, from(stranger.orgId))).status).toBe(404)
    expect((await staging('POST', COPY, from('org_unknown'))).status).toBe(404)
    expect((await stranger.owner.call('POST', COPY, from(orgId))).status).toBe(404)
    expect((await production('POST', COPY, from(orgId))).status).toBe(422)
    const support = await join('support')
    expect((await support.call('POST', COPY, from(stagingId))).status).toBe(403)
    const admin = await join('admin')
    expect((await admin.call('POST', COPY, from(stagingId))).status).toBe(404)
    const member = { orgId: stagingId, userId: admin.id, role: 'support' }
    await core.db.prisma.staffMember.create({ data: member })
    expect((await admin.call('POST', COPY, from(stagingId))).status).toBe(403)
    const { text } = await apiKey({ scopes: ['admin'] })
    expect((await as(text)('POST', COPY, from(stagingId))).status).toBe(403)
  })
})
