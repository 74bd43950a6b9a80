import { freePort, startTestDatabase } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { setup } from './cli-setup.ts'
import { SECRETS } from './migration-steps.ts'

const ROUNDS = 30
const URL_OF_ONE = 'https://hooks.example.com/a'

const Answer = z.looseObject({ id: z.string(), unmatched: z.string().nullish() })

/** Two processes with the role api on one database, each with connections and caches of its own. */
async function setupPair() {
  await using stack = new AsyncDisposableStack()
  const { url: databaseUrl } = stack.use(await startTestDatabase())
  const shared = { DATABASE_URL: databaseUrl, HOST: '127.0.0.1', ...SECRETS }
  const ports = [await freePort(), await freePort()]
  const clis = []
  for (const port of ports) clis.push(stack.use(await setup({ ...shared, PORT: String(port) })))
  const runs = clis.map((cli) => cli.posthorn('run', 'api'))
  for (const port of ports) {
    const ping = () =>
      fetch(`http://127.0.0.1:${port}/api/v1/health/ping`).then(
        ({ status }) => status,
        () => null,
      )
    await expect.poll(ping, { timeout: 60_000 }).toBe(204)
  }
  const [cli] = clis
  const made = cli?.posthorn('token')
  await made?.ended
  const token = made?.output().trim().split('\n').at(-1)
  const resources = stack.move()
  return {
    pids: runs.map(({ pid }) => pid),
    /** By the first one or the second one, as it comes. */
    async send(turn: number, call: `${string} ${string}`, body: object) {
      const [method = '', path = ''] = call.split(' ')
      const response = await fetch(`http://127.0.0.1:${ports[turn % 2]}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      })
      const answer: unknown = await response.json()
      expect([path, response.ok, answer]).toEqual([path, true, answer])
      return Answer.parse(answer)
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

it('a publish sent after a change was answered sees it, whichever api process takes it', async () => {
  await using pair = await setupPair()
  expect(new Set(pair.pids).size).toBe(2)
  await pair.send(0, 'POST /app', { name: 'One', uid: 'one' })
  for (let round = 0; round < ROUNDS; round++) {
    const channels = [`c${round}`]
    const publish = async () => {
      const message = { eventType: 'a.b', payload: {}, channels }
      return (await pair.send(round + 1, 'POST /app/one/msg', message)).unmatched
    }
    const uid = `e${round}`
    await pair.send(round, 'POST /app/one/endpoint', { url: URL_OF_ONE, uid, channels })
    expect(await publish()).toBeNull()
    await pair.send(round, `PATCH /app/one/endpoint/${uid}`, { disabled: true })
    expect(await publish()).toEqual(expect.any(String))
    await pair.send(round, `PATCH /app/one/endpoint/${uid}`, { disabled: false })
    expect(await publish()).toBeNull()
    await pair.send(round, `PATCH /app/one/endpoint/${uid}`, { channels: ['other'] })
    expect(await publish()).toEqual(expect.any(String))
  }
})
