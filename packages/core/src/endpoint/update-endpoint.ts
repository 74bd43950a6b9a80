import { type EndpointRow, findEndpoint, setEndpointRate, updateEndpoint } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { cancelRemainingWaiting } from './cancel-waiting.ts'
import { checkEventTypes } from './check-event-types.ts'
import { createHeld } from './create-endpoint.ts'
import {
  disabledColumns,
  ENABLED_COLUMNS,
  settleDisabled,
  settleEnabled,
} from './disable-endpoint.ts'
import { disablerOf } from './disabler.ts'
import { addAuthorization, openHeaders, sealHeaders } from './endpoint-headers.ts'
import {
  describeEndpoint,
  type EndpointInput,
  type EndpointPatchInput,
  toEndpointColumns,
} from './endpoint-input.ts'
import { type EndpointTransaction, inEndpointTransaction } from './endpoint-transaction.ts'
import { type EndpointContext, type EndpointView, viewEndpoint } from './endpoint-view.ts'
import { type EndpointNews, recordEndpointChange } from './record-endpoint-change.ts'

interface Named<T> {
  readonly idOrUid: string
  readonly fields: T
  /** From userinfo in the URL. */
  readonly authorization?: string
}

/** PUT: gives the endpoint these fields; one that isn't there is created, under an id of its own. */
export async function upsertEndpoint(
  ctx: EndpointContext,
  scope: AppScope,
  input: Named<EndpointInput>,
): Promise<EndpointView & { readonly isCreated: boolean }> {
  const { endpoint, isCreated } = await inEndpointTransaction(ctx, scope, async (held) => {
    const before = await findEndpoint(held.tx, scope, input.idOrUid)
    if (before !== null)
      return { endpoint: await updateHeld(ctx, held, { before, ...input }), isCreated: false }
    const { idOrUid: _, fields, ...rest } = input
    const endpoint = await createHeld(ctx, held, { ...fields, ...rest, secret: null, headers: {} })
    return { endpoint, isCreated: true }
  })
  await cancelIfDisabled(ctx, scope, endpoint)
  return { ...(await viewEndpoint(ctx, endpoint)), isCreated }
}

/** PATCH: absent fields stay. */
export async function patchEndpoint(
  ctx: EndpointContext,
  scope: AppScope,
  input: Named<EndpointPatchInput>,
): Promise<EndpointView> {
  const endpoint = await inEndpointTransaction(ctx, scope, async (held) => {
    const before = await findEndpoint(held.tx, scope, input.idOrUid)
    if (before === null) throw new NotFoundError()
    return updateHeld(ctx, held, { before, ...input })
  })
  await cancelIfDisabled(ctx, scope, endpoint)
  return viewEndpoint(ctx, endpoint)
}

interface Update extends Named<EndpointPatchInput> {
  readonly before: EndpointRow
}

/** Within a transaction that holds the application already. */
export async function updateHeld(
  ctx: CoreContext,
  held: EndpointTransaction,
  update: Update,
): Promise<EndpointRow> {
  const { before, fields } = update
  await checkEventTypes(held, fields.eventTypes)
  const columns = {
    ...toEndpointColumns(fields),
    ...disablingColumns(held, update),
    ...headerColumns(ctx, update),
  }
  const endpoint = await updateEndpoint(held.tx, { id: before.id, fields: columns, at: held.now })
  if (endpoint.throttleRate !== before.throttleRate) await applyRate(held, endpoint)
  const turned = await settleDisabling(held, before, endpoint)
  const changes = diffChanges(describeEndpoint(before), describeEndpoint(endpoint))
  const isOtherwiseChanged = Object.keys(changes).some((field) => field !== 'disabled')
  const events: EndpointNews[] = isOtherwiseChanged
    ? [{ type: 'endpoint.updated' }, ...turned]
    : turned
  await recordEndpointChange(held, { endpoint, action: 'endpoint.update', changes, events })
  return endpoint
}

function disablingColumns(held: EndpointTransaction, { before, fields: { disabled } }: Update) {
  if (disabled === undefined || disabled === before.disabled) return {}
  return disabled ? disabledColumns(held, disablerOf(held.scope.actor)) : ENABLED_COLUMNS
}

function headerColumns({ vault }: CoreContext, { before, authorization }: Update) {
  if (authorization === undefined) return {}
  return {
    headers: sealHeaders(vault, addAuthorization(openHeaders(vault, before), authorization)),
  }
}

function applyRate({ tx, application }: EndpointTransaction, endpoint: EndpointRow): Promise<void> {
  const rate = endpoint.throttleRate ?? application.throttleRate
  return setEndpointRate(tx, { endpointId: endpoint.id, rate })
}

async function settleDisabling(
  held: EndpointTransaction,
  before: EndpointRow,
  after: EndpointRow,
): Promise<EndpointNews[]> {
  if (after.disabled === before.disabled) return []
  if (!after.disabled) return [await settleEnabled(held, after.id)]
  return [await settleDisabled(held, { endpointId: after.id, by: disablerOf(held.scope.actor) })]
}

// Costs one index look when nothing waits.
async function cancelIfDisabled(
  ctx: CoreContext,
  scope: AppScope,
  endpoint: EndpointRow,
): Promise<void> {
  if (!endpoint.disabled) return
  await cancelRemainingWaiting(ctx, scope, { endpointId: endpoint.id, cause: 'endpoint_disabled' })
}
