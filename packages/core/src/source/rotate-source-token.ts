import { inTransaction, lockSource, retireSourceToken } from '@posthorn/db'
import type { SourceScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError, RefusedError } from '../errors.ts'
import { FLOW_TYPE } from '../flow/flow-settings.ts'
import { insertToken } from './create-source.ts'

/** What a retired URL has left: senders are moved over by hand, one after the other. */
const RETIRED_TOKEN_HOURS = 48

/** What the new URL is made of. */
export interface RotatedToken {
  readonly id: string
  readonly type: string
  readonly token: string
}

/**
 * Gives the source another URL; the one in use goes on working for two days.
 *
 * @throws {RefusedError} `no_other_url` for a flow, whose URL has its id
 */
export function rotateSourceToken(
  ctx: CoreContext,
  scope: SourceScope,
  idOrUid: string,
): Promise<RotatedToken> {
  return inTransaction(ctx.db, async (tx) => {
    const source = await lockSource(tx, scope, idOrUid)
    if (source === null) throw new NotFoundError()
    const { id: sourceId, appId, type } = source
    if (type === FLOW_TYPE) throw new RefusedError('no_other_url', FLOW_URL)
    await retireSourceToken(tx, { sourceId, hours: RETIRED_TOKEN_HOURS })
    const token = await insertToken(ctx, tx, sourceId)
    await recordAudit(tx, { ...scope, appId }, { action: 'source.rotate_token', target: sourceId })
    await announceChange(tx, { kind: 'source', orgId: scope.orgId, sourceId })
    return { id: sourceId, type, token }
  })
}

const FLOW_URL = 'A flow is called by its id. Another token keeps off whoever knows it.'
