import { deleteSource, rotateSourceToken } from '@posthorn/core'
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
