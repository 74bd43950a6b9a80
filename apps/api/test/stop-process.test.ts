import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { freePort, startTestDatabase, waitFor } from '@posthorn/test-kit'
import { afterEach, expect, it } from 'vitest'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const LIVE = 'GET /api/v1/health/live HTTP/1.1\r\nhost: x\r\n\r\n'

const opened: { readonly sockets: Socket[]; readonly children: ChildProcess[] } = {
  sockets: [],
  children: [],
}

afterEach(() => {
  for (const socket of opened.sockets.splice(0)) socket.destroy()
  for (const child of opened.children.splice(0)) child.kill('SIGKILL')
})

async function startProcess(databaseUrl: string) {
  const port = await freePort()
  const env = {
    ...process.env,
    POSTHORN_MODE: 'production',
    HOST: '127.0.0.1',
    PORT: `${port}`,
    DATABASE_URL: databaseUrl,
    POSTHORN_JWT_SECRET: 'x'.repeat(32),
    POSTHORN_ENCRYPTION_KEYS: Buffer.alloc(32).toString('base64'),
  }
  const child = spawn(process.execPath, [MAIN], { env, stdio: 'ignore' })
  opened.children.push(child)
  await waitFor('the api to be ready', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health/ping`).catch(() => null)
    return answer?.status === 204
  })
  return { child, port }
}

async function idleConnection(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  opened.sockets.push(socket)
  socket.on('error', () => undefined)
  socket.write(LIVE)
  await once(socket, 'data')
}

it('an api that is told to stop by SIGTERM is gone within five seconds beside 100 idle connections', async () => {
  await using database = await startTestDatabase()
  const { child, port } = await startProcess(database.url)
  await Promise.all(Array.from({ length: 100 }, () => idleConnection(port)))
  const exited = once(child, 'exit')
  const startedAtMs = performance.now()
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
  expect(performance.now() - startedAtMs).toBeLessThan(5_000)
})
