import {
  EndpointTrafficList,
  EndpointTrafficQuery,
  EventTypeTrafficList,
  EventTypeTrafficQuery,
  type TrafficCount,
  TrafficOut,
  TrafficQuery,
} from '@posthorn/contracts'
import {
  getTraffic,
  listTraffic,
  type Traffic,
  type TrafficCount as Counted,
  type TrafficPage,
  type TrafficWindow,
} from '@posthorn/core'
import { endpointRoute, ok } from './endpoint-route.ts'
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
  handle: async (ctx, { scope, query: { event_type: eventType, ...query } }) =>
    ok(presentTraffic(await getTraffic(ctx, scope, { ...query, eventType }))),
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

function presentTraffic({ window, total, series }: Traffic): TrafficOut {
  return {
    ...presentWindow(window),
    stepSeconds: window.stepMs / 1000,
    total: presentCount(total),
    series: series.map((point) => ({
      startsAt: point.startsAt.toISOString(),
      ...presentCount(point),
    })),
  }
}

function presentPage(page: TrafficPage, keyName: 'endpointId' | 'eventType') {
  return {
    ...presentWindow(page.window),
    data: page.items.map((item) => ({ [keyName]: item.key, ...presentCount(item) })),
    iterator: page.iterator,
    done: page.done,
  }
}

function presentWindow({ period, since, until }: TrafficWindow) {
  const untilText = until.toISOString()
  return { period, since: since.toISOString(), until: untilText, asOf: untilText }
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

export const trafficRoutes = [get, listEndpoints, listEventTypes, ...trafficExportRoutes] as const
