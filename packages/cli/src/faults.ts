import { DomainError, VaultKeyMissingError } from '@posthorn/core'
import { MigrationChangedError, SchemaTooNewError } from '@posthorn/db'
import { EmbeddedPostgresError } from '@posthorn/embedded'
import { ConfigError } from '@posthorn/runtime'

/** A command that can't be carried out as given; the message is for whoever typed it. */
export class CommandError extends Error {
  override name = 'CommandError'
}

/** A process of ours has said itself why it can't run; nothing is left to print. */
export class RoleRefusedError extends Error {
  override name = 'RoleRefusedError'
}

/** The exit code by which a role process says that starting it again is of no use (EX_CONFIG). */
export const EXIT_REFUSED = 78

const PLAIN_ERRORS = [
  CommandError,
  DomainError,
  EmbeddedPostgresError,
  MigrationChangedError,
  SchemaTooNewError,
  VaultKeyMissingError,
]

/** What a person can mend, one line for each fault; null for a fault of ours. */
export function faultLines(err: unknown): readonly string[] | null {
  if (err instanceof RoleRefusedError) return []
  if (err instanceof ConfigError) return err.faults
  if (PLAIN_ERRORS.some((kind) => err instanceof kind)) return [oneLine(err)]
  return systemFault(err)
}

function systemFault(err: unknown): readonly string[] | null {
  if (!(err instanceof Error) || !('code' in err)) return null
  if (String(err.code).startsWith('ERR_PARSE_ARGS')) return [oneLine(err)]
  const port = 'port' in err ? String(err.port) : ''
  switch (err.code) {
    case 'EADDRINUSE':
      return [`Port ${port} is taken: stop what listens there, or set PORT to another one.`]
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
