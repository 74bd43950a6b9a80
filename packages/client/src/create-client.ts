import type {
  ApplicationOut,
  BackgroundTaskOut,
  EndpointHistoryList,
  EndpointList,
  EndpointMessageList,
  EndpointOut,
  EndpointProbeOut,
  EndpointStats,
  EndpointWarningsOut,
  EventTypeList,
  MessageAttemptList,
  MessageAttemptOut,
  MessageDeliveryOut,
  MessageEndpointList,
  MessageList,
  MessageOut,
  PortalAccessRenewOut,
  RecoverOut,
  ReplayEstimateOut,
  ReplayOut,
  RetriedOut,
  TaskDeliveryList,
  UndoneOut,
} from '@posthorn/contracts'
import { endpointChecks } from './endpoint-checks.ts'
import { endpointHeaders } from './endpoint-headers.ts'
import { endpointSecrets } from './endpoint-secrets.ts'
import { memberText } from './member-text.ts'
import {
  type Cancelable,
  type ClientOptions,
  createTransport,
  type QueryValues,
  type SendRequest,
} from './send-request.ts'
import { trafficOperations } from './traffic-operations.ts'

/** What a customer writes of an endpoint; what is absent stays as it is. */
export interface EndpointFields {
  readonly url?: string
  readonly description?: string
  readonly disabled?: boolean
  readonly eventTypes?: readonly string[] | null
  readonly channels?: readonly string[] | null
  readonly throttleRate?: number | null
  readonly retrySchedule?: readonly number[] | null
  readonly uid?: string | null
  readonly metadata?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** Of a new one; else it is rotated. */
  readonly secret?: string
}

export interface ExampleFields {
  readonly eventType: string
  readonly exampleIndex?: number
  /** Sent instead of an example. */
  readonly payload?: Readonly<Record<string, unknown>>
}

export interface ReplaySpan {
  readonly since: string
  readonly until: string | null
}

/** Failed or canceled by disabling; never tried; or whatever fits a filter. */
export type ReplayKind = 'recover' | 'replay-missing' | 'bulk-replay'

/** The filters are those of `bulk-replay` alone. */
export interface ReplayQuery extends ReplaySpan {
  readonly eventTypes?: readonly string[]
  readonly channel?: string
  readonly tag?: string
  readonly status?: number
  /** Tells what failed from what was canceled. */
  readonly expandedStatuses?: boolean
}

export interface ReplayEstimateInput extends Cancelable {
  readonly kind: ReplayKind
  readonly body: ReplayQuery
}

/** As the endpoint's state said while it was disabled. */
export interface DisablingNamed {
  readonly disabledAt: string
}

export type TaskAction = 'pause' | 'resume' | 'cancel'

export interface MessageWithText {
  readonly message: MessageOut
  /** The payload as it was published, byte for byte. */
  readonly payloadText: string
}

export type Client = ReturnType<typeof createClient>

/** Operations of one application, by the names that the api's documents give them. */
export function createClient(options: ClientOptions & { readonly appId: string }) {
  const transport = createTransport(options)
  const app = `/app/${encodeURIComponent(options.appId)}`
  return {
    application: (asked: Cancelable = {}) =>
      transport.json<ApplicationOut>({ path: app, ...asked }),
    endpoints: {
      ...endpointOperations(transport.json, `${app}/endpoint`),
      warnings: (asked: Cancelable = {}) =>
        transport.json<EndpointWarningsOut>({ path: `${app}/endpoint-warning`, ...asked }),
    },
    attempts: attemptOperations(transport.json, app),
    messages: messageOperations(transport, app),
    eventTypes: {
      list: (query: QueryValues, asked: Cancelable = {}) =>
        transport.json<EventTypeList>({ path: '/event-type', query, ...asked }),
    },
    /** A token that continues the one it is asked with. */
    renewToken: () => transport.json<PortalAccessRenewOut>({ method: 'POST', path: '/auth/renew' }),
    traffic: trafficOperations(transport, `${app}/traffic`),
    tasks: {
      get: (id: string, asked: Cancelable = {}) =>
        transport.json<BackgroundTaskOut>({ path: `/background-task/${id}`, ...asked }),
      deliveries: (id: string, query: QueryValues, asked: Cancelable = {}) =>
        transport.json<TaskDeliveryList>({
          path: `/background-task/${id}/delivery`,
          query,
          ...asked,
        }),
      /** Each answers the task as it is then. */
      act: (id: string, action: TaskAction) =>
        transport.json<BackgroundTaskOut>({
          method: 'POST',
          path: `/background-task/${id}/${action}`,
        }),
    },
  }
}

