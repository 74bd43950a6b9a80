import {
  inTransaction,
  isUniqueViolation,
  lockApplication,
  type LockedApplication,
  type Transaction,
} from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { ConflictError, NotFoundError } from '../errors.ts'

/** A transaction that holds its application's lock. */
export interface EndpointTransaction {
  readonly tx: Transaction
  readonly scope: AppScope
  readonly application: LockedApplication
  readonly now: Date
}

/** Every change of an endpoint runs in one of these. */
export async function inEndpointTransaction<T>(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  work: (held: EndpointTransaction) => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const application = await lockApplication(tx, scope)
      if (application === null) throw new NotFoundError()
      return work({ tx, scope, application, now: new Date(ctx.clock.nowMs()) })
    })
  } catch (err) {
    if (isUniqueViolation(err)) throw new ConflictError()
    throw err
  }
}
