import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from './command-error.ts'

/** What local mode makes for itself and production must be given. */
export interface LocalSecrets {
  readonly jwtSecret: string
  readonly encryptionKeys: string
  /** Signs what goes to the built-in inbox. */
  readonly inboxSecret: string
}

const KEY_BYTES = 32

/** The secrets of a data folder, created the first time, readable by nobody else. */
export function localSecrets(dataFolder: string): LocalSecrets {
  const path = join(dataFolder, 'secrets.json')
  if (!existsSync(path)) createSecrets(dataFolder, path)
  const secrets: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (isLocalSecrets(secrets)) return secrets
  throw new CommandError(`${path} is damaged; without it what it encrypted can't be read.`)
}

// Linked into place whole: a process killed half way, or a second one, can't leave half a key.
function createSecrets(dataFolder: string, path: string): void {
  const random = (): string => randomBytes(KEY_BYTES).toString('base64')
  const secrets: LocalSecrets = {
    jwtSecret: random(),
    encryptionKeys: random(),
    inboxSecret: `whsec_${random()}`,
  }
  mkdirSync(dataFolder, { recursive: true })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (err) {
    if (!existsSync(path)) throw err
  } finally {
    rmSync(draft)
  }
}

function isLocalSecrets(value: unknown): value is LocalSecrets {
  if (typeof value !== 'object' || value === null) return false
  return 'jwtSecret' in value && 'encryptionKeys' in value && 'inboxSecret' in value
}
