import { inTransaction, type TaskRow } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { InvalidInputError } from '../errors.ts'
import { startTask } from '../task/start-task.ts'
import { shareEnabledEndpoint } from './share-enabled-endpoint.ts'

const MAX_SPAN_MS = 14 * 86_400_000
const SPAN_LEEWAY_MS = 5 * 60_000

/** Starts sending what failed of the messages published from `since` on and before `until`. */
export async function recoverEndpoint(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  input: { readonly idOrUid: string; readonly since: Date; readonly until: Date | null },
): Promise<TaskRow> {
  const now = new Date(ctx.clock.nowMs())
  const until = input.until === null || input.until > now ? now : input.until
  const window = { since: input.since, until }
  checkWindow(window)
  return inTransaction(ctx.db, async (tx) => {
    const endpointId = await shareEnabledEndpoint(tx, scope, input.idOrUid)
    return startTask(tx, scope, { type: 'endpoint.recover', endpointId, input: window, now })
  })
}

function checkWindow({ since, until }: { readonly since: Date; readonly until: Date }): void {
  const spanMs = until.getTime() - since.getTime()
  if (spanMs <= 0) refuse('Must come before `until`, and lie in the past.')
  if (spanMs > MAX_SPAN_MS + SPAN_LEEWAY_MS) refuse('Must be at most 14 days before `until`.')
}

function refuse(message: string): never {
  throw new InvalidInputError([{ path: ['body', 'since'], message }])
}
