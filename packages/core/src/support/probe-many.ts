import { findTargetsById } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { type EndpointProbe, probeEndpoint } from '../endpoint/probe-endpoint.ts'
import { ConflictError, LimitedError, NotFoundError, RefusedError } from '../errors.ts'

export interface ProbedEndpoint {
  readonly endpointId: string
  readonly appId: string
  /** Null: none was asked for. */
  readonly probe: EndpointProbe | null
  /** Why not, as a code. */
  readonly refusal: string | null
}

/** Each as by a call of its own, with its audit row; one that can't be probed keeps no other from it. */
export async function probeMany(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: OrgScope,
  endpointIds: readonly string[],
): Promise<ProbedEndpoint[]> {
  const ids = [...new Set(endpointIds)]
  // By id: where all are of one transaction, another such call locks them alike.
  const found = await findTargetsById(ctx.db.prisma, scope, ids)
  if (found.length < ids.length) throw new NotFoundError()
  const probed: ProbedEndpoint[] = []
  for (const { id, appId } of found)
    probed.push({ endpointId: id, appId, ...(await probeOne(ctx, { ...scope, appId }, id)) })
  return probed
}

async function probeOne(
  ...[ctx, scope, id]: Parameters<typeof probeEndpoint>
): Promise<Pick<ProbedEndpoint, 'probe' | 'refusal'>> {
  try {
    return { probe: await probeEndpoint(ctx, scope, id), refusal: null }
  } catch (err) {
    if (isRefusal(err)) return { probe: null, refusal: err.code }
    throw err
  }
}

function isRefusal(
  err: unknown,
): err is ConflictError | LimitedError | NotFoundError | RefusedError {
  return [ConflictError, LimitedError, NotFoundError, RefusedError].some(
    (kind) => err instanceof kind,
  )
}
