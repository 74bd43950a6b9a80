import {
  findEndpoint,
  insertEndpointSecret,
  retireCurrentSecret,
  updateEndpoint,
} from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { WITHHELD } from '../audit/diff-changes.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError, RefusedError } from '../errors.ts'
import { chooseSecret } from './endpoint-secret.ts'
import { inEndpointTransaction } from './endpoint-transaction.ts'
import { recordEndpointChange } from './record-endpoint-change.ts'

const MAX_FORMER_SECRETS = 10

export interface SecretRotation {
  readonly idOrUid: string
  /** Null: one is made. */
  readonly key: string | null
  /** How long the former secret signs beside the new one; 0 ends it at once. */
  readonly gracePeriodSeconds: number
}

export function rotateEndpointSecret(
  ctx: CoreContext,
  scope: AppScope,
  { idOrUid, key, gracePeriodSeconds }: SecretRotation,
): Promise<void> {
  const secret = chooseSecret(key, ['body', 'key'])
  return inEndpointTransaction(ctx, scope, async (held) => {
    const { tx, now } = held
    const endpoint = await findEndpoint(tx, scope, idOrUid)
    if (endpoint === null) throw new NotFoundError()
    const retirement = { endpointId: endpoint.id, graceSeconds: gracePeriodSeconds }
    if ((await retireCurrentSecret(tx, retirement)) > MAX_FORMER_SECRETS) refuseMore()
    const id = newId('key_', now.getTime())
    await insertEndpointSecret(tx, { id, endpointId: endpoint.id, secret: ctx.vault.seal(secret) })
    await updateEndpoint(tx, { id: endpoint.id, fields: {}, at: now })
    await recordEndpointChange(held, {
      endpoint,
      action: 'endpoint.rotate_secret',
      changes: { secret: { from: WITHHELD, to: WITHHELD } },
      events: [{ type: 'endpoint.updated' }],
    })
  })
}

function refuseMore(): never {
  throw new RefusedError(
    'limit_reached',
    `At most ${MAX_FORMER_SECRETS} former secrets sign beside the current one: wait until one expires.`,
  )
}
