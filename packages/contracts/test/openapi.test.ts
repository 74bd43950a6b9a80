import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import * as c from '../src/index.ts'
import { buildOpenApi, findMissing, type OpenApiRoute } from '../src/index.ts'
import sdk from './sdk-operations.json' with { type: 'json' }

const operationIds = Object.values(sdk.paths)
  .flatMap((item) => Object.values(item))
  .map((operation) => operation.operationId)

type Row = [
  method: OpenApiRoute['method'],
  path: string,
  response: OpenApiRoute['response'],
  more?: { query?: z.ZodType; body?: z.ZodType },
]

const app = { 200: c.ApplicationOut }
const endpoint = { 200: c.EndpointOut }
const type = { 200: c.EventTypeOut }
const hook = { 200: c.OperationalWebhookEndpointOut }
const none = { 204: null }
const content = { query: c.MessageContentQuery }
const rotate = { body: c.EndpointSecretRotateIn }
const headers = { body: c.EndpointHeadersIn }

const table: Row[] = [
  ['get', '/app', { 200: c.ApplicationList }, { query: c.ApplicationListQuery }],
  [
    'post',
    '/app',
    { ...app, 201: c.ApplicationOut },
    { query: c.ApplicationCreateQuery, body: c.ApplicationIn },
  ],
  ['get', '/app/:appId', app],
  ['put', '/app/:appId', { ...app, 201: c.ApplicationOut }, { body: c.ApplicationIn }],
  ['patch', '/app/:appId', app, { body: c.ApplicationPatch }],
  ['delete', '/app/:appId', none],
  ['get', '/app/:appId/endpoint', { 200: c.EndpointList }, { query: c.EndpointListQuery }],
  ['post', '/app/:appId/endpoint', { 201: c.EndpointOut }, { body: c.EndpointIn }],
  ['get', '/app/:appId/endpoint/:id', endpoint],
  [
    'put',
    '/app/:appId/endpoint/:id',
    { ...endpoint, 201: c.EndpointOut },
    { body: c.EndpointUpdate },
  ],
  ['patch', '/app/:appId/endpoint/:id', endpoint, { body: c.EndpointPatch }],
  ['delete', '/app/:appId/endpoint/:id', none],
  ['get', '/app/:appId/endpoint/:id/secret', { 200: c.EndpointSecretOut }],
  ['post', '/app/:appId/endpoint/:id/secret/rotate', none, rotate],
  ['get', '/app/:appId/endpoint/:id/headers', { 200: c.EndpointHeadersOut }],
  ['put', '/app/:appId/endpoint/:id/headers', none, headers],
  ['patch', '/app/:appId/endpoint/:id/headers', none, { body: c.EndpointHeadersPatchIn }],
  [
    'get',
    '/app/:appId/endpoint/:id/stats',
    { 200: c.EndpointStats },
    { query: c.EndpointStatsQuery },
  ],
  ['post', '/app/:appId/endpoint/:id/recover', { 202: c.RecoverOut }, { body: c.RecoverIn }],
  [
    'post',
    '/app/:appId/endpoint/:id/send-example',
    { 202: c.MessageOut },
    { body: c.EventExampleIn },
  ],
  ['get', '/event-type', { 200: c.EventTypeList }, { query: c.EventTypeListQuery }],
  ['post', '/event-type', { 201: c.EventTypeOut }, { body: c.EventTypeIn }],
  ['get', '/event-type/:name', type],
  ['put', '/event-type/:name', { ...type, 201: c.EventTypeOut }, { body: c.EventTypeUpdate }],
  ['patch', '/event-type/:name', type, { body: c.EventTypePatch }],
  ['delete', '/event-type/:name', none, { query: c.EventTypeDeleteQuery }],
  ['get', '/app/:appId/msg', { 200: c.MessageList }, { query: c.MessageListQuery }],
  ['post', '/app/:appId/msg', { 202: c.MessageOut }, { ...content, body: c.MessageIn }],
  ['get', '/app/:appId/msg/:id', { 200: c.MessageOut }, content],
  ['delete', '/app/:appId/msg/:id/content', none],
  [
    'get',
    '/app/:appId/attempt/endpoint/:id',
    { 200: c.MessageAttemptList },
    { query: c.AttemptsByEndpointQuery },
  ],
  [
    'get',
    '/app/:appId/attempt/msg/:id',
    { 200: c.MessageAttemptList },
    { query: c.AttemptsByMessageQuery },
  ],
  [
    'get',
    '/app/:appId/endpoint/:id/msg',
    { 200: c.EndpointMessageList },
    { query: c.AttemptedMessagesQuery },
  ],
  [
    'get',
    '/app/:appId/msg/:id/endpoint',
    { 200: c.MessageEndpointList },
    { query: c.AttemptedDestinationsQuery },
  ],
  [
    'get',
    '/app/:appId/msg/:id/attempt/:attemptId',
    { 200: c.MessageAttemptOut },
    { query: c.AttemptGetQuery },
  ],
  ['delete', '/app/:appId/msg/:id/attempt/:attemptId/content', none],
  ['post', '/app/:appId/msg/:id/endpoint/:endpointId/resend', { 202: c.EmptyResponse }],
  ['get', '/background-task', { 200: c.BackgroundTaskList }, { query: c.BackgroundTaskListQuery }],
  ['get', '/background-task/:id', { 200: c.BackgroundTaskOut }],
  [
    'get',
    '/operational-webhook/endpoint',
    { 200: c.OperationalWebhookEndpointList },
    { query: c.OperationalWebhookEndpointListQuery },
  ],
  [
    'post',
    '/operational-webhook/endpoint',
    { 201: c.OperationalWebhookEndpointOut },
    { body: c.OperationalWebhookEndpointIn },
  ],
  ['get', '/operational-webhook/endpoint/:id', hook],
  ['put', '/operational-webhook/endpoint/:id', hook, { body: c.OperationalWebhookEndpointUpdate }],
  ['delete', '/operational-webhook/endpoint/:id', none],
  ['get', '/operational-webhook/endpoint/:id/secret', { 200: c.EndpointSecretOut }],
  ['post', '/operational-webhook/endpoint/:id/secret/rotate', none, rotate],
  ['get', '/operational-webhook/endpoint/:id/headers', { 200: c.EndpointHeadersOut }],
  ['put', '/operational-webhook/endpoint/:id/headers', none, headers],
  [
    'post',
    '/auth/app-portal-access/:appId',
    { 200: c.AppPortalAccessOut },
    { body: c.AppPortalAccessIn },
  ],
  ['post', '/auth/app/:appId/expire-all', none, { body: c.ApplicationTokenExpireIn }],
  ['post', '/auth/logout', none],
  ['get', '/health', none],
]

