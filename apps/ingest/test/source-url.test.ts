import { deleteApplication, deleteSource, listSources, rotateSourceToken } from '@posthorn/core'
import { waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const HOUR_MS = 3_600_000

it('a URL that was rotated goes on beside the new one for 48 hours, and is a 404 then', async () => {
  await using ingest = await startTestIngest()
  const { core, scope } = ingest
  const source = await ingest.source()
  const { token } = await rotateSourceToken(core, scope, source.id)
  const former = async () => (await source.send('{}')).status
  const newer = async () => (await fetch(`${ingest.url}/in/${token}`, { method: 'POST' })).status
  expect([await former(), await newer()]).toEqual([200, 200])
  const { prisma } = core.db
  const [retired] = await prisma.sourceToken.findMany({ where: { expiresAt: { not: null } } })
  const hours = ((retired?.expiresAt?.getTime() ?? 0) - core.clock.nowMs()) / HOUR_MS
  expect(hours).toBeGreaterThan(47)
  expect(hours).toBeLessThanOrEqual(48)
  await prisma.sourceToken.updateMany({
    where: { expiresAt: { not: null } },
    data: { expiresAt: new Date(core.clock.nowMs() - 1) },
  })
  await waitFor('the end of the former', async () => (await former()) === 404)
  expect(await newer()).toBe(200)
})

it('a source that is deleted is a 404 at each of its URLs', async () => {
  await using ingest = await startTestIngest()
  const { core, scope } = ingest
  const source = await ingest.source()
  const { token } = await rotateSourceToken(core, scope, source.id)
  await deleteSource(core, scope, source.id)
  expect((await source.send('{}')).status).toBe(404)
  expect((await fetch(`${ingest.url}/in/${token}`, { method: 'POST' })).status).toBe(404)
})

it('a source whose application is deleted is a 404, in no list, and keeps nothing that it refused', async () => {
  await using ingest = await startTestIngest()
  const { core, scope } = ingest
  const source = await ingest.source({ uid: 'mine', type: 'github', secrets: ['s'] })
  const other = await ingest.source()
  expect((await source.send('{}')).status).toBe(401)
  await deleteApplication(core, scope, source.appId)
  await waitFor('the change', async () => (await source.send('{}')).status === 404)
  expect(await source.quarantined()).toEqual([])
  const { items } = await listSources(core, scope, { limit: 10, order: 'ascending' })
  expect(items.map(({ id }) => id)).toEqual([other.id])
  expect((await ingest.source({ uid: 'mine' })).id).not.toBe(source.id)
  expect((await other.send('{}')).status).toBe(200)
})
