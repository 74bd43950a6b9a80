import { runTaskSlice } from '@posthorn/core'
import { seedDeliveries, seedEndpoint, seedMessages } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupStaff, type Staff } from './staff-setup.ts'

const ALONE = 100_000
const HOUR_MS = 3_600_000

/** A recovery that one of the staff started, of `failed` messages, when all but one of those that need nobody else are sent. */
async function setupRecovery(failed: number) {
  const staff = await setupStaff()
  const { core, orgId, send } = staff
  const { body: app } = await send('POST', '/app', { body: { name: 'Acme' } })
  const seeded = { orgId, appId: String(app.id) }
  const pool = core.db.hot
  const endpointId = await seedEndpoint(pool, seeded, { url: 'https://back.example.com/' })
  const seeds = Array.from({ length: failed }, () => ({ atMs: Date.now() - HOUR_MS }))
  const ids = await seedMessages(pool, seeded, seeds)
  const rows = ids.map((messageId) => ({ messageId, endpointId, status: 'failed' as const }))
  await seedDeliveries(pool, seeded, rows)
  const starter = await staff.join('support')
  const since = new Date(Date.now() - 24 * HOUR_MS)
  const { body: task } = await starter.call('POST', '/support/recover', {
    body: { endpointIds: [endpointId], since },
  })
  const id = String(task.id)
  await core.db.prisma.backgroundTask.update({ where: { id }, data: { done: ALONE - 1 } })
  const at = `/background-task/${id}`
  const read = async (by: Staff['owner'] = staff.owner) => (await by.call('GET', at)).body
  return { ...staff, starter, id, at, read }
}

describe('a recovery of more messages than one person may send alone', () => {
  it('stops there, and goes on once another user approves', async () => {
    const { core, starter, join, id, at, read } = await setupRecovery(3)
    expect(await runTaskSlice(core, { id })).toBe('ended')
    const held = await read()
    expect(held).toMatchObject({ status: 'running', progress: { done: ALONE } })
    expect(held.pausedAt).not.toBeNull()
    const waiting = { aloneAtMost: ALONE, isWaiting: true, isGiven: false }
    expect(held.approval).toEqual({ ...waiting, mayGive: true })
    expect((await starter.call('GET', at)).body.approval).toEqual({ ...waiting, mayGive: false })

    const other = await join('support')
    for (const call of [starter.call, other.call])
      expect((await call('POST', `${at}/resume`)).status).toBe(403)
    const { status, body } = await other.call('POST', `${at}/approve`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ pausedAt: null, approval: { isGiven: true, isWaiting: false } })
    while ((await runTaskSlice(core, { id })) !== 'ended');
    expect(await read()).toMatchObject({ status: 'finished', progress: { done: ALONE + 2 } })
    const rows = await core.db.prisma.auditRecord.findMany({ where: { target: id } })
    expect(rows.map((row) => [row.action, row.actor])).toEqual([
      ['endpoint.recover_many', `user:${starter.id}`],
      ['task.approve', `user:${other.id}`],
    ])
  })

  it('is approved neither by who started it, nor by a key or a token, nor by a viewer', async () => {
    const { core, orgId, starter, join, id, at, read, send, as, apiKey } = await setupRecovery(3)
    await runTaskSlice(core, { id })
    const key = await apiKey({ scopes: ['read', 'write', 'admin'] })
    const viewer = await join('viewer')
    for (const call of [starter.call, viewer.call, send, as(key.text)])
      expect((await call('POST', `${at}/approve`)).status).toBe(403)
    expect((await read()).approval).toMatchObject({ isWaiting: true, isGiven: false })
    expect(await runTaskSlice(core, { id })).toBe('ended')
    expect(
      await core.db.prisma.auditRecord.count({ where: { orgId, action: 'task.approve' } }),
    ).toBe(0)
  })

  it('is nothing to another organisation', async () => {
    const { at } = await setupRecovery(1)
    const stranger = await setupStaff()
    expect((await stranger.owner.call('POST', `${at}/approve`)).status).toBe(404)
    expect((await stranger.browser().send('POST', `${at}/approve`)).status).toBe(401)
  })

  it('is finished without anybody else where that was all', async () => {
    const { core, id, read } = await setupRecovery(1)
    while ((await runTaskSlice(core, { id })) !== 'ended');
    expect(await read()).toMatchObject({
      status: 'finished',
      progress: { done: ALONE },
      approval: { isWaiting: false, mayGive: false },
    })
  })

  it('may be approved ahead, so that it never stops', async () => {
    const { core, join, id, at, read } = await setupRecovery(3)
    const other = await join('support')
    await other.call('POST', `${at}/approve`)
    while ((await runTaskSlice(core, { id })) !== 'ended');
    expect(await read()).toMatchObject({ status: 'finished', progress: { done: ALONE + 2 } })
  })
})
