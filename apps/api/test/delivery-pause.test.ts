import { describe, expect, it } from 'vitest'
import { ownEverything, setupStaff, type Staff } from './staff-setup.ts'

const PATH = '/installation/deliveries'
const REASON = 'Acme asked us to hold everything back.'

/** The record of this test's organisation, of pauses alone. */
async function pausesOf({ owner }: Staff) {
  const { body } = await owner.call('GET', '/audit?action=installation.deliveries')
  return body.data
}

describe('deliveries of the installation', () => {
  it('are paused with a reason by an owner of all organisations, seen by everybody, and resumed', async () => {
    const staff = await setupStaff()
    const other = await setupStaff()
    await ownEverything(staff)
    const { owner } = staff
    expect((await owner.call('GET', PATH)).body).toEqual({
      pause: null,
      mayChange: true,
      othersOrganisations: 0,
    })
    const { body, status } = await owner.call('POST', `${PATH}/pause`, { body: { reason: REASON } })
    expect(status).toBe(200)
    expect(body.pause).toMatchObject({ reason: REASON, pausedByName: 'Olive Owner', inFlight: 0 })
    expect(body.pause.pausedBy).toMatch(/^user:/)
    const viewer = await other.join('viewer')
    const seen = await viewer.call('GET', PATH)
    expect(seen.body).toMatchObject({ pause: { reason: REASON, inFlight: 0 }, mayChange: false })
    await other.send('POST', '/app', { body: { name: 'Acme', uid: 'acme' } })
    const limit = { body: { applications: ['acme'] } }
    await other.owner.call('PATCH', `/staff/user/${viewer.id}`, limit)
    expect((await viewer.call('GET', PATH)).body).toMatchObject({
      pause: { reason: REASON, waiting: null, inFlight: null },
      mayChange: false,
    })
    const { body: resumed } = await owner.call('POST', `${PATH}/resume`)
    expect(resumed.pause).toBeNull()
    for (const each of [staff, other])
      expect(await pausesOf(each)).toMatchObject([
        {
          action: 'installation.deliveries.resume',
          target: 'installation',
          changes: { reason: { from: REASON, to: null } },
        },
        {
          action: 'installation.deliveries.pause',
          changes: { reason: { from: null, to: REASON } },
        },
      ])
  })

  it('stay as they are when they are paused again, or resumed twice: no second record', async () => {
    const staff = await setupStaff()
    await ownEverything(staff)
    const { call } = staff.owner
    const first = await call('POST', `${PATH}/pause`, { body: { reason: REASON } })
    const again = await call('POST', `${PATH}/pause`, { body: { reason: 'Something else.' } })
    expect(again).toMatchObject({ status: 200, body: { pause: { reason: REASON } } })
    expect(again.body.pause.pausedAt).toBe(first.body.pause.pausedAt)
    expect((await call('POST', `${PATH}/resume`)).status).toBe(200)
    expect((await call('POST', `${PATH}/resume`)).body.pause).toBeNull()
    expect(await pausesOf(staff)).toHaveLength(2)
  })

  it("are nobody else's to pause: not an admin's, a key's without the scope, or of one organisation among others", async () => {
    const staff = await setupStaff()
    const other = await setupStaff()
    const body = { reason: REASON }
    const { text: admin } = await staff.apiKey({ scopes: ['read', 'admin'] })
    const { text: writer } = await staff.apiKey({ scopes: ['read', 'write'] })
    const callers = [
      staff.owner.call,
      (await staff.join('admin')).call,
      staff.as(admin),
      staff.as(writer),
      other.owner.call,
    ]
    for (const call of callers) {
      expect((await call('POST', `${PATH}/pause`, { body })).status).toBe(403)
      expect((await call('POST', `${PATH}/resume`)).status).toBe(403)
      expect((await call('GET', PATH)).body).toMatchObject({ pause: null, mayChange: false })
    }
    const { body: refused } = await staff.owner.call('POST', `${PATH}/pause`, { body })
    expect(refused.detail).toMatch(/of them aren't yours/)
  })

  it('may be paused with a key of the only organisation there is', async () => {
    const staff = await setupStaff()
    const { text } = await staff.apiKey({ scopes: ['read', 'admin'] })
    const { prisma } = staff.core.db
    const others = { orgId: { not: staff.orgId } }
    await prisma.staffMember.updateMany({ where: others, data: { disabledAt: new Date() } })
    await prisma.application.deleteMany({ where: { ...others, operational: false } })
    const call = staff.as(text)
    expect((await call('GET', PATH)).body).toMatchObject({ pause: null, mayChange: true })
    const { body } = await call('POST', `${PATH}/pause`, { body: { reason: REASON } })
    expect(body.pause).toMatchObject({ pausedByName: null, reason: REASON })
    expect(body.pause.pausedBy).toMatch(/^key:/)
    expect((await call('POST', `${PATH}/resume`)).body.pause).toBeNull()
  })

  it('need a reason of one line that fits a banner', async () => {
    const staff = await setupStaff()
    await ownEverything(staff)
    for (const reason of ['', '   ', 'x'.repeat(501), 'two\nlines', undefined])
      expect((await staff.owner.call('POST', `${PATH}/pause`, { body: { reason } })).status).toBe(
        422,
      )
    expect((await staff.owner.call('GET', PATH)).body.pause).toBeNull()
  })

  it('are told to be waiting as many as are due or in their turn', async () => {
    const staff = await setupStaff()
    await ownEverything(staff)
    const { body: app } = await staff.send('POST', '/app', { body: { name: 'Acme' } })
    for (const throttleRate of [null, 5])
      await staff.send('POST', `/app/${app.id}/endpoint`, {
        body: { url: 'https://example.com/hook', throttleRate },
      })
    await staff.owner.call('POST', `${PATH}/pause`, { body: { reason: REASON } })
    for (let n = 0; n < 3; n++)
      await staff.send('POST', `/app/${app.id}/msg`, { body: { eventType: 'a.b', payload: { n } } })
    const { body } = await staff.owner.call('GET', PATH)
    expect(body.pause).toMatchObject({ waiting: 6, inFlight: 0 })
    await staff.owner.call('POST', `${PATH}/resume`)
  })
})
