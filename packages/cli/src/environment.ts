import { type ConnectionUrls, findRunningServer } from '@posthorn/embedded'
import type { Env } from '@posthorn/runtime'
import { CommandError } from './command-error.ts'
import type { CliConfig } from './config.ts'
import { localSecrets } from './local-secrets.ts'

/** The environment that the apps read their settings from: what was given, and in local mode what it makes. */
export function appEnvironment(config: CliConfig, embedded: ConnectionUrls | null): Env {
  const database = embedded === null ? {} : { DATABASE_URL: embedded.socketUrl }
  const env = { ...config.env, ...database, POSTHORN_MODE: config.mode }
  if (config.mode === 'production') return env
  const secrets = localSecrets(config.dataFolder)
  return {
    ...env,
    POSTHORN_JWT_SECRET: config.env['POSTHORN_JWT_SECRET'] || secrets.jwtSecret,
    POSTHORN_ENCRYPTION_KEYS: config.env['POSTHORN_ENCRYPTION_KEYS'] || secrets.encryptionKeys,
  }
}

/** For a command beside a running `start`: finds its database. */
export function environmentBeside(config: CliConfig): Env {
  if (config.database !== null) return appEnvironment(config, null)
  const running = findRunningServer(config.dataFolder)
  if (running !== null) return appEnvironment(config, running)
  throw new CommandError(
    `No Posthorn runs on ${config.dataFolder}: start it with npm start, or set POSTHORN_DATA or DATABASE_URL.`,
  )
}
