import {
  type QuarantinedRequestOut,
  QuarantinedRequestDetailOut,
  QuarantinedRequestList,
  QuarantinedRequestListQuery,
  ReleaseAllIn,
  ReleasedManyOut,
  ReleasedOut,
  SourceRequestList,
  SourceRequestListQuery,
  SourceRequestOut,
} from '@posthorn/contracts/ingest'
import {
  getQuarantinedRequest,
  getSourceRequest,
  listQuarantinedRequests,
  listSourceRequests,
  type QuarantinedView,
  releaseAllQuarantined,
  releaseQuarantined,
} from '@posthorn/core'
import { textOf } from '@posthorn/core/ingest'
import { idTimeMs } from '@posthorn/runtime'
import { endpointRoute, ok } from './endpoint-route.ts'
import { presentPage } from './page-presenter.ts'

const SOURCE = '/api/v1/source/:sourceId'
const READING = { of: 'either', capability: 'ViewSources' } as const
const CHANGING = { of: 'either', capability: 'ManageSources' } as const
const tags = ['Source']

const listRequests = endpointRoute({
  method: 'get',
  path: `${SOURCE}/request`,
  operationId: 'v1.source.request.list',
  summary: 'List what came to a source, and what it came to',
  tags,
  access: READING,
  query: SourceRequestListQuery,
  response: { 200: SourceRequestList },
  handle: async (ctx, { scope, params, query: { order = 'descending', outcome, ...page } }) => {
    const asked = {
      source: params.sourceId,
      page: { ...page, order },
      outcome: outcome ?? null,
    }
    return ok(presentPage(await listSourceRequests(ctx, scope, asked), presentRequest))
  },
})

const getRequest = endpointRoute({
  method: 'get',
  path: `${SOURCE}/request/:requestId`,
  operationId: 'v1.source.request.get',
  summary: 'Get a request that came to a source',
  tags,
  access: READING,
  response: { 200: SourceRequestOut },
  handle: async (ctx, { scope, params }) => {
    const asked = { source: params.sourceId, id: params.requestId }
    return ok(presentRequest(await getSourceRequest(ctx, scope, asked)))
  },
})

const listQuarantined = endpointRoute({
  method: 'get',
  path: `${SOURCE}/quarantine`,
  operationId: 'v1.source.quarantine.list',
  summary: 'List requests that failed verification and are kept for 7 days',
  tags,
  access: READING,
  query: QuarantinedRequestListQuery,
  response: { 200: QuarantinedRequestList },
  handle: async (ctx, { scope, params, query: { order = 'descending', ...page } }) => {
    const asked = { source: params.sourceId, page: { ...page, order } }
    return ok(presentPage(await listQuarantinedRequests(ctx, scope, asked), presentQuarantined))
  },
})

const getQuarantined = endpointRoute({
  method: 'get',
  path: `${SOURCE}/quarantine/:requestId`,
  operationId: 'v1.source.quarantine.get',
  summary: 'Get a request that failed verification, with its body',
  tags,
  access: READING,
  response: { 200: QuarantinedRequestDetailOut },
  handle: async (ctx, { scope, params }) => {
    const asked = { source: params.sourceId, id: params.requestId }
    const row = await getQuarantinedRequest(ctx, scope, asked)
    return ok({ ...presentQuarantined(row), ...presentBody(row.body) })
  },
})

const releaseAll = endpointRoute({
  method: 'post',
  path: `${SOURCE}/quarantine/release`,
  operationId: 'v1.source.quarantine.release-all',
  summary: 'Judge kept requests by the secret of today, the oldest first, and publish them',
  tags,
  access: CHANGING,
  body: ReleaseAllIn,
  response: { 200: ReleasedManyOut },
  handle: async (ctx, { scope, params, body: { reason = null, iterator = null } }) =>
    ok(
      await releaseAllQuarantined(ctx, scope, { source: params.sourceId, reason, after: iterator }),
    ),
})

const release = endpointRoute({
  method: 'post',
  path: `${SOURCE}/quarantine/:requestId/release`,
  operationId: 'v1.source.quarantine.release',
  summary: 'Judge a kept request by the secret of today, and publish it',
  tags,
  access: CHANGING,
  response: { 200: ReleasedOut },
  handle: async (ctx, { scope, params }) => {
    const asked = { source: params.sourceId, id: params.requestId }
    return ok({ messageId: await releaseQuarantined(ctx, scope, asked) })
  },
})

type RequestRow = Awaited<ReturnType<typeof getSourceRequest>>

function presentRequest(row: RequestRow) {
  return {
    id: row.id,
    outcome: row.outcome,
    reason: row.reason,
    detail: row.detail,
    messageId: row.messageId,
    eventType: row.eventType,
    method: row.method,
    path: row.path,
    address: row.address,
    contentType: row.contentType,
    bodyBytes: row.bodyBytes,
    headers: row.headers,
    timestamp: new Date(idTimeMs('srcreq_', row.id) ?? 0).toISOString(),
  }
}

function presentQuarantined(row: QuarantinedView): QuarantinedRequestOut {
  return {
    id: row.id,
    reason: row.reason,
    detail: row.detail,
    method: row.method,
    path: row.path,
    address: row.address,
    receivedAt: row.receivedAt.toISOString(),
    releasedAt: row.releasedAt?.toISOString() ?? null,
    messageId: row.messageId,
  }
}

function presentBody(row: Uint8Array) {
  const bytes = Buffer.from(row)
  const body = textOf(bytes)
  return { body, bodyBase64: body === null ? bytes.toString('base64') : null }
}

export const sourceRequestRoutes = [
  listRequests,
  getRequest,
  listQuarantined,
  getQuarantined,
  releaseAll,
  release,
] as const
