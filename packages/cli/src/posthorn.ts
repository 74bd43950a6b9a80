#!/usr/bin/env node
import { ConfigError } from '@posthorn/runtime'
import { type CliConfig, loadCliConfig, readEnv } from './config.ts'
import { print, printError } from './print.ts'

type Command = (config: CliConfig, args: readonly string[]) => Promise<void>

// Each loads only what it needs: a start must be quick.
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  run: async () => (await import('./run.ts')).run,
  token: async () => (await import('./token.ts')).token,
  keys: async () => (await import('./keys.ts')).keys,
  staff: async () => (await import('./staff.ts')).staff,
  deliveries: async () => (await import('./deliveries.ts')).deliveries,
  migrate: async () => (await import('./migrate-database.ts')).migrateDatabase,
}

const USAGE = `posthorn <command>

  start                                    everything that POSTHORN_ROLES names, supervised
  run [api,worker,ingest]                  one process with these roles
  token [org_…] [--days 365]               an organisation token; the last line is the token
  token revoke <token>                     ends a token
  keys create <name> [--scopes …] [--days] an API key, shown once
  keys list | keys revoke <key_…>
  keys reencrypt                           brings stored secrets to the first encryption key
  staff first-owner | staff invite <e-mail> [--role owner] | staff recover <e-mail>
                                           a one-time link into the console, for a first owner,
                                           another user, or one who can't sign in any more
  deliveries pause <reason> | resume | status
                                           holds back what would be sent, of all organisations
  migrate                                  brings the database to this version`

async function loadConfig(given: { command: string; args: readonly string[] }): Promise<CliConfig> {
  const env = readEnv()
  try {
    return loadCliConfig(env)
  } catch (err) {
    if (!(err instanceof ConfigError) || !['start', 'run'].includes(given.command)) throw err
    const { withRoleFaults } = await import('./role-faults.ts')
    throw await withRoleFaults(err, { ...given, env })
  }
}

async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) {
    print(USAGE)
    process.exitCode = name === '' || name === 'help' || name === '--help' ? 0 : 2
    return
  }
  const config = await loadConfig({ command: name, args })
  const command = await load()
  await command(config, args)
}

try {
  await main(process.argv.slice(2))
} catch (err) {
  // Knows the errors of everything there is, so it loads everything.
  const { faultLines } = await import('./faults.ts')
  const lines = faultLines(err, readEnv())
  for (const line of lines ?? [err instanceof Error ? (err.stack ?? err.message) : String(err)]) {
    printError(`posthorn: ${line}`)
  }
  process.exitCode = 1
}
