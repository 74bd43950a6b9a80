/** What we tell about ourselves, by type. Receivers get `{ type, data }`. */
export type OperationalEvent =
  | { readonly type: EndpointEventType; readonly data: EndpointEventData }
  | { readonly type: 'endpoint.disabled'; readonly data: EndpointDisabledData }
  | { readonly type: AttemptEventType; readonly data: AttemptEventData }
  | { readonly type: 'background_task.finished'; readonly data: TaskFinishedData }

export type EndpointEventType =
  | 'endpoint.created'
  | 'endpoint.updated'
  | 'endpoint.deleted'
  | 'endpoint.enabled'

export type AttemptEventType =
  | 'message.attempt.exhausted'
  | 'message.attempt.failing'
  | 'message.attempt.recovered'

export interface EndpointEventData {
  readonly appId: string
  readonly appUid: string | null
  readonly endpointId: string
  readonly endpointUid: string | null
}

export interface EndpointDisabledData extends EndpointEventData {
  readonly failSince: Date | null
  readonly trigger: 'manual' | 'automatic'
}

export interface AttemptEventData {
  readonly appId: string
  readonly appUid: string | null
  readonly endpointId: string
  readonly msgId: string
  readonly msgEventId: string | null
  readonly lastAttempt: {
    readonly id: string
    readonly responseStatusCode: number
    readonly timestamp: Date
  }
}

export interface TaskFinishedData {
  readonly taskId: string
  readonly task: string
  readonly status: 'finished' | 'failed'
  readonly appId: string | null
  readonly endpointId: string | null
  readonly data: Readonly<Record<string, unknown>>
}

/** All that an operational endpoint may filter on. */
export const OPERATIONAL_EVENT_TYPES: readonly OperationalEvent['type'][] = [
  'endpoint.created',
  'endpoint.updated',
  'endpoint.deleted',
  'endpoint.disabled',
  'endpoint.enabled',
  'message.attempt.exhausted',
  'message.attempt.failing',
  'message.attempt.recovered',
  'background_task.finished',
]
