import { findLiveEventTypes } from '@posthorn/db'
import { InvalidInputError } from '../errors.ts'
import { OPERATIONAL_EVENT_TYPES } from '../operational-webhook/operational-event.ts'
import type { EndpointTransaction } from './endpoint-transaction.ts'

/** An endpoint may only filter on event types that exist and aren't archived. */
export async function checkEventTypes(
  { tx, scope, application }: EndpointTransaction,
  names: readonly string[] | null | undefined,
): Promise<void> {
  if (!names || names.length === 0) return
  const known = application.operational
    ? OPERATIONAL_EVENT_TYPES
    : await findLiveEventTypes(tx, scope.orgId, names)
  const knownNames = new Set<string>(known)
  const unknown = names.filter((name) => !knownNames.has(name))
  if (unknown.length === 0) return
  const message = `The following event types don't exist: ${unknown.join(', ')}`
  throw new InvalidInputError([{ path: ['body', 'eventTypes'], message }])
}
