import { type EndpointRow, findEndpoint, updateEndpoint } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { AuditChanges } from '../audit/diff-changes.ts'
import { WITHHELD } from '../audit/diff-changes.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { type EndpointHeaders, mergeHeaders, openHeaders, sealHeaders } from './endpoint-headers.ts'
import { inEndpointTransaction } from './endpoint-transaction.ts'
import { getEndpointRow } from './get-endpoint.ts'
import { recordEndpointChange } from './record-endpoint-change.ts'

/** With all values: whoever shows them withholds the sensitive ones. */
export async function getEndpointHeaders(
  ctx: Pick<CoreContext, 'db' | 'vault'>,
  scope: AppScope,
  idOrUid: string,
): Promise<EndpointHeaders> {
  return openHeaders(ctx.vault, await getEndpointRow(ctx, scope, idOrUid))
}

export async function setEndpointHeaders(
  ctx: CoreContext,
  scope: AppScope,
  input: { readonly idOrUid: string; readonly headers: EndpointHeaders },
): Promise<void> {
  await changeEndpointHeaders(ctx, scope, { idOrUid: input.idOrUid, change: () => input.headers })
}

/** A null removes. */
export async function patchEndpointHeaders(
  ctx: CoreContext,
  scope: AppScope,
  input: { readonly idOrUid: string; readonly headers: Readonly<Record<string, string | null>> },
): Promise<void> {
  const change = (before: EndpointHeaders) => mergeHeaders(before, input.headers)
  await changeEndpointHeaders(ctx, scope, { idOrUid: input.idOrUid, change })
}

interface HeaderChange {
  readonly idOrUid: string
  readonly change: (before: EndpointHeaders, held: ChangedEndpoint) => EndpointHeaders
}

interface ChangedEndpoint {
  readonly endpoint: EndpointRow
  readonly at: Date
}

interface ChangedHeaders extends ChangedEndpoint {
  readonly before: EndpointHeaders
}

export function changeEndpointHeaders(
  ctx: CoreContext,
  scope: AppScope,
  { idOrUid, change }: HeaderChange,
): Promise<ChangedHeaders> {
  return inEndpointTransaction(ctx, scope, async (held) => {
    const endpoint = await findEndpoint(held.tx, scope, idOrUid)
    if (endpoint === null) throw new NotFoundError()
    const before = openHeaders(ctx.vault, endpoint)
    const after = change(before, { endpoint, at: held.now })
    const fields = { headers: sealHeaders(ctx.vault, after) }
    await updateEndpoint(held.tx, { id: endpoint.id, fields, at: held.now })
    await recordEndpointChange(held, {
      endpoint,
      action: 'endpoint.update_headers',
      changes: namedChanges(before, after),
      events: [{ type: 'endpoint.updated' }],
    })
    return { endpoint, before, at: held.now }
  })
}

// Any value may be a credential, whatever its header is called.
function namedChanges(before: EndpointHeaders, after: EndpointHeaders): AuditChanges {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter(
    (name) => was.get(name) !== is.get(name),
  )
  const shown = (headers: ReadonlyMap<string, string>, name: string) =>
    headers.has(name) ? WITHHELD : null
  return Object.fromEntries(
    changed.map((name) => [name, { from: shown(was, name), to: shown(is, name) }]),
  )
}
