import { AppPortalAccessOut } from '@posthorn/contracts'
import {
  IngestSourceConsumerPortalAccessIn,
  IngestSourceIn,
  IngestSourceList,
  IngestSourceListQuery,
  IngestSourceOut,
  RotateTokenOut,
} from '@posthorn/contracts/ingest'
import {
  createPortalAccess,
  latestOf,
  createSource,
  DEFAULT_OPTIONS,
  deleteSource,
  getSource,
  getSourceScope,
  listSources,
  rotateSourceToken,
} from '@posthorn/core'
import { upsertSource } from '@posthorn/core/ingest'
import { portalLink } from '../http/portal-link.ts'
import { created, endpointRoute, noContent, ok } from './endpoint-route.ts'
import { replacementBySdk, splitConfig } from './source-config.ts'
import { presentSource, presentSources, receivingUrl } from './source-presenter.ts'

const LIST = '/ingest/api/v1/source'
const ONE = `${LIST}/:sourceId` as const
const ORGANISATION = { of: 'organisation' } as const
const tags = ['Ingest Source']

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.ingest.source.list',
  summary: 'List sources',
  tags,
  access: ORGANISATION,
  query: IngestSourceListQuery,
  response: { 200: IngestSourceList },
  handle: async (ctx, { scope, origin, query: { order = 'descending', ...page } }) =>
    ok(
      presentSources(await listSources(ctx, scope, { ...page, order }), {
        base: ctx.ingestUrl(origin),
      }),
    ),
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'v1.ingest.source.create',
  summary: 'Create a source with an application of its own',
  tags,
  access: ORGANISATION,
  body: IngestSourceIn,
  response: { 201: IngestSourceOut },
  handle: async (ctx, { scope, origin, body }) => {
    const { config, secrets } = splitConfig(body.type, body.config)
    const source = await createSource(ctx, scope, {
      ...body,
      config,
      secrets: secrets ?? [],
      options: DEFAULT_OPTIONS,
      application: null,
    })
    return created(presentSource(source, { base: ctx.ingestUrl(origin) }))
  },
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'v1.ingest.source.get',
  summary: 'Get a source',
  tags,
  access: ORGANISATION,
  response: { 200: IngestSourceOut },
  handle: async (ctx, { scope, origin, params }) => {
    const source = await getSource(ctx, scope, params.sourceId)
    return ok(presentSource(source, { base: ctx.ingestUrl(origin) }))
  },
})

const put = endpointRoute({
  method: 'put',
  path: ONE,
  operationId: 'v1.ingest.source.upsert',
  summary: 'Replace a source, or create one. A secret that is left out stays',
  tags,
  access: ORGANISATION,
  body: IngestSourceIn,
  response: { 200: IngestSourceOut, 201: IngestSourceOut },
  handle: async (ctx, { scope, origin, params, body }) => {
    const { isCreated, ...source } = await upsertSource(ctx, scope, {
      idOrUid: params.sourceId,
      fieldsFor: (before) => replacementBySdk(body, before),
      defaults: DEFAULT_OPTIONS,
    })
    return (isCreated ? created : ok)(presentSource(source, { base: ctx.ingestUrl(origin) }))
  },
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'v1.ingest.source.delete',
  summary: 'Delete a source',
  tags,
  access: ORGANISATION,
  response: { 204: null },
  handle: async (ctx, { scope, params }) => noContent(deleteSource(ctx, scope, params.sourceId)),
})

const rotateToken = endpointRoute({
  method: 'post',
  path: `${ONE}/token/rotate`,
  operationId: 'v1.ingest.source.rotate-token',
  summary: 'Give a source another URL; the one in use works for 48 more hours',
  tags,
  access: ORGANISATION,
  response: { 200: RotateTokenOut },
  handle: async (ctx, { scope, origin, params }) => {
    const rotated = await rotateSourceToken(ctx, scope, params.sourceId)
    return ok({ ingestUrl: receivingUrl(ctx.ingestUrl(origin), rotated) })
  },
})

const dashboard = endpointRoute({
  method: 'post',
  path: `${ONE}/dashboard`,
  operationId: 'v1.ingest.authentication.consumer-portal-access',
  summary: "A link to the portal of a source's application",
  tags: ['Ingest Authentication'],
  access: ORGANISATION,
  body: IngestSourceConsumerPortalAccessIn,
  response: { 200: AppPortalAccessOut },
  handle: async (ctx, { scope, principal, origin, params, body }) => {
    const own = await getSourceScope(ctx, scope, params.sourceId)
    const token = await createPortalAccess(ctx, own, {
      sessionId: null,
      expirySeconds: body.expirySeconds,
      capabilities: body.readOnly ? ['ViewBase'] : null,
      featureFlags: [],
      latestMs: latestOf(principal),
    })
    return ok({ url: await portalLink(ctx, { origin, appId: own.appId, token }), token })
  },
})

export const ingestSourceRoutes = [list, create, get, put, remove, rotateToken, dashboard] as const
