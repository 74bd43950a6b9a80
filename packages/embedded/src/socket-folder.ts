import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { EmbeddedPostgresError } from './errors.ts'
import type { OsUser } from './os-user.ts'

// A socket's whole path must stay below 108 bytes (104 on macOS); its file name takes up to 18.
const MAX_FOLDER_BYTES = 80

/** Where the Unix socket lives: in the data folder if its path is short enough, else in the temporary one. */
export function prepareSocketFolder(dataFolder: string, user: OsUser): string {
  const own = resolve(dataFolder, 'socket')
  const folder = Buffer.byteLength(own) <= MAX_FOLDER_BYTES ? own : temporaryFolder(own)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  checkOwner(folder, user)
  user.own(folder)
  return folder
}

function temporaryFolder(path: string): string {
  return join(tmpdir(), `posthorn-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`)
}

// In /tmp a stranger could have made it first, and would see our passwords.
function checkOwner(folder: string, user: OsUser): void {
  const stat = lstatSync(folder)
  const mine = [process.getuid?.(), user.credentials.uid]
  if (stat.isDirectory() && mine.includes(stat.uid)) return
  throw new EmbeddedPostgresError(`${folder} belongs to somebody else; remove it, or set TMPDIR.`)
}
