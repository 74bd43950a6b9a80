import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DATABASE, readPassword, SUPERUSER } from './cluster.ts'
import { identifyProcess } from './process-identity.ts'

export interface ConnectionUrls {
  /** By TCP, 127.0.0.1. */
  url: string
  /** By the Unix socket: less CPU for each statement. */
  socketUrl: string
}

export interface RunningServer extends ConnectionUrls {
  pid: number
}

/** The server that runs on a data folder, for a command beside it; null when none does. */
export function findRunningServer(dataFolder: string): RunningServer | null {
  const running = readPidFile(join(dataFolder, 'postgres/data'))
  if (running === null || !isRunning(running.pid)) return null
  return { pid: running.pid, ...connectionUrls({ ...running, password: readPassword(dataFolder) }) }
}

export interface PidFile {
  pid: number
  port: number
  socketFolder: string
}

// Lines of postmaster.pid: pid, data directory, start time, port, socket folder, address, shared memory, status.
export function readPidFile(directory: string): PidFile | null {
  try {
    const [pid, , , port, socketFolder] = readFileSync(
      join(directory, 'postmaster.pid'),
      'utf8',
    ).split('\n')
    return { pid: Number(pid), port: Number(port), socketFolder: socketFolder ?? '' }
  } catch {
    return null
  }
}

export function isRunning(pid: number): boolean {
  return identifyProcess(pid) !== null
}

export function connectionUrls(at: {
  port: number
  socketFolder: string
  password: string
}): ConnectionUrls {
  const login = `${SUPERUSER}:${encodeURIComponent(at.password)}`
  const base = `postgresql://${login}@127.0.0.1:${at.port}/${DATABASE}`
  return { url: base, socketUrl: `${base}?host=${encodeURIComponent(at.socketFolder)}` }
}
