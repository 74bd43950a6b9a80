import { migrate } from '@posthorn/db'
import type { CliConfig } from './config.ts'
import { environmentBeside } from './environment.ts'
import { print } from './print.ts'

/** `posthorn migrate`: brings the database to this version; several at once wait for each other. */
export async function migrateDatabase(config: CliConfig): Promise<void> {
  const env = environmentBeside(config)
  const { applied } = await migrate(env['DATABASE_DIRECT_URL'] || (env['DATABASE_URL'] ?? ''))
  print(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`)
}
