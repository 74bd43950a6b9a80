import { randomBytes } from 'node:crypto'
import { relative } from 'node:path'
import { type EmbeddedPostgres, type Inbox, startEmbeddedPostgres } from '@posthorn/embedded'
import { ConfigError, type Env, runUntilStopped, silentLogger } from '@posthorn/runtime'
import { RoleRefusedError } from './command-error.ts'
import type { CliConfig } from './config.ts'
import { appEnvironment } from './environment.ts'
import type { FirstDeliveryOptions } from './first-delivery.ts'
import { endLeftovers, rememberProcesses } from './leftover-processes.ts'
import { localSecrets } from './local-secrets.ts'
import { openLogFile } from './log-file.ts'
import { refuseTakenPorts } from './ports.ts'
import { print, printError, printFirstOwner } from './print.ts'
import { type RoleProcesses, startRoleProcesses } from './role-processes.ts'
import type { Ready } from './supervisor-channel.ts'

const DEADLINE_MS = 29_000
const REVIVE_MS = 500

/** `posthorn start`: the processes of POSTHORN_ROLES, and in local mode the database, the inbox and the first delivery. */
export async function start(config: CliConfig): Promise<void> {
  const killers: (() => void)[] = []
  await runUntilStopped({
    logger: silentLogger,
    deadlineMs: DEADLINE_MS,
    onForcedExit: () => killers.forEach((kill) => kill()),
    start: async (stop) => {
      stop.addEventListener('abort', () => print('Stopping …'))
      return config.mode === 'local'
        ? startLocal(config, { stop, killers })
        : startProduction(config, { stop, killers })
    },
  })
}

interface Run {
  readonly stop: AbortSignal
  readonly killers: (() => void)[]
}

async function startProduction(config: CliConfig, run: Run): Promise<AsyncDisposable> {
  await refuseTakenPorts(config)
  await using stack = new AsyncDisposableStack()
  const env = appEnvironment(config, null)
  const roles = stack.use(
    startRoleProcesses({
      groups: config.processes,
      env,
      logTo: 'inherit',
      stop: run.stop,
      print: printError,
      onPids: () => undefined,
    }),
  )
  run.killers.push(() => roles.kill())
  await bringToVersion(env)
  await runRoles(roles, { config, env })
  return stack.move()
}

async function startLocal(config: CliConfig, run: Run): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const { postgres, roles } = await startDatabaseAndRoles(config, { run, stack })
  const own = appEnvironment(config, postgres)
  const token = randomBytes(24).toString('base64url')
  // What isn't needed until here is loaded while the processes load their code.
  const { inboxSettings, startLocalInbox } = await import('./local-inbox.ts')
  const secret = localSecrets(config.dataFolder).inboxSecret
  const [inbox] = await Promise.all([
    startLocalInbox({ port: config.inboxPort, secret, token }),
    bringToVersion(own),
  ])
  stack.use(inbox)
  // They end before what they use.
  stack.use(roles)
  const env = { ...own, ...inboxSettings(inbox, token) }
  const ready = await runRoles(roles, { config, env })
  if (!run.stop.aborted) await announce({ config, env, inbox, ready })
  return stack.move()
}

interface LocalRun {
  readonly run: Run
  readonly stack: AsyncDisposableStack
}

/** The folder is ours first; then Postgres starts while the processes load their code. */
async function startDatabaseAndRoles(
  config: CliConfig,
  { run, stack }: LocalRun,
): Promise<{ postgres: EmbeddedPostgres | null; roles: RoleProcesses }> {
  const launch = async (): Promise<RoleProcesses> => {
    await refuseTakenPorts(config)
    return launchLocalRoles(config, { run, stack })
  }
  if (config.database !== null) return { postgres: null, roles: await launch() }
  const launched = Promise.withResolvers<RoleProcesses>()
  const postgres = await startEmbeddedPostgres({
    dataFolder: config.dataFolder,
    log: (line) => print(`Postgres: ${line}`),
    onFolderTaken: async () => {
      await endLeftovers(config.dataFolder)
      launched.resolve(await launch())
    },
  })
  stack.use(postgres)
  stack.use(keepAlive(postgres))
  run.stop.addEventListener('abort', () => postgres.announceStop())
  return { postgres, roles: await launched.promise }
}

