import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Env } from '@posthorn/runtime'
import { EXIT_REFUSED, RoleRefusedError } from './command-error.ts'
import type { RoleGroup } from './roles.ts'
import { type Orders, readReady, type Ready } from './supervisor-channel.ts'

export interface RoleProcessesOptions {
  readonly groups: readonly RoleGroup[]
  /** Enough to load the code; what to run with comes with the orders. */
  readonly env: Env
  /** Where the log lines go: a file descriptor, or our own stdout. */
  readonly logTo: number | 'inherit'
  readonly stop: AbortSignal
  readonly print: (line: string) => void
  /** Hears of every change in which processes run. */
  readonly onPids: (pids: readonly number[]) => void
}

export interface RoleProcesses extends AsyncDisposable {
  /** Has them run, with these settings, and resolves when all are ready: with what the api's process said. */
  run(env: Env): Promise<Ready>
  /** Ends them without waiting. */
  kill(): void
}

const PROGRAM = fileURLToPath(new URL('./posthorn.ts', import.meta.url))
// Young objects have at once the room that a busy process gets anyway: loading the code collects them half as often.
const ROOMY_HEAP = '--min-semi-space-size=16'
const STOP_DEADLINE_MS = 23_000
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 10_000
const STEADY_MS = 30_000

/**
 * Starts a process for each group of roles, which loads its code and then waits for its settings: the
 * database starts meanwhile. What dies is started again, after a pause that doubles until it has run for
 * half a minute. A process that refuses its settings before it was ever ready ends it all (`RoleRefusedError`).
 */
export function startRoleProcesses(options: RoleProcessesOptions): RoleProcesses {
  const children = new Set<ChildProcess>()
  const stopping = new AbortController()
  const settings = Promise.withResolvers<Env>()
  const keepers: Promise<void>[] = []
  const all = Promise.all(
    options.groups.map(async (group) => {
      const ready = Promise.withResolvers<Ready>()
      const scope = { group, options, children, stop: stopping.signal, ready, settings }
      keepers.push(keepRunning(scope).catch(ready.reject))
      options.stop.addEventListener('abort', () => ready.resolve({}), { once: true })
      return ready.promise
    }),
  )
  all.catch(() => undefined)
  return {
    run: async (env) => {
      settings.resolve(env)
      const ready = await all
      return ready.find(({ url }) => url !== undefined) ?? {}
    },
    kill: () => children.forEach((child) => child.kill('SIGKILL')),
    [Symbol.asyncDispose]: async () => stopAll({ children, stopping, keepers }),
  }
}

interface KeeperScope {
  readonly group: RoleGroup
  readonly options: RoleProcessesOptions
  readonly children: Set<ChildProcess>
  readonly stop: AbortSignal
  readonly ready: PromiseWithResolvers<Ready>
  readonly settings: PromiseWithResolvers<Env>
}

async function keepRunning(scope: KeeperScope): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS
  let wasReady = false
  for (;;) {
    const startedAt = performance.now()
    const child = spawnRole(scope, () => (wasReady = true))
    void giveOrders(scope, { child, isFirst: !wasReady })
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
  const child = spawn(process.execPath, [ROOMY_HEAP, PROGRAM, 'run', group.join(',')], {
    env: { ...options.env, POSTHORN_SUPERVISED: 'true' },
    // A group of its own: the terminal's Ctrl-C reaches the supervisor, which ends all in order. The
    // channel tells the process when the supervisor is gone.
    detached: true,
    stdio: ['ignore', options.logTo, 'inherit', 'ipc'],
  })
  children.add(child)
  reportPids(scope)
  child.on('message', (message: unknown) => {
    onReady()
    scope.ready.resolve(readReady(message))
  })
  return child
}

async function giveOrders(
  scope: KeeperScope,
  to: { child: ChildProcess; isFirst: boolean },
): Promise<void> {
  const orders: Orders = { env: await scope.settings.promise, isFirst: to.isFirst }
  // One that has ended meanwhile is missed by its keeper.
  if (to.child.connected) to.child.send(orders, () => undefined)
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
