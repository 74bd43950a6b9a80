import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

it('handshakes without end are all answered, and kept up to a budget', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source({ type: 'dropbox', secrets: ['s'] })
  for (let n = 0; n < 100; n++) {
    const answer = await fetch(`${source.url}?challenge=${n}`)
    expect([answer.status, await answer.text()]).toEqual([200, `${n}`])
  }
  const kept = (await source.requests()).filter(({ outcome }) => outcome === 'handshake')
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.length).toBeLessThan(70)
})

it('what a flood is refused for is written together, and answered then; others are not kept waiting', async () => {
  await using ingest = await startTestIngest()
  const signed = { type: 'github', secrets: ['s'] }
  const [flooded, mistaken] = [await ingest.source(signed), await ingest.source(signed)]
  const accepted = await ingest.source()
  const refused = async (): Promise<void> => {
    expect((await flooded.send('{}')).status).toBe(401)
  }
  await Promise.all(Array.from({ length: 85 }, refused))
  const late: Promise<void>[] = []
  for (let n = 0; n < 6; n++) {
    late.push(refused())
    expect((await accepted.send(`${n}`)).status).toBe(200)
  }
  await Promise.all(late)
  const { rows } = await ingest.core.db.hot.query(
    `SELECT DISTINCT written FROM (SELECT xmin::text AS written FROM source_request
      WHERE source_id = $1 ORDER BY id DESC LIMIT 6) last`,
    [flooded.id],
  )
  expect(rows).toHaveLength(1)
  const waiting = refused()
  expect((await mistaken.send('{}')).status).toBe(401)
  expect(await mistaken.requests()).toHaveLength(1)
  await waiting
})

it('one source adds 200 event types to the catalog; what comes under others is taken all the same', async () => {
  await using ingest = await startTestIngest()
  const [source, other] = [await ingest.source(), await ingest.source()]
  for (let n = 0; n < 205; n++)
    expect((await source.send(JSON.stringify({ type: `t${n}` }))).status).toBe(200)
  await other.send('{"type":"one_more"}')
  expect(await source.messages()).toHaveLength(205)
  const types = await ingest.core.db.prisma.eventType.findMany({
    where: { orgId: ingest.scope.orgId },
  })
  expect(types).toHaveLength(201)
}, 60_000)

it('a source that is gone is 404 at once, though remembered as live', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source()
  expect((await source.send('1')).status).toBe(200)
  await ingest.core.db.hot.query('UPDATE source SET deleted_at = now() WHERE id = $1', [source.id])
  expect((await source.send('2')).status).toBe(404)
  expect(await source.messages()).toHaveLength(1)
})

it('a missing week of the log is made, and nothing is lost', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source({ type: 'github', secrets: ['s'] })
  const { rows } = await ingest.core.db.hot.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'source_request'::regclass`,
  )
  for (const { name } of rows) await ingest.core.db.hot.query(`DROP TABLE ${name}`)
  expect((await source.send('{}')).status).toBe(401)
  expect(await source.requests()).toMatchObject([{ outcome: 'quarantined' }])
})

it('an IPv6 network of 64 bits has one pace, and a forwarded hop may name its port', async () => {
  await using ingest = await startTestIngest({
    env: { POSTHORN_INGEST_ADDRESS_RATE: '0.1', POSTHORN_TRUSTED_PROXIES: '127.0.0.1' },
  })
  const source = await ingest.source()
  const statuses = []
  for (const hop of ['[2001:db8::1]:4711', '2001:db8::2', '2001:db8::3', '192.0.2.1:80'])
    statuses.push((await source.send(hop, { 'x-forwarded-for': hop })).status)
  expect(statuses).toEqual([200, 429, 429, 200])
  const addresses = (await source.requests()).map(({ address }) => address)
  expect(addresses).toEqual(['2001:db8::1', '192.0.2.1'])
})
