import {
  EndpointDayList,
  type EndpointDayOut,
  EndpointDayQuery,
  EndpointTrafficList,
  EndpointTrafficQuery,
  EventTypeTrafficList,
  EventTypeTrafficQuery,
  type TrafficCount,
  TrafficOut,
  TrafficQuery,
} from '@posthorn/contracts'
import {
  countPublished,
  ENDPOINT_DAY_STEP_MS,
  type EndpointDay,
  getTraffic,
  listEndpointDays as listDays,
  listTraffic,
  type PublishedCount,
  type Traffic,
  type TrafficCount as Counted,
  type TrafficPage,
  type TrafficPoint,
  type TrafficWindow,
} from '@posthorn/core'
import { presentNewestAttempt } from './attempt-presenter.ts'
import { endpointRoute, ok } from './endpoint-route.ts'
import { trafficCauseRoutes } from './traffic-causes.ts'
import { trafficExportRoutes } from './traffic-export.ts'

const PATH = '/api/v1/app/:appId/traffic'
const VIEW = { of: 'application', capability: 'ViewBase' } as const
const tags = ['Traffic']

const get = endpointRoute({
  method: 'get',
  path: PATH,
  operationId: 'v1.traffic.get',
  summary: 'Success, volume and latency over a period',
  tags,
  access: VIEW,
  query: TrafficQuery,
  response: { 200: TrafficOut },
  handle: async (ctx, { scope, query: { event_type: eventType, ...query } }) => {
    const traffic = await getTraffic(ctx, scope, { ...query, eventType })
    const isNarrowed = (query.endpoint ?? eventType) !== undefined
    const messages = isNarrowed ? null : await countPublished(ctx, scope, traffic.window)
    return ok(presentTraffic(traffic, messages))
  },
})

const listEndpoints = endpointRoute({
  method: 'get',
  path: `${PATH}/endpoint`,
  operationId: 'v1.traffic.list-endpoints',
  summary: 'Success, volume and latency of each endpoint',
  tags,
  access: VIEW,
  query: EndpointTrafficQuery,
  response: { 200: EndpointTrafficList },
  handle: async (ctx, { scope, query }) =>
    ok(presentPage(await listTraffic(ctx, scope, { ...query, kind: 'endpoint' }), 'endpointId')),
})

const listEventTypes = endpointRoute({
  method: 'get',
  path: `${PATH}/event-type`,
  operationId: 'v1.traffic.list-event-types',
  summary: 'Success, volume and latency of each event type',
  tags,
  access: VIEW,
  query: EventTypeTrafficQuery,
  response: { 200: EventTypeTrafficList },
  handle: async (ctx, { scope, query }) =>
    ok(presentPage(await listTraffic(ctx, scope, { ...query, kind: 'event_type' }), 'eventType')),
})

const listEndpointDays = endpointRoute({
  method: 'get',
  path: `${PATH}/endpoint-day`,
  operationId: 'v1.traffic.list-endpoint-days',
  summary: 'The last day of some endpoints, by steps of two hours, and the newest attempt of each',
  tags,
  access: VIEW,
  query: EndpointDayQuery,
  response: { 200: EndpointDayList },
  handle: async (ctx, { scope, query }) => {
    const { window, items } = await listDays(ctx, scope, query.endpoint_ids)
    const stepSeconds = ENDPOINT_DAY_STEP_MS / 1000
    return ok({ ...presentWindow(window), stepSeconds, data: items.map(presentDay) })
  },
})

function presentDay({ endpointId, total, series, newest }: EndpointDay): EndpointDayOut {
  return {
    endpointId,
    ...presentCount(total),
    series: series.map(presentPoint),
    newest: newest === null ? null : presentNewestAttempt(newest),
  }
}

function presentTraffic(
  { window, total, series }: Traffic,
  messages: PublishedCount | null,
): TrafficOut {
  return {
    ...presentWindow(window),
    stepSeconds: window.stepMs / 1000,
    messages,
    total: presentCount(total),
    series: series.map(presentPoint),
  }
}

function presentPoint(point: TrafficPoint) {
  return { startsAt: point.startsAt.toISOString(), ...presentCount(point) }
}

function presentPage(page: TrafficPage, keyName: 'endpointId' | 'eventType') {
  return {
    ...presentWindow(page.window),
    data: page.items.map((item) => ({ [keyName]: item.key, ...presentCount(item) })),
    iterator: page.iterator,
    done: page.done,
  }
}

function presentWindow({ period, since, until, readAt }: TrafficWindow) {
  return {
    period,
    since: since.toISOString(),
    until: until.toISOString(),
    asOf: readAt.toISOString(),
  }
}

function presentCount(count: Counted): TrafficCount {
  const { succeeded, failed, exhausted, successRate, latencyMs } = count
  return {
    succeeded,
    failed,
    exhausted,
    successRate,
    latencyMs: latencyMs === null ? null : { ...latencyMs },
  }
}

export const trafficRoutes = [
  get,
  listEndpoints,
  listEndpointDays,
  listEventTypes,
  ...trafficCauseRoutes,
  ...trafficExportRoutes,
] as const
