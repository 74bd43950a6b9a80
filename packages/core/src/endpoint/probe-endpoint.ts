import {
  findInFlight,
  findLatestAttempt,
  inTransaction,
  lockBreaker,
  takeProbe,
  type Transaction,
} from '@posthorn/db'
import { idTimeMs } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { ConflictError, LimitedError } from '../errors.ts'
import { shareEnabledEndpoint } from './share-enabled-endpoint.ts'

/** Between two attempts at an endpoint whose breaker is open, of which the later was asked for. */
const REST_SECONDS = 5

export interface EndpointProbe {
  readonly messageId: string
  /** The newest attempt of that message there so far: what comes of the probe is the next one. */
  readonly lastAttemptId: string | null
  /** It was being made already. */
  readonly isUnderWay: boolean
}

/**
 * While the breaker is open, the next probe is made now instead of at its time: an ordinary attempt of what waits
 * longest. Whichever worker looks next makes it. Asked while an attempt is under way, it answers that one.
 * @throws {ConflictError} `not_probed`, `held_by_receiver`, `nothing_waits`
 * @throws {LimitedError} an attempt was made seconds ago
 */
export function probeEndpoint(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  idOrUid: string,
): Promise<EndpointProbe> {
  return inTransaction(ctx.db, async (tx) => {
    const endpointId = await shareEnabledEndpoint(tx, scope, idOrUid)
    await refuseUnlessProbed(tx, endpointId)
    const inFlight = await findInFlight(tx, endpointId)
    if (inFlight !== null) return probeOf(tx, { endpointId, messageId: inFlight, isUnderWay: true })
    await refuseSoonAfter(tx, endpointId, ctx.clock.nowMs())
    const messageId = await takeProbe(tx, endpointId)
    if (messageId === null)
      throw new ConflictError('Nothing waits that could be sent as a probe.', 'nothing_waits')
    const changes = { messageId: { from: null, to: messageId } }
    await recordAudit(tx, scope, { action: 'endpoint.probe', target: endpointId, changes })
    return probeOf(tx, { endpointId, messageId, isUnderWay: false })
  })
}

async function refuseUnlessProbed(tx: Transaction, endpointId: string): Promise<void> {
  const breaker = await lockBreaker(tx, endpointId)
  if (breaker?.isOpen !== true) {
    const message = 'The endpoint is not being probed: what waits is sent at its time.'
    throw new ConflictError(message, 'not_probed')
  }
  if (breaker.heldUntil === null) return
  const message = `The receiver asked us to wait until ${breaker.heldUntil.toISOString()}.`
  throw new ConflictError(message, 'held_by_receiver')
}

async function refuseSoonAfter(tx: Transaction, endpointId: string, nowMs: number): Promise<void> {
  const latest = await findLatestAttempt(tx, { endpointId, messageId: null })
  const latestMs = latest === null ? null : idTimeMs('atmpt_', latest)
  if (latestMs === null) return
  const waitSeconds = Math.ceil(REST_SECONDS - (nowMs - latestMs) / 1000)
  if (waitSeconds > 0)
    throw new LimitedError('An attempt was made seconds ago: see what it came to.', waitSeconds)
}

async function probeOf(
  tx: Transaction,
  probe: { readonly endpointId: string } & Omit<EndpointProbe, 'lastAttemptId'>,
): Promise<EndpointProbe> {
  const { endpointId, messageId, isUnderWay } = probe
  const lastAttemptId = await findLatestAttempt(tx, { endpointId, messageId })
  return { messageId, lastAttemptId, isUnderWay }
}
