import type { TaskRow } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { startReplay } from './replay-endpoint.ts'

/** Starts sending what failed of the messages published from `since` on and before `until`. */
export function recoverEndpoint(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  input: { readonly idOrUid: string; readonly since: Date; readonly until: Date | null },
): Promise<TaskRow> {
  return startReplay(ctx, scope, { type: 'endpoint.recover', ...input })
}
