import { findEndpoint, findTransformation, saveTransformation } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { inEndpointTransaction } from './endpoint-transaction.ts'
import { recordEndpointChange } from './record-endpoint-change.ts'

/** Code that is to change what an endpoint receives: kept and shown, not run. */
export interface Transformation {
  readonly code: string | null
  readonly enabled: boolean
  readonly variables: Readonly<Record<string, string>> | null
}

const NONE: Transformation = { code: null, enabled: false, variables: null }

export async function getTransformation(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  idOrUid: string,
): Promise<Transformation> {
  const endpoint = await findEndpoint(ctx.db.prisma, scope, idOrUid)
  if (endpoint === null) throw new NotFoundError()
  return readTransformation(await findTransformation(ctx.db.prisma, endpoint.id))
}

export function patchTransformation(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  { idOrUid, fields }: { readonly idOrUid: string; readonly fields: Partial<Transformation> },
): Promise<void> {
  return inEndpointTransaction(ctx, scope, async (held) => {
    const endpoint = await findEndpoint(held.tx, scope, idOrUid)
    if (endpoint === null) throw new NotFoundError()
    const before = readTransformation(await findTransformation(held.tx, endpoint.id))
    await saveTransformation(held.tx, endpoint.id, { ...before, ...fields })
    await recordEndpointChange(held, { endpoint, action: 'endpoint.transformation', events: [] })
  })
}

// Written by this file alone.
function readTransformation(value: unknown): Transformation {
  return { ...NONE, ...(value as Partial<Transformation> | null) }
}