function routesOf(rows: readonly Row[]): OpenApiRoute[] {
  return rows.map(([method, path, response, more = {}]) => ({
    method,
    path: `/api/v1${path}`,
    operationId: `${method} ${path}`,
    summary: path,
    tags: [],
    security: 'bearer',
    response,
    ...more,
  }))
}

describe('findMissing', () => {
  it('finds nothing that the SDKs use and our schemas lack', () => {
    const missing = findMissing(buildOpenApi(routesOf(table)), sdk, operationIds)
    expect(missing).toEqual([])
    expect(operationIds).toHaveLength(52)
  })

  it('names an absent operation, parameter, body field and answer', () => {
    const rows: Row[] = [
      ['get', '/app', { 200: c.EndpointList }],
      ['post', '/app/:appId/endpoint', { 200: c.EndpointOut }, { body: c.ApplicationIn }],
    ]
    const missing = findMissing(buildOpenApi(routesOf(rows)), sdk, [
      'v1.application.list',
      'v1.endpoint.create',
      'v1.health.get',
      'v1.unknown',
    ])
    expect(missing).toContain('v1.application.list: query limit')
    expect(missing).toContain('v1.application.list: answer 200 data.name')
    expect(missing).toContain('v1.endpoint.create: body url')
    expect(missing).toContain('v1.endpoint.create: body name must stay optional')
    expect(missing).toContain('v1.endpoint.create: answer 201')
    expect(missing).toContain('v1.health.get: get /api/v1/health')
    expect(missing).toContain('v1.unknown: not in the reference')
  })
})

describe('buildOpenApi', () => {
  it('refers only to components that it holds', () => {
    const text = JSON.stringify(buildOpenApi(routesOf(table)))
    const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, id]) => id)
    const { components } = JSON.parse(text)
    const absent = references.filter((id) => !Object.hasOwn(components.schemas, id ?? ''))
    expect(absent).toEqual([])
    expect(text).not.toContain('$defs')
    expect(components.schemas).toHaveProperty('ListResponse_MessageOut_')
  })

  it('describes paths, lists in queries, errors and idempotency keys', () => {
    const document = buildOpenApi(routesOf(table))
    expect(document['paths']).toMatchObject({
      '/api/v1/app/{app_id}/msg': {
        get: {
          parameters: expect.arrayContaining([
            expect.objectContaining({ in: 'path', name: 'app_id', required: true }),
            expect.objectContaining({ in: 'query', name: 'event_types', explode: false }),
          ]),
        },
        post: {
          parameters: expect.arrayContaining([
            expect.objectContaining({ in: 'header', name: 'idempotency-key' }),
          ]),
          requestBody: { required: true },
          responses: { 202: {}, 409: {}, 413: {}, 422: {}, 503: {} },
        },
      },
    })
  })
})
