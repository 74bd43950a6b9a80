import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { connectCalls } from '../ipc.ts'

export type Child = AsyncDisposable & {
  pid: number
  ended: () => string | null
  lastOutput: () => string
}

export type Helper<Calls> = Child & { calls: Calls }

const STOP_DEADLINE_MS = 15_000
const KEPT_CHUNKS = 16

/** A process of the bench itself, driven over IPC. */
export function startHelper<Calls extends object>(module: string): Helper<Calls> {
  const file = fileURLToPath(new URL(`../${module}`, import.meta.url))
  const child = fork(file, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  return { ...follow(child), calls: connectCalls<Calls>(child) }
}

export type Command = {
  file: string
  args: string[]
  env?: NodeJS.ProcessEnv
  folder?: string
}

export function startCommand({ file, args, env, folder }: Command): Child {
  return follow(
    spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(env === undefined ? {} : { env }),
      ...(folder === undefined ? {} : { cwd: folder }),
    }),
  )
}

/** Waits until `isReady`, or fails with what the process said last. */
export async function waitForChild(child: Child, isReady: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    // Asked before `isReady`: an end in between is seen the next time round.
    const end = child.ended()
    if (await isReady()) return
    if (end !== null)
      throw new Error(`process ended (${end}) before it was ready:\n${child.lastOutput()}`)
    if (Date.now() > deadline)
      throw new Error(`process not ready after 60 s:\n${child.lastOutput()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function follow(child: ChildProcess): Child {
  const recent: Buffer[] = []
  let end: string | null = null
  // Logs pass through here while the clock runs: nothing is done to them until somebody asks.
  const keep = (chunk: Buffer) => {
    recent.push(chunk)
    if (recent.length > KEPT_CHUNKS) recent.shift()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  child.on('error', (err) => {
    end = err.message
  })
  // A bench that is interrupted leaves nothing running.
  const endWithBench = () => child.kill('SIGKILL')
  process.on('exit', endWithBench)
  child.on('close', () => process.off('exit', endWithBench))
  // Not `exit`: what it said last may still be on its way then.
  child.on('close', (code, signal) => {
    end ??= `code ${code ?? signal}`
  })
  return {
    pid: child.pid ?? 0,
    ended: () => end,
    lastOutput: () => Buffer.concat(recent).toString(),
    [Symbol.asyncDispose]: () => stop(child, () => end !== null),
  }
}

async function stop(child: ChildProcess, hasEnded: () => boolean): Promise<void> {
  if (hasEnded()) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS)
  await exited
  clearTimeout(killer)
}
