import { execFile } from 'node:child_process'
import { chmodSync, chownSync, statSync } from 'node:fs'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './errors.ts'

const run = promisify(execFile)

/** Who the database runs as: Postgres refuses root. */
export interface OsUser {
  /** Spread into the options of a spawn; empty when we aren't root. */
  credentials: { uid?: number; gid?: number }
  /** Gives a file or folder to the user. */
  own(path: string): void
  /** Lets the user's group through a folder of ours, which `mktemp -d` closes to everybody else. */
  letThrough(folder: string): void
}

const OTHERS_MAY_PASS = 0o001
const GROUP_MAY_PASS = 0o010
const PERMISSIONS = 0o777

export async function databaseUser(): Promise<OsUser> {
  if (process.getuid?.() !== 0)
    return { credentials: {}, own: () => undefined, letThrough: () => undefined }
  const { uid, gid } = (await findPostgresUser()) ?? (await createPostgresUser())
  return {
    credentials: { uid, gid },
    own: (path) => chownSync(path, uid, gid),
    letThrough: (folder) => {
      const { mode, uid: owner } = statSync(folder)
      if ((mode & OTHERS_MAY_PASS) !== 0) return
      chownSync(folder, owner, gid)
      chmodSync(folder, (mode & PERMISSIONS) | GROUP_MAY_PASS)
    },
  }
}

interface Ids {
  uid: number
  gid: number
}

async function findPostgresUser(): Promise<Ids | null> {
  try {
    const [uid, gid] = await Promise.all([idOf('-u'), idOf('-g')])
    return { uid, gid }
  } catch {
    return null
  }
}

async function idOf(which: '-u' | '-g'): Promise<number> {
  const { stdout } = await run('id', [which, 'postgres'])
  return Number(stdout.trim())
}

async function createPostgresUser(): Promise<Ids> {
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
  } catch {
    // Somebody else may just have created it; the next line tells.
  }
  const ids = await findPostgresUser()
  if (ids !== null) return ids
  throw new EmbeddedPostgresError(
    'Postgres refuses to run as root and the user "postgres" could not be created; run as another user, or set DATABASE_URL.',
  )
}

/** Throws one clear line when the user can't reach the programs or write to the folder. */
export async function checkAccess(
  user: OsUser,
  paths: { program: string; folder: string },
): Promise<void> {
  const can = async (test: string, path: string): Promise<boolean> =>
    run('/bin/sh', ['-c', `test ${test} "$0"`, path], { ...user.credentials, cwd: '/' }).then(
      () => true,
      () => false,
    )
  const who = user.credentials.uid === undefined ? 'this user' : 'the user "postgres"'
  if (!(await can('-x', paths.program))) throw outOfReach(who, 'execute', paths.program)
  if (!(await can('-w', paths.folder))) throw outOfReach(who, 'write to', paths.folder)
}

function outOfReach(who: string, verb: string, path: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded Postgres runs as ${who}, who can't ${verb} ${path}: a folder above it is closed to others. Move the repository (or POSTHORN_DATA), or run as another user.`,
  )
}
