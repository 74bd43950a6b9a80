import type { Database } from '@posthorn/db'
import type { Clock } from '@posthorn/runtime'
import type { Vault } from './vault.ts'

/** What verbs need. Narrower parameter types are welcome: a verb that only reads asks for `db` alone. */
export interface CoreContext {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Vault
}
