import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Cluster, lastLine, openCluster, runProgram, trimLog } from './cluster.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { findFreePort, isPortFree } from './free-port.ts'
import { type ConnectionUrls, connectionUrls, isRunning, readPidFile } from './running-server.ts'
import { asServerOptions, serverSettings } from './settings.ts'
import { prepareSocketFolder } from './socket-folder.ts'

export interface EmbeddedPostgresOptions {
  /** Holds the database, its password and its log; created when missing. */
  dataFolder: string
  /** Default: any free one. */
  port?: number
  /** Default true: what is committed survives a crash of the machine. False for tests. */
  isDurable?: boolean
  log: (line: string) => void
  /** Runs once the folder is ours, before a server that outlived its owner is stopped. */
  onFolderTaken?: () => Promise<void>
}

export interface EmbeddedPostgres extends ConnectionUrls, AsyncDisposable {
  readonly pid: number
  /** Starts the server again, on the same port, if it died; says whether it had. */
  reviveIfDead(): Promise<boolean>
  /** Lets a start that waits for this folder know that it will soon be free. */
  announceStop(): void
  /** Ends the sessions, writes everything out and gives the folder free. Repeating it does nothing. */
  stop(): Promise<void>
}

/**
 * Runs Postgres on a data folder. Survives every way in which the last run may have ended: a server
 * that outlived its owner is stopped first. Throws `EmbeddedPostgresError`, one line, when it can't.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataFolder = resolve(options.dataFolder)
  createFolder(dataFolder)
  const lock = await lockFolder(dataFolder)
  try {
    await options.onFolderTaken?.()
    const isDurable = options.isDurable ?? true
    const cluster = await openCluster(dataFolder, { isDurable, log: options.log })
    await stopLeftover(cluster, options.log)
    trimLog(cluster)
    const port = await choosePort(options.port)
    const socketFolder = prepareSocketFolder(dataFolder, cluster.user)
    const start = async (): Promise<void> =>
      startServer(cluster, asServerOptions(serverSettings({ port, socketFolder, isDurable })))
    await start()
    return runningServer(cluster, { lock, start })
  } catch (err) {
    lock[Symbol.dispose]()
    throw err
  }
}

function createFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (err) {
    throw new EmbeddedPostgresError(`The data folder can't be created: ${folder}`, { cause: err })
  }
}

async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return findFreePort()
  if (await isPortFree(wanted)) return wanted
  throw new EmbeddedPostgresError(`Port ${wanted} of 127.0.0.1, meant for Postgres, is taken.`)
}

async function stopLeftover(cluster: Cluster, log: (line: string) => void): Promise<void> {
  const leftover = readPidFile(cluster.directory)
  if (leftover === null || !isRunning(leftover.pid)) return
  log('stopping a database that outlived its process')
  try {
    await stopServer(cluster)
  } catch {
    // The number may belong to another program since; the start below tells whether that matters.
  }
}

const START_ATTEMPTS = 20
const START_PAUSE_MS = 250

// After kill -9 of the server alone its children hold the shared memory for a moment.
async function startServer(cluster: Cluster, serverOptions: string): Promise<void> {
  const args = ['start', '-w', '-t', '60', '-D', cluster.directory, '-l', cluster.logFile]
  for (let attempt = 1; ; attempt++) {
    try {
      return await runProgram(cluster, [cluster.binaries.pgCtl, ...args, '-o', serverOptions])
    } catch (err) {
      if (attempt === START_ATTEMPTS || !isHeldByChildren(cluster)) throw startFailed(cluster, err)
      await delay(START_PAUSE_MS)
    }
  }
}

function isHeldByChildren(cluster: Cluster): boolean {
  return /pre-existing shared memory block|lock file .* already exists/.test(logTail(cluster))
}

function startFailed(cluster: Cluster, cause: unknown): EmbeddedPostgresError {
  const reason =
    logTail(cluster)
      .match(/FATAL: .*/g)
      ?.at(-1) ?? lastLine(String(cause))
  return new EmbeddedPostgresError(`Postgres did not start: ${reason} (log: ${cluster.logFile})`, {
    cause,
  })
}

function logTail(cluster: Cluster): string {
  try {
    return readFileSync(cluster.logFile, 'utf8').slice(-2_000)
  } catch {
    return ''
  }
}

interface Run {
  lock: FolderLock
  start(): Promise<void>
}

function runningServer(cluster: Cluster, run: Run): EmbeddedPostgres {
  const started = readPidFile(cluster.directory)
  if (started === null) throw startFailed(cluster, 'it ended at once')
  let { pid } = started
  let reviving: Promise<unknown> = Promise.resolve()
  let stopping: Promise<void> | undefined
  const revive = async (): Promise<boolean> => {
    await run.start()
    pid = readPidFile(cluster.directory)?.pid ?? pid
    return true
  }
  const stop = async (): Promise<void> => {
    stopping ??= reviving.then(
      async () => stopAndRelease(cluster, run.lock),
      () => run.lock[Symbol.dispose](),
    )
    return stopping
  }
  return {
    ...connectionUrls({ ...started, password: cluster.password }),
    get pid() {
      return pid
    },
    reviveIfDead: async () => {
      if (stopping !== undefined || isRunning(pid)) return false
      const revival = revive()
      reviving = revival
      return revival
    },
    announceStop: () => run.lock.markStopping(),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

async function stopAndRelease(cluster: Cluster, lock: FolderLock): Promise<void> {
  try {
    const running = readPidFile(cluster.directory)
    if (running !== null && isRunning(running.pid)) await stopServer(cluster)
  } finally {
    lock[Symbol.dispose]()
  }
}

// Immediate loses nothing that was committed; the next start only has to replay more of the log.
async function stopServer(cluster: Cluster): Promise<void> {
  const stop = async (mode: string, seconds: number): Promise<void> =>
    runProgram(cluster, [
      cluster.binaries.pgCtl,
      'stop',
      '-w',
      '-t',
      String(seconds),
      '-m',
      mode,
      '-D',
      cluster.directory,
    ])
  await stop('fast', 15).catch(async () => stop('immediate', 5))
}