// The processes reconnect by themselves; they only need something to connect to.
function keepAlive(postgres: EmbeddedPostgres): Disposable {
  const timer = setInterval(() => {
    postgres.reviveIfDead().then(
      (wasDead) => wasDead && print('Postgres had ended; started again'),
      (err: unknown) => printError(`Postgres could not be started again: ${String(err)}`),
    )
  }, REVIVE_MS)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

async function bringToVersion(env: Env): Promise<void> {
  const { migrate } = await import('@posthorn/db/migrate')
  await migrate(env['DATABASE_DIRECT_URL'] || (env['DATABASE_URL'] ?? ''))
}

/** @throws {ConfigError} with what is wrong with the settings of all processes, each fault once */
async function runRoles(
  roles: RoleProcesses,
  { config, env }: { readonly config: CliConfig; readonly env: Env },
): Promise<Ready> {
  try {
    return await roles.run(env)
  } catch (err) {
    if (!(err instanceof RoleRefusedError)) throw err
    const { faultsOfRoles } = await import('./role-faults.ts')
    const faults = await faultsOfRoles(config.processes.flat(), env)
    throw faults.length > 0 ? new ConfigError(faults) : err
  }
}

function launchLocalRoles(config: CliConfig, { run, stack }: LocalRun): RoleProcesses {
  const log = stack.use(openLogFile(config.dataFolder))
  const roles = startRoleProcesses({
    groups: config.processes,
    env: { ...config.env, POSTHORN_MODE: config.mode },
    logTo: log.fd,
    stop: run.stop,
    print,
    onPids: (pids) => rememberProcesses(config.dataFolder, pids),
  })
  run.killers.push(() => roles.kill())
  return stack.use(roles)
}

interface Announcement {
  readonly config: CliConfig
  readonly env: Env
  readonly inbox: Inbox
  readonly ready: Ready
}

async function announce({ config, env, inbox, ready }: Announcement): Promise<void> {
  const fromHere = relative(process.cwd(), config.dataFolder)
  const folder = fromHere.startsWith('..') ? config.dataFolder : fromHere || '.'
  const processes = config.processes.map((group) => group.join(' and ')).join(' | ')
  print(`Local mode: data and log in ${folder}; endpoints may be http and on 127.0.0.1/32.`)
  print(`Processes: ${processes}. Inbox for trying out: ${inbox.url}`)
  const { url: apiUrl, found } = ready
  const isEmpty = found?.isEmpty ?? false
  if (apiUrl !== undefined && isEmpty && config.processes.flat().includes('worker')) {
    const { inboxSecret } = localSecrets(config.dataFolder)
    await firstDelivery({ apiUrl, env, inbox, inboxSecret })
  } else {
    print('An API key: npx --no posthorn keys create <name>')
  }
  if (isEmpty) await firstOwner(config, env)
  else printFirstOwner(found?.firstOwnerUrl ?? null, print)
  print()
  print(`Posthorn is ready${apiUrl === undefined ? '' : `: ${apiUrl}`}`)
}

// Only ever needed once, so a later start doesn't load it.
async function firstDelivery(options: FirstDeliveryOptions): Promise<void> {
  const { showFirstDelivery } = await import('./first-delivery.ts')
  print()
  // What it shows may fail; what it shows it of goes on running.
  await showFirstDelivery(options).catch((err: unknown) => {
    printError(
      `The first delivery did not work: ${err instanceof Error ? err.message : String(err)}`,
    )
  })
}

async function firstOwner(config: CliConfig, env: Env): Promise<void> {
  const { announceFirstOwner } = await import('./first-owner.ts')
  await announceFirstOwner(config, env, print)
}