function endpointOperations(json: SendRequest, path: string) {
  const one = (id: string) => `${path}/${encodeURIComponent(id)}`
  return {
    ...endpointChecks(json, path),
    ...endpointHeaders(json, path),
    ...endpointSecrets(json, path),
    list: (query: QueryValues, asked: Cancelable = {}) =>
      json<EndpointList>({ path, query, ...asked }),
    get: (id: string, asked: Cancelable = {}) => json<EndpointOut>({ path: one(id), ...asked }),
    history: (id: string, query: QueryValues, asked: Cancelable = {}) =>
      json<EndpointHistoryList>({ path: `${one(id)}/history`, query, ...asked }),
    create: (body: EndpointFields, idempotencyKey: string) =>
      json<EndpointOut>({ method: 'POST', path, body, idempotencyKey }),
    patch: (id: string, body: EndpointFields) =>
      json<EndpointOut>({ method: 'PATCH', path: one(id), body }),
    remove: (id: string) => json<undefined>({ method: 'DELETE', path: one(id) }),
    stats: (id: string, query: QueryValues, asked: Cancelable = {}) =>
      json<EndpointStats>({ path: `${one(id)}/stats`, query, ...asked }),
    sendExample: (id: string, body: ExampleFields) =>
      json<MessageOut>({ method: 'POST', path: `${one(id)}/send-example`, body }),
    /** The next probe of an endpoint that is being probed, now. */
    probe: (id: string) => json<EndpointProbeOut>({ method: 'POST', path: `${one(id)}/probe` }),
    /** Enables it, and goes on with what was canceled as it was disabled at that moment. */
    undoDisable: (id: string, body: DisablingNamed) =>
      json<UndoneOut>({ method: 'POST', path: `${one(id)}/undo-disable`, body }),
    countUndoable: (id: string, body: DisablingNamed, asked: Cancelable = {}) =>
      json<UndoneOut>({
        method: 'POST',
        path: `${one(id)}/undo-disable`,
        body: { ...body, dryRun: true },
        ...asked,
      }),
    /** The next attempts of what is being retried, now. */
    retryNow: (id: string, body: ReplaySpan) =>
      json<RetriedOut>({ method: 'POST', path: `${one(id)}/retry-now`, body }),
    recover: (id: string, body: ReplaySpan) =>
      json<RecoverOut>({ method: 'POST', path: `${one(id)}/recover`, body }),
    /** Starts what sends again; `estimateReplay` tells before what it would come to. */
    replay: (id: string, kind: ReplayKind, body: ReplayQuery) =>
      json<ReplayOut>({ method: 'POST', path: `${one(id)}/${kind}`, body }),
    estimateReplay: (id: string, asked: ReplayEstimateInput) =>
      json<ReplayEstimateOut>({
        method: 'POST',
        path: `${one(id)}/${asked.kind}`,
        body: { ...asked.body, dryRun: true },
        signal: asked.signal,
      }),
    messages: (id: string, query: QueryValues, asked: Cancelable = {}) =>
      json<EndpointMessageList>({ path: `${one(id)}/msg`, query, ...asked }),
  }
}

function attemptOperations(json: SendRequest, app: string) {
  return {
    listByEndpoint: (endpointId: string, query: QueryValues, asked: Cancelable = {}) =>
      json<MessageAttemptList>({ path: `${app}/attempt/endpoint/${endpointId}`, query, ...asked }),
    listByMessage: (messageId: string, query: QueryValues, asked: Cancelable = {}) =>
      json<MessageAttemptList>({
        path: `${app}/attempt/msg/${encodeURIComponent(messageId)}`,
        query,
        ...asked,
      }),
    get: (messageId: string, attemptId: string, asked: Cancelable = {}) =>
      json<MessageAttemptOut>({
        path: `${app}/msg/${encodeURIComponent(messageId)}/attempt/${attemptId}`,
        ...asked,
      }),
    /** Stops what waits; what is being sent at the moment is left alone. */
    cancel: (messageId: string, endpointId: string) =>
      json<MessageDeliveryOut>({
        method: 'POST',
        path: `${app}/msg/${encodeURIComponent(messageId)}/endpoint/${endpointId}/delivery/cancel`,
      }),
    /** The next attempt of the schedule, now. */
    retryNow: (messageId: string, endpointId: string) =>
      json<MessageDeliveryOut>({
        method: 'POST',
        path: `${app}/msg/${encodeURIComponent(messageId)}/endpoint/${endpointId}/delivery/retry-now`,
      }),
    resend: (messageId: string, endpointId: string) =>
      json<unknown>({
        method: 'POST',
        path: `${app}/msg/${encodeURIComponent(messageId)}/endpoint/${endpointId}/resend`,
      }),
  }
}

function messageOperations(transport: ReturnType<typeof createTransport>, app: string) {
  const one = (id: string) => `${app}/msg/${encodeURIComponent(id)}`
  return {
    list: (query: QueryValues, asked: Cancelable = {}) =>
      transport.json<MessageList>({ path: `${app}/msg`, query, ...asked }),
    get: async (id: string, asked: Cancelable = {}): Promise<MessageWithText> => {
      const text = await transport.text({ path: one(id), ...asked })
      return { message: parseMessage(text), payloadText: memberText(text, 'payload') ?? '{}' }
    },
    delivery: (id: string, endpointId: string, asked: Cancelable = {}) =>
      transport.json<MessageDeliveryOut>({
        path: `${one(id)}/endpoint/${endpointId}/delivery`,
        ...asked,
      }),
    destinations: (id: string, query: QueryValues, asked: Cancelable = {}) =>
      transport.json<MessageEndpointList>({ path: `${one(id)}/endpoint`, query, ...asked }),
  }
}

function parseMessage(text: string): MessageOut {
  return JSON.parse(text)
}
