import { shareEndpoint, type Transaction } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { NotFoundError, RefusedError } from '../errors.ts'

/** Its id. It stays enabled until the commit: disabling it afterwards finds what is written here, and cancels it. */
export async function shareEnabledEndpoint(
  tx: Transaction,
  scope: AppScope,
  idOrUid: string,
): Promise<string> {
  const endpoint = await shareEndpoint(tx, scope, idOrUid)
  if (endpoint === null) throw new NotFoundError()
  if (endpoint.disabled) {
    throw new RefusedError('endpoint_disabled', 'The endpoint is disabled: enable it first.')
  }
  return endpoint.id
}
