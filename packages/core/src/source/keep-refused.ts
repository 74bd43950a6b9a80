import { type Judged, logSourceRequest } from './log-source-request.ts'
import type { ReceiveContext } from './receive.ts'

interface Refusing extends Judged {
  readonly reason: string
  readonly detail: string
  /** Whether it may be judged once more when the source's secrets are others. */
  readonly mayBeReleased: boolean
}

/**
 * Records a refused request, within the budget that refusals of its source have, and keeps it whole if it may be
 * released. Of a flood they are written together, and answered then.
 */
export async function keepRefused(
  ctx: Pick<ReceiveContext, 'refusals' | 'clock' | 'vault' | 'requestLog'>,
  { source, request, reason, detail, mayBeReleased }: Refusing,
): Promise<void> {
  const nowMs = ctx.clock.nowMs()
  if (!ctx.refusals.take(source.id, nowMs)) return
  const isPatient = ctx.refusals.isScarce(source.id, nowMs)
  const { quarantineRequests, quarantineBytes } = source.options
  const fits = quarantineRequests > 0 && request.body.byteLength <= quarantineBytes
  const isKept = mayBeReleased && fits
  const outcome = isKept ? 'quarantined' : 'refused'
  await logSourceRequest(ctx, { source, request, outcome, reason, detail, isPatient })
}
