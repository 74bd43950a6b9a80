import { type CoreContext, Pace } from '@posthorn/core'
import { announceSending, type Sending } from '@posthorn/core/sending'
import type { WorkerEvents } from '../events.ts'

/** Each is a commit. Where very many are sent by hand at once, some go untold. */
const PER_SECOND = 50

export function createSendingTeller(
  ctx: Pick<CoreContext, 'db' | 'clock'> & { readonly events: Pick<WorkerEvents, 'failed'> },
): (sending: Sending) => void {
  const pace = new Pace({ perSecond: PER_SECOND, burst: PER_SECOND })
  return (sending) => {
    if (!pace.take('', ctx.clock.nowMs())) return
    announceSending(ctx.db, sending).catch((err: unknown) => ctx.events.failed('sending', err))
  }
}
