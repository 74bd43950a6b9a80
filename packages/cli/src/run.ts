import type { AuthContext } from '@posthorn/core'
import { migrate } from '@posthorn/db/migrate'
import { ConfigError, createLogger, type Logger, runUntilStopped } from '@posthorn/runtime'
import { CommandError, EXIT_REFUSED } from './command-error.ts'
import type { CliConfig } from './config.ts'
import { environmentBeside } from './environment.ts'
import { printError, printFirstOwner } from './print.ts'
import { loadRoles, startRoles } from './role-code.ts'
import { parseRoleGroup, type RoleGroup, ROLES } from './roles.ts'
import { type Found, type Orders, receiveOrders, sayReady } from './supervisor-channel.ts'

// Shorter than the supervisor waits, which is shorter than a caller waits for the supervisor.
const DEADLINE_MS = 21_000

/** `posthorn run api,worker,ingest`: one process with these roles. */
export async function run(config: CliConfig, args: readonly string[]): Promise<void> {
  const roles = parseRoleGroup(args[0] ?? ROLES.join(','))
  if (roles === null) throw new CommandError(`Roles are ${ROLES.join(', ')}, joined by a comma.`)
  const logger = createLogger({ name: roles.join('+'), level: config.logLevel })
  const scope = { config, roles, logger }
  try {
    const start = async (stop: AbortSignal): Promise<AsyncDisposable> => serve(scope, stop)
    await runUntilStopped({ logger, start, deadlineMs: DEADLINE_MS })
  } catch (err) {
    const { faultLines } = await import('./faults.ts')
    const lines = faultLines(err, config.env)
    if (lines === null) throw err
    // Those of the settings are told by `start`, for all of its processes together.
    const isTold = config.isSupervised && err instanceof ConfigError
    for (const line of isTold ? [] : lines) printError(`posthorn: ${line}`)
    process.exitCode = EXIT_REFUSED
  }
}

interface RunScope {
  readonly config: CliConfig
  readonly roles: RoleGroup
  readonly logger: Logger
}

async function serve(scope: RunScope, stop: AbortSignal): Promise<AsyncDisposable> {
  const { config, roles, logger } = scope
  const [code, orders] = await Promise.all([loadRoles(roles), ordersOf(config, stop)])
  if (orders === null) return new AsyncDisposableStack()
  const { env } = orders
  const served = Promise.withResolvers<void>()
  const running = await startRoles(code, {
    env,
    logger,
    served: served.promise,
    prepare: async () => {
      if (!orders.isFirst) await migrate(env['DATABASE_DIRECT_URL'] || (env['DATABASE_URL'] ?? ''))
    },
  })
  const url = running.api?.url
  const found = await tellOfDatabase(scope, { orders, core: running.api?.core })
  logger.info({ roles, url }, 'process.ready')
  sayReady({ url, found })
  served.resolve()
  return running
}

/** Null when told to stop before they came. */
async function ordersOf(config: CliConfig, stop: AbortSignal): Promise<Orders | null> {
  if (config.isSupervised) return receiveOrders(stop)
  return { env: environmentBeside(config), isFirst: false }
}

// In local mode the supervisor says it, beside what else is to be seen first.
async function tellOfDatabase(
  { config, logger }: RunScope,
  { orders, core }: { orders: Orders; core: AuthContext | undefined },
): Promise<Found | undefined> {
  if (core === undefined) return undefined
  if (config.mode === 'local') {
    if (!orders.isFirst) return undefined
    const { lookAtDatabase } = await import('./database-found.ts')
    return lookAtDatabase(config, core)
  }
  const { makeFirstOwnerUrl } = await import('./first-owner.ts')
  await makeFirstOwnerUrl(config, core).then(
    (link) => printFirstOwner(link, printError),
    (err: unknown) => logger.warn({ err }, 'first_owner.not_announced'),
  )
  return undefined
}
