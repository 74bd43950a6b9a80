import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EmbeddedPostgresError } from './errors.ts'
import { identifyProcess, isAlive, type ProcessIdentity } from './process-identity.ts'

/** The right of one process to a data folder; ends with the process, however it ends. */
export interface FolderLock extends Disposable {
  /** Tells a process that waits for the folder that it will soon be free. */
  markStopping(): void
}

interface Owner extends ProcessIdentity {
  isStopping: boolean
}

const STOPPING_WAIT_MS = 30_000
const POLL_MS = 100

/** Takes the folder, waiting for an owner that is about to stop; throws one line if another one runs in it. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'owner.json')
  const deadline = performance.now() + STOPPING_WAIT_MS
  for (;;) {
    if (tryToOwn(path)) return heldLock(path)
    const owner = readOwner(path)
    if (owner === null || !isAlive(owner)) discard(path, owner)
    else if (!owner.isStopping || performance.now() > deadline) throw inUse(folder, owner)
    else await delay(POLL_MS)
  }
}

function tryToOwn(path: string): boolean {
  const draft = writeDraft(path, false)
  try {
    // A link appears with its content, or not at all: nobody reads a half-written owner.
    linkSync(draft, path)
    return true
  } catch {
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

function writeDraft(path: string, isStopping: boolean): string {
  const self = identifyProcess(process.pid)
  if (self === null)
    throw new EmbeddedPostgresError('This system does not say when a process began.')
  const owner: Owner = { ...self, isStopping }
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 })
  } catch (err) {
    throw new EmbeddedPostgresError(`The data folder can't be written: ${path}`, { cause: err })
  }
  return draft
}

// Two may find the same dead owner; what is moved away is looked at again, and put back if it is
// the other's new one.
function discard(path: string, dead: Owner | null): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    renameSync(path, aside)
    const moved = readOwner(aside)
    if (moved !== null && moved.pid !== dead?.pid && isAlive(moved)) renameSync(aside, path)
  } catch {
    // The other one was quicker.
  } finally {
    rmSync(aside, { force: true })
  }
}

function heldLock(path: string): FolderLock {
  return {
    markStopping: () => renameSync(writeDraft(path, true), path),
    [Symbol.dispose]: () => rmSync(path, { force: true }),
  }
}

function readOwner(path: string): Owner | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isOwner(value) ? value : null
  } catch {
    return null
  }
}

function isOwner(value: unknown): value is Owner {
  return typeof value === 'object' && value !== null && 'pid' in value && 'began' in value
}

function inUse(folder: string, owner: Owner): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `Posthorn already runs on this data folder: ${folder} (process ${owner.pid}). Stop that one first, or set POSTHORN_DATA to another folder.`,
  )
}
