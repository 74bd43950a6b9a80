import {
  createSource,
  createVault,
  deleteApplication,
  deleteSource,
  DEFAULT_OPTIONS,
  ensureOrganisation,
  type OrgScope,
  patchSource,
  runDueTicks,
} from '@posthorn/core'
import { inTransaction, markApplicationDeleted } from '@posthorn/db'
import { newId, silentLogger } from '@posthorn/runtime'
import { waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { loadIngestConfig } from '../src/config.ts'
import { openIngestContext } from '../src/context.ts'
import { cloneDatabase, ingestEnv, KEY, startTestIngest } from './test-ingest.ts'

const MINUTE_MS = 60_000
const config = { schedule: '0 * * * *', payload: '{"tick": 1}' }

/** Two processes without their tickers, and one source that is due. */
async function setup(settings: Readonly<Record<string, string>> = {}) {
  await using stack = new AsyncDisposableStack()
  const env = loadIngestConfig(ingestEnv(await cloneDatabase()))
  const [first, second] = [
    stack.use(await openIngestContext(env, { logger: silentLogger })).ctx,
    stack.use(await openIngestContext(env, { logger: silentLogger })).ctx,
  ]
  const core = { ...first, vault: createVault([KEY]), disableAfterSeconds: 1 }
  const orgId = newId('org_', first.clock.nowMs())
  await ensureOrganisation(core, orgId)
  const scope: OrgScope = { orgId, actor: { kind: 'system', reason: 'test' } }
  const hourly = (changed: Readonly<Record<string, string>> = {}) =>
    createSource(core, scope, {
      application: null,
      uid: null,
      name: 'hourly',
      type: 'cron',
      config: { ...config, ...changed },
      secrets: [],
      options: DEFAULT_OPTIONS,
      metadata: {},
    })
  const source = await hourly(settings)
  const { prisma } = first.db
  const where = { sourceId: source.id }
  const resources = stack.move()
  return {
    first,
    second,
    core,
    scope,
    source,
    hourly,
    dueSince: (ms: number, sourceId = source.id) =>
      prisma.sourceSchedule.update({
        where: { sourceId },
        data: { nextAt: new Date(first.clock.nowMs() - ms) },
      }),
    nextAt: async () => (await prisma.sourceSchedule.findUnique({ where }))?.nextAt ?? null,
    messages: () => prisma.message.findMany({ where: { appId: source.appId } }),
    requests: () => prisma.sourceRequest.findMany({ where, orderBy: { id: 'asc' } }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

it('publishes its payload when a tick is due, and waits for the next', async () => {
  await using cron = await setup({ contentType: 'text/plain', payload: 'hello' })
  expect(await runDueTicks(cron.first)).toBe(0)
  await cron.dueSince(1_000)
  expect(await runDueTicks(cron.first)).toBe(1)
  expect(await cron.messages()).toMatchObject([
    { eventType: 'cron.received', payload: 'hello', contentType: 'text/plain' },
  ])
  expect(await cron.requests()).toMatchObject([{ outcome: 'accepted', method: 'CRON' }])
  expect((await cron.nextAt())?.getTime()).toBeGreaterThan(cron.first.clock.nowMs())
})

it('publishes a tick once, however many processes look for it at once', async () => {
  await using cron = await setup()
  await cron.dueSince(1_000)
  await Promise.all([cron.first, cron.second, cron.first, cron.second].map(runDueTicks))
  expect(await cron.messages()).toHaveLength(1)
})

it('publishes a tick once when a process died after its message and before the schedule went on', async () => {
  await using cron = await setup()
  const { nextAt } = await cron.dueSince(1_000)
  await runDueTicks(cron.first)
  const where = { sourceId: cron.source.id }
  await cron.first.db.prisma.sourceSchedule.update({ where, data: { nextAt } })
  await runDueTicks(cron.second)
  expect(await cron.messages()).toHaveLength(1)
  expect(await cron.nextAt()).not.toEqual(nextAt)
})

it('catches missed ticks up by one message, and says in the log how many there were', async () => {
  await using cron = await setup({ missed: 'once' })
  await cron.dueSince(300 * MINUTE_MS)
  await Promise.all([runDueTicks(cron.first), runDueTicks(cron.second)])
  expect(await cron.messages()).toHaveLength(1)
  const requests = await cron.requests()
  expect(requests.map(({ outcome }) => outcome).toSorted()).toEqual(['accepted', 'missed'])
  const missed = requests.find(({ outcome }) => outcome === 'missed')
  expect(missed?.detail).toMatch(/^[56] ticks were missed .*: one message stands for them\.$/)
})

it('skips missed ticks where that is chosen, and says so in the log once', async () => {
  await using cron = await setup({ missed: 'skip' })
  await cron.dueSince(300 * MINUTE_MS)
  await Promise.all([runDueTicks(cron.first), runDueTicks(cron.second)])
  expect(await cron.messages()).toEqual([])
  expect(await cron.requests()).toMatchObject([
    { outcome: 'missed', detail: expect.stringContaining('none was published') },
  ])
})

it('follows a changed schedule, and ends with its source', async () => {
  await using cron = await setup()
  const { core, scope, source } = cron
  const before = await cron.nextAt()
  const yearly = { ...config, schedule: '0 0 1 1 *', timezone: 'Asia/Tokyo' }
  await patchSource(core, scope, { idOrUid: source.id, fields: { config: yearly } })
  const after = await cron.nextAt()
  expect(after).not.toEqual(before)
  expect(after?.toISOString()).toMatch(/-12-31T15:00:00\.000Z$/)
  await deleteSource(core, scope, source.id)
  expect(await cron.nextAt()).toBeNull()
})

it.each([
  ['its name', { name: 'other' }],
  ['its payload', { config: { ...config, payload: '{"tick": 2}' } }],
  ['its schedule', { config: { ...config, schedule: '0 0 1 1 *' } }],
])('loses no tick that is due already to a change of %s', async (_what, fields) => {
  await using cron = await setup()
  const { core, scope, source } = cron
  await cron.dueSince(300 * MINUTE_MS)
  await patchSource(core, scope, { idOrUid: source.id, fields })
  expect(await runDueTicks(cron.first)).toBe(1)
  expect(await cron.messages()).toHaveLength(1)
  expect((await cron.requests()).map(({ outcome }) => outcome)).toContain('missed')
  expect((await cron.nextAt())?.getTime()).toBeGreaterThan(cron.first.clock.nowMs())
})

it('ends with its application', async () => {
  await using cron = await setup()
  const { core, scope, source } = cron
  await deleteApplication(core, scope, source.appId)
  expect(await cron.nextAt()).toBeNull()
})

it('goes on though another’s application is gone, which is asked for no more', async () => {
  await using cron = await setup()
  const { core, source } = cron
  const other = await cron.hourly()
  await inTransaction(core.db, (tx) => markApplicationDeleted(tx, source.appId))
  await cron.dueSince(2_000)
  await cron.dueSince(1_000, other.id)
  expect(await runDueTicks(cron.first)).toBe(2)
  const { prisma } = core.db
  expect(await prisma.message.count({ where: { appId: other.appId } })).toBe(1)
  expect(await cron.nextAt()).toBeNull()
})

it('goes on though another fails, which is told and tried again', async () => {
  await using cron = await setup()
  const { prisma } = cron.first.db
  const other = await cron.hourly()
  await cron.dueSince(2_000)
  await cron.dueSince(1_000, other.id)
  const where = { id: cron.source.id }
  const { config: sealed } = await prisma.source.findUniqueOrThrow({ where })
  await prisma.source.update({ where, data: { config: Buffer.from('not sealed by us') } })
  await expect(runDueTicks(cron.first)).rejects.toThrow('Ticks failed')
  expect(await prisma.message.count({ where: { appId: other.appId } })).toBe(1)
  await prisma.source.update({ where, data: { config: sealed } })
  expect(await runDueTicks(cron.first)).toBe(1)
  expect(await cron.messages()).toHaveLength(1)
})

it('is looked for by the running ingest itself, and receives nothing at a URL', async () => {
  await using ingest = await startTestIngest({ hasWorker: true })
  const source = await ingest.source({ type: 'cron', config })
  const receiver = await ingest.endpoint(source.appId)
  expect((await source.send('{}')).status).toBe(401)
  const where = { sourceId: source.id }
  const nextAt = new Date(ingest.core.clock.nowMs() - 1_000)
  await ingest.core.db.prisma.sourceSchedule.update({ where, data: { nextAt } })
  await waitFor('the tick', () => receiver.requests.length > 0)
  expect(receiver.requests[0]?.body.toString()).toBe('{"tick": 1}')
})
