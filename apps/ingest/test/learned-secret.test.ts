import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const SECRET = 'b537207f20cbfa02357cf448134da559'
const ASANA = { type: 'asana' }

function signed(body: string, secret = SECRET) {
  return { 'x-hook-signature': createHmac('sha256', secret).update(body).digest('hex') }
}

it('is taken from the first call that brings one, and what follows is judged by it', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source(ASANA)
  const first = await source.send('{}', { 'x-hook-secret': SECRET })
  expect([first.status, first.headers.get('x-hook-secret')]).toEqual([200, SECRET])
  const other = await source.send('{}', { 'x-hook-secret': 'another-secret-of-somebody' })
  expect([other.status, other.headers.get('x-hook-secret')]).toEqual([403, null])
  const body = '{"events":[{"action":"added","resource":{"resource_type":"task"}}]}'
  expect((await source.send(body, signed(body, 'another-secret-of-somebody'))).status).toBe(401)
  expect((await source.send(body, signed(body))).status).toBe(200)
  expect(await source.messages()).toMatchObject([{ payload: body }])
  const outcomes = (await source.requests()).map(({ outcome }) => outcome)
  expect(outcomes).toEqual(['handshake', 'quarantined', 'quarantined', 'accepted'])
  const { prisma } = ingest.core.db
  const row = await prisma.source.findUniqueOrThrow({ where: { id: source.id } })
  expect(ingest.core.vault.open(row.secrets)).toBe(JSON.stringify([SECRET]))
  const audit = await prisma.auditRecord.findMany({ where: { target: source.id } })
  expect(audit.map(({ action }) => action).toSorted()).toEqual([
    'source.create',
    'source.learn_secret',
  ])
})

it('is one, however many come at once: only whose was kept is told so', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source(ASANA)
  const secrets = Array.from({ length: 8 }, (_, index) => `${SECRET}-${index}`)
  const answers = await Promise.all(
    secrets.map(async (secret) => {
      const { status } = await source.send('{}', { 'x-hook-secret': secret })
      return { secret, status }
    }),
  )
  const taken = answers.filter(({ status }) => status === 200).map(({ secret }) => secret)
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(7)
  const { prisma } = ingest.core.db
  const row = await prisma.source.findUniqueOrThrow({ where: { id: source.id } })
  expect(ingest.core.vault.open(row.secrets)).toBe(JSON.stringify(taken))
})
