import { randomBytes } from 'node:crypto'
import { relative } from 'node:path'
import { migrate, openDatabase } from '@posthorn/db'
import {
  type EmbeddedPostgres,
  type Inbox,
  isPortFree,
  startEmbeddedPostgres,
} from '@posthorn/embedded'
import { type Env, runUntilStopped, silentLogger } from '@posthorn/runtime'
import type { CliConfig } from './config.ts'
import { appEnvironment } from './environment.ts'
import { CommandError } from './faults.ts'
import { type FirstDeliveryOptions } from './first-delivery.ts'
import { announceFirstOwner } from './first-owner.ts'
import { endLeftovers, rememberProcesses } from './leftover-processes.ts'
import { inboxSettings, startLocalInbox } from './local-inbox.ts'
import { localSecrets } from './local-secrets.ts'
import { openLogFile } from './log-file.ts'
import { print, printError } from './print.ts'
import { type RoleProcesses, startRoleProcesses } from './role-processes.ts'

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
  const env = appEnvironment(config, null)
  await migrate(directUrlOf(env))
  const roles = await startRoleProcesses({
    groups: config.processes,
    env,
    logTo: 'inherit',
    stop: run.stop,
    print: printError,
    onPids: () => undefined,
  })
  run.killers.push(() => roles.kill())
  return roles
}

async function startLocal(config: CliConfig, run: Run): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const postgres = config.database === null ? stack.use(await startDatabase(config, run)) : null
  if (postgres !== null) stack.use(keepAlive(postgres))
  if (!(await isPortFree(config.apiPort))) throw portTaken(config.apiPort, 'PORT')
  if (receives(config) && !(await isPortFree(config.ingestPort)))
    throw portTaken(config.ingestPort, 'POSTHORN_INGEST_PORT')
  const own = appEnvironment(config, postgres)
  await migrate(directUrlOf(own))
  const isEmpty = await hasNoApplication(own)
  const token = randomBytes(24).toString('base64url')
  const inbox = stack.use(await openInbox(config, token))
  const env = { ...own, ...inboxSettings(inbox, token) }
  const roles = stack.use(await startLocalRoles(config, { env, run, stack }))
  if (!run.stop.aborted) await announce({ config, env, inbox, roles, isEmpty })
  return stack.move()
}

async function startDatabase(config: CliConfig, run: Run): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({
    dataFolder: config.dataFolder,
    log: (line) => print(`Postgres: ${line}`),
    onFolderTaken: async () => endLeftovers(config.dataFolder),
  })
  run.stop.addEventListener('abort', () => postgres.announceStop())
  return postgres
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

function directUrlOf(env: Env): string {
  return env['DATABASE_DIRECT_URL'] || (env['DATABASE_URL'] ?? '')
}

async function hasNoApplication(env: Env): Promise<boolean> {
  await using db = openDatabase({
    url: directUrlOf(env),
    hotConnections: 1,
    ordinaryConnections: 1,
  })
  const { rows } = await db.hot.query('SELECT 1 FROM application WHERE NOT operational LIMIT 1')
  return rows.length === 0
}

async function openInbox(config: CliConfig, token: string): Promise<Inbox> {
  if (!(await isPortFree(config.inboxPort)))
    throw portTaken(config.inboxPort, 'POSTHORN_INBOX_PORT')
  const { inboxSecret } = localSecrets(config.dataFolder)
  return startLocalInbox({ port: config.inboxPort, secret: inboxSecret, token })
}

function receives(config: CliConfig): boolean {
  return config.processes.some((group) => group.includes('ingest'))
}

function portTaken(port: number, setting: string): CommandError {
  return new CommandError(
    `Port ${port} of 127.0.0.1 is taken: stop what listens there, or set ${setting} to another one.`,
  )
}

async function startLocalRoles(
  config: CliConfig,
  { env, run, stack }: { env: Env; run: Run; stack: AsyncDisposableStack },
): Promise<RoleProcesses> {
  const log = stack.use(openLogFile(config.dataFolder))
  const roles = await startRoleProcesses({
    groups: config.processes,
    env,
    logTo: log.fd,
    stop: run.stop,
    print,
    onPids: (pids) => rememberProcesses(config.dataFolder, pids),
  })
  run.killers.push(() => roles.kill())
  return roles
}

interface Announcement {
  readonly config: CliConfig
  readonly env: Env
  readonly inbox: Inbox
  readonly roles: RoleProcesses
  readonly isEmpty: boolean
}

async function announce({ config, env, inbox, roles, isEmpty }: Announcement): Promise<void> {
  const fromHere = relative(process.cwd(), config.dataFolder)
  const folder = fromHere.startsWith('..') ? config.dataFolder : fromHere || '.'
  const processes = config.processes.map((group) => group.join(' and ')).join(' | ')
  print(`Local mode: data and log in ${folder}; endpoints may be http and on 127.0.0.1/32.`)
  print(`Processes: ${processes}. Inbox for trying out: ${inbox.url}`)
  const { apiUrl } = roles
  if (apiUrl !== undefined && isEmpty && config.processes.flat().includes('worker')) {
    const { inboxSecret } = localSecrets(config.dataFolder)
    await firstDelivery({ apiUrl, env, inbox, inboxSecret })
  } else {
    print('An API key: npx --no posthorn keys create <name>')
  }
  if (apiUrl !== undefined) await announceFirstOwner(config, env, print)
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
