import { DEFAULT_OPTIONS, patchSource } from '@posthorn/core'
import { waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

it('a disabled source asks its sender to come again, and takes it once it is enabled', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source({ options: { ...DEFAULT_OPTIONS, enabled: false } })
  const refused = await source.send('{"a":1}')
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('60')
  expect(JSON.parse(refused.text)).toMatchObject({ code: 'source_disabled' })
  expect(await source.requests()).toMatchObject([{ outcome: 'refused', reason: 'disabled' }])
  expect([await source.messages(), await source.quarantined()]).toEqual([[], []])
  const fields = { options: { enabled: true } }
  await patchSource(ingest.core, ingest.scope, { idOrUid: source.id, fields })
  await waitFor('the change', async () => (await source.send('{"a":1}')).status === 200)
  expect((await source.messages()).length).toBeGreaterThan(0)
})

it('a source that waits for its secret quarantines everything', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source({ type: 'stripe', awaitsSecret: true })
  expect((await source.send('{}', { 'stripe-signature': 't=1,v1=00' })).status).toBe(401)
  expect(await source.quarantined()).toHaveLength(1)
  expect(await source.messages()).toEqual([])
})

it('a disabled schedule has no next tick until it is enabled', async () => {
  await using ingest = await startTestIngest()
  const { id } = await ingest.source({
    type: 'cron',
    config: { schedule: '0 0 1 1 *' },
    options: { ...DEFAULT_OPTIONS, enabled: false },
  })
  const next = async () =>
    (await ingest.core.db.prisma.sourceSchedule.findUnique({ where: { sourceId: id } })) !== null
  expect(await next()).toBe(false)
  const fields = { options: { enabled: true } }
  await patchSource(ingest.core, ingest.scope, { idOrUid: id, fields })
  expect(await next()).toBe(true)
})
