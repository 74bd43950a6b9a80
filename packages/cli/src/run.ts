import { loadApiConfig, startApi } from '@posthorn/api'
import { migrate } from '@posthorn/db'
import { createLogger, type Env, type Logger, runUntilStopped } from '@posthorn/runtime'
import { loadWorkerConfig, type RunningWorker, startWorker } from '@posthorn/worker'
import type { CliConfig } from './config.ts'
import { environmentBeside } from './environment.ts'
import { CommandError, EXIT_REFUSED, faultLines } from './faults.ts'
import { printError } from './print.ts'
import { parseRoleGroup, type RoleGroup, ROLES } from './roles.ts'

// Shorter than the supervisor waits, which is shorter than a caller waits for the supervisor.
const DEADLINE_MS = 21_000

/** `posthorn run api,worker`: one process with these roles. */
export async function run(config: CliConfig, args: readonly string[]): Promise<void> {
  const roles = parseRoleGroup(args[0] ?? ROLES.join(','))
  if (roles === null) throw new CommandError(`Roles are ${ROLES.join(' and ')}, joined by a comma.`)
  const logger = createLogger({ name: roles.join('+'), level: config.logLevel })
  const start = async (): Promise<AsyncDisposable> => {
    const running = await startRoles(roles, { env: environmentBeside(config), logger })
    logger.info({ roles, url: running.url }, 'process.ready')
    process.send?.({ kind: 'ready', url: running.url })
    return running
  }
  try {
    await runUntilStopped({ logger, start, deadlineMs: DEADLINE_MS })
  } catch (err) {
    const lines = faultLines(err)
    if (lines === null) throw err
    for (const line of lines) printError(line)
    process.exitCode = EXIT_REFUSED
  }
}

interface RunningRoles extends AsyncDisposable {
  readonly url: string | undefined
}

async function startRoles(
  roles: RoleGroup,
  { env, logger }: { env: Env; logger: Logger },
): Promise<RunningRoles> {
  const workerConfig = roles.includes('worker') ? loadWorkerConfig(env) : null
  const apiConfig = roles.includes('api') ? loadApiConfig(env) : null
  await migrate(env['DATABASE_DIRECT_URL'] || (env['DATABASE_URL'] ?? ''))
  await using stack = new AsyncDisposableStack()
  let worker: RunningWorker | undefined
  let api: Awaited<ReturnType<typeof startApi>> | undefined
  if (workerConfig !== null) {
    worker = stack.use(
      await startWorker(workerConfig, { logger: logger.child({ role: 'worker' }) }),
    )
  }
  if (apiConfig !== null) {
    // In one process the worker sends what the api commits, without a job for it.
    const handOver = worker === undefined ? {} : { localDelivery: worker.localDelivery }
    api = stack.use(
      await startApi(apiConfig, { ...handOver, logger: logger.child({ role: 'api' }) }),
    )
  }
  const running = stack.move()
  return { url: api?.url, [Symbol.asyncDispose]: async () => running.disposeAsync() }
}
