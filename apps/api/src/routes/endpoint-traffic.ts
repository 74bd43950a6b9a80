import { EndpointStats, EndpointStatsQuery, EventExampleIn, MessageOut } from '@posthorn/contracts'
import { getEndpointStats, sendExample } from '@posthorn/core'
import { accepted, endpointRoute, ok } from './endpoint-route.ts'
import { presentMessage } from './message-presenter.ts'

const PATH = '/api/v1/app/:appId/endpoint/:endpointId'
const ATTEMPT = { of: 'application', capability: 'CreateAttempts' } as const

const stats = endpointRoute({
  method: 'get',
  path: `${PATH}/stats`,
  operationId: 'v1.endpoint.get-stats',
  summary: 'Count the attempts at an endpoint, and what waits',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ViewBase' },
  query: EndpointStatsQuery,
  response: { 200: EndpointStats },
  handle: async (ctx, { scope, params, query }) =>
    ok(await getEndpointStats(ctx, scope, { idOrUid: params.endpointId, ...query })),
})

const example = endpointRoute({
  method: 'post',
  path: `${PATH}/send-example`,
  operationId: 'v1.endpoint.send-example',
  summary: 'Send an example to an endpoint, whatever its filters',
  tags: ['Endpoint'],
  access: ATTEMPT,
  body: EventExampleIn,
  response: { 202: MessageOut },
  handle: async (ctx, { scope, params, body }) =>
    accepted(
      presentMessage(await sendExample(ctx, scope, { idOrUid: params.endpointId, ...body }), true),
    ),
})

export const endpointTrafficRoutes = [stats, example] as const
