import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { identifyProcess, isAlive, type ProcessIdentity } from '@posthorn/embedded'

const FILE = 'processes.json'
const PATIENCE_MS = 3_000
const POLL_MS = 50

/** Writes down which role processes run, for the start after one in which the supervisor was killed. */
export function rememberProcesses(dataFolder: string, pids: readonly number[]): void {
  const identities = pids.map(identifyProcess).filter((identity) => identity !== null)
  writeFileSync(join(dataFolder, FILE), JSON.stringify(identities), { mode: 0o600 })
}

/** Ends role processes that outlived their supervisor: they hold the port and the database's sessions. */
export async function endLeftovers(dataFolder: string): Promise<void> {
  const leftovers = readProcesses(dataFolder).filter(isAlive)
  for (const { pid } of leftovers) process.kill(pid, 'SIGTERM')
  const deadline = performance.now() + PATIENCE_MS
  while (leftovers.some(isAlive) && performance.now() < deadline) await delay(POLL_MS)
  for (const leftover of leftovers.filter(isAlive)) process.kill(leftover.pid, 'SIGKILL')
  rmSync(join(dataFolder, FILE), { force: true })
}

function readProcesses(dataFolder: string): ProcessIdentity[] {
  try {
    const list: unknown = JSON.parse(readFileSync(join(dataFolder, FILE), 'utf8'))
    return Array.isArray(list) ? list.filter(isProcessIdentity) : []
  } catch {
    return []
  }
}

function isProcessIdentity(value: unknown): value is ProcessIdentity {
  return typeof value === 'object' && value !== null && 'pid' in value && 'began' in value
}
