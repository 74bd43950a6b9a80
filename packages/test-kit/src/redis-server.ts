import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { freePort } from './free-port.ts'
import { makeTestFolder } from './test-folder.ts'
import { waitFor } from './wait-for.ts'

export interface RedisServer extends AsyncDisposable {
  readonly url: string
  /** Runs one inline command, `FLUSHALL`. */
  run(command: string): Promise<string>
  stop(): Promise<void>
  /** Starts it again on the same port, empty. */
  start(): Promise<void>
  /** Takes connections and bytes but answers nothing until it is thawed. */
  freeze(): void
  thaw(): void
}

/** A Redis of the test's own, to be emptied, stopped and started; needs `redis-server` on the path. */
export async function startRedisServer(): Promise<RedisServer> {
  const folder = await makeTestFolder('redis')
  const port = await freePort()
  let child: ChildProcess | null = null
  const start = async (): Promise<void> => {
    const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '']
    child = spawn('redis-server', options, { stdio: 'ignore' })
    await waitFor('Redis', () => isUp(port))
  }
  const stop = async (): Promise<void> => {
    if (child === null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    child = null
    await ended
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    run: (command) => runCommand(port, command),
    start,
    stop,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function isUp(port: number): Promise<boolean> {
  return (await runCommand(port, 'PING').catch(() => '')).startsWith('+PONG')
}

async function runCommand(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write(`${command}\r\n`)
    const [answer] = await once(socket, 'data')
    return String(answer)
  } finally {
    socket.destroy()
  }
}
