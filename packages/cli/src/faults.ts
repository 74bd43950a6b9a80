import { DomainError, VaultKeyMissingError } from '@posthorn/core'
import { MigrationChangedError, SchemaTooNewError } from '@posthorn/db'
import { EmbeddedPostgresError } from '@posthorn/embedded'
import { ConfigError, type Env } from '@posthorn/runtime'
import { CommandError, RoleRefusedError } from './command-error.ts'
import { settingOfPort } from './ports.ts'

const PLAIN_ERRORS = [
  CommandError,
  DomainError,
  EmbeddedPostgresError,
  MigrationChangedError,
  SchemaTooNewError,
  VaultKeyMissingError,
]

/** What a person can mend, one line for each fault; null for a fault of ours. */
export function faultLines(err: unknown, env: Env): readonly string[] | null {
  if (err instanceof RoleRefusedError) return []
  if (err instanceof ConfigError) return err.faults
  if (PLAIN_ERRORS.some((kind) => err instanceof kind)) return [oneLine(err)]
  return systemFault(err, env)
}

function systemFault(err: unknown, env: Env): readonly string[] | null {
  if (!(err instanceof Error) || !('code' in err)) return null
  if (String(err.code).startsWith('ERR_PARSE_ARGS')) return [oneLine(err)]
  const port = 'port' in err ? String(err.port) : ''
  switch (err.code) {
    case 'EADDRINUSE':
      return [
        `Port ${port} is taken: stop what listens there, or set ${settingOfPort(port, env)} to another one.`,
      ]
    case 'EADDRNOTAVAIL':
      return [`HOST: is no address of this machine (${oneLine(err)})`]
    case 'EACCES':
      return [`Not allowed: ${oneLine(err)}`]
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return [`A store can't be reached (DATABASE_URL, REDIS_URL): ${oneLine(err)}`]
    default:
      return null
  }
}

function oneLine(err: unknown): string {
  return (err instanceof Error ? err.message : String(err)).replaceAll(/\s+/g, ' ').trim()
}
