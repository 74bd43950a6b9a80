import { migrate } from '@posthorn/db'
import type { RunningIngest } from '@posthorn/ingest'
import { createLogger, type Env, type Logger, runUntilStopped } from '@posthorn/runtime'
import type { RunningWorker } from '@posthorn/worker'
import type { CliConfig } from './config.ts'
import { environmentBeside } from './environment.ts'
import { CommandError, EXIT_REFUSED, faultLines } from './faults.ts'
import { announceFirstOwner } from './first-owner.ts'
import { printError } from './print.ts'
import { parseRoleGroup, type RoleGroup, ROLES } from './roles.ts'

// Shorter than the supervisor waits, which is shorter than a caller waits for the supervisor.
const DEADLINE_MS = 21_000

/** `posthorn run api,worker,ingest`: one process with these roles. */
export async function run(config: CliConfig, args: readonly string[]): Promise<void> {
  const roles = parseRoleGroup(args[0] ?? ROLES.join(','))
  if (roles === null) throw new CommandError(`Roles are ${ROLES.join(', ')}, joined by a comma.`)
  const logger = createLogger({ name: roles.join('+'), level: config.logLevel })
  const start = async (): Promise<AsyncDisposable> => {
    const env = environmentBeside(config)
    const running = await startRoles(roles, { env, logger })
    // A supervisor in local mode says it itself, beside what else is to be seen first.
    if (running.url !== undefined && config.mode === 'production')
      await announceFirstOwner(config, env, printError).catch((err: unknown) =>
        logger.warn({ err }, 'first_owner.not_announced'),
      )
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
  const openWorker = roles.includes('worker') ? await prepareWorker(env, logger) : null
  const openApi = roles.includes('api') ? await prepareApi(env, logger) : null
  const openIngest = roles.includes('ingest') ? await prepareIngest(env, logger) : null
  await migrate(env['DATABASE_DIRECT_URL'] || (env['DATABASE_URL'] ?? ''))
  await using stack = new AsyncDisposableStack()
  const worker = openWorker === null ? undefined : stack.use(await openWorker())
  const ingest = openIngest === null ? undefined : stack.use(await openIngest(worker))
  const api = openApi === null ? undefined : stack.use(await openApi({ worker, ingest }))
  const running = stack.move()
  return { url: api?.url, [Symbol.asyncDispose]: async () => running.disposeAsync() }
}

// A process loads the code of its roles only, and checks all its settings before anything runs.
async function prepareWorker(env: Env, logger: Logger): Promise<() => Promise<RunningWorker>> {
  const { loadWorkerConfig, startWorker } = await import('@posthorn/worker')
  const config = loadWorkerConfig(env)
  return async () => startWorker(config, { logger: logger.child({ role: 'worker' }) })
}

type OpenIngest = (worker: RunningWorker | undefined) => Promise<RunningIngest>

async function prepareIngest(env: Env, logger: Logger): Promise<OpenIngest> {
  const { loadIngestConfig, startIngest } = await import('@posthorn/ingest')
  const config = loadIngestConfig(env)
  return async (worker) => {
    const handOver = worker === undefined ? {} : { localDelivery: worker.localDelivery }
    return startIngest(config, { ...handOver, logger: logger.child({ role: 'ingest' }) })
  }
}

interface RolesBeside {
  readonly worker: RunningWorker | undefined
  readonly ingest: RunningIngest | undefined
}

type OpenApi = (beside: RolesBeside) => Promise<AsyncDisposable & { url: string }>

async function prepareApi(env: Env, logger: Logger): Promise<OpenApi> {
  const { loadApiConfig, startApi } = await import('@posthorn/api')
  const config = loadApiConfig(env)
  return async ({ worker, ingest }) => {
    // In one process the worker sends what the api commits, without a job for it.
    const handOver = worker === undefined ? {} : { localDelivery: worker.localDelivery }
    const metricsBeside = async (): Promise<string> =>
      [await worker?.registry.metrics(), await ingest?.metrics()].join('')
    return startApi(config, { ...handOver, metricsBeside, logger: logger.child({ role: 'api' }) })
  }
}
