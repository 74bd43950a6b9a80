import { type Attempt, codeOf, type Recorded } from '@posthorn/core'
import type { EndpointTrouble } from '@posthorn/db'
import { type Logger, seldom } from '@posthorn/runtime'
import type { WorkerMetrics } from './metrics.ts'

/** The one place that names what the worker tells: one wide line and one count per attempt. */
export interface WorkerEvents {
  deliveryAttempted(attempt: Attempt, recorded: Recorded): void
  breakerOpened(trouble: EndpointTrouble): void
  endpointDisabled(endpointId: string, by: 'receiver' | 'automatic'): void
  leasesRescued(deliveries: number): void
  /** Closed lanes that deliveries waited in: the engine should leave none. */
  lanesOpened(lanes: number): void
  deliveriesPaused(isPaused: boolean): void
  alertNotified(notified: AlertNotified): void
  noticeMailed(mailed: NoticeMailed): void
  jobUnreadable(jobId: string | undefined): void
  failed(what: string, err: unknown): void
}

/** One attempt to tell an alert rule's target. */
export interface AlertNotified {
  readonly orgId: string
  readonly ruleId: string
  readonly id: string
  readonly kind: string
  readonly targetKind: string
  readonly attempt: number
  readonly status: string
  readonly error: string | null
}

/** One attempt to mail a customer's address: never the address itself. */
export interface NoticeMailed {
  readonly orgId: string
  readonly appId: string
  readonly addressId: string
  readonly id: string
  readonly kind: string
  readonly attempt: number
  readonly status: string
  readonly error: string | null
}

export function createWorkerEvents(logger: Logger, metrics: WorkerMetrics): WorkerEvents {
  const logFailure = seldom(logger.error)
  return {
    deliveryAttempted(attempt, recorded) {
      metrics.attempted(attempt, recorded)
      logger.wide(attemptFields(attempt, recorded), 'delivery.attempted')
    },
    breakerOpened: (trouble) => logger.warn({ ...trouble }, 'breaker.opened'),
    endpointDisabled: (endpointId, by) => logger.warn({ endpointId, by }, 'endpoint.disabled'),
    leasesRescued(deliveries) {
      metrics.rescued(deliveries)
      logger.warn({ deliveries }, 'leases.rescued')
    },
    lanesOpened: (lanes) => logger.warn({ lanes }, 'lanes.stranded'),
    deliveriesPaused: (isPaused) =>
      logger.warn({}, isPaused ? 'deliveries.paused' : 'deliveries.resumed'),
    alertNotified: (notified) =>
      notified.status === 'sent'
        ? logger.info({ ...notified }, 'alert.notified')
        : logger.warn({ ...notified }, 'alert.not_notified'),
    noticeMailed: (mailed) =>
      mailed.status === 'sent'
        ? logger.info({ ...mailed }, 'notice.mailed')
        : logger.warn({ ...mailed }, 'notice.not_mailed'),
    jobUnreadable: (jobId) => logger.warn({ jobId }, 'job.unreadable'),
    failed: (what, err) => logFailure({ what, err }, 'worker.failed'),
  }
}

function bytesOf({ payload, payloadForm }: Attempt['delivery']): number | undefined {
  if (payload === null) return undefined
  return Buffer.byteLength(payload, payloadForm === 'base64' ? 'base64' : 'utf8')
}

function traceFields({ worker, remoteAddress, phase, errno, seen }: Attempt['trace']) {
  return {
    worker,
    remoteAddress: remoteAddress ?? undefined,
    phase: phase ?? undefined,
    errno: errno ?? undefined,
    seen: seen ?? undefined,
  }
}

function attemptFields(
  { id, delivery, outcome, trace, next }: Attempt,
  recorded: Recorded,
): Record<string, unknown> {
  const response = 'response' in outcome ? outcome.response : null
  const timing = 'timing' in outcome ? outcome.timing : null
  return {
    orgId: delivery.endpoint.orgId,
    appId: delivery.appId,
    endpointId: delivery.endpoint.id,
    messageId: delivery.messageId,
    attemptId: id,
    number: delivery.attemptNumber,
    trigger: delivery.trigger,
    outcome: outcome.kind,
    code: codeOf(outcome),
    status: response?.status,
    host: delivery.endpoint.host,
    port: delivery.endpoint.port,
    bytesOut: bytesOf(delivery),
    bytesIn: response === null ? undefined : Buffer.byteLength(response.body),
    ...(timing !== null && timing),
    ...traceFields(trace),
    next: next.kind,
    nextInSeconds: next.kind === 'retry' || next.kind === 'again' ? next.inSeconds : undefined,
    recorded: recorded === 'recorded' ? undefined : recorded,
    detail: outcome.kind === 'internal' ? outcome.detail : undefined,
  }
}
