import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
export const BIN = join(ROOT, 'node_modules/.bin')
export const NODE = join(BIN, 'node')

/** The environment with Node 24 and the repository's tools first in the path. */
export function withNode24(binFolders = [BIN]) {
  return { ...process.env, PATH: [...binFolders, process.env.PATH ?? ''].join(delimiter) }
}

/** Turbo sends nothing anywhere, and asks for no newer one of itself. */
export function withoutTelling(env) {
  return { ...env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' }
}

/** One hash over the contents of these files, all below the root. */
export function hashFiles(...paths) {
  const hash = createHash('sha256')
  for (const path of paths)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
  return hash.digest('hex')
}

/** The text of a file, or nothing when there is none. */
export function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
