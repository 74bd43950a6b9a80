import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Binaries, findBinaries } from './binaries.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { checkAccess, databaseUser, type OsUser } from './os-user.ts'
import { KEPT_WAL, KEPT_WAL_FILES } from './settings.ts'

export const SUPERUSER = 'posthorn'
export const DATABASE = 'posthorn'

/** A database directory on disk with the programs that run it. */
export interface Cluster {
  binaries: Binaries
  user: OsUser
  dataFolder: string
  /** What Postgres calls its data directory. */
  directory: string
  logFile: string
  password: string
}

/** Opens the database directory of a data folder, creating it the first time. */
export async function openCluster(
  dataFolder: string,
  options: { isDurable: boolean; log: (line: string) => void },
): Promise<Cluster> {
  const [binaries, user] = await Promise.all([findBinaries(), databaseUser()])
  const parent = join(dataFolder, 'postgres')
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  user.own(parent)
  user.letThrough(dataFolder)
  await checkAccess(user, { program: binaries.postgres, folder: parent })
  const cluster: Cluster = {
    binaries,
    user,
    dataFolder,
    directory: join(parent, 'data'),
    logFile: join(parent, 'postgres.log'),
    password: readOrCreatePassword(join(dataFolder, 'postgres-password')),
  }
  if (!existsSync(join(cluster.directory, 'PG_VERSION'))) {
    options.log('creating the database')
    await createCluster(cluster, options.isDurable)
  }
  return cluster
}

export function readPassword(dataFolder: string): string {
  return readFileSync(join(dataFolder, 'postgres-password'), 'utf8').trim()
}

function readOrCreatePassword(path: string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const password = randomBytes(24).toString('base64url')
  writeFileSync(path, `${password}\n`, { mode: 0o600 })
  return password
}

// Made aside and moved into place at the end: a first start that was killed half way begins anew.
async function createCluster(cluster: Cluster, isDurable: boolean): Promise<void> {
  const draft = { ...cluster, directory: `${cluster.directory}.draft` }
  const passwordFile = join(cluster.dataFolder, 'postgres/initial-password')
  rmSync(draft.directory, { recursive: true, force: true })
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 })
  cluster.user.own(passwordFile)
  try {
    const args = initdbArguments(draft, passwordFile, isDurable)
    await runProgram(draft, [cluster.binaries.initdb, ...args])
    await createDatabase(draft, isDurable)
    renameSync(draft.directory, cluster.directory)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

// Without these locale options a machine with no LANG would get SQL_ASCII.
function initdbArguments(cluster: Cluster, passwordFile: string, isDurable: boolean): string[] {
  return [
    `--pgdata=${cluster.directory}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(isDurable ? [] : ['--no-sync']),
  ]
}

// The package has no psql; Postgres's single-user mode reads statements from stdin, a line each.
async function createDatabase(cluster: Cluster, isDurable: boolean): Promise<void> {
  const program = [cluster.binaries.postgres, '--single', '-D', cluster.directory] as const
  const options = ['-c', `min_wal_size=${KEPT_WAL}`, 'template1']
  const statements = [`CREATE DATABASE ${DATABASE}`, ...(isDurable ? FILL_LOG : [])]
  await runProgram(cluster, [...program, ...options], `${statements.join('\n')}\n`)
}

/**
 * Every commit waits while Postgres makes a new file of its log, 16 MB, written and synced: 50 to 150 ms on a
 * common disk, and under load every few seconds until a checkpoint leaves old ones to be used again. So they
 * are made here, in advance: as many as every checkpoint keeps.
 */
const FILL_LOG: readonly string[] = Array.from({ length: KEPT_WAL_FILES }, () => [
  `SELECT pg_logical_emit_message(false, 'posthorn', '')`,
  'SELECT pg_switch_wal()',
]).flat()

/** Runs one of the database's programs as its user; throws with the last line it printed. */
export async function runProgram(
  cluster: Cluster,
  [program, ...args]: readonly [string, ...string[]],
  input = '',
): Promise<void> {
  const child = spawn(program, args, { ...cluster.user.credentials, cwd: '/', stdio: 'pipe' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  child.stdin.on('error', () => undefined).end(input)
  const ended = Promise.withResolvers<number | null>()
  child.on('error', ended.reject)
  child.on('exit', ended.resolve)
  const code = await ended.promise
  if (code !== 0) throw new EmbeddedPostgresError(lastLine(output) || `${program}: exit ${code}`)
}

const MAX_LOG_BYTES = 10_000_000

/** Empties the server's log when it has grown beyond 10 MB. */
export function trimLog(cluster: Cluster): void {
  if (existsSync(cluster.logFile) && readFileSync(cluster.logFile).length > MAX_LOG_BYTES) {
    truncateSync(cluster.logFile)
  }
}

export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
