import { waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'
import { startIngestProcess } from './test-process.ts'

const SENDERS = 8
const KILLS = 3
const BETWEEN_KILLS = 150

it('every event answered 2xx is a message that arrives, though ingest is killed under load', async () => {
  await using ingest = await startTestIngest({ hasWorker: true })
  const source = await ingest.source({ config: { deliveryIdFrom: 'json id' } })
  await using receiver = await ingest.endpoint(source.appId)
  await using victim = await startIngestProcess(ingest.databaseUrl)
  const accepted = new Set<string>()
  let isOver = false

  async function sendUntilOver(sender: number): Promise<void> {
    for (let n = 0; !isOver; n++) {
      const id = `${sender}-${n}`
      const body = JSON.stringify({ id })
      // As a sender does that had no answer: the event may be a message already.
      await waitFor('an answer', async () => isOver || (await isTaken(id, body)), 240_000)
    }
  }

  async function isTaken(id: string, body: string): Promise<boolean> {
    const answer = await fetch(`${victim.url}/in/${source.token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    }).catch(() => null)
    await answer?.arrayBuffer().catch(() => null)
    if (answer?.status === 200) accepted.add(id)
    return accepted.has(id)
  }

  const senders = Array.from({ length: SENDERS }, async (_, sender) => sendUntilOver(sender))
  for (let kill = 1; kill <= KILLS; kill++) {
    await waitFor('load', () => accepted.size >= kill * BETWEEN_KILLS)
    await victim.end('SIGKILL')
    await victim.start()
  }
  isOver = true
  await Promise.all(senders)

  const arrived = (): Set<unknown> =>
    new Set(receiver.requests.map(({ body }) => Reflect.get(JSON.parse(body.toString()), 'id')))
  const isComplete = (): boolean => {
    const ids = arrived()
    return [...accepted].every((id) => ids.has(id))
  }
  await waitFor('all deliveries', isComplete, 60_000)
  const messages = await source.messages()
  const ids = messages.map(({ payload }) => payload)
  expect(new Set(ids).size).toBe(ids.length)
  const log = await source.requests()
  expect(log.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(messages.length)
}, 300_000)

it('on SIGTERM answers what it has, then ends', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source()
  await using victim = await startIngestProcess(ingest.databaseUrl)
  const answers = Promise.all(
    Array.from({ length: 20 }, async (_, n) =>
      fetch(`${victim.url}/in/${source.token}`, { method: 'POST', body: `${n}` }).then(
        ({ status }) => status,
        () => 0,
      ),
    ),
  )
  await waitFor('a message', async () => (await source.messages()).length > 0)
  await victim.end('SIGTERM')
  const accepted = (await answers).filter((status) => status === 200)
  expect(await source.messages()).toHaveLength(accepted.length)
})
