import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Env } from '@posthorn/runtime'
import { EXIT_REFUSED, RoleRefusedError } from './faults.ts'
import type { RoleGroup } from './roles.ts'

export interface RoleProcessesOptions {
  readonly groups: readonly RoleGroup[]
  readonly env: Env
  /** Where the log lines go: a file descriptor, or our own stdout. */
  readonly logTo: number | 'inherit'
  readonly stop: AbortSignal
  readonly print: (line: string) => void
  /** Hears of every change in which processes run. */
  readonly onPids: (pids: readonly number[]) => void
}

export interface RoleProcesses extends AsyncDisposable {
  /** Where the api answers; absent when no process has that role. */
  readonly apiUrl: string | undefined
  /** Ends them without waiting. */
  kill(): void
}

const PROGRAM = fileURLToPath(new URL('./posthorn.ts', import.meta.url))
const STOP_DEADLINE_MS = 23_000
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 10_000
const STEADY_MS = 30_000

/**
 * Starts a process for each group of roles, resolves when all are ready, and starts again what dies,
 * after a pause that doubles until it has run for half a minute. A process that refuses its settings
 * before it was ever ready ends it all (`RoleRefusedError`).
 */
export async function startRoleProcesses(options: RoleProcessesOptions): Promise<RoleProcesses> {
  const children = new Set<ChildProcess>()
  const stopping = new AbortController()
  const keepers: Promise<void>[] = []
  const stop = async (): Promise<void> => stopAll({ children, stopping, keepers })
  try {
    const urls = await Promise.all(
      options.groups.map(async (group) => {
        const ready = Promise.withResolvers<string | undefined>()
        const scope = { group, options, children, stop: stopping.signal, ready }
        keepers.push(keepRunning(scope).catch(ready.reject))
        options.stop.addEventListener('abort', () => ready.resolve(undefined), { once: true })
        return ready.promise
      }),
    )
    const kill = (): void => children.forEach((child) => child.kill('SIGKILL'))
    return { apiUrl: urls.find((url) => url !== undefined), kill, [Symbol.asyncDispose]: stop }
  } catch (err) {
    await stop()
    throw err
  }
}

interface KeeperScope {
  readonly group: RoleGroup
  readonly options: RoleProcessesOptions
  readonly children: Set<ChildProcess>
  readonly stop: AbortSignal
  readonly ready: PromiseWithResolvers<string | undefined>
}

async function keepRunning(scope: KeeperScope): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS
  let wasReady = false
  for (;;) {
    const startedAt = performance.now()
    const child = spawnRole(scope, () => (wasReady = true))
    const ended = await endOf(child)
    forget(scope, child)
    if (scope.stop.aborted) return
    if (!wasReady && child.exitCode === EXIT_REFUSED) throw new RoleRefusedError()
    if (performance.now() - startedAt > STEADY_MS) pauseMs = FIRST_PAUSE_MS
    scope.options.print(
      `${scope.group.join(',')} ended (${ended}); starting it again in ${pauseMs / 1000} s`,
    )
    await delay(pauseMs, undefined, { signal: scope.stop }).catch(() => undefined)
    if (scope.stop.aborted) return
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  }
}

function spawnRole(scope: KeeperScope, onReady: () => void): ChildProcess {
  const { group, options, children } = scope
  const child = spawn(process.execPath, [PROGRAM, 'run', group.join(',')], {
    env: { ...options.env },
    // A group of its own: the terminal's Ctrl-C reaches the supervisor, which ends all in order. The
    // channel tells the process when the supervisor is gone.
    detached: true,
    stdio: ['ignore', options.logTo, 'inherit', 'ipc'],
  })
  children.add(child)
  reportPids(scope)
  child.on('message', (message: unknown) => {
    onReady()
    scope.ready.resolve(urlIn(message))
  })
  return child
}

function forget(scope: KeeperScope, child: ChildProcess): void {
  scope.children.delete(child)
  reportPids(scope)
}

function reportPids({ children, options }: KeeperScope): void {
  options.onPids([...children].map((child) => child.pid).filter((pid) => pid !== undefined))
}

async function endOf(child: ChildProcess): Promise<string> {
  const end = Promise.withResolvers<string>()
  child.on('error', (err) => end.resolve(err.message))
  child.on('exit', (code, signal) => end.resolve(signal ?? `exit ${code}`))
  return end.promise
}

function urlIn(message: unknown): string | undefined {
  const hasUrl = typeof message === 'object' && message !== null && 'url' in message
  return hasUrl && typeof message.url === 'string' ? message.url : undefined
}

async function stopAll(running: {
  children: ReadonlySet<ChildProcess>
  stopping: AbortController
  keepers: readonly Promise<void>[]
}): Promise<void> {
  running.stopping.abort()
  for (const child of running.children) child.kill('SIGTERM')
  const deadline = setTimeout(() => {
    for (const child of running.children) child.kill('SIGKILL')
  }, STOP_DEADLINE_MS)
  await Promise.allSettled(running.keepers)
  clearTimeout(deadline)
}
