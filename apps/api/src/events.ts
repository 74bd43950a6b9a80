import { type Logger, seldom } from '@posthorn/runtime'
import type { ApiMetrics } from './metrics.ts'

export interface HandledRequest {
  readonly requestId: string
  readonly method: string
  /** The row's path, not the request's: bounded, and free of ids. */
  readonly route: string
  readonly status: number
  readonly durationMs: number
  readonly orgId?: string | undefined
  readonly appId?: string | undefined
  readonly messageId?: string | undefined
  readonly bytesIn?: number | undefined
}

/** The one place that names what the api tells: one wide line and one count per request. */
export interface ApiEvents {
  requestHandled(request: HandledRequest): void
  unexpected(requestId: string, err: unknown): void
  failed(what: string, err: unknown): void
}

export function createApiEvents(logger: Logger, metrics: ApiMetrics): ApiEvents {
  const logFailure = seldom(logger.error)
  return {
    requestHandled(request) {
      metrics.handled(request)
      logger.wide(
        { ...request },
        request.messageId === undefined ? 'http.request' : 'message.published',
      )
    },
    unexpected: (requestId, err) => logger.error({ requestId, err }, 'http.unexpected'),
    failed: (what, err) => logFailure({ what, err }, 'api.failed'),
  }
}
