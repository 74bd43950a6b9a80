import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withinDeadline } from '@posthorn/runtime'
import { freePort, makeTestFolder } from '@posthorn/test-kit'
import { expect } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../src/posthorn.ts', import.meta.url))
const READY_MS = 60_000

export interface Run {
  readonly child: ChildProcess
  readonly pid: number
  output(): string
  /** Exit code and signal. */
  readonly ended: Promise<unknown[]>
}

/** A data folder and ports of its own, and the command line on them. */
export async function setup(settings: Record<string, string> = {}) {
  const dataFolder = await makeTestFolder('cli')
  const [port, inboxPort, ingestPort] = [await freePort(), await freePort(), await freePort()]
  const { REDIS_URL: _redis, DATABASE_URL: _database, ...inherited } = process.env
  const env = {
    ...inherited,
    POSTHORN_DATA: dataFolder,
    PORT: String(port),
    POSTHORN_INBOX_PORT: String(inboxPort),
    POSTHORN_INGEST_PORT: String(ingestPort),
    ...settings,
  }
  const runs: Run[] = []
  const posthorn = (...args: string[]): Run => {
    const run = startRun(args, env)
    runs.push(run)
    return run
  }
  return {
    dataFolder,
    port,
    inboxPort,
    ingestPort,
    posthorn,
    /** One that `start` would have started: with a channel to it. */
    supervised: (...args: string[]): Run => {
      const run = startRun(args, env, 'ipc')
      runs.push(run)
      return run
    },
    start: async (): Promise<Run> => untilReady(posthorn('start')),
    rolePids: (): number[] => rolePids(dataFolder),
    postgresPid: (): number =>
      Number(readFileSync(join(dataFolder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]),
    [Symbol.asyncDispose]: async () => {
      for (const { child } of runs) child.kill('SIGTERM')
      await Promise.all(runs.map((run) => run.ended))
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

function startRun(
  args: string[],
  env: NodeJS.ProcessEnv,
  channel: 'ipc' | 'ignore' = 'ignore',
): Run {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', channel],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  return { child, pid: child.pid ?? 0, output: () => output, ended: endOf(child) }
}

const LAST_WORDS_MS = 1_000

/** Once all that it said is read, unless processes that outlive it hold its output open. */
async function endOf(child: ChildProcess): Promise<unknown[]> {
  const closed = once(child, 'close')
  const end = await once(child, 'exit')
  await withinDeadline(closed, LAST_WORDS_MS, undefined)
  return end
}

async function untilReady(run: Run): Promise<Run> {
  await waitFor(() => run.output().includes('Posthorn is ready') || run.child.exitCode !== null)
  expect(run.output()).toContain('Posthorn is ready')
  return run
}

export async function waitFor(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: READY_MS, interval: 20 }).toBe(true)
}

function rolePids(dataFolder: string): number[] {
  const list: unknown = JSON.parse(readFileSync(join(dataFolder, 'processes.json'), 'utf8'))
  return Array.isArray(list) ? list.map((entry: { pid: number }) => entry.pid) : []
}

export function isGone(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return true
  }
}
