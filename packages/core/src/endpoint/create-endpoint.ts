import {
  countEndpoints,
  insertEndpoint,
  insertEndpointSecret,
  insertEndpointState,
} from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import type { CoreContext } from '../context.ts'
import { RefusedError } from '../errors.ts'
import { checkEventTypes } from './check-event-types.ts'
import { disablerOf } from './disabler.ts'
import { addAuthorization, type EndpointHeaders, sealHeaders } from './endpoint-headers.ts'
import { describeEndpoint, type EndpointInput, toEndpointColumns } from './endpoint-input.ts'
import { chooseSecret } from './endpoint-secret.ts'
import { type EndpointTransaction, inEndpointTransaction } from './endpoint-transaction.ts'
import { type EndpointContext, type EndpointView, viewEndpoint } from './endpoint-view.ts'
import { recordEndpointChange } from './record-endpoint-change.ts'

/** A publish looks at each of them and may write a delivery for each, in one statement. */
export const MAX_ENDPOINTS = 10_000

export interface NewEndpointInput extends EndpointInput {
  /** Null: one is made. */
  readonly secret: string | null
  /** Judged. */
  readonly headers: EndpointHeaders
  /** From userinfo in the URL. */
  readonly authorization?: string
}

export async function createEndpoint(
  ctx: EndpointContext,
  scope: AppScope,
  input: NewEndpointInput,
): Promise<EndpointView> {
  const endpoint = await inEndpointTransaction(ctx, scope, (held) => createHeld(ctx, held, input))
  return viewEndpoint(ctx, endpoint)
}

/** Within a transaction that holds the application already. */
export async function createHeld(
  ctx: CoreContext,
  held: EndpointTransaction,
  input: NewEndpointInput,
) {
  await refuseTooMany(held)
  await checkEventTypes(held, input.eventTypes)
  const { tx, scope, application } = held
  const endpoint = await insertEndpoint(tx, scope, newRow(ctx, held, input))
  await insertSecret(ctx, held, { endpointId: endpoint.id, secret: input.secret })
  const rate = endpoint.throttleRate ?? application.throttleRate
  await insertEndpointState(tx, { endpointId: endpoint.id, appId: scope.appId, rate })
  await recordEndpointChange(held, {
    endpoint,
    action: 'endpoint.create',
    changes: diffChanges({}, describeEndpoint(endpoint)),
    events: [{ type: 'endpoint.created' }],
  })
  return endpoint
}

async function refuseTooMany({ tx, scope }: EndpointTransaction): Promise<void> {
  if ((await countEndpoints(tx, scope)) < MAX_ENDPOINTS) return
  const message = `An application has at most ${MAX_ENDPOINTS} endpoints.`
  throw new RefusedError('limit_reached', message)
}

function newRow(ctx: CoreContext, { scope, now }: EndpointTransaction, input: NewEndpointInput) {
  const { secret: _, headers, authorization, ...described } = input
  const allHeaders =
    authorization === undefined ? headers : addAuthorization(headers, authorization)
  const disabling = { disabled: true, disabledAt: now, disabledBy: disablerOf(scope.actor) }
  return {
    ...toEndpointColumns(described),
    ...(input.disabled ? disabling : {}),
    id: newId('ep_', now.getTime()),
    url: input.url,
    headers: sealHeaders(ctx.vault, allHeaders),
    createdAt: now,
  }
}

async function insertSecret(
  ctx: CoreContext,
  { tx, now }: EndpointTransaction,
  { endpointId, secret }: { readonly endpointId: string; readonly secret: string | null },
): Promise<void> {
  const chosen = chooseSecret(secret, ['body', 'secret'])
  const id = newId('key_', now.getTime())
  await insertEndpointSecret(tx, { id, endpointId, secret: ctx.vault.seal(chosen) })
}
