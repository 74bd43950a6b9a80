import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort, waitFor } from '@posthorn/test-kit'
import { ingestEnv, KEY } from './test-ingest.ts'

const INGEST = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const API = fileURLToPath(new URL('../../api/src/main.ts', import.meta.url))
const START_MS = 60_000

interface Program {
  readonly file: string
  readonly port: number
  readonly env: Readonly<Record<string, string>>
}

/** A process on one port; `start` starts it again after its end. */
async function startProgram({ file, port, env }: Program) {
  const spawned: ChildProcess[] = []
  const url = `http://127.0.0.1:${port}`
  const start = async (): Promise<void> => {
    const options = { env: { ...process.env, ...env }, stdio: 'ignore' } as const
    spawned.push(spawn(process.execPath, [file], options))
    await waitFor(
      file,
      async () => {
        const answer = await fetch(`${url}/api/v1/health/ping`).catch(() => null)
        return answer?.status === 204
      },
      START_MS,
    )
  }
  const hasEnded = (): boolean => {
    const child = spawned.at(-1)
    return child === undefined || child.exitCode !== null || child.signalCode !== null
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = spawned.at(-1)
    if (child === undefined || hasEnded()) return
    child.kill(signal)
    await once(child, 'exit')
  }
  await start()
  const pid = (): number => spawned.at(-1)?.pid ?? 0
  return { url, start, end, pid, hasEnded, [Symbol.asyncDispose]: async () => end('SIGKILL') }
}

export async function startIngestProcess(
  databaseUrl: string,
  more: Readonly<Record<string, string>> = {},
) {
  const port = await freePort()
  const env = { ...ingestEnv(databaseUrl, more), POSTHORN_INGEST_PORT: `${port}` }
  return startProgram({ file: INGEST, port, env })
}

export async function startApiProcess(databaseUrl: string) {
  const port = await freePort()
  const env = {
    POSTHORN_MODE: 'production',
    HOST: '127.0.0.1',
    PORT: `${port}`,
    DATABASE_URL: databaseUrl,
    POSTHORN_JWT_SECRET: 'a-signing-secret-that-is-long-enough',
    POSTHORN_ENCRYPTION_KEYS: KEY.toString('base64'),
  }
  return startProgram({ file: API, port, env })
}
