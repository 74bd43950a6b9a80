import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { ingestEnv, startTestIngest } from './test-ingest.ts'

const PROGRAM = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const SENDERS = 8
const KILLS = 3
const BETWEEN_KILLS = 150

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return address.port
}

/** An ingest process on one port, started again whenever it is killed. */
async function startProcess(databaseUrl: string) {
  const port = await freePort()
  const env = { ...process.env, ...ingestEnv(databaseUrl), POSTHORN_INGEST_PORT: `${port}` }
  const spawned: ChildProcess[] = []
  const url = `http://127.0.0.1:${port}`
  const start = async (): Promise<void> => {
    spawned.push(spawn(process.execPath, [PROGRAM], { env, stdio: 'ignore' }))
    await waitFor('ingest', async () => {
      const answer = await fetch(`${url}/api/v1/health/ping`).catch(() => null)
      return answer?.status === 204
    })
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = spawned.at(-1)
    if (child === undefined || child.exitCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  await start()
  return { url, start, end, [Symbol.asyncDispose]: async () => end('SIGKILL') }
}

it('every event answered 2xx is a message that arrives, though ingest is killed under load', async () => {
  await using ingest = await startTestIngest({ hasWorker: true })
  const source = await ingest.source({ config: { deliveryIdFrom: 'json id' } })
  await using receiver = await ingest.endpoint(source.appId)
  await using victim = await startProcess(ingest.databaseUrl)
  const accepted = new Set<string>()
  let isOver = false

  async function sendUntilOver(sender: number): Promise<void> {
    for (let n = 0; !isOver; n++) {
      const id = `${sender}-${n}`
      const body = JSON.stringify({ id })
      const answer = await fetch(`${victim.url}/in/${source.token}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }).catch(() => null)
      await answer?.arrayBuffer().catch(() => null)
      if (answer?.status === 200) accepted.add(id)
    }
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
}, 120_000)

it('on SIGTERM answers what it has, then ends', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source()
  await using victim = await startProcess(ingest.databaseUrl)
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
