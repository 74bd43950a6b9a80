import { type Logger, seldom } from '@posthorn/runtime'
import type { IngestMetrics } from './metrics.ts'

/** What a request came to, as it is told and counted. */
export type HandledOutcome =
  | 'accepted'
  | 'duplicate'
  | 'handshake'
  | 'refused'
  | 'throttled'
  | 'unknown'
  | 'failed'

export interface HandledRequest {
  readonly requestId: string
  readonly method: string
  readonly outcome: HandledOutcome
  readonly status: number
  readonly durationMs: number
  readonly bytesIn: number
  readonly sourceId?: string | undefined
  readonly type?: string | undefined
  readonly messageId?: string | undefined
  readonly reason?: string | undefined
}

/** The one place that names what ingest tells: one wide line and one count per request. */
export interface IngestEvents {
  requestHandled(request: HandledRequest): void
  unexpected(requestId: string, err: unknown): void
  failed(what: string, err: unknown): void
}

export function createIngestEvents(logger: Logger, metrics: IngestMetrics): IngestEvents {
  const logFailure = seldom(logger.error)
  return {
    requestHandled(request) {
      metrics.handled(request)
      logger.wide({ ...request }, 'webhook.received')
    },
    unexpected: (requestId, err) => logger.error({ requestId, err }, 'http.unexpected'),
    failed: (what, err) => logFailure({ what, err }, 'ingest.failed'),
  }
}
